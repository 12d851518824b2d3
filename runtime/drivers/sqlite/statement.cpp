#include "runtime/drivers/sqlite/statement.h"

#include <limits>
#include <utility>

#include <sqlite3.h>

#include "runtime/src/sql_lexer.h"

namespace palindrome::sqlite {
namespace {

constexpr int kPrimaryCodeMask = 0xff;

struct Meaning {
  StatusCode code;
  const char* message;
};

// `code` is an extended one.
Meaning MeaningOf(int code) {
  constexpr Meaning kOther = {StatusCode::kLocked,
                              "another connection holds a lock"};
  switch (code & kPrimaryCodeMask) {
    case SQLITE_BUSY:
    // Openers of one write-ahead log that get into each other's way.
    case SQLITE_PROTOCOL:
      return kOther;
    case SQLITE_LOCKED:
      // No time ends what waits for the caller itself.
      return code == SQLITE_LOCKED_SHAREDCACHE
                 ? kOther
                 : Meaning{StatusCode::kFailedStatement,
                           "an unfinished statement of the same connection is "
                           "in the way; finish or reset your own statements "
                           "before migrating"};
    case SQLITE_NOTADB:
      return {StatusCode::kNotADatabase,
              "the file is no SQLite database, or is encrypted"};
    case SQLITE_CORRUPT:
      return {StatusCode::kIo, "the database file is malformed"};
    case SQLITE_FULL:
      return {StatusCode::kIo, "the disk is full"};
    case SQLITE_CANTOPEN:
      return {StatusCode::kIo, "the database file cannot be opened"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {StatusCode::kIo, "the database is read-only"};
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
      return {StatusCode::kIo, "the database cannot be read or written"};
    case SQLITE_INTERRUPT:
      return {StatusCode::kCancelled, "the connection was interrupted"};
    default:
      return {StatusCode::kFailedStatement, "the engine refused a statement"};
  }
}

// True if `tail` is white space, comments and semicolons.
bool IsBlank(std::string_view tail) {
  std::uint32_t offset = 0;
  while (true) {
    const sql::Token token = sql::NextToken(tail, offset);
    if (token.kind == sql::TokenKind::kEnd) {
      return true;
    }
    if (token.kind != sql::TokenKind::kComment && token.spelling != ";") {
      return false;
    }
    offset = token.offset + static_cast<std::uint32_t>(token.spelling.size());
  }
}

}  // namespace

Status ErrorStatus(sqlite3* connection, int code, std::string_view statement) {
  StatusDetails details;
  details.statement = statement;
  details.engine_message =
      connection == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(connection);
  details.engine_code =
      connection == nullptr ? code : sqlite3_extended_errcode(connection);
  const Meaning meaning = MeaningOf(details.engine_code);
  return {meaning.code, meaning.message, std::move(details)};
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Statement::Statement(sqlite3* connection, sqlite3_stmt* statement,
                     std::string_view sql)
    : connection_(connection), statement_(statement), sql_(sql) {}

Result<Statement> Statement::Prepare(sqlite3* connection,
                                     std::string_view sql) {
  if (sql.size() >= std::size_t{std::numeric_limits<int>::max()}) {
    return Status(StatusCode::kFailedStatement, "the statement is too long");
  }
  sqlite3_stmt* raw = nullptr;
  const char* tail = nullptr;
  const int code = sqlite3_prepare_v2(
      connection, sql.data(), static_cast<int>(sql.size()), &raw, &tail);
  Statement statement(connection, raw, sql);
  if (code != SQLITE_OK) {
    return ErrorStatus(connection, code, sql);
  }
  if (tail != nullptr &&
      !IsBlank(sql.substr(static_cast<std::size_t>(tail - sql.data())))) {
    StatusDetails details;
    details.statement = sql;
    return Status(StatusCode::kFailedStatement,
                  "there is more than one statement, or a NUL byte",
                  std::move(details));
  }
  return statement;
}

Status Statement::BindText(int index, std::string_view text) {
  const int code =
      sqlite3_bind_text64(statement_.get(), index, text.data(), text.size(),
                          SQLITE_TRANSIENT, SQLITE_UTF8);
  return code == SQLITE_OK ? Status() : ErrorStatus(connection_, code, sql_);
}

Result<bool> Statement::Step() {
  if (statement_ == nullptr) {
    return false;
  }
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) {
    return true;
  }
  if (code == SQLITE_DONE) {
    return false;
  }
  return ErrorStatus(connection_, code, sql_);
}

void Statement::Reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

int Statement::ColumnCount() const {
  return sqlite3_column_count(statement_.get());
}

std::string Statement::ColumnName(int column) const {
  const char* const name = sqlite3_column_name(statement_.get(), column);
  return name == nullptr ? "" : name;
}

bool Statement::IsNull(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

bool Statement::IsBlob(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_BLOB;
}

std::string Statement::Text(int column) const {
  const auto* text = sqlite3_column_text(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  if (text == nullptr || size <= 0) {
    return "";
  }
  return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)};
}

}  // namespace palindrome::sqlite
