// Definitions of tables, indexes, views and triggers: what a CREATE says, and
// what the catalog keeps of it.
//
// Plain values with the ranges they were read from (empty when derived);
// operator== is not offered, since `SameDefinition` says what equal means:
// names without case, types and expressions by tokens, ranges not at all.
#ifndef PALINDROME_COMPILER_AST_DEFINITION_H_
#define PALINDROME_COMPILER_AST_DEFINITION_H_

#include <cstdint>
#include <vector>

#include "compiler/ast/expression.h"
#include "compiler/ast/table.h"

namespace palindrome::ast {

struct Index {
  Name name;
  Name table;
  bool unique = false;
  std::vector<KeyPart> parts;
  Expression where;  // Empty: every row.
};

struct View {
  Name name;
  std::vector<Name> columns;  // Empty: as the SELECT names them.
  Expression body;            // From SELECT, WITH or VALUES on.
  bool temporary = false;
};

enum class TriggerTiming : std::uint8_t { kBefore, kAfter, kInsteadOf };
enum class TriggerEvent : std::uint8_t { kInsert, kUpdate, kDelete };

struct Trigger {
  Name name;
  Name table;  // Or view, for INSTEAD OF.
  TriggerTiming timing = TriggerTiming::kBefore;
  TriggerEvent event = TriggerEvent::kInsert;
  std::vector<Name> columns;  // Of UPDATE OF.
  bool for_each_row = false;  // Was written; SQLite means it anyway.
  Expression when;            // Without WHEN; empty: always.
  Expression body;            // From BEGIN to END, both included.
  bool temporary = false;
};

// What its module makes of it is the engine's to know.
struct VirtualTable {
  Name name;
  Expression module;  // From USING on.
};

// All that the engine reads when the trigger fires.
Expression WhenAndBody(const Trigger& trigger);

bool SameDefinition(const Index& left, const Index& right);
bool SameDefinition(const View& left, const View& right);
bool SameDefinition(const Trigger& left, const Trigger& right);
bool SameDefinition(const VirtualTable& left, const VirtualTable& right);

}  // namespace palindrome::ast

#endif  // PALINDROME_COMPILER_AST_DEFINITION_H_
