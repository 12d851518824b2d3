#include "compiler/rehearse/sqlite/synthesize.h"

#include <set>

#include "compiler/rehearse/sqlite/fill_table.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::rehearse::sqlite {

namespace {

Tables TablesOf(const catalog::Slice& slice) {
  Tables tables;
  for (const catalog::ObjectPtr& object : slice) {
    if (const auto* table = std::get_if<ast::Table>(&object->definition)) {
      tables.emplace(sql::FoldCase(table->name.text), table);
    }
  }
  return tables;
}

// Parents before children where there is such an order.
std::vector<const ast::Table*> InOrder(const Tables& tables) {
  std::vector<const ast::Table*> order;
  std::set<const ast::Table*> seen;
  const auto visit = [&](const auto& self, const ast::Table& table) -> void {
    if (!seen.insert(&table).second) {
      return;
    }
    for (const ast::Constraint& constraint : table.constraints) {
      const auto* parent = constraint.kind == ast::ConstraintKind::kForeignKey
                               ? Find(tables, constraint.references.table.text)
                               : nullptr;
      if (parent != nullptr) {
        self(self, *parent);
      }
    }
    order.push_back(&table);
  };
  for (const auto& [name, table] : tables) {
    visit(visit, *table);
  }
  return order;
}

}  // namespace

SyntheticRows Synthesize(const catalog::Slice& slice, const Literals& literals,
                         std::uint64_t seed, bool with_limits,
                         Connection& connection) {
  SyntheticRows made;
  const Connection::WithoutTriggers quiet(connection);
  const Tables tables = TablesOf(slice);
  for (const ast::Table* table : InOrder(tables)) {
    FillTable(slice, tables, *table, literals, seed, with_limits, connection,
              made);
  }
  return made;
}

}  // namespace palindrome::rehearse::sqlite
