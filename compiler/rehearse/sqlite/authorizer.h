// The authorizer that cuts a rehearsal off from the world, and the record of
// what a statement touches.
//
// One per connection, which owns it. See
// https://sqlite.org/c3ref/set_authorizer.html.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_AUTHORIZER_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_AUTHORIZER_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/catalog/engine.h"

namespace palindrome::rehearse::sqlite {

// What the engine asks to do; the names are empty where there is none.
struct Access {
  int action = 0;  // SQLITE_READ and so on.
  std::string_view first;
  std::string_view second;
  std::string_view database;  // "main", "temp".
  // The trigger, view or common table expression on whose behalf.
  std::string_view accessor;
};

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
