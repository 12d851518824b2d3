// A private in-memory database, cut off from files, extensions and pragmas,
// with bounds on how long a statement may run and how much memory it may take.
//
// Owns its engine connection. One thread at a time.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_CONNECTION_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_CONNECTION_H_

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/catalog/engine.h"
#include "compiler/rehearse/rehearse.h"
#include "compiler/rehearse/sqlite/authorizer.h"
#include "compiler/rehearse/sqlite/frozen.h"
#include "compiler/rehearse/sqlite/memory.h"

struct sqlite3;
struct sqlite3_stmt;

namespace palindrome::rehearse::sqlite {

// The text of an SQLite error as class and name. `denied` is what the
// authorizer refused, if it did.
catalog::EngineError Classify(int code, std::string_view message, int offset,
                              const std::optional<std::string>& denied);

// Steps of the virtual machine that one statement may take: about a second.
inline constexpr std::uint64_t kMaxSteps = 20'000'000;
// That all statements of a stranger may take.
inline constexpr std::uint64_t kMaxStepsOfAll = 20 * kMaxSteps;

class Connection {
 public:
  // `stand_ins` may be null; else it outlives the connection. `clock` is the
  // name of a VFS; null: FrozenClock.
  explicit Connection(const StandIns* stand_ins, const char* clock = nullptr);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // While it lives, no trigger fires.
  class WithoutTriggers {
   public:
    explicit WithoutTriggers(Connection& connection);
    ~WithoutTriggers();
    WithoutTriggers(const WithoutTriggers&) = delete;
    WithoutTriggers& operator=(const WithoutTriggers&) = delete;

   private:
    Connection& connection_;
  };

  // Null if there was no memory for it; then every call fails.
  sqlite3* handle() { return handle_; }
  Authorizer& authorizer() { return *authorizer_; }

  SeededRandom& random() { return *random_; }

  // From here on all statements together take no more than kMaxStepsOfAll.
  void LimitAllSteps() { steps_.left = kMaxStepsOfAll; }

  // Stand-in collations that statements have asked for, folded.
  const std::set<std::string>& used_collations() const {
    return used_collations_;
  }

  // Calls of stand-in functions.
  std::uint64_t stand_in_calls() const { return stand_in_calls_; }

  // Creates the objects of the slice.
  std::optional<catalog::EngineError> Create(const catalog::Slice& slice);

  // Between the two statements are the author's: denied what the authorizer
  // denies, and bounded. For callers that run them by other means.
  void Arm();
  void Disarm();
  // What the engine's last failed statement failed of.
  catalog::EngineError Explain(int code, std::string_view message);

  // Compiles `sql`, one statement of the author's, without running it.
  std::optional<catalog::EngineError> Prepare(std::string_view sql);

  // Runs it to its end. `on_row` gets the first column of each row, and stops
  // the statement by returning false.
  using OnRow = std::function<bool(std::string_view)>;
  std::optional<catalog::EngineError> Run(std::string_view sql,
                                          const OnRow& on_row = nullptr);

  // The same for the compiler's own statements, which the authorizer lets
  // pass.
  std::optional<catalog::EngineError> RunTrusted(std::string_view sql,
                                                 const OnRow& on_row = nullptr);

 private:
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };
  using StatementPtr = std::unique_ptr<sqlite3_stmt, Finalizer>;

  void Configure();
  void AddStandIns();
  StatementPtr Compile(std::string_view sql,
                       std::optional<catalog::EngineError>& error);
  catalog::EngineError LastError();
  std::optional<catalog::EngineError> Step(std::string_view sql,
                                           const OnRow& on_row);

  sqlite3* handle_ = nullptr;
  const StandIns* stand_ins_;
  std::unique_ptr<Authorizer> authorizer_;
  std::set<std::string> used_collations_;
  std::unique_ptr<SeededRandom> random_;
  struct Steps {
    std::uint64_t of_statement = 0;
    std::uint64_t left = std::numeric_limits<std::uint64_t>::max();

    // Whether there are as many more.
    bool Take(std::uint64_t steps);
  };
  Steps steps_;
  std::optional<MemoryLimit> memory_;
  std::uint64_t stand_in_calls_ = 0;
};

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_CONNECTION_H_
