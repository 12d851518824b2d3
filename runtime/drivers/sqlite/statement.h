// A prepared SQLite statement with an owner, and what SQLite's result codes
// mean as a Status. For one thread at a time, as the connection is.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_STATEMENT_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_STATEMENT_H_

#include <memory>
#include <string>
#include <string_view>

#include <palindrome/status.h>

struct sqlite3;
struct sqlite3_stmt;

namespace palindrome::sqlite {

// What went wrong on `connection` with the result `code`, and the statement.
Status ErrorStatus(sqlite3* connection, int code, std::string_view statement);

// Owns a sqlite3_stmt; the connection outlives it.
class Statement {
 public:
  // Prepares exactly one statement; kFailedStatement if other SQL follows it.
  // An empty text or one of comments alone gives a statement without rows.
  static Result<Statement> Prepare(sqlite3* connection, std::string_view sql);

  Status BindText(int index, std::string_view text);
  // True while there is a row.
  Result<bool> Step();
  // Ready for another round, without bindings.
  void Reset();

  int ColumnCount() const;
  std::string ColumnName(int column) const;
  bool IsNull(int column) const;
  bool IsBlob(int column) const;
  // The value as text; NULL and what is no text in the end is empty.
  std::string Text(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  Statement(sqlite3* connection, sqlite3_stmt* statement, std::string_view sql);

  sqlite3* connection_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::string sql_;
};

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_STATEMENT_H_
