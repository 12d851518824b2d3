#include "compiler/rehearse/sqlite/connection.h"

#include <algorithm>
#include <utility>

#include <sqlite3.h>

#include "compiler/rehearse/sqlite/frozen.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::rehearse::sqlite {

namespace {

using palindrome::sql::EqualsIgnoringCase;
using palindrome::sql::FoldCase;
using palindrome::sql::NextToken;
using palindrome::sql::TokenKind;

constexpr int kStepsPerCall = 10'000;
// A migration that makes more data than this out of nothing is a mistake.
constexpr int kMaxPages = 65'536;
constexpr int kMaxLength = 64 << 20;

std::string_view View(const char* text) {
  return text == nullptr ? std::string_view() : std::string_view(text);
}

int Authorize(void* context, int action, const char* first, const char* second,
              const char* database, const char* accessor) {
  return static_cast<Authorizer*>(context)->Check(
      {action, View(first), View(second), View(database), View(accessor)});
}

void ReturnNull(sqlite3_context* context, int /*count*/,
                sqlite3_value** /*values*/) {
  ++*static_cast<std::uint64_t*>(sqlite3_user_data(context));
  sqlite3_result_null(context);
}

int CompareBytes(void* /*context*/, int left_size, const void* left,
                 int right_size, const void* right) {
  return std::string_view(static_cast<const char*>(left),
                          static_cast<std::size_t>(left_size))
      .compare(std::string_view(static_cast<const char*>(right),
                                static_cast<std::size_t>(right_size)));
}

// Past the end of the first statement there may be comments only.
bool IsBlank(std::string_view text) {
  std::uint32_t offset = 0;
  for (;;) {
    const auto token = NextToken(text, offset);
    if (token.kind == TokenKind::kEnd) {
      return true;
    }
    if (token.kind != TokenKind::kComment && token.spelling != ";") {
      return false;
    }
    offset = token.offset + static_cast<std::uint32_t>(token.spelling.size());
  }
}

}  // namespace

void Connection::Finalizer::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

bool Connection::Steps::Take(std::uint64_t steps) {
  of_statement += steps;
  left -= std::min(left, steps);
  return of_statement <= kMaxSteps && left != 0;
}

Connection::Connection(const StandIns* stand_ins, const char* clock)
    : stand_ins_(stand_ins), authorizer_(std::make_unique<Authorizer>()) {
  const int code = sqlite3_open_v2(
      ":memory:", &handle_,
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY |
          SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
      clock == nullptr ? FrozenClock() : clock);
  if (code != SQLITE_OK) {
    sqlite3_close(handle_);
    handle_ = nullptr;
    return;
  }
  Configure();
  random_ = std::make_unique<SeededRandom>(handle_);
  AddStandIns();
}

Connection::~Connection() {
  sqlite3_close(handle_);
}

