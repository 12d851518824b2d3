// Targets: what a user writes to say which revisions are to be applied
// afterwards. A target is parsed first and then resolved against a graph and
// what is applied, so that further forms are one kind here and one case there.
// Pure functions.
#ifndef PALINDROME_RUNTIME_SRC_REVISION_TARGET_H_
#define PALINDROME_RUNTIME_SRC_REVISION_TARGET_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/src/revision_graph.h"
#include <palindrome/status.h>

namespace palindrome {

enum class TargetKind : std::uint8_t {
  kHead,      // `head`: the only head.
  kHeads,     // `heads`: all of them.
  kBase,      // `base`: nothing.
  kRevision,  // `text`: an id or the beginning of one.
  kUp,        // `+N`: N revisions more.
  kDown,      // `-N`: N revisions fewer.
};

struct Target {
  TargetKind kind = TargetKind::kHead;
  std::string text;  // As written.
  std::size_t steps = 0;
};

// kBadTarget for what is none. The words are never taken for revisions.
Result<Target> ParseTarget(std::string_view text);

// The set that is applied afterwards; `applied` holds all that its members
// need. Upgrades add what a revision needs; downgrades to a revision take what
// needs it; where a target is reached already, both give `applied` back.
// kBadTarget where a target lies in the other direction, runs past an end, or
// leads to more than one place: `head` with several heads, and a number of
// revisions that could be others. kUnknownRevision and kAmbiguousRevision as
// RevisionGraph::Resolve.
Result<RevisionSet> ResolveUpgrade(const RevisionGraph& graph,
                                   const RevisionSet& applied,
                                   const Target& target);
Result<RevisionSet> ResolveDowngrade(const RevisionGraph& graph,
                                     const RevisionSet& applied,
                                     const Target& target);

// The same in either direction, without regard to what is applied but for
// `+N` and `-N`.
Result<RevisionSet> ResolveStamp(const RevisionGraph& graph,
                                 const RevisionSet& applied,
                                 const Target& target);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_REVISION_TARGET_H_
