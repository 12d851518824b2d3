// An SQL script for the sqlite3 shell, and for any program that runs it
// statement by statement. It checks as it goes: a check that fails writes what
// it found, stops the shell (`-bail`), and makes the end of the script take
// everything back. A value that owns its text.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_SQL_SCRIPT_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_SQL_SCRIPT_H_

#include <string>
#include <string_view>
#include <vector>

#include <palindrome/status.h>

namespace palindrome::sqlite {

// `text` as an SQL expression that also a reader of lines leaves as it is.
std::string Literal(std::string_view text);

// `sql` with literals for its parameters $1, $2, …
std::string WithLiterals(std::string_view sql,
                         const std::vector<std::string>& parameters);

// `sql` without what may follow a statement: semicolons and comments.
std::string_view WithoutEnd(std::string_view sql);

class SqlScript {
 public:
  // One line. Control characters become harmless.
  void Comment(std::string_view text);
  // One statement, byte for byte. kFailedStatement where the shell would read
  // it otherwise.
  Status Add(std::string_view statement);

  // Begins the transaction and makes what the checks need.
  void Begin();
  // `select` gives a message for each problem: "'…' FROM … WHERE …", which
  // follows SELECT. `with` is empty, or "WITH f (a) AS
  // (…)".
  Status Check(std::string_view select, std::string_view with = "");
  // Takes everything back if a check failed, and commits if none did.
  void End();

  const std::string& text() const { return text_; }

 private:
  void Line(std::string_view statement);

  std::string text_;
  int checks_ = 0;
};

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_SQL_SCRIPT_H_
