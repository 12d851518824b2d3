// While it lives, what is prepared and run on a connection is held to the rules
// of a rehearsal. Borrows the connection, whose authorizer it replaces and, at
// the end, clears: the engine cannot tell what was there before.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_CONFINEMENT_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_CONFINEMENT_H_

#include <optional>
#include <string>
#include <string_view>

#include <palindrome/status.h>

struct sqlite3;

namespace palindrome::sqlite {

class Confinement {
 public:
  explicit Confinement(sqlite3* connection);
  ~Confinement();
  Confinement(const Confinement&) = delete;
  Confinement& operator=(const Confinement&) = delete;

  // `status` of `statement`; where it failed because something was denied,
  // kFailedStatement that says what.
  Status Explain(Status status, std::string_view statement) const;

 private:
  sqlite3* connection_;
  std::optional<std::string> denied_;
};

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_CONFINEMENT_H_
