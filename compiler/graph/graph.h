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
  std::string id;        // Empty if the header has none.
  std::string checksum;  // `t1:` of header and body.
  std::string chain;     // `c1:`, once all it needs are known.
  std::vector<Reference> references;
  std::vector<std::size_t> parents;     // Resolved, in source order.
  std::vector<std::size_t> depends_on;  // Resolved.
  bool locked = false;                  // The lock file has this id.
};

struct Graph {
  // Parents and dependencies first; among equals by file name. Revisions of a
  // cycle come last.
  std::vector<Revision> revisions;
  // Pairs (kept, repeated) of revisions with one id, compared without case.
  std::vector<std::pair<std::size_t, std::size_t>> duplicates;
  // Disjoint, at least one for each knot of them: from a revision to one that
  // it needs, and so on round.
  std::vector<std::vector<std::size_t>> cycles;
  std::vector<std::size_t> heads;  // No other revises or depends on them.
  std::vector<std::size_t> roots;  // Revise nothing.
  Lock lock;

  // Every id is there once, every reference has its target, and there is no
  // cycle: the history can be simulated.
  bool sound = false;

  // Without regard to case; of a repeated id the first one.
  std::optional<std::size_t> Find(std::string_view id) const;
  std::unordered_map<std::string, std::size_t> by_id;  // Folded.
};

Graph BuildGraph(std::vector<ast::Migration> migrations, Lock lock);

// Its REVISION, or else its header.
source::Location LocationOf(const Revision& revision);

// Reports each revision that the lock file lacks as kNotLocked.
void CheckLocked(const Graph& graph, diagnostics::Emitter& emitter);

// `t1:` and the SHA-256 of the length-prefixed exact spellings of the tokens
// of the file, without comments and without the reasons of ALLOW.
std::string Checksum(const source::File& file);

}  // namespace palindrome::graph

#endif  // PALINDROME_COMPILER_GRAPH_GRAPH_H_
