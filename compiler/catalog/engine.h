// What the compiler asks a database engine before the rehearsal: what a view, a
// trigger or a data statement reads and writes, whether the expressions of a
// table or an index mean something, and what a statement that the compiler
// cannot read did.
//
// `main` makes the engine and passes it in. An implementation works on an
// empty private database that it throws away; it reaches no file and no
// network. An engine may be used by one thread at a time.
#ifndef PALINDROME_COMPILER_CATALOG_ENGINE_H_
#define PALINDROME_COMPILER_CATALOG_ENGINE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/catalog/object.h"
#include "compiler/catalog/slice.h"

namespace palindrome::catalog {

struct EngineError {
  enum class Class : std::uint8_t {
    kOther,
    kSyntax,
    kUnknownTable,
    kUnknownColumn,
    kUnknownFunction,
    kUnknownCollation,
    kForbidden,  // The authorizer denied it.
  };
  Class error_class = Class::kOther;
  std::string message;  // The engine's, lower case first letter.
  std::string name;     // The unknown or forbidden thing, if told.
  // Of the token in the statement's text, where the engine tells it.
  std::optional<std::uint32_t> offset;
  // Where a function or collation is unknown: those of the engine itself.
  std::vector<std::string> known;
};

// Folded names, sorted, each once.
struct Access {
  std::vector<Use> reads;
  std::vector<Use> updates;          // table and column
  std::vector<std::string> inserts;  // tables
  std::vector<std::string> deletes;  // tables
  // Stand-ins for application functions and collations that it calls.
  std::vector<std::string> stand_ins;
  std::optional<EngineError> error;
};

// One row of sqlite_master.
struct EngineObject {
  std::string type;
  std::string name;
  std::string table;
  std::string sql;
  bool temporary = false;  // Of sqlite_temp_master.

  bool operator==(const EngineObject&) const = default;
};

struct RunResult {
  std::vector<EngineObject> objects;  // After the statement, sorted.
  std::optional<EngineError> error;
};

struct BrokenBody {
  ObjectPtr body;
  EngineError error;
};

class Engine {
 public:
  virtual ~Engine() = default;

  // Prepares `sql`, one statement, on a database that holds `slice`, without
  // running it.
  virtual Access Prepare(const Slice& slice, std::string_view sql) = 0;

  // What the trigger reads and writes when it fires; `slice` holds it and all
  // that it mentions.
  virtual Access PrepareTrigger(const Slice& slice,
                                const ast::Trigger& trigger) = 0;

  // The views and triggers of `slice` that fail when they are read or fire.
  virtual std::vector<BrokenBody> FindBroken(const Slice& slice) = 0;

  // Runs `sql`, one statement, and returns the schema after it.
  virtual RunResult Run(const Slice& slice, std::string_view sql) = 0;
};

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_ENGINE_H_
