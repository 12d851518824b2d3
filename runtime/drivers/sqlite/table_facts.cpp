#include "runtime/drivers/sqlite/table_facts.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "runtime/drivers/sqlite/column_type.h"
#include "runtime/drivers/sqlite/foreign_key_clause.h"
#include "runtime/drivers/sqlite/token_reader.h"
#include "runtime/src/sql_normalize.h"

namespace palindrome::sqlite {
namespace {

using sql::IsWord;
using sql::NormalName;
using sql::NormalTokens;
using sql::Tokenize;

std::string Ticked(std::string_view name) {
  return '`' + sql::FoldCase(name) + '`';
}

// A column while its clauses are read; the last one of a kind counts, as for
// SQLite.
struct Column {
  std::string name;
  std::string type;
  std::string not_null;
  std::string default_value;
  std::string collation;
  std::string generated;
};

// Reads one CREATE TABLE. The methods are false where the text is not
// understood.
class TableReader {
 public:
  explicit TableReader(Tokens tokens) : reader_(tokens) {}

  bool Read();
  TableFacts Facts();

 private:
  bool ReadItem(Tokens item);
  bool ReadColumn(TokenReader* reader);
  bool ReadColumnClause(TokenReader* reader, Column* column);
  bool ReadColumnKey(TokenReader* reader, const Column& column);
  bool ReadGenerated(TokenReader* reader, Column* column);
  bool ReadTableConstraint(TokenReader* reader);
  bool ReadKey(TokenReader* reader, bool is_primary);
  bool ReadCheck(TokenReader* reader);
  bool ReadReferences(TokenReader* reader, std::vector<std::string> columns);
  bool ReadOptions();
  void CollectColumns(const std::vector<Tokens>& items);

  void AddFact(std::string key, std::string value) {
    facts_.push_back({std::move(key), std::move(value)});
  }
  // `aside` is not in the digest.
  void AddFact(std::string key, const std::string& value,
               const std::string& aside) {
    facts_.push_back(
        {std::move(key), value + aside, aside.empty() ? "" : value});
  }
  std::string TakeConstraintName() {
    const std::string name = std::exchange(constraint_, "");
    return name.empty() ? "" : " CONSTRAINT " + NormalName(name);
  }