void Connection::Configure() {
  constexpr std::pair<int, int> kSettings[] = {
      {SQLITE_DBCONFIG_ENABLE_FKEY, 0},
      {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
      {SQLITE_DBCONFIG_LEGACY_ALTER_TABLE, 0},
      {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
      {SQLITE_DBCONFIG_DEFENSIVE, 1},
      {SQLITE_DBCONFIG_DQS_DML, 0},
      {SQLITE_DBCONFIG_DQS_DDL, 0},
      // As programs have it: without, JSON functions are refused in a schema.
      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1},
  };
  for (const auto& [setting, value] : kSettings) {
    sqlite3_db_config(handle_, setting, value, nullptr);
  }
  sqlite3_limit(handle_, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(handle_, SQLITE_LIMIT_LENGTH, kMaxLength);
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_set_authorizer(handle_, Authorize, authorizer_.get());
  sqlite3_progress_handler(
      handle_, kStepsPerCall,
      [](void* context) -> int {
        return static_cast<Steps*>(context)->Take(kStepsPerCall) ? 0 : 1;
      },
      &steps_);
  RunTrusted("PRAGMA max_page_count = " + std::to_string(kMaxPages));
  // Temporary tables would be kept in a file, which has no limit.
  RunTrusted("PRAGMA temp_store = memory");
  RunTrusted("PRAGMA temp.max_page_count = " + std::to_string(kMaxPages));
}

void Connection::AddStandIns() {
  if (stand_ins_ == nullptr) {
    return;
  }
  for (const auto& [name, arguments] : stand_ins_->functions) {
    sqlite3_create_function_v2(
        handle_, name.c_str(), arguments,
        SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, &stand_in_calls_,
        ReturnNull, nullptr, nullptr, nullptr);
  }
  // On demand, which is the only sign of a collation being used.
  sqlite3_collation_needed(
      handle_, this,
      [](void* context, sqlite3* handle, int /*encoding*/, const char* name) {
        auto& self = *static_cast<Connection*>(context);
        for (const std::string& collation : self.stand_ins_->collations) {
          if (EqualsIgnoringCase(collation, View(name))) {
            self.used_collations_.insert(FoldCase(collation));
            sqlite3_create_collation_v2(handle, name, SQLITE_UTF8, nullptr,
                                        CompareBytes, nullptr);
          }
        }
      });
}

Connection::WithoutTriggers::WithoutTriggers(Connection& connection)
    : connection_(connection) {
  sqlite3_db_config(connection_.handle_, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0,
                    nullptr);
}

Connection::WithoutTriggers::~WithoutTriggers() {
  sqlite3_db_config(connection_.handle_, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1,
                    nullptr);
}

void Connection::Arm() {
  authorizer_->Forget();
  authorizer_->Trust(false);
  steps_.of_statement = 0;
  memory_.emplace();
}

void Connection::Disarm() {
  memory_.reset();
  authorizer_->Trust(true);
}

catalog::EngineError Connection::Explain(int code, std::string_view message) {
  int offset = -1;
#if SQLITE_VERSION_NUMBER >= 3038000
  offset = sqlite3_error_offset(handle_);
#endif
  auto error = Classify(code, message, offset, authorizer_->denied());
  if (steps_.left == 0) {
    error.message = "the statements were stopped after " +
                    std::to_string(kMaxStepsOfAll / 1'000'000) +
                    " million steps of the engine";
  }
  return error;
}

catalog::EngineError Connection::LastError() {
  if (handle_ == nullptr) {
    return {catalog::EngineError::Class::kOther, "out of memory", "", {}, {}};
  }
  return Explain(sqlite3_extended_errcode(handle_), sqlite3_errmsg(handle_));
}

Connection::StatementPtr Connection::Compile(
    std::string_view sql, std::optional<catalog::EngineError>& error) {
  sqlite3_stmt* statement = nullptr;
  const char* tail = nullptr;
  const int code =
      handle_ == nullptr
          ? SQLITE_NOMEM
          : sqlite3_prepare_v2(handle_, sql.data(),
                               static_cast<int>(sql.size()), &statement, &tail);
  StatementPtr owned(statement);
  if (code != SQLITE_OK) {
    error = LastError();
    return nullptr;
  }
  const auto used = static_cast<std::size_t>(tail - sql.data());
  if (!IsBlank(sql.substr(used))) {
    error = catalog::EngineError{catalog::EngineError::Class::kSyntax,
                                 "there is more than one statement",
                                 "",
                                 static_cast<std::uint32_t>(used),
                                 {}};
    return nullptr;
  }
  return owned;
}

std::optional<catalog::EngineError> Connection::Prepare(std::string_view sql) {
  std::optional<catalog::EngineError> error;
  Arm();
  Compile(sql, error);
  Disarm();
  return error;
}

std::optional<catalog::EngineError> Connection::Run(std::string_view sql,
                                                    const OnRow& on_row) {
  Arm();
  auto error = Step(sql, on_row);
  Disarm();
  return error;
}

std::optional<catalog::EngineError> Connection::RunTrusted(
    std::string_view sql, const OnRow& on_row) {
  authorizer_->Forget();
  steps_.of_statement = 0;
  return Step(sql, on_row);
}

std::optional<catalog::EngineError> Connection::Step(std::string_view sql,
                                                     const OnRow& on_row) {
  std::optional<catalog::EngineError> error;
  const StatementPtr statement = Compile(sql, error);
  if (!statement) {
    return error;
  }
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement.get())) == SQLITE_ROW) {
    if (!on_row) {
      continue;
    }
    const auto* text = sqlite3_column_text(statement.get(), 0);
    const auto size =
        static_cast<std::size_t>(sqlite3_column_bytes(statement.get(), 0));
    if (!on_row({reinterpret_cast<const char*>(text), text ? size : 0})) {
      return std::nullopt;
    }
  }
  if (code != SQLITE_DONE) {
    error = LastError();
  }
  return error;
}

std::optional<catalog::EngineError> Connection::Create(
    const catalog::Slice& slice) {
  if (handle_ == nullptr) {
    return LastError();
  }
  for (const catalog::ObjectPtr& object : slice) {
    if (auto error = RunTrusted(catalog::CreateStatement(*object))) {
      return error;
    }
  }
  return std::nullopt;
}

}  // namespace palindrome::rehearse::sqlite
