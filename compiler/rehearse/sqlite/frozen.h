// A clock that stands still and a random() that repeats itself, so that no
// verdict depends on when or how often a rehearsal runs.
//
// FrozenClock is the name of a VFS that is registered once, on any thread. A
// CountedClock belongs to one connection, which it outlives, and a SeededRandom
// to one that outlives it.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_FROZEN_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_FROZEN_H_

#include <cstdint>
#include <memory>
#include <string>

struct sqlite3;

namespace palindrome::rehearse::sqlite {

// For sqlite3_open_v2: the default VFS with its clock at 2025-01-01.
const char* FrozenClock();

// The same, and knows how often it was looked at.
class CountedClock {
 public:
  CountedClock();
  ~CountedClock();
  CountedClock(const CountedClock&) = delete;
  CountedClock& operator=(const CountedClock&) = delete;

  // For sqlite3_open_v2.
  const char* name() const { return name_.c_str(); }
  std::uint64_t used() const;

 private:
  struct Vfs;
  std::string name_;
  std::unique_ptr<Vfs> vfs_;
};

// Replaces random() and randomblob().
class SeededRandom {
 public:
  explicit SeededRandom(sqlite3* handle);
  SeededRandom(const SeededRandom&) = delete;
  SeededRandom& operator=(const SeededRandom&) = delete;

  std::uint64_t Next();
  // Begins the sequence again.
  void Restart() { state_ = 0; }
  // Values given since.
  std::uint64_t used() const { return state_; }

 private:
  std::uint64_t state_ = 0;
};

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_FROZEN_H_
