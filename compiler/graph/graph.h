// The revision graph of a folder of migrations, and what is wrong with it.
//
// Building it never fails: duplicates, unknown parents and cycles are kept as
// facts for the rules to report, which the runtime's graph (of a sound history
// alone) has no place for; it serves targets such as a partial id. A graph owns
// its migrations and is constant once built; any thread may read it.
#ifndef PALINDROME_COMPILER_GRAPH_GRAPH_H_
#define PALINDROME_COMPILER_GRAPH_GRAPH_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/ast/migration.h"
#include "compiler/diagnostics/emitter.h"
#include "compiler/graph/lock.h"

namespace palindrome::graph {

// A REVISES or DEPENDS ON and the revision it means; no value: there is none.
struct Reference {
  ast::Text text;
  bool is_dependency = false;
  std::optional<std::size_t> target;
};

struct Revision {
  ast::Migration migration;
  // As the lock file has it: without a directory, but for `squashed/`.
  std::string file_name;
  std::string id;        // Empty if the header has none.
  std::string checksum;  // `t1:` of header and body.
  std::string chain;     // `c1:`, once all it needs are known.
  std::vector<Reference> references;
  std::vector<std::size_t> parents;     // Resolved, in source order.
  std::vector<std::size_t> depends_on;  // Resolved.
  bool locked = false;                  // The lock file has this id.
  std::uint16_t rule_set = 0;           // That it was locked with.
  // The lock file cannot be read, and does not say how it is.
  bool lock_unknown = false;
};

// A migration that stands for a chain of others where all of them are pending
// (compiler/docs/squash.md). It is no revision of the graph: no database is
// ever at it, and nothing revises it.
struct Squash {
  Revision revision;
  // The revisions that it stands for, in their order; empty: there is no such
  // chain.
  std::vector<std::size_t> members;
  // What is wrong with the clauses of its header.
  std::vector<diagnostics::Diagnostic> problems;

  bool sound() const { return !members.empty() && problems.empty(); }
};

struct Graph {
  // Parents and dependencies first; among equals by file name. Revisions of a
  // cycle come last. The members of a squash follow one another.
  std::vector<Revision> revisions;
  std::vector<Squash> squashes;  // By file name.
  // Pairs (kept, repeated) of what has one id, compared without case; indexes
  // of All().
  std::vector<std::pair<std::size_t, std::size_t>> duplicates;
  // Disjoint, at least one for each knot of them: from a revision to one that
  // it needs, and so on round.
  std::vector<std::vector<std::size_t>> cycles;
  std::vector<std::size_t> heads;  // No other revises or depends on them.
  std::vector<std::size_t> roots;  // Revise nothing.
  Lock lock;

  // Every id is there once, every reference of a revision has its target, and
  // there is no cycle: the history can be simulated.
  bool sound = false;

  // Without regard to case; of a repeated id the first one.
  std::optional<std::size_t> Find(std::string_view id) const;
  std::unordered_map<std::string, std::size_t> by_id;  // Folded.

  // Null: there is none.
  const Squash* FindSquash(std::string_view id) const;
  // The squash that the revision is a member of; null: there is none.
  const Squash* SquashOf(std::size_t index) const;
  // The revisions, and then the squashes: every file.
  std::vector<const Revision*> All() const;
};

// Files whose names begin with `squashed_folder` and a slash were set aside
// there by a squash.
Graph BuildGraph(std::vector<ast::Migration> migrations, Lock lock,
                 std::string_view squashed_folder = {});

// No header of a file has a mistake.
bool HeadersAreRead(const Graph& graph);

// Its REVISION, or else its header.
source::Location LocationOf(const Revision& revision);

// Its line in the lock file.
LockEntry LockEntryOf(const Revision& revision);

// Reports each revision and squash that the lock file lacks as kNotLocked.
void CheckLocked(const Graph& graph, diagnostics::Emitter& emitter);

// `t1:` and the SHA-256 of the length-prefixed exact spellings of the tokens
// of the file, without comments and without the reasons of ALLOW.
std::string Checksum(const source::File& file);

}  // namespace palindrome::graph

#endif  // PALINDROME_COMPILER_GRAPH_GRAPH_H_
