#include "compiler/graph/graph.h"

#include <algorithm>
#include <map>

#include "compiler/graph/order.h"
#include "compiler/graph/references.h"
#include "compiler/graph/squash.h"
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
  GraphBuilder(Lock lock, std::string_view squashed_folder)
      : squashed_folder_(squashed_folder) {
    graph_.lock = std::move(lock);
  }
  Graph Build(std::vector<ast::Migration> migrations);

 private:
  void AddRevisions(std::vector<ast::Migration> migrations);
  std::string FileNameOf(const source::File& file) const;
  void IndexIds();
  void IndexSquashes();
  void Resolve(Revision& revision);
  void Sort();
  void FindEnds();
  void FindChains();
  bool IsSound() const;

  std::string_view squashed_folder_;
  Graph graph_;
};

std::string GraphBuilder::FileNameOf(const source::File& file) const {
  const std::string_view folder =
      std::string_view(file.name())
          .substr(0, file.name().size() - file.base_name().size());
  const bool is_aside = !squashed_folder_.empty() &&
                        folder.size() == squashed_folder_.size() + 1 &&
                        folder.starts_with(squashed_folder_);
  return (is_aside ? std::string(kSquashedFolder) + "/" : "") +
         std::string(file.base_name());
}

void GraphBuilder::AddRevisions(std::vector<ast::Migration> migrations) {
  std::stable_sort(migrations.begin(), migrations.end(),
                   [](const ast::Migration& left, const ast::Migration& right) {
                     return left.file->base_name() < right.file->base_name();
                   });
  std::map<std::string, std::uint16_t> rule_sets;
  for (const LockEntry& entry : graph_.lock.entries) {
    rule_sets.emplace(entry.revision, entry.rule_set);
  }
  for (ast::Migration& migration : migrations) {
    Revision revision;
    if (migration.header.revision) {
      revision.id = migration.header.revision->value;
    }
    revision.checksum = Checksum(*migration.file);
    const auto locked = rule_sets.find(revision.id);
    revision.locked = locked != rule_sets.end();
    revision.rule_set = revision.locked ? locked->second : 0;
    revision.lock_unknown = !graph_.lock.complete;
    revision.file_name = FileNameOf(*migration.file);
    revision.migration = std::move(migration);
    if (revision.migration.header.squashes) {
      graph_.squashes.push_back({std::move(revision), {}, {}});
    } else {
      graph_.revisions.push_back(std::move(revision));
    }
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

void GraphBuilder::IndexSquashes() {
  std::unordered_map<std::string, std::size_t> ids;
  for (std::size_t i = 0; i < graph_.squashes.size(); ++i) {
    const std::string& id = graph_.squashes[i].revision.id;
    if (id.empty()) {
      continue;
    }
    const std::size_t index = graph_.revisions.size() + i;
    const auto kept = graph_.Find(id);
    const auto [entry, is_new] = ids.try_emplace(sql::FoldCase(id), index);
    if (kept || !is_new) {
      graph_.duplicates.emplace_back(kept.value_or(entry->second), index);
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
  std::vector<std::optional<std::size_t>> followers(needs.size());
  for (const Squash& squash : graph_.squashes) {
    for (std::size_t i = 1; squash.sound() && i < squash.members.size(); ++i) {
      followers[squash.members[i - 1]] = squash.members[i];
    }
  }
  const Order order = OrderOf(needs, followers);
  std::vector<std::size_t> positions(order.sequence.size());
  for (std::size_t place = 0; place < order.sequence.size(); ++place) {
    positions[order.sequence[place]] = place;
  }
  const auto move = [&positions](std::size_t& index) {
    index = positions[index];
  };
  const auto move_needs = [&move](Revision& revision) {
    std::for_each(revision.parents.begin(), revision.parents.end(), move);
    std::for_each(revision.depends_on.begin(), revision.depends_on.end(), move);
    for (Reference& reference : revision.references) {
      if (reference.target) {
        move(*reference.target);
      }
    }
  };
  std::vector<Revision> sorted(graph_.revisions.size());
  for (std::size_t index = 0; index < positions.size(); ++index) {
    Revision& revision = graph_.revisions[index];
    move_needs(revision);
    sorted[positions[index]] = std::move(revision);
  }
  graph_.revisions = std::move(sorted);
  for (Squash& squash : graph_.squashes) {
    move_needs(squash.revision);
    std::for_each(squash.members.begin(), squash.members.end(), move);
  }
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
         AllAreFound(graph_) &&
         std::all_of(graph_.revisions.begin(), graph_.revisions.end(),
                     [](const Revision& revision) {
                       return revision.migration.header_ok &&
                              !revision.id.empty();
                     });
}

Graph GraphBuilder::Build(std::vector<ast::Migration> migrations) {
  AddRevisions(std::move(migrations));
  IndexIds();
  for (Revision& revision : graph_.revisions) {
    Resolve(revision);
  }
  for (Squash& squash : graph_.squashes) {
    Resolve(squash.revision);
    ResolveSquash(graph_, squash);
  }
  Sort();
  IndexSquashes();
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

const Squash* Graph::FindSquash(std::string_view id) const {
  const auto found =
      std::find_if(squashes.begin(), squashes.end(), [&](const Squash& squash) {
        return sql::EqualsIgnoringCase(squash.revision.id, id);
      });
  return found == squashes.end() ? nullptr : &*found;
}

const Squash* Graph::SquashOf(std::size_t index) const {
  for (const Squash& squash : squashes) {
    if (squash.sound() &&
        std::find(squash.members.begin(), squash.members.end(), index) !=
            squash.members.end()) {
      return &squash;
    }
  }
  return nullptr;
}

std::vector<const Revision*> Graph::All() const {
  std::vector<const Revision*> all;
  all.reserve(revisions.size() + squashes.size());
  for (const Revision& revision : revisions) {
    all.push_back(&revision);
  }
  for (const Squash& squash : squashes) {
    all.push_back(&squash.revision);
  }
  return all;
}

Graph BuildGraph(std::vector<ast::Migration> migrations, Lock lock,
                 std::string_view squashed_folder) {
  return GraphBuilder(std::move(lock), squashed_folder)
      .Build(std::move(migrations));
}

bool HeadersAreRead(const Graph& graph) {
  const std::vector<const Revision*> all = graph.All();
  return std::all_of(all.begin(), all.end(), [](const Revision* revision) {
    return revision->migration.header_ok;
  });
}

source::Location LocationOf(const Revision& revision) {
  const ast::Header& header = revision.migration.header;
  return {revision.migration.file,
          header.revision ? header.revision->range : header.range};
}

LockEntry LockEntryOf(const Revision& revision) {
  return {revision.id,
          revision.checksum,
          diagnostics::CurrentRuleSet(),
          revision.file_name,
          {}};
}

void CheckLocked(const Graph& graph, diagnostics::Emitter& emitter) {
  if (!graph.lock.complete) {
    return;  // The lines that could not be read may lock it.
  }
  for (const Revision* revision : graph.All()) {
    const ast::Migration& migration = revision->migration;
    if (!revision->locked && migration.header.revision) {
      emitter.Emit(kUnlocked,
                   {migration.file, migration.header.revision->range},
                   revision->id);
    }
  }
}

}  // namespace palindrome::graph
