// Random views and triggers.

#include "runtime/src/sql_lexer.h"
#include "tests/property/generate_statement.h"
#include "tests/property/generate_table.h"
#include "tests/property/generate_words.h"

namespace palindrome::property {

namespace {

using catalog::Catalog;
using Names = std::vector<std::string>;

Names ColumnsIn(const Catalog& catalog, const std::string& table) {
  const ast::Table* found = catalog.FindTable(table);
  return found == nullptr ? Names{"a"} : ColumnsOf(*found);
}

// Columns with what stands before them: `new.`, `x.`.
Names Behind(const std::string& qualifier, const Names& names, Random& random) {
  Names spelt;
  for (const std::string& name : names) {
    spelt.push_back(qualifier + Spelt(name, random));
  }
  return spelt;
}

std::string List(const Names& names) {
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : ", ") + name;
  }
  return text;
}

std::string SelectFromView(const std::string& view, Random& random) {
  return random.Of({"SELECT * FROM ", "SELECT count(*) AS n FROM "}) +
         Spelt(view, random);
}

std::string Select(const Catalog& catalog, Random& random) {
  const std::string one = AnyTable(catalog, random);
  const std::string two = AnyTable(catalog, random);
  const std::string from = Spelt(one, random);
  const Names bare = Behind("", ColumnsIn(catalog, one), random);
  const std::string some = List(Some(bare, 3, random));
  switch (random.Below(11)) {
    case 0:
      return "SELECT * FROM " + from;
    case 1:
      return "SELECT " + some + " FROM " + from + " WHERE " +
             (random.Percent(10) ? "(0) AND " : "") + Condition(bare, random);
    case 2: {
      const Names left = Behind("x.", ColumnsIn(catalog, one), random);
      const Names right = Behind("y.", ColumnsIn(catalog, two), random);
      return "SELECT " + random.Of(left) + ", " + random.Of(right) +
             " AS other FROM " + from + " AS x " +
             random.Of({"JOIN ", "LEFT JOIN "}) + Spelt(two, random) +
             " y ON " + random.Of(left) + " = " + random.Of(right);
    }
    case 3:
      return "SELECT " + random.Of(bare) + " FROM " + from +
             " UNION ALL SELECT " +
             random.Of(Behind("", ColumnsIn(catalog, two), random)) + " FROM " +
             Spelt(two, random);
    case 4:
      return "WITH c AS (SELECT " + some + " FROM " + from +
             ") SELECT * FROM c";
    case 5:
      return "SELECT " + random.Of(bare) + " AS g, count(*) AS n FROM " + from +
             " GROUP BY 1 ORDER BY n DESC";
    case 6: {
      const std::string qualifier = sql::QuoteName(one) + ".";
      return "SELECT " +
             List(Some(Behind(qualifier, ColumnsIn(catalog, one), random), 2,
                       random)) +
             " FROM " + from;
    }
    case 7:
      return "SELECT " + some + " FROM " + from + " WHERE " + random.Of(bare) +
             " IN (SELECT " +
             random.Of(Behind("", ColumnsIn(catalog, two), random)) + " FROM " +
             Spelt(two, random) + ")";
    case 8:
      return "SELECT * FROM " + from + " NATURAL JOIN " + Spelt(two, random);
    case 9:
      return "SELECT 1 AS a, 'x' AS b";
    default:
      return "SELECT " + Value(bare, random) + " AS a FROM " + from;
  }
}

