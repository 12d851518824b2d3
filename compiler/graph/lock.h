// The lock file, `migrations.lock`: which migrations were reviewed and may not
// change any more.
//
// A line `palindrome-lock 2`, then one line a revision: its id, its checksum,
// the set of rules that had seen it, and its file's name, separated by one
// space; append-only, parents before children. Lines of version 1 lack the set,
// which is 1. Values; any thread.
#ifndef PALINDROME_COMPILER_GRAPH_LOCK_H_
#define PALINDROME_COMPILER_GRAPH_LOCK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/diagnostics/emitter.h"
#include "compiler/source/source.h"

namespace palindrome::graph {

struct LockEntry {
  std::string revision;
  std::string checksum;
  std::uint16_t rule_set = 1;
  std::string file_name;
  source::Range range;  // Of its line.
};

struct Lock {
  const source::File* file = nullptr;  // Null: there is no lock file.
  std::vector<LockEntry> entries;
  // There is none, or every line could be read: what is not among the entries
  // is not locked.
  bool complete = true;
};

// Reports malformed lines, repeated revisions and an unknown version as
// kLockFile; returns what could be read.
Lock ParseLock(const source::File& file, diagnostics::Emitter& emitter);

// The text of a lock file with these entries.
std::string FormatLock(const std::vector<LockEntry>& entries);

}  // namespace palindrome::graph

#endif  // PALINDROME_COMPILER_GRAPH_LOCK_H_
