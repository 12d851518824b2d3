#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/checks/replacements.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/checks/tokens.h"
#include "compiler/diagnostics/fixes.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kMisplaced, kInsertWithoutColumnList,
                "column `{0}` of table `{1}` goes into column `{2}` of table "
                "`{3}`, which has a `{0}` of its own; name the columns on both "
                "sides",
                std::string, std::string, std::string, std::string);

PALINDROME_TEXT(kByPlace, kInsertWithoutColumnList,
                "the values go into table `{0}` by the order that its columns "
                "happen to have; name the columns: `({1})`",
                std::string, std::string);

// An `INTO table` without a list, at which the rows of an INSERT begin.
struct Into {
  std::string table;              // Folded.
  source::Range range;            // Of its name.
  std::uint32_t end = 0;          // Of the name and the alias.
  std::optional<std::size_t> as;  // The SELECT; none: VALUES.
};

bool EndsValues(const ast::Token& token) {
  static constexpr std::string_view kWords[] = {
      "except", "from",  "group", "having", "intersect", "limit",
      "on",     "order", "union", "where",  "window",    "returning"};
  return IsSymbol(token, ";") ||
         std::any_of(
             std::begin(kWords), std::end(kWords),
             [&](std::string_view word) { return IsWord(token, word); });
}

// The first SELECT or VALUES from `at` on that stands outside of parentheses.
std::size_t FindRows(const Tokens& tokens, std::size_t at) {
  int depth = 0;
  for (; at < tokens.size() && !IsSymbol(tokens[at], ";"); ++at) {
    depth += IsSymbol(tokens[at], "(") ? 1 : IsSymbol(tokens[at], ")") ? -1 : 0;
    if (depth == 0 &&
        (IsWord(tokens[at], "select") || IsWord(tokens[at], "values"))) {
      break;
    }
  }
  return at;
}

// Reads what stands behind the INTO at `at`, which may have a schema and an
// alias. No value: there is a list, or the values are the default ones.
std::optional<Into> ReadInto(const Tokens& tokens, std::size_t at) {
  const auto is_symbol = [&](std::size_t i, std::string_view symbol) {
    return i < tokens.size() && IsSymbol(tokens[i], symbol);
  };
  const auto is_word = [&](std::size_t i, std::string_view word) {
    return i < tokens.size() && IsWord(tokens[i], word);
  };
  std::size_t name = at + 1;
  name += is_symbol(name + 1, ".") ? 2 : 0;
  if (name >= tokens.size() || !IsName(tokens[name])) {
    return std::nullopt;
  }
  std::size_t last = name;
  last += is_word(name + 1, "as") ? 2 : 0;
  std::size_t rows = last + 1;
  if (is_word(rows, "with")) {
    rows = FindRows(tokens, rows);
  }
  if (!is_word(rows, "select") && !is_word(rows, "values")) {
    return std::nullopt;
  }
  Into into{NameOf(tokens[name]), tokens[name].range, tokens[last].range.end,
            std::nullopt};
  if (is_word(rows, "select")) {
    into.as = rows;
  }
  return into;
}

// What each value of the SELECT is called: its alias or the column that it is;
// empty if it has no name. No value: not understood, such as `*`.
std::optional<std::vector<std::string>> ValueNames(const Tokens& tokens,
                                                   std::size_t select) {
  std::vector<std::string> names;
  Tokens value;
  int depth = 0;
  std::size_t at = select + 1;
  at += at < tokens.size() &&
                (IsWord(tokens[at], "distinct") || IsWord(tokens[at], "all"))
            ? 1
            : 0;
  const auto take = [&] {
    if (value.empty() || IsSymbol(value.back(), "*")) {
      return false;
    }
    // Behind a sign it is an operand.
    const ast::Token& before = value[value.size() > 1 ? value.size() - 2 : 0];
    const bool has_alias =
        value.size() > 1 && IsName(value.back()) &&
        !IsWord(value.back(), "end") &&
        (before.kind != sql::TokenKind::kPunctuation || IsSymbol(before, ")"));
    names.push_back(has_alias ? NameOf(value.back()) : BareColumn(value));
    value.clear();
    return true;
  };
  for (; at < tokens.size(); ++at) {
    const ast::Token& token = tokens[at];
    depth += IsSymbol(token, "(") ? 1 : IsSymbol(token, ")") ? -1 : 0;
    if (depth == 0 && EndsValues(token)) {
      break;
    }
    if (depth == 0 && IsSymbol(token, ",")) {
      if (!take()) {
        return std::nullopt;
      }
    } else {
      value.push_back(token);
    }
  }
  return take() ? std::optional(std::move(names)) : std::nullopt;
}

// Whether each value of the SELECT has the name of the column that it fills, or
// the SELECT is not understood.
bool IsNamed(const Tokens& tokens, std::size_t select,
             const std::optional<Copy>& copy,
             const std::vector<std::string>& columns) {
  const auto names = ValueNames(tokens, select);
  if (!names) {
    return !copy ||
           std::all_of(copy->items.begin(), copy->items.end(),
                       [](const auto& item) { return item.from == item.to; });
  }
  return std::equal(names->begin(), names->end(), columns.begin(),
                    columns.end(), [](const auto& name, const auto& column) {
                      return sql::EqualsIgnoringCase(name, column);
                    });
}

