#include "compiler/rehearse/sqlite/memory.h"

#include <algorithm>
#include <limits>

#include <sqlite3.h>

namespace palindrome::rehearse::sqlite {

namespace {

constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

// What is freed on another thread than it was taken on is counted wrongly,
// which does not matter to a limit that begins where the count is.
struct Counter {
  std::int64_t used = 0;
  std::int64_t limit = kNoLimit;
};

Counter& OfThread() {
  thread_local Counter counter;
  return counter;
}

// What is used may be negative, so that without a limit nothing is subtracted.
bool Fits(const Counter& counter, int more) {
  return counter.limit == kNoLimit || more <= counter.limit - counter.used;
}

// The engine's own.
sqlite3_mem_methods& System() {
  static sqlite3_mem_methods methods = {};
  return methods;
}

void* Count(void* memory) {
  if (memory != nullptr) {
    OfThread().used += System().xSize(memory);
  }
  return memory;
}

void* Allocate(int size) {
  return Fits(OfThread(), size) ? Count(System().xMalloc(size)) : nullptr;
}

void Free(void* memory) {
  if (memory != nullptr) {
    OfThread().used -= System().xSize(memory);
  }
  System().xFree(memory);
}

void* Reallocate(void* memory, int size) {
  Counter& counter = OfThread();
  const int before = System().xSize(memory);
  if (!Fits(counter, size - before)) {
    return nullptr;
  }
  void* moved = System().xRealloc(memory, size);
  if (moved != nullptr) {
    counter.used -= before;
  }
  return Count(moved);
}

// Refused once the engine is in use; then there is no limit.
bool Install() {
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &System()) != SQLITE_OK) {
    return false;
  }
  sqlite3_mem_methods counting = System();
  counting.xMalloc = Allocate;
  counting.xFree = Free;
  counting.xRealloc = Reallocate;
  // Keeping the engine's own statistics takes a lock for every allocation, on
  // which rehearsals would wait for each other.
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &counting) == SQLITE_OK &&
         sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
}

[[maybe_unused]] const bool is_installed = Install();

}  // namespace

MemoryLimit::MemoryLimit() : outer_(OfThread().limit) {
  OfThread().limit = std::min(outer_, OfThread().used + kMaxMemory);
}

MemoryLimit::~MemoryLimit() {
  OfThread().limit = outer_;
}

}  // namespace palindrome::rehearse::sqlite
