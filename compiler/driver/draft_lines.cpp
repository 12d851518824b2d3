#include "compiler/driver/draft_lines.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "llvm/ADT/StringRef.h"

#include "compiler/catalog/row_key.h"
#include "compiler/lower/sqlite/table_facts.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::driver {
namespace {

using catalog::Catalog;

// Turns the statements into items, one after the other.
class Writer {
 public:
  Writer(const Catalog& before, const Catalog& after)
      : before_(before), after_(after) {}

  std::vector<DraftItem> Write(const std::vector<ast::Statement>& statements);

 private:
  void Add(const std::string& text) { items_.push_back({text, text, false}); }
  void WriteOne(const ast::Statement& statement);
  void WriteAddColumn(const ast::AddColumn& add);
  void WriteDropColumn(const ast::DropColumn& drop, const std::string& text);
  void WriteSetNotNull(const ast::SetNotNull& set);
  void WriteFill(const std::string& table, const std::string& column,
                 const std::string& value, const std::string& where);
  bool CanPreserve(const std::string& table, const std::string& column) const;
  std::string Preserve(const std::string& table,
                       const std::string& column) const {
    return CanPreserve(table, column) ? "PRESERVE " : "";
  }
  bool ChangesAffinity(const ast::AlterColumnType& alter) const;

  const Catalog& before_;
  const Catalog& after_;
  std::vector<DraftItem> items_;
};

bool Writer::CanPreserve(const std::string& table,
                         const std::string& column) const {
  const ast::Table* definition = before_.FindTable(table);
  return definition != nullptr &&
         FindRowKey(before_, *definition, {sql::FoldCase(column)}).has_value();
}

bool Writer::ChangesAffinity(const ast::AlterColumnType& alter) const {
  const ast::Table* table = before_.FindTable(alter.table.text);
  const ast::Column* column =
      table == nullptr ? nullptr
                       : lower::sqlite::FindColumn(*table, alter.column.text);
  return column != nullptr &&
         lower::sqlite::AffinityOf(column->type, table->strict) !=
             lower::sqlite::AffinityOf(alter.type, table->strict);
}

// An UPDATE of the rows that are there; without a value, with a blank.
void Writer::WriteFill(const std::string& table, const std::string& column,
                       const std::string& value, const std::string& where) {
  const std::string update = "UPDATE " + sql::QuoteName(table) + " SET " +
                             sql::QuoteName(column) + " = ";
  DraftItem item;
  item.has_blank = value.empty();
  item.text = item.has_blank
                  ? "-- Fill in what the rows that are there get.\n" + update +
                        "<value>" + where + ";\n"
                  : update + value + where + ";\n";
  item.trial = update + (value.empty() ? "NULL" : value) + where + ";\n";
  items_.push_back(std::move(item));
}

void Writer::WriteAddColumn(const ast::AddColumn& add) {
  const ast::Column& column = add.column;
  if (!column.not_null || column.default_value || column.generated) {
    ast::Statement statement;
    statement.node = add;
    Add(ast::Print(statement) + ";\n");
    return;
  }
  ast::AddColumn open = add;
  open.column.not_null = false;
  ast::Statement statement;
  statement.node = std::move(open);
  Add(ast::Print(statement) + ";\n");
  WriteFill(add.table.text, column.name.text, "", "");
  statement.node = ast::SetNotNull{add.table, column.name};
  Add(ast::Print(statement) + ";\n");
}

void Writer::WriteSetNotNull(const ast::SetNotNull& set) {
  const ast::Table* table = after_.FindTable(set.table.text);
  const ast::Column* column =
      table == nullptr ? nullptr
                       : lower::sqlite::FindColumn(*table, set.column.text);
  const std::string value = column != nullptr && column->default_value
                                ? "(" + ast::Print(*column->default_value) + ")"
                                : "";
  const std::string& name = set.column.text;
  WriteFill(set.table.text, name, value,
            " WHERE " + sql::QuoteName(name) + " IS NULL");
  ast::Statement statement;
  statement.node = set;
  Add(Preserve(set.table.text, name) + ast::Print(statement) + ";\n");
}

void Writer::WriteDropColumn(const ast::DropColumn& drop,
                             const std::string& text) {
  const ast::Table* table = before_.FindTable(drop.table.text);
  const ast::Column* column =
      table == nullptr ? nullptr
                       : lower::sqlite::FindColumn(*table, drop.column.text);
  // What is generated is computed again.
  if (column == nullptr || column->generated) {
    Add(text);
    return;
  }
  std::string open;
  if (column->not_null && !column->default_value) {
    ast::Statement statement;
    statement.node = ast::DropNotNull{drop.table, drop.column};
    open = "-- Rows that come later have no value to go back with.\n" +
           ast::Print(statement) + ";\n";
  }
  Add(open + Preserve(drop.table.text, drop.column.text) + text);
}

void Writer::WriteOne(const ast::Statement& statement) {
  if (const auto* add = std::get_if<ast::AddColumn>(&statement.node)) {
    WriteAddColumn(*add);
    return;
  }
  if (const auto* set = std::get_if<ast::SetNotNull>(&statement.node)) {
    WriteSetNotNull(*set);
    return;
  }
  std::string text = ast::Print(statement) + ";\n";
  if (statement.kind() == ast::StatementKind::kOpaque) {
    text = "-- The language has no statement for it.\nFOR sqlite BEGIN\n  " +
           text + "END;\n";
  } else if (const auto* drop = std::get_if<ast::DropTable>(&statement.node)) {
    text = (before_.FindTable(drop->table.text) != nullptr ? "PRESERVE " : "") +
           text;
  } else if (const auto* column =
                 std::get_if<ast::DropColumn>(&statement.node)) {
    WriteDropColumn(*column, text);
    return;
  } else if (const auto* alter =
                 std::get_if<ast::AlterColumnType>(&statement.node)) {
    if (ChangesAffinity(*alter)) {
      text = Preserve(alter->table.text, alter->column.text) + text;
    }
  }
  Add(text);
}

std::vector<DraftItem> Writer::Write(
    const std::vector<ast::Statement>& statements) {
  for (const ast::Statement& statement : statements) {
    WriteOne(statement);
  }
  return std::move(items_);
}

std::string TextOf(std::vector<DraftItem>::const_iterator begin,
                   std::vector<DraftItem>::const_iterator end) {
  std::string text;
  for (auto item = begin; item != end; ++item) {
    text += item->text;
  }
  return text;
}

}  // namespace

