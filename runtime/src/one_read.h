// Several queries that see one state of a database. Borrows it for the call.
#ifndef PALINDROME_RUNTIME_SRC_ONE_READ_H_
#define PALINDROME_RUNTIME_SRC_ONE_READ_H_

#include "runtime/src/on_exit.h"
#include <palindrome/database.h>
#include <palindrome/status.h>

namespace palindrome {

// What `work`, which only reads, gives; within the caller's transaction, if
// there is one.
template <typename Work>
auto InOneRead(Database& database, Work work) -> decltype(work()) {
  if (database.InTransaction()) {
    return work();
  }
  if (Status status = database.BeginRead(); !status.ok()) {
    return status;
  }
  const OnExit roll_back(
      [&database] { static_cast<void>(database.Rollback()); });
  auto result = work();
  if (Status status = database.Rollback(); !status.ok() && result.ok()) {
    return status;
  }
  return result;
}

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_ONE_READ_H_
