// Tells a watcher how far a statement is, through the progress handler of the
// connection, which it takes for its lifetime. Borrows both. For one thread.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_WORK_METER_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_WORK_METER_H_

#include <cstdint>
#include <string_view>

#include <palindrome/database.h>

struct sqlite3;

namespace palindrome::sqlite {

// About how many rows a statement copies that ends `… FROM table`: the largest
// row number of the table; 0 if there is none.
std::uint64_t CountSource(sqlite3* connection, std::string_view sql);

class WorkMeter {
 public:
  // Does nothing without a watcher. `total` as from CountSource.
  WorkMeter(sqlite3* connection, WorkWatcher* watcher, std::uint64_t total);
  ~WorkMeter();
  WorkMeter(const WorkMeter&) = delete;
  WorkMeter& operator=(const WorkMeter&) = delete;

 private:
  static int Tell(void* meter);

  sqlite3* connection_;
  WorkWatcher* watcher_;
  std::uint64_t total_;
  std::uint64_t instructions_ = 0;
};

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_WORK_METER_H_