std::vector<DraftItem> DraftItems(const std::vector<ast::Statement>& statements,
                                  const Catalog& before, const Catalog& after) {
  return Writer(before, after).Write(statements);
}

std::string Indented(const std::string& text, bool as_comment) {
  std::string result;
  llvm::StringRef rest(text);
  while (!rest.empty()) {
    const auto [line, behind] = rest.split('\n');
    result += as_comment ? "  -- " : "  ";
    result += line;
    result += '\n';
    rest = behind;
  }
  return result;
}

std::string TwoReadings(const std::vector<DraftItem>& first,
                        const std::vector<DraftItem>& second,
                        const std::string& names) {
  const auto [first_begin, second_begin] =
      std::mismatch(first.begin(), first.end(), second.begin(), second.end());
  const auto [first_end, second_end] =
      std::mismatch(first.rbegin(), std::make_reverse_iterator(first_begin),
                    second.rbegin(), std::make_reverse_iterator(second_begin));
  return Indented(TextOf(first.begin(), first_begin), false) +
         "  -- CHOOSE: either " + names +
         "\n  -- go, and what is like them comes anew:\n" +
         Indented(TextOf(first_begin, first_end.base()), false) +
         "  -- or they are renamed, and this stands instead:\n" +
         Indented(TextOf(second_begin, second_end.base()), true) +
         "  -- END OF THE CHOICE\n" +
         Indented(TextOf(first_end.base(), first.end()), false);
}

}  // namespace palindrome::driver