// A table of the same file stands in sight, with the order of its columns.
void CheckInto(const MigrationContext& context, std::size_t i, const Into& into,
               const std::optional<Copy>& copy, diagnostics::Emitter& emitter) {
  const catalog::Step& step = context.upgrade.steps[i];
  const ast::Table* table = step.before.FindTable(into.table);
  if (table == nullptr || !IsOldTable(context.upgrade, i, into.table)) {
    return;
  }
  const std::vector<std::string> columns = StoredColumns(*table);
  const Tokens& tokens = step.item->statement.tokens.tokens;
  // One column has no order.
  if (columns.size() < 2 ||
      (into.as && IsNamed(tokens, *into.as, copy, columns))) {
    return;
  }
  std::string list;
  for (const std::string& column : columns) {
    list += (list.empty() ? "" : ", ") + sql::QuoteName(column);
  }
  emitter.Emit(diagnostics::Make(kByPlace, context.At(into.range),
                                 table->name.text, list)
                   .Mended(diagnostics::Insert(diagnostics::By::kTool,
                                               context.At({into.end, into.end}),
                                               " (" + list + ")")));
}

bool GoesByPlace(const InsertSelect& select) {
  return select.targets.empty() ||
         std::any_of(
             select.values.begin(), select.values.end(),
             [](const Tokens& value) { return BareColumn(value) == "*"; });
}

// `SELECT id, name, name` fills another column as well as its own.
bool GoesToItsOwn(const Copy& copy, const std::string& name) {
  return std::any_of(copy.items.begin(), copy.items.end(),
                     [&](const Copy::Item& item) {
                       return item.from == name && item.to == name;
                     });
}

bool IsFilled(const ast::Table& table, const std::string& name) {
  const ast::Column* column = FindColumn(table, name);
  return column != nullptr && !column->generated;
}

// A value that lands beside the column of its own name. Null: none does.
const Copy::Item* FindMisplaced(const Copy& copy) {
  if (!GoesByPlace(copy.select)) {
    return nullptr;
  }
  const auto found = std::find_if(
      copy.items.begin(), copy.items.end(), [&](const Copy::Item& item) {
        return !item.from.empty() && item.from != item.to &&
               IsFilled(*copy.target, item.from) &&
               !GoesToItsOwn(copy, item.from);
      });
  return found == copy.items.end() ? nullptr : &*found;
}

void ReportMisplaced(const MigrationContext& context, const Copy& copy,
                     const Copy::Item& item, diagnostics::Emitter& emitter) {
  const catalog::Simulation& upgrade = context.upgrade;
  auto finding = diagnostics::Make(
      kMisplaced,
      context.At(As<ast::Insert>(upgrade.steps[copy.step])->table.range),
      item.from, copy.source->name.text, item.to, copy.target->name.text);
  if (const auto* drop = FindDropOf(upgrade, copy)) {
    finding.With(LocationOf(context, *drop), "the table is dropped here");
  }
  emitter.Emit(std::move(finding));
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const catalog::Simulation& upgrade = context.upgrade;
  for (std::size_t i = 0; i < upgrade.steps.size(); ++i) {
    const catalog::Step& step = upgrade.steps[i];
    if (As<ast::Insert>(step) == nullptr &&
        As<ast::CreateTrigger>(step) == nullptr) {
      continue;
    }
    const auto copy = ReadCopy(upgrade, i);
    if (const auto* item = copy ? FindMisplaced(*copy) : nullptr) {
      ReportMisplaced(context, *copy, *item, emitter);
      continue;
    }
    const Tokens& tokens = step.item->statement.tokens.tokens;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      const auto into =
          IsWord(tokens[at], "into") ? ReadInto(tokens, at) : std::nullopt;
      if (into) {
        CheckInto(context, i, *into, copy, emitter);
      }
    }
  }
}

}  // namespace

constinit const Rule kInsertWithoutColumnListRule = {
    .kind = diagnostics::Kind::kInsertWithoutColumnList,
    .summary = "an INSERT without a list of columns goes by their order",
    .rationale = R"md(
Without a list of columns, an INSERT fills the table in the order in which its
columns happen to stand, and `SELECT *` gives them in the order of the other
table. Where the two differ, values land in the wrong column without an error,
since SQLite stores most things anywhere. A generated column shifts all that
follow it: `SELECT *` has it and the INSERT does not take it.

The order of an old table is what earlier files, and the order in which branches
were merged, have made of it; nobody who reads `VALUES ('a', 1, 'b')` sees it.

Name the columns on both sides. An INSERT … SELECT without a list is not reported
where each value goes to the column of its own name, which an alias gives it, too;
nor is an INSERT into a table that the same file creates or that has one column,
unless values land beside the column of their name. A trigger that inserts into a
table of an older file is held to the same.
)md",
    .bad = R"sql(=== 20250115_143022_create_people.sql
MIGRATION 'create people'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_reorder_people.sql
MIGRATION 'reorder people'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE new_people (
    id INTEGER PRIMARY KEY,
    email TEXT,
    name TEXT
  );
  INSERT INTO new_people SELECT * FROM people;
  DROP TABLE people;
  ALTER TABLE new_people RENAME TO people;
END;

DOWNGRADE BEGIN
  CREATE TABLE old_people (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
  INSERT INTO old_people (id, name, email) SELECT id, name, email FROM people;
  DROP TABLE people;
  ALTER TABLE old_people RENAME TO people;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_people.sql
MIGRATION 'create people'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_reorder_people.sql
MIGRATION 'reorder people'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE new_people (
    id INTEGER PRIMARY KEY,
    email TEXT,
    name TEXT
  );
  INSERT INTO new_people (id, name, email) SELECT id, name, email FROM people;
  DROP TABLE people;
  ALTER TABLE new_people RENAME TO people;
END;

DOWNGRADE BEGIN
  CREATE TABLE old_people (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
  INSERT INTO old_people (id, name, email) SELECT id, name, email FROM people;
  DROP TABLE people;
  ALTER TABLE old_people RENAME TO people;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
