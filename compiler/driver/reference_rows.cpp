#include "compiler/driver/reference_rows.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "palindrome/migration.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::driver {

namespace {

// INSERT statements by the folded name of the table; none is empty.
using Inserts = rehearse::Inserts;
using Rows = std::map<std::string, Inserts>;

bool WritesRows(const lower::Program& program) {
  return std::any_of(program.statements.begin(), program.statements.end(),
                     [](const lower::Statement& statement) {
                       return (statement.flags & table::kDataStatement) != 0 &&
                              (statement.flags & table::kCopiesRows) == 0;
                     });
}

std::vector<std::string> TableNames(const catalog::Slice& slice) {
  std::vector<std::string> names;
  for (const catalog::ObjectPtr& object : slice) {
    if (object->kind() == catalog::ObjectKind::kTable) {
      names.push_back(object->key().name);
    }
  }
  return names;
}

std::vector<Inserts> Select(const Rows& rows, const catalog::Slice& slice) {
  std::vector<Inserts> inserts;
  for (const std::string& name : TableNames(slice)) {
    const auto found = rows.find(name);
    if (found != rows.end()) {
      inserts.push_back(found->second);
    }
  }
  return inserts;
}

// Of two lines that meet, each has written tables of its own as a rule.
void Merge(Rows line, Rows& merged) {
  if (merged.empty()) {
    merged = std::move(line);
    return;
  }
  for (auto& [table, inserts] : line) {
    Inserts& known = merged[table];
    if (!known || known->size() < inserts->size()) {
      known = std::move(inserts);
    }
  }
}

// The rows after each revision, for as long as one needs them: a line hands
// its rows on, so that a long one does not keep a copy for each revision.
class RowsOfRevisions {
 public:
  explicit RowsOfRevisions(const graph::Graph& graph)
      : after_(graph.revisions.size()), needed_by_(graph.revisions.size()) {
    for (const graph::Revision& revision : graph.revisions) {
      ForNeeds(revision, [this](std::size_t need) { ++needed_by_[need]; });
    }
  }

  Rows Before(const graph::Revision& revision) {
    Rows merged;
    ForNeeds(revision, [&](std::size_t need) {
      Merge(--needed_by_[need] == 0 ? std::move(after_[need]) : after_[need],
            merged);
    });
    return merged;
  }

  void Set(std::size_t revision, Rows after) {
    if (needed_by_[revision] != 0) {
      after_[revision] = std::move(after);
    }
  }

 private:
  template <typename Visit>
  static void ForNeeds(const graph::Revision& revision, const Visit& visit) {
    std::for_each(revision.parents.begin(), revision.parents.end(), visit);
    std::for_each(revision.depends_on.begin(), revision.depends_on.end(),
                  visit);
  }

  std::vector<Rows> after_;
  std::vector<std::size_t> needed_by_;
};

// The first rows of each table that has any.
RowsAfter ShareRows(std::optional<std::vector<rehearse::TableInserts>> tables) {
  if (!tables) {
    return std::nullopt;
  }
  constexpr std::size_t kMost = 256;
  RowsAfter rows(std::in_place);
  for (rehearse::TableInserts& table : *tables) {
    if (!table.inserts.empty()) {
      table.inserts.resize(std::min(table.inserts.size(), kMost));
      rows->emplace_back(sql::FoldCase(table.table),
                         std::make_shared<const std::vector<std::string>>(
                             std::move(table.inserts)));
    }
  }
  return rows;
}

// Runs upgrades for their rows, or knows these.
class Runner {
 public:
  explicit Runner(RehearsalCache* cache) : cache_(cache) {}

  RowsAfter Run(const rehearse::Task& task) {
    if (cache_ != nullptr) {
      if (auto known = cache_->FindRows(task)) {
        return *std::move(known);
      }
    }
    ++runs_;
    RowsAfter rows = ShareRows(rehearse::RunForRows(task));
    if (cache_ != nullptr) {
      cache_->KeepRows(task, rows);
    }
    return rows;
  }

  std::size_t runs() const { return runs_; }

 private:
  RehearsalCache* cache_;
  std::size_t runs_ = 0;
};

// Makes the rows before the task, whose rows_before are set, those after it.
void Advance(const rehearse::Task& task, Rows& rows, Runner& runner) {
  if (task.rows_before.empty() && !WritesRows(task.up)) {
    return;
  }
  RowsAfter tables = runner.Run(task);
  if (!tables) {
    return;
  }
  Rows known;
  for (const std::string& name : TableNames(task.before)) {
    known.insert(rows.extract(name));
  }
  for (auto& [table, inserts] : *tables) {
    // Most are as they were; tasks share them.
    const auto before = known.find(table);
    const bool is_same = before != known.end() && *before->second == *inserts;
    rows[table] = is_same ? before->second : std::move(inserts);
  }
}

}  // namespace

std::size_t PrepareRows(const graph::Graph& graph,
                        const config::Settings& settings,
                        HistoryAnalysis& analysis, HistoryAnalysis& squashes,
                        RehearsalCache* cache,
                        llvm::function_ref<void(MigrationAnalysis&)> on_ready) {
  Runner runner(cache);
  const bool with_rows = settings.rehearse == config::RehearseMode::kData;
  RowsOfRevisions rows_of(graph);
  // Those of the squashes whose chains begin, or end, at the revision.
  const auto for_squashes = [&](std::size_t revision, bool at_begin,
                                const auto& use) {
    for (std::size_t i = 0; i < squashes.size(); ++i) {
      const graph::Squash& squash = graph.squashes[i];
      if (squashes[i] && squashes[i]->task &&
          revision ==
              (at_begin ? squash.members.front() : squash.members.back())) {
        use(*squashes[i], squash.revision);
      }
    }
  };
  const auto begin = [&](rehearse::Task& task, const graph::Revision& revision,
                         const Rows& rows) {
    task.with_rows = with_rows;
    task.seed = rehearse::Mix(0, revision.checksum);
    task.rows_before = Select(rows, task.before);
  };
  for (std::size_t i = 0; i < graph.revisions.size(); ++i) {
    const graph::Revision& revision = graph.revisions[i];
    Rows rows = rows_of.Before(revision);
    for_squashes(i, /*at_begin=*/true,
                 [&](MigrationAnalysis& squash, const graph::Revision& own) {
                   begin(*squash.task, own, rows);
                 });
    if (analysis[i] && analysis[i]->task) {
      rehearse::Task& task = *analysis[i]->task;
      begin(task, revision, rows);
      Advance(task, rows, runner);
      task.rows_after = Select(rows, task.after);
      on_ready(*analysis[i]);
    }
    for_squashes(i, /*at_begin=*/false,
                 [&](MigrationAnalysis& squash, const graph::Revision&) {
                   squash.task->rows_after = Select(rows, squash.task->after);
                   on_ready(squash);
                 });
    rows_of.Set(i, std::move(rows));
  }
  return runner.runs();
}

}  // namespace palindrome::driver
