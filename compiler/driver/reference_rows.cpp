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
using RowsPtr = std::shared_ptr<const Rows>;

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
RowsPtr Merge(const std::vector<RowsPtr>& lines) {
  if (lines.empty()) {
    return std::make_shared<const Rows>();
  }
  if (std::all_of(lines.begin(), lines.end(),
                  [&](const RowsPtr& line) { return line == lines.front(); })) {
    return lines.front();
  }
  Rows merged;
  for (const RowsPtr& line : lines) {
    for (const auto& [table, inserts] : *line) {
      Inserts& known = merged[table];
      if (!known || known->size() < inserts->size()) {
        known = inserts;
      }
    }
  }
  return std::make_shared<const Rows>(std::move(merged));
}

// Runs upgrades for their rows, or knows these.
class Runner {
 public:
  explicit Runner(RehearsalCache* cache) : cache_(cache) {}

  rehearse::RowsAfter Run(const rehearse::Task& task) {
    if (cache_ != nullptr) {
      if (auto known = cache_->FindRows(task)) {
        return *std::move(known);
      }
    }
    ++runs_;
    auto rows = rehearse::RunForRows(task);
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

// The rows after the task, whose rows_before are set.
RowsPtr Advance(const rehearse::Task& task, const RowsPtr& before,
                Runner& runner) {
  if (task.rows_before.empty() && !WritesRows(task.up)) {
    return before;
  }
  auto tables = runner.Run(task);
  if (!tables) {
    return before;
  }
  Rows after = *before;
  for (const std::string& name : TableNames(task.before)) {
    after.erase(name);
  }
  for (rehearse::TableInserts& table : *tables) {
    constexpr std::size_t kMost = 256;
    if (!table.inserts.empty()) {
      table.inserts.resize(std::min(table.inserts.size(), kMost));
      after[sql::FoldCase(table.table)] =
          std::make_shared<const std::vector<std::string>>(
              std::move(table.inserts));
    }
  }
  return std::make_shared<const Rows>(std::move(after));
}

}  // namespace

std::size_t PrepareRows(const graph::Graph& graph,
                        const config::Settings& settings,
                        HistoryAnalysis& analysis, RehearsalCache* cache) {
  Runner runner(cache);
  const bool with_rows = settings.rehearse == config::RehearseMode::kData;
  std::vector<RowsPtr> after(graph.revisions.size());
  for (std::size_t i = 0; i < graph.revisions.size(); ++i) {
    const graph::Revision& revision = graph.revisions[i];
    std::vector<RowsPtr> lines;
    for (const auto* needs : {&revision.parents, &revision.depends_on}) {
      for (const std::size_t need : *needs) {
        lines.push_back(after[need]);
      }
    }
    after[i] = Merge(lines);
    if (!analysis[i] || !analysis[i]->task) {
      continue;
    }
    rehearse::Task& task = *analysis[i]->task;
    task.with_rows = with_rows;
    task.seed = rehearse::Mix(0, revision.checksum);
    task.rows_before = Select(*after[i], task.before);
    after[i] = Advance(task, after[i], runner);
    task.rows_after = Select(*after[i], task.after);
  }
  return runner.runs();
}

}  // namespace palindrome::driver
