// The authorizer that cuts a rehearsal off from the world, and the record of
// what a statement touches.
//
// One per connection, which owns it. The rules are the runtime's, which runs
// stored programs under them.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_AUTHORIZER_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_AUTHORIZER_H_

#include <functional>
#include <optional>
#include <string>

#include "runtime/drivers/sqlite/access_rules.h"

namespace palindrome::rehearse::sqlite {

using palindrome::sqlite::Access;

class Authorizer {
 public:
  // While trusted, everything goes: the compiler's own statements.
  void Trust(bool trusted) { trusted_ = trusted; }

  // Told of every access of statements that are not trusted, until it is empty
  // again.
  void Watch(std::function<void(const Access&)> watcher) {
    watcher_ = std::move(watcher);
  }

  // What was denied last: "ATTACH", "function `load_extension`".
  const std::optional<std::string>& denied() const { return denied_; }
  void Forget() { denied_.reset(); }

  // SQLITE_OK or SQLITE_DENY.
  int Check(const Access& access);

 private:
  bool trusted_ = true;
  std::function<void(const Access&)> watcher_;
  std::optional<std::string> denied_;
};

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_AUTHORIZER_H_
