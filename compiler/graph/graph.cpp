#include "compiler/graph/graph.h"

#include <algorithm>
#include <set>

#include "compiler/graph/order.h"
#include "runtime/src/chain.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::graph {
namespace {

PALINDROME_TEXT(kUnlocked, kNotLocked,
                "revision `{0}` is not in the lock file; review it, then run "
                "`palindrome lock`",
                std::string);

// Builds a graph in steps: revisions in order of their files, what they mean,
// and then the order of the graph.
class GraphBuilder {
 public:
  explicit GraphBuilder(Lock lock) { graph_.lock = std::move(lock); }
  Graph Build(std::vector<ast::Migration> migrations);

 private:
  void AddRevisions(std::vector<ast::Migration> migrations);
  void IndexIds();
  void Resolve(Revision& revision);
  void Sort();
  void FindEnds();
  void FindChains();
  bool IsSound() const;

  Graph graph_;
};

void GraphBuilder::AddRevisions(std::vector<ast::Migration> migrations) {
  std::stable_sort(migrations.begin(), migrations.end(),
                   [](const ast::Migration& left, const ast::Migration& right) {
                     return left.file->base_name() < right.file->base_name();
                   });
  std::set<std::string> locked;
  for (const LockEntry& entry : graph_.lock.entries) {
    locked.insert(entry.revision);
  }
  for (ast::Migration& migration : migrations) {
    Revision revision;
    if (migration.header.revision) {
      revision.id = migration.header.revision->value;
    }
    revision.checksum = Checksum(*migration.file);
    revision.locked = locked.contains(revision.id);
    revision.migration = std::move(migration);
    graph_.revisions.push_back(std::move(revision));
  }
}

void GraphBuilder::IndexIds() {
  for (std::size_t index = 0; index < graph_.revisions.size(); ++index) {
    const std::string& id = graph_.revisions[index].id;
    if (id.empty()) {
      continue;
    }
    const auto [entry, is_new] =
        graph_.by_id.try_emplace(sql::FoldCase(id), index);
    if (!is_new) {
      graph_.duplicates.emplace_back(entry->second, index);
    }
  }
}

void GraphBuilder::Resolve(Revision& revision) {
  const ast::Header& header = revision.migration.header;
  for (const ast::Text& parent : header.parents) {
    const auto target = graph_.Find(parent.value);
    revision.references.push_back({parent, /*is_dependency=*/false, target});
    if (target) {
      revision.parents.push_back(*target);
    }
  }
  for (const ast::Text& dependency : header.depends_on) {
    const auto target = graph_.Find(dependency.value);
    revision.references.push_back({dependency, /*is_dependency=*/true, target});
    if (target) {
      revision.depends_on.push_back(*target);
    }
  }
}

// Puts the revisions in their order and changes every index with them.
void GraphBuilder::Sort() {
  std::vector<std::vector<std::size_t>> needs;
  for (const Revision& revision : graph_.revisions) {
    std::vector<std::size_t> all = revision.parents;
    all.insert(all.end(), revision.depends_on.begin(),
               revision.depends_on.end());
    needs.push_back(std::move(all));
  }
  const Order order = OrderOf(needs);
  std::vector<std::size_t> positions(order.sequence.size());
  for (std::size_t place = 0; place < order.sequence.size(); ++place) {
    positions[order.sequence[place]] = place;
  }
  const auto move = [&positions](std::size_t& index) {
    index = positions[index];
  };
  std::vector<Revision> sorted(graph_.revisions.size());
  for (std::size_t index = 0; index < positions.size(); ++index) {
    Revision& revision = graph_.revisions[index];
    std::for_each(revision.parents.begin(), revision.parents.end(), move);
    std::for_each(revision.depends_on.begin(), revision.depends_on.end(), move);
    for (Reference& reference : revision.references) {
      if (reference.target) {
        move(*reference.target);
      }
    }
    sorted[positions[index]] = std::move(revision);
  }
  graph_.revisions = std::move(sorted);
  for (auto& [id, index] : graph_.by_id) {
    move(index);
  }
  for (auto& [kept, repeated] : graph_.duplicates) {
    move(kept);
    move(repeated);
  }
  graph_.cycles = order.cycles;
  for (std::vector<std::size_t>& cycle : graph_.cycles) {
    std::for_each(cycle.begin(), cycle.end(), move);
  }
}

void GraphBuilder::FindEnds() {
  std::vector<bool> is_needed(graph_.revisions.size());
  for (const Revision& revision : graph_.revisions) {
    for (const std::size_t parent : revision.parents) {
      is_needed[parent] = true;
    }
    for (const std::size_t dependency : revision.depends_on) {
      is_needed[dependency] = true;
    }
  }
  for (std::size_t index = 0; index < graph_.revisions.size(); ++index) {
    if (!is_needed[index]) {
      graph_.heads.push_back(index);
    }
    if (graph_.revisions[index].migration.header.revises_none) {
      graph_.roots.push_back(index);
    }
  }
}

void GraphBuilder::FindChains() {
  for (Revision& revision : graph_.revisions) {
    std::vector<std::string> needed;
    for (const Reference& reference : revision.references) {
      needed.push_back(
          reference.target ? graph_.revisions[*reference.target].chain : "");
    }
    const bool is_known =
        !revision.id.empty() &&
        std::none_of(needed.begin(), needed.end(),
                     [](const std::string& chain) { return chain.empty(); });
    if (is_known) {
      revision.chain =
          ChainDigest(revision.id, revision.checksum, std::move(needed));
    }
  }
}

bool GraphBuilder::IsSound() const {
  return graph_.duplicates.empty() && graph_.cycles.empty() &&
         std::all_of(graph_.revisions.begin(), graph_.revisions.end(),
                     [](const Revision& revision) {
                       return revision.migration.header_ok &&
                              !revision.id.empty() &&
                              std::all_of(revision.references.begin(),
                                          revision.references.end(),
                                          [](const Reference& reference) {
                                            return reference.target.has_value();
                                          });
                     });
}

Graph GraphBuilder::Build(std::vector<ast::Migration> migrations) {
  AddRevisions(std::move(migrations));
  IndexIds();
  for (Revision& revision : graph_.revisions) {
    Resolve(revision);
  }
  Sort();
  FindEnds();
  FindChains();
  graph_.sound = IsSound();
  return std::move(graph_);
}

}  // namespace

std::optional<std::size_t> Graph::Find(std::string_view id) const {
  const auto found = by_id.find(sql::FoldCase(id));
  return found == by_id.end() ? std::nullopt : std::optional(found->second);
}

Graph BuildGraph(std::vector<ast::Migration> migrations, Lock lock) {
  return GraphBuilder(std::move(lock)).Build(std::move(migrations));
}

source::Location LocationOf(const Revision& revision) {
  const ast::Header& header = revision.migration.header;
  return {revision.migration.file,
          header.revision ? header.revision->range : header.range};
}

void CheckLocked(const Graph& graph, diagnostics::Emitter& emitter) {
  if (!graph.lock.complete) {
    return;  // The lines that could not be read may lock it.
  }
  for (const Revision& revision : graph.revisions) {
    if (!revision.locked && revision.migration.header.revision) {
      emitter.Emit(
          kUnlocked,
          {revision.migration.file, revision.migration.header.revision->range},
          revision.id);
    }
  }
}

}  // namespace palindrome::graph
