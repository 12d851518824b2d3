// A connection with an owner. For one thread at a time.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_CONNECTION_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_CONNECTION_H_

#include <memory>

#include <sqlite3.h>

namespace palindrome::sqlite {

struct CloseConnection {
  void operator()(sqlite3* connection) const { sqlite3_close(connection); }
};
using OwnedConnection = std::unique_ptr<sqlite3, CloseConnection>;

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_CONNECTION_H_
