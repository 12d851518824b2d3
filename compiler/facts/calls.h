// Calls in C++ that are given SQL, and the ways that SQL takes to them.
//
// Text flows from where it is written to where an engine gets it, through the
// parameters of functions, the fields of structs, variables and returned
// values: each is a slot, whose id is the same in every unit. One unit alone
// does not tell which slots end at an engine; those of all do, together.
//
// Values.
#ifndef PALINDROME_COMPILER_FACTS_CALLS_H_
#define PALINDROME_COMPILER_FACTS_CALLS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "llvm/Support/JSON.h"

#include "compiler/facts/text.h"

namespace palindrome::facts {

// What becomes of the text that a slot is given.
enum class Sink : std::uint8_t {
  kNone,      // It depends on where it flows.
  kSqlite,    // SQLite gets it.
  kSqlite16,  // SQLite gets it, in UTF-16.
  kPostgres,  // libpq gets it.
};

// The parameters that are bound to the statement of a call.
struct Binds {
  std::vector<std::uint32_t> bound;  // Their numbers, ascending.
  // No other is bound: every use of the statement is in sight.
  bool complete = false;

  bool operator==(const Binds&) const = default;
};

// An `if`, a `switch` or a loop that a call stands in.
struct Branch {
  Place place;           // The whole statement.
  bool is_else = false;  // The call is behind its `else`.
  bool asks = false;     // Its condition is what the database's schema is.
  bool is_loop = false;

  bool operator==(const Branch&) const = default;
};

// What is given to a slot at one place.
struct Source {
  std::string slot;
  Sink sink = Sink::kNone;
  std::string callee;    // What the slot belongs to, for messages.
  std::string function;  // The qualified name of the one that gives it.
  Place place;
  std::vector<Text> constants;
  // Slots whose text is handed on.
  std::vector<std::string> from;
  // What else it may be, in words; empty: nothing.
  std::string dynamic;
  // It is what becomes of the slot's own text before it is handed on.
  bool is_change = false;
  // Literals that what is dynamic is made of.
  std::vector<std::string> fragments;
  std::optional<Binds> binds;
  std::vector<Branch> branches;  // The outermost first.
  // Why the program says that it is not to be checked; empty: it does not.
  std::string unchecked;

  bool operator==(const Source&) const = default;
};

struct Calls {
  std::vector<Source> sources;

  bool operator==(const Calls&) const = default;
};

llvm::json::Value toJSON(const Calls& value);
bool fromJSON(const llvm::json::Value& json, Calls& value,
              llvm::json::Path path);

}  // namespace palindrome::facts

#endif  // PALINDROME_COMPILER_FACTS_CALLS_H_