  TokenReader reader_;
  std::vector<SchemaFact> facts_;
  std::vector<std::string> column_order_;
  std::set<std::string> columns_;  // Folded.
  std::vector<ForeignKey> foreign_keys_;
  std::string constraint_;  // The name before the clause that is read.
};

bool BeginsTableConstraint(const TokenReader& reader) {
  return reader.PeekWord("CONSTRAINT") || reader.PeekWord("PRIMARY") ||
         reader.PeekWord("UNIQUE") || reader.PeekWord("CHECK") ||
         reader.PeekWord("FOREIGN");
}

// ` ON CONFLICT REPLACE`, empty where there is none or it is the default.
std::optional<std::string> TakeConflict(TokenReader* reader) {
  if (!reader->TakeWords("ON", "CONFLICT")) {
    return "";
  }
  const auto action = reader->TakeName();
  if (!action) {
    return std::nullopt;
  }
  const std::string folded = sql::FoldCase(*action);
  return folded == "abort" ? "" : " ON CONFLICT " + folded;
}

void TableReader::CollectColumns(const std::vector<Tokens>& items) {
  for (const Tokens item : items) {
    TokenReader reader(item);
    if (!BeginsTableConstraint(reader)) {
      if (const auto name = reader.TakeName()) {
        columns_.insert(sql::FoldCase(*name));
      }
    }
  }
}

bool TableReader::Read() {
  if (!TakeCreate(&reader_)) {
    return false;
  }
  const auto body = reader_.TakeParenthesized();
  if (!body) {
    return false;
  }
  const std::vector<Tokens> items = SplitAtCommas(*body);
  CollectColumns(items);
  return std::all_of(items.begin(), items.end(),
                     [this](Tokens item) { return ReadItem(item); }) &&
         ReadOptions();
}

bool TableReader::ReadItem(Tokens item) {
  TokenReader reader(item);
  constraint_.clear();
  if (!BeginsTableConstraint(reader)) {
    return ReadColumn(&reader);
  }
  // SQLite does not ask for commas between table constraints.
  while (!reader.AtEnd()) {
    if (!ReadTableConstraint(&reader)) {
      return false;
    }
  }
  return true;
}

bool TableReader::ReadColumn(TokenReader* reader) {
  Column column;
  const auto name = reader->TakeName();
  if (!name) {
    return false;
  }
  column.name = *name;
  column.type = TakeType(reader);
  while (!reader->AtEnd()) {
    if (!ReadColumnClause(reader, &column)) {
      return false;
    }
  }
  std::string value = column.type.empty() ? "(no type)" : column.type;
  value += column.not_null;
  value += column.default_value;
  value += column.collation;
  value += column.generated;
  AddFact("column " + Ticked(column.name), std::move(value));
  column_order_.push_back(column.name);
  return true;
}

bool TableReader::ReadColumnClause(TokenReader* reader, Column* column) {
  if (reader->TakeWord("CONSTRAINT")) {
    constraint_ = reader->TakeName().value_or("");
    return !constraint_.empty();
  }
  if (reader->TakeWords("NOT", "NULL")) {
    const auto conflict = TakeConflict(reader);
    column->not_null = " NOT NULL" + conflict.value_or("");
    constraint_.clear();
    return conflict.has_value();
  }
  if (reader->TakeWord("NULL")) {
    constraint_.clear();
    return TakeConflict(reader).has_value();
  }
  if (reader->TakeWord("DEFAULT")) {
    const auto value = TakeDefault(reader, &columns_);
    column->default_value = " DEFAULT " + value.value_or("");
    constraint_.clear();
    return value.has_value();
  }
  if (reader->TakeWord("COLLATE")) {
    const std::string name = NormalName(reader->TakeName().value_or(""));
    column->collation = name == "binary" ? "" : " COLLATE " + name;
    constraint_.clear();
    return true;
  }
  return ReadGenerated(reader, column) || ReadColumnKey(reader, *column);
}

bool TableReader::ReadGenerated(TokenReader* reader, Column* column) {
  reader->TakeWords("GENERATED", "ALWAYS");
  if (!reader->TakeWord("AS")) {
    return false;
  }
  const auto expression = reader->TakeParenthesized();
  if (!expression) {
    return false;
  }
  const bool is_stored = reader->TakeWord("STORED");
  reader->TakeWord("VIRTUAL");
  column->generated = " GENERATED ALWAYS AS (" +
                      NormalTokens(*expression, &columns_) +
                      (is_stored ? ") STORED" : ") VIRTUAL");
  constraint_.clear();
  return true;
}

bool TableReader::ReadColumnKey(TokenReader* reader, const Column& column) {
  const std::string name = NormalName(column.name);
  if (reader->TakeWords("PRIMARY", "KEY")) {
    // Not the same as `PRIMARY KEY (a DESC)`, which is still the rowid.
    const bool is_descending = reader->TakeWord("DESC");
    reader->TakeWord("ASC");
    const auto conflict = TakeConflict(reader);
    const bool is_automatic = reader->TakeWord("AUTOINCREMENT");
    AddFact("primary key",
            '(' + name + ')' + (is_descending ? " DESC" : "") +
                (is_automatic ? " AUTOINCREMENT" : "") + conflict.value_or(""),
            TakeConstraintName());
    return conflict.has_value();
  }
  if (reader->TakeWord("UNIQUE")) {
    const auto conflict = TakeConflict(reader);
    AddFact("unique (" + Ticked(column.name) + ')',
            '(' + name + ')' + conflict.value_or(""), TakeConstraintName());
    return conflict.has_value();
  }
  if (reader->TakeWord("CHECK")) {
    return ReadCheck(reader);
  }
  if (reader->TakeWord("REFERENCES")) {
    return ReadReferences(reader, {column.name});
  }
  return !foreign_keys_.empty() &&
         TakeDeferrable(reader, &foreign_keys_.back());
}

bool TableReader::ReadTableConstraint(TokenReader* reader) {
  if (reader->TakeWord("CONSTRAINT")) {
    constraint_ = reader->TakeName().value_or("");
    return !constraint_.empty();
  }
  if (reader->TakeWords("PRIMARY", "KEY")) {
    return ReadKey(reader, /*is_primary=*/true);
  }
  if (reader->TakeWord("UNIQUE")) {
    return ReadKey(reader, /*is_primary=*/false);
  }
  if (reader->TakeWord("CHECK")) {
    return ReadCheck(reader);
  }
  if (!reader->TakeWords("FOREIGN", "KEY")) {
    return false;
  }
  const auto list = reader->TakeParenthesized();
  if (!list || !reader->TakeWord("REFERENCES")) {
    return false;
  }
  std::vector<std::string> columns;
  for (const Tokens part : SplitAtCommas(*list)) {
    TokenReader name(part);
    columns.push_back(name.TakeName().value_or(""));
  }
  return ReadReferences(reader, std::move(columns));
}

bool TableReader::ReadKey(TokenReader* reader, bool is_primary) {
  auto list = reader->TakeParenthesized();
  if (!list) {
    return false;
  }
  const bool is_automatic =
      !list->empty() && IsWord(list->back(), "AUTOINCREMENT");
  if (is_automatic) {
    list = list->first(list->size() - 1);
  }
  std::string names;
  std::string parts;
  for (const Tokens part : SplitAtCommas(*list)) {
    names += (names.empty() ? "" : ", ") +
             Ticked(KeyColumn(part, columns_).value_or(""));
    parts += (parts.empty() ? "" : ", ") + NormalKeyPart(part, &columns_);
  }
  const auto conflict = TakeConflict(reader);
  AddFact(is_primary ? "primary key" : "unique (" + names + ')',
          '(' + parts + ')' + (is_automatic ? " AUTOINCREMENT" : "") +
              conflict.value_or(""),
          TakeConstraintName());
  return conflict.has_value();
}

bool TableReader::ReadCheck(TokenReader* reader) {
  const auto expression = reader->TakeParenthesized();
  if (!expression) {
    return false;
  }
  const std::string text = '(' + NormalTokens(*expression, &columns_) + ')';
  AddFact("check " + text, text, TakeConstraintName());
  // SQLite accepts the clause and ignores it.
  return TakeConflict(reader).has_value();
}

bool TableReader::ReadReferences(TokenReader* reader,
                                 std::vector<std::string> columns) {
  auto key = TakeReferences(reader, std::move(columns));
  if (!key) {
    return false;
  }
  key->constraint = TakeConstraintName();
  foreign_keys_.push_back(*std::move(key));
  return true;
}

bool TableReader::ReadOptions() {
  while (!reader_.AtEnd()) {
    if (reader_.TakeWords("WITHOUT", "ROWID")) {
      AddFact("option", "WITHOUT ROWID");
    } else if (reader_.TakeWord("STRICT")) {
      AddFact("option", "STRICT");
    } else if (!reader_.TakePunctuation(",") && !reader_.TakePunctuation(";")) {
      return false;
    }
  }
  return true;
}

TableFacts TableReader::Facts() {
  for (const ForeignKey& key : foreign_keys_) {
    std::string columns;
    for (const std::string& column : key.columns) {
      columns += (columns.empty() ? "" : ", ") + Ticked(column);
    }
    AddFact(
        "foreign key (" + columns + ')',
        "REFERENCES " + key.parent + key.on_delete + key.on_update +
            key.deferrable,
        (key.parent_columns.empty() ? "" : " (" + key.parent_columns + ')') +
            key.match + key.constraint);
  }
  std::sort(facts_.begin(), facts_.end());
  return {std::move(facts_), std::move(column_order_)};
}

}  // namespace

TableFacts ReadTableFacts(std::string_view create, std::string_view table) {
  const std::vector<sql::Token> tokens =
      sql::WithoutQualifier(Tokenize(create), table);
  TableReader reader{Tokens(tokens)};
  if (reader.Read()) {
    return reader.Facts();
  }
  TokenReader whole{Tokens(tokens)};
  const bool has_name = TakeCreate(&whole);
  return {{{"definition", NormalTokens(has_name ? whole.Rest() : tokens)}}, {}};
}

}  // namespace palindrome::sqlite
