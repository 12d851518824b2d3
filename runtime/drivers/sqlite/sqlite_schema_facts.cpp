#include "runtime/drivers/sqlite/sqlite_schema_facts.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <sqlite3.h>

#include "runtime/drivers/sqlite/statement.h"
#include "runtime/drivers/sqlite/table_facts.h"
#include "runtime/drivers/sqlite/token_reader.h"
#include "runtime/src/sql_lexer.h"
#include "runtime/src/sql_normalize.h"

namespace palindrome::sqlite {
namespace {

// The first version with PRAGMA table_list.
constexpr int kHasTableList = 3037000;

using ColumnSets = std::map<std::string, std::set<std::string>>;

bool IsReserved(std::string_view folded_name) {
  return folded_name.starts_with("sqlite_") ||
         folded_name.starts_with("palindrome_");
}

Result<std::vector<SchemaText>> ReadEntries(sqlite3* connection) {
  auto statement = Statement::Prepare(
      connection,
      "SELECT type, name, tbl_name, sql FROM main.sqlite_master"
      " WHERE sql IS NOT NULL");
  if (!statement.ok()) {
    return statement.status();
  }
  std::vector<SchemaText> entries;
  while (true) {
    const auto row = statement->Step();
    if (!row.ok()) {
      return row.status();
    }
    if (!*row) {
      return entries;
    }
    SchemaText entry = {statement->Text(0), statement->Text(1),
                        statement->Text(2), statement->Text(3)};
    if (!IsReserved(sql::FoldCase(entry.name))) {
      entries.push_back(std::move(entry));
    }
  }
}

bool IsVirtual(const SchemaText& entry) {
  if (entry.kind != "table") {
    return false;
  }
  const auto create = sql::NextToken(entry.text, 0);
  const auto word = sql::NextToken(
      entry.text,
      create.offset + static_cast<std::uint32_t>(create.spelling.size()));
  return sql::IsWord(word, "VIRTUAL");
}

// The tables that the modules of SQLite itself keep beside a virtual table,
// for engines that cannot list them.
void AddKnownShadows(std::string_view table, std::set<std::string>* shadows) {
  constexpr std::array<std::string_view, 11> kSuffixes = {
      "_config", "_content", "_data", "_docsize", "_idx",     "_node",
      "_parent", "_rowid",   "_stat", "_segdir",  "_segments"};
  for (const std::string_view suffix : kSuffixes) {
    shadows->insert(sql::FoldCase(table) + std::string(suffix));
  }
}

Result<std::set<std::string>> ReadShadows(
    sqlite3* connection, const std::vector<SchemaText>& entries) {
  std::set<std::string> shadows;
  for (const SchemaText& entry : entries) {
    if (IsVirtual(entry)) {
      AddKnownShadows(entry.name, &shadows);
    }
  }
  if (shadows.empty() || sqlite3_libversion_number() < kHasTableList) {
    return shadows;
  }
  auto statement =
      Statement::Prepare(connection,
                         "SELECT name FROM pragma_table_list"
                         " WHERE schema = 'main' AND type = 'shadow'");
  if (!statement.ok()) {
    return statement.status();
  }
  while (true) {
    const auto row = statement->Step();
    if (!row.ok()) {
      return row.status();
    }
    if (!*row) {
      return shadows;
    }
    shadows.insert(sql::FoldCase(statement->Text(0)));
  }
}

// The tokens after the name, without a final semicolon.
std::string TextAfterName(std::string_view text) {
  const std::vector<sql::Token> tokens = sql::Tokenize(text);
  TokenReader reader{Tokens(tokens)};
  Tokens rest = TakeCreate(&reader) ? reader.Rest() : Tokens(tokens);
  while (!rest.empty() && sql::IsPunctuation(rest.back(), ";")) {
    rest = rest.first(rest.size() - 1);
  }
  return sql::NormalTokens(rest);
}

// With the timing that is meant where none is written, and without FOR EACH
// ROW, which says nothing.
std::string TriggerText(std::string_view text) {
  std::vector<sql::Token> tokens = sql::Tokenize(text);
  TokenReader reader{Tokens(tokens)};
  if (!TakeCreate(&reader)) {
    return TextAfterName(text);
  }
  const bool timed = reader.PeekWord("BEFORE") || reader.PeekWord("AFTER") ||
                     reader.PeekWord("INSTEAD");
  const Tokens rest = reader.Rest();
  std::vector<sql::Token> kept(rest.begin(), rest.end());
  const auto begin =
      std::find_if(kept.begin(), kept.end(), [](const sql::Token& token) {
        return sql::IsWord(token, "FOR") || sql::IsWord(token, "WHEN") ||
               sql::IsWord(token, "BEGIN");
      });
  if (begin != kept.end() && sql::IsWord(*begin, "FOR") &&
      kept.end() - begin > 2) {
    kept.erase(begin, begin + 3);
  }
  while (!kept.empty() && sql::IsPunctuation(kept.back(), ";")) {
    kept.pop_back();
  }
  return (timed ? "" : "before ") + sql::NormalTokens(kept);
}

std::vector<SchemaFact> ReadIndexFacts(const SchemaText& entry,
                                       const std::set<std::string>* columns) {
  const std::vector<sql::Token> tokens =
      sql::WithoutQualifier(sql::Tokenize(entry.text), entry.table);
  TokenReader reader{Tokens(tokens)};
  if (!TakeCreate(&reader) || !reader.TakeWord("ON") || !reader.TakeName()) {
    return {{"definition", sql::NormalTokens(tokens)}};
  }
  const auto list = reader.TakeParenthesized();
  if (!list) {
    return {{"definition", sql::NormalTokens(tokens)}};
  }
  std::string parts;
  for (const Tokens part : SplitAtCommas(*list)) {
    parts += (parts.empty() ? "" : ", ") + NormalKeyPart(part, columns);
  }
  std::vector<SchemaFact> facts = {{"columns", '(' + parts + ')'}};
  if (tokens.size() > 1 && sql::IsWord(tokens[1], "UNIQUE")) {
    facts.push_back({"unique", "UNIQUE"});
  }
  if (reader.TakeWord("WHERE")) {
    facts.push_back({"where", sql::NormalTokens(reader.Rest(), columns)});
  }
  return facts;
}

SchemaObject ReadTable(const SchemaText& entry, ColumnSets* columns) {
  SchemaObject object = {entry.kind, entry.name, "", {}, {}};
  if (IsVirtual(entry)) {
    object.facts = {{"virtual", TextAfterName(entry.text)}};
    return object;
  }
  TableFacts facts = ReadTableFacts(entry.text, entry.name);
  std::set<std::string>& names = (*columns)[sql::FoldCase(entry.name)];
  for (const std::string& column : facts.column_order) {
    names.insert(sql::FoldCase(column));
  }
  object.facts = std::move(facts.facts);
  object.column_order = std::move(facts.column_order);
  return object;
}

SchemaObject ReadOther(const SchemaText& entry, const ColumnSets& columns) {
  SchemaObject object = {entry.kind, entry.name, "", {}, {}};
  if (entry.kind != "view") {
    object.table = entry.table;
  }
  if (entry.kind != "index") {
    object.facts = {{"definition", entry.kind == "trigger"
                                       ? TriggerText(entry.text)
                                       : TextAfterName(entry.text)}};
    return object;
  }
  const auto found = columns.find(sql::FoldCase(entry.table));
  object.facts =
      ReadIndexFacts(entry, found == columns.end() ? nullptr : &found->second);
  return object;
}

}  // namespace

Result<std::vector<SchemaText>> ReadSchemaTexts(sqlite3* connection) {
  auto entries = ReadEntries(connection);
  if (!entries.ok()) {
    return entries;
  }
  const auto shadows = ReadShadows(connection, *entries);
  if (!shadows.ok()) {
    return shadows.status();
  }
  auto& texts = *entries;
  texts.erase(
      std::remove_if(texts.begin(), texts.end(),
                     [&](const SchemaText& entry) {
                       return shadows->count(sql::FoldCase(entry.table)) != 0;
                     }),
      texts.end());
  return entries;
}

SchemaObjects FactsOf(const std::vector<SchemaText>& texts) {
  SchemaObjects objects;
  ColumnSets columns;
  for (const SchemaText& entry : texts) {
    if (entry.kind == "table") {
      objects.push_back(ReadTable(entry, &columns));
    }
  }
  for (const SchemaText& entry : texts) {
    if (entry.kind != "table") {
      objects.push_back(ReadOther(entry, columns));
    }
  }
  std::vector<std::pair<std::string, SchemaObject>> sorted;
  sorted.reserve(objects.size());
  for (SchemaObject& object : objects) {
    std::string key = object.kind + ' ' + sql::FoldCase(object.name);
    sorted.emplace_back(std::move(key), std::move(object));
  }
  std::sort(sorted.begin(), sorted.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  objects.clear();
  for (auto& [key, object] : sorted) {
    objects.push_back(std::move(object));
  }
  return objects;
}

Result<SchemaObjects> ReadSchema(sqlite3* connection) {
  const auto texts = ReadSchemaTexts(connection);
  if (!texts.ok()) {
    return texts.status();
  }
  return FactsOf(*texts);
}

}  // namespace palindrome::sqlite
