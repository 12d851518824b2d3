// What a migration may ask of the engine, as an authorizer hears it: the rules
// by which rehearsals and stored programs are cut off from files, extensions,
// other databases and transactions. See
// https://sqlite.org/c3ref/set_authorizer.html. A pure function of values, for
// any thread.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_ACCESS_RULES_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_ACCESS_RULES_H_

#include <optional>
#include <string>
#include <string_view>

namespace palindrome::sqlite {

// What the engine asks to do; the names are empty where there is none.
struct Access {
  int action = 0;  // SQLITE_READ and so on.
  std::string_view first;
  std::string_view second;
  std::string_view database;  // "main", "temp".
  // The trigger, view or common table expression on whose behalf.
  std::string_view accessor;
};

// What is denied, as messages call it: "DETACH", "function `load_extension`".
std::optional<std::string> DeniedAccess(const Access& access);

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_ACCESS_RULES_H_