std::string Action(const Catalog& catalog, const Names& row, Random& random) {
  const std::string target = AnyTable(catalog, random);
  const Names columns = ColumnsIn(catalog, target);
  const std::string column = Spelt(random.Of(columns), random);
  const std::string value = row.empty() ? "1" : random.Of(row);
  switch (random.Below(5)) {
    case 0:
      return "INSERT INTO " + Spelt(target, random) + " (" + column +
             ") VALUES (" + value + ")";
    case 1:
      return "UPDATE " + Spelt(target, random) + " SET " + column + " = " +
             value + " WHERE " + Spelt(random.Of(columns), random) + " > 10000";
    // SQLite forgets what stands beside `AND 0`.
    case 2:
      return "DELETE FROM " + Spelt(target, random) + " WHERE " + column +
             " = " + value + " AND " +
             (random.Percent(50) ? "0" : "length(" + column + ") > 99999");
    case 3:
      return "SELECT RAISE(IGNORE) WHERE " + value + " = 'never'" +
             (random.Percent(30)
                  ? " AND EXISTS (SELECT 1 FROM " + Spelt(target, random) + ")"
                  : "");
    default:
      return "INSERT OR IGNORE INTO " + Spelt(target, random) + " (" + column +
             ") SELECT " + Spelt(random.Of(columns), random) + " FROM " +
             Spelt(target, random) + " WHERE " + value + " = 99999";
  }
}

}  // namespace

std::string DataStatement(const Catalog& catalog, Random& random) {
  const std::string target = AnyTable(catalog, random);
  const Names columns = Behind("", ColumnsIn(catalog, target), random);
  const std::string table = Spelt(target, random);
  const std::string where = " WHERE " + Condition(columns, random);
  switch (random.Below(3)) {
    case 0: {
      const std::string source = AnyTable(catalog, random);
      return random.Of(
                 {"INSERT INTO ", "INSERT OR IGNORE INTO ", "REPLACE INTO "}) +
             table + " (" + random.Of(columns) + ") SELECT " +
             random.Of(Behind("", ColumnsIn(catalog, source), random)) +
             " FROM " + Spelt(source, random);
    }
    case 1:
      return "UPDATE " + table + " SET " + random.Of(columns) + " = " +
             Value(columns, random) + where;
    default:
      return "DELETE FROM " + table + where;
  }
}

std::string CreateView(const Catalog& catalog, Random& random) {
  const Names views = catalog.Names(catalog::ObjectKind::kView);
  const bool of_view = !views.empty() && random.Percent(25);
  const std::string body = of_view ? SelectFromView(random.Of(views), random)
                                   : Select(catalog, random);
  return std::string("CREATE VIEW ") +
         (random.Percent(4) ? "IF NOT EXISTS " : "") +
         Spelt(ViewName(random), random) + " AS " + body;
}

std::string CreateTrigger(const Catalog& catalog, Random& random) {
  const Names views = catalog.Names(catalog::ObjectKind::kView);
  const bool on_view = !views.empty() && random.Percent(20);
  const std::string table =
      on_view ? random.Of(views) : AnyTable(catalog, random);
  const std::string event = random.Of({"INSERT", "UPDATE", "DELETE"});
  Names row;
  if (!on_view) {
    const std::string before = event == "DELETE" ? "old." : "new.";
    row = Behind(random.Percent(2) ? "old." : before, ColumnsIn(catalog, table),
                 random);
  }
  std::string text =
      std::string("CREATE TRIGGER ") +
      (random.Percent(4) ? "IF NOT EXISTS " : "") +
      Spelt(TriggerName(random), random) + " " +
      (on_view ? "INSTEAD OF" : random.Of({"BEFORE", "AFTER", ""})) + " " +
      event;
  if (event == "UPDATE" && !on_view && random.Percent(40)) {
    text += " OF " + List(Some(Behind("", ColumnsIn(catalog, table), random), 2,
                               random));
  }
  text += " ON " + Spelt(table, random);
  if (random.Percent(20)) {
    text += " FOR EACH ROW";
  }
  if (!row.empty() && random.Percent(30)) {
    text += " WHEN " + Condition(row, random);
    if (random.Percent(20)) {
      text += " AND (SELECT count(*) FROM " +
              Spelt(AnyTable(catalog, random), random) + ") < 99999";
    }
  }
  text += " BEGIN " + Action(catalog, row, random) + "; ";
  if (random.Percent(25)) {
    text += Action(catalog, row, random) + "; ";
  }
  return text + "END";
}

}  // namespace palindrome::property
