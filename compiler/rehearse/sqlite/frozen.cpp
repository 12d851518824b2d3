#include "compiler/rehearse/sqlite/frozen.h"

#include <algorithm>
#include <string>

#include <sqlite3.h>

namespace palindrome::rehearse::sqlite {

namespace {

constexpr char kName[] = "palindrome-frozen";
// Milliseconds of the Julian day of 2025-01-01 00:00:00.
constexpr sqlite3_int64 kNow = 212'602'449'600'000;
constexpr double kMillisecondsPerDay = 86'400'000.0;

int TimeInt64(sqlite3_vfs* /*vfs*/, sqlite3_int64* now) {
  *now = kNow;
  return SQLITE_OK;
}

int Time(sqlite3_vfs* /*vfs*/, double* now) {
  *now = static_cast<double>(kNow) / kMillisecondsPerDay;
  return SQLITE_OK;
}

const char* Register() {
  static sqlite3_vfs frozen;
  const sqlite3_vfs* system = sqlite3_vfs_find(nullptr);
  if (system == nullptr) {
    return nullptr;
  }
  frozen = *system;
  frozen.zName = kName;
  frozen.pNext = nullptr;
  frozen.xCurrentTime = Time;
  frozen.xCurrentTimeInt64 = TimeInt64;
  return sqlite3_vfs_register(&frozen, 0) == SQLITE_OK ? kName : nullptr;
}

SeededRandom& Self(sqlite3_context* context) {
  return *static_cast<SeededRandom*>(sqlite3_user_data(context));
}

void Random(sqlite3_context* context, int /*count*/,
            sqlite3_value** /*values*/) {
  sqlite3_result_int64(context,
                       static_cast<sqlite3_int64>(Self(context).Next()));
}

void RandomBlob(sqlite3_context* context, int /*count*/,
                sqlite3_value** values) {
  constexpr sqlite3_int64 kLongest = 1 << 20;
  const sqlite3_int64 size =
      std::clamp<sqlite3_int64>(sqlite3_value_int64(values[0]), 1, kLongest);
  std::string bytes;
  while (static_cast<sqlite3_int64>(bytes.size()) < size) {
    const std::uint64_t next = Self(context).Next();
    bytes.append(reinterpret_cast<const char*>(&next), sizeof(next));
  }
  sqlite3_result_blob64(context, bytes.data(),
                        static_cast<sqlite3_uint64>(size), SQLITE_TRANSIENT);
}

}  // namespace

const char* FrozenClock() {
  static const char* const kRegistered = Register();
  return kRegistered;
}

struct CountedClock::Vfs : sqlite3_vfs {
  std::uint64_t used = 0;
};

CountedClock::CountedClock()
    : name_(std::string(kName) + "-" +
            std::to_string(reinterpret_cast<std::uintptr_t>(this))),
      vfs_(std::make_unique<Vfs>()) {
  const sqlite3_vfs* frozen = sqlite3_vfs_find(FrozenClock());
  if (frozen == nullptr) {
    return;
  }
  static_cast<sqlite3_vfs&>(*vfs_) = *frozen;
  vfs_->zName = name_.c_str();
  vfs_->pNext = nullptr;
  vfs_->xCurrentTimeInt64 = [](sqlite3_vfs* vfs, sqlite3_int64* now) {
    ++static_cast<Vfs*>(vfs)->used;
    return TimeInt64(vfs, now);
  };
  sqlite3_vfs_register(vfs_.get(), 0);
}

CountedClock::~CountedClock() {
  sqlite3_vfs_unregister(vfs_.get());
}

std::uint64_t CountedClock::used() const {
  return vfs_->used;
}

SeededRandom::SeededRandom(sqlite3* handle) {
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_INNOCUOUS;
  sqlite3_create_function_v2(handle, "random", 0, kFlags, this, Random, nullptr,
                             nullptr, nullptr);
  sqlite3_create_function_v2(handle, "randomblob", 1, kFlags, this, RandomBlob,
                             nullptr, nullptr, nullptr);
}

// SplitMix64 (Steele, Lea and Flood, 2014).
std::uint64_t SeededRandom::Next() {
  std::uint64_t value = ++state_ * 0x9E3779B97F4A7C15U;
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

}  // namespace palindrome::rehearse::sqlite
