// A bound on the memory that the engine takes while it runs what others wrote.
// What it sorts or tells apart has none but this one.
//
// The engine's allocator counts by thread, without a lock. It is in place
// before `main`.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_MEMORY_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_MEMORY_H_

#include <cstdint>

namespace palindrome::rehearse::sqlite {

// The pages of a database, and as much again.
inline constexpr std::int64_t kMaxMemory = std::int64_t{512} << 20;

// While it lives, the engine gets that much more on this thread, and then none;
// less where there is a limit already, which holds again afterwards.
class MemoryLimit {
 public:
  MemoryLimit();
  ~MemoryLimit();
  MemoryLimit(const MemoryLimit&) = delete;
  MemoryLimit& operator=(const MemoryLimit&) = delete;

 private:
  const std::int64_t outer_;
};

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_MEMORY_H_
