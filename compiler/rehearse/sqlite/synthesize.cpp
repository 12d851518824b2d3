#include "compiler/rehearse/sqlite/synthesize.h"

#include <algorithm>
#include <set>
#include <string>

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

// Of FTS4 or FTS5.
bool IsTextIndex(const ast::VirtualTable& table) {
  const auto& tokens = table.module.tokens;
  return std::any_of(tokens.begin(), tokens.end(), [](const auto& token) {
    return sql::EqualsIgnoringCase(token.spelling, "fts4") ||
           sql::EqualsIgnoringCase(token.spelling, "fts5");
  });
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

// Such as those that the history itself inserts.
bool HasRows(const ast::Table& table, Connection& connection) {
  bool has_rows = false;
  connection.RunTrusted(
      "SELECT 1 FROM " + sql::QuoteName(table.name.text) + " LIMIT 1",
      [&has_rows](std::string_view) {
        has_rows = true;
        return false;
      });
  return has_rows;
}

// What the triggers of a program would have written: an index of texts that
// another table holds knows nothing of its new rows, and is corrupt to SQLite
// where one of them is taken out.
void FillTextIndexes(const catalog::Slice& slice, Connection& connection) {
  for (const catalog::ObjectPtr& object : slice) {
    const auto* table = std::get_if<ast::VirtualTable>(&object->definition);
    if (table != nullptr && IsTextIndex(*table)) {
      const std::string name = sql::QuoteName(table->name.text);
      connection.RunTrusted("INSERT INTO " + name + " (" + name +
                            ") VALUES ('rebuild')");
    }
  }
}

}  // namespace

SyntheticRows Synthesize(const catalog::Slice& slice, const Literals& literals,
                         std::uint64_t seed, bool with_limits,
                         Connection& connection) {
  SyntheticRows made;
  const Connection::WithoutTriggers quiet(connection);
  const Tables tables = TablesOf(slice);
  for (const ast::Table* table : InOrder(tables)) {
    const std::size_t before = made.rows.size();
    FillTable(slice, tables, *table, literals, seed, with_limits, connection,
              made);
    if (made.rows.size() == before && !HasRows(*table, connection)) {
      made.empty.push_back(table->name.text);
    }
  }
  FillTextIndexes(slice, connection);
  return made;
}

}  // namespace palindrome::rehearse::sqlite
