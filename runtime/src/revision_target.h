// Targets: what a user writes to say which revisions are to be applied
// afterwards. A target is parsed first and then resolved against a graph and
// what is applied. The forms, what each means and where they differ from
// Alembic's are documented in runtime/docs/revisions.md. Pure functions.
#ifndef PALINDROME_RUNTIME_SRC_REVISION_TARGET_H_
#define PALINDROME_RUNTIME_SRC_REVISION_TARGET_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/src/revision_graph.h"
#include <palindrome/status.h>

namespace palindrome {

// Where a target starts.
enum class TargetKind : std::uint8_t {
  kHead,      // `head`: the only head.
  kHeads,     // `heads`: all of them.
  kBase,      // `base`: nothing.
  kCurrent,   // `current`: what is applied, where a revision is asked for.
  kRevision,  // `revision`: an id, the beginning of one, or a label.
  kHere,      // Nothing is named: what is applied.
};

// Where it goes from there, by a number of steps.
enum class TargetOffset : std::uint8_t { kNone, kUp, kDown };

struct Target {
  TargetKind kind = TargetKind::kHead;
  std::string text;      // As written.
  std::string branch;    // Before the `@`, if there is one.
  std::string revision;  // Of kRevision.
  TargetOffset offset = TargetOffset::kNone;
  std::size_t steps = 0;

  bool IsPlain() const {
    return branch.empty() && offset == TargetOffset::kNone;
  }
  bool IsHere(TargetOffset direction) const {
    return kind == TargetKind::kHere && offset == direction;
  }
};

// kBadTarget for what is none. The words are never taken for revisions.
Result<Target> ParseTarget(std::string_view text);

// The set that is applied afterwards; `applied` holds all that its members
// need. Upgrades add what a revision needs; downgrades to a revision take what
// revises it, and what needs that; where a target is reached already, both give
// `applied` back. kBadTarget where a target lies in the other direction, runs
// past an end, or leads to more than one place: `head` with several heads, and
// a number of revisions that could be others. kUnknownRevision and
// kAmbiguousRevision as RevisionGraph::Resolve.
Result<RevisionSet> ResolveUpgrade(const RevisionGraph& graph,
                                   const RevisionSet& applied,
                                   const Target& target);
Result<RevisionSet> ResolveDowngrade(const RevisionGraph& graph,
                                     const RevisionSet& applied,
                                     const Target& target);

// The same in either direction. What has nothing to do with the target, above
// it or below, stays.
Result<RevisionSet> ResolveStamp(const RevisionGraph& graph,
                                 const RevisionSet& applied,
                                 const Target& target);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_REVISION_TARGET_H_
