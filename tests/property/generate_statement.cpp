#include "tests/property/generate_statement.h"

#include "runtime/src/sql_lexer.h"
#include "tests/property/generate_table.h"
#include "tests/property/generate_words.h"

namespace palindrome::property {

namespace {

using catalog::Catalog;
using catalog::ObjectKind;

std::string CreateIndex(const Catalog& catalog, Random& random) {
  const std::string name = AnyTable(catalog, random);
  const ast::Table* table = catalog.FindTable(name);
  const std::vector<std::string> columns =
      table == nullptr ? std::vector<std::string>{"a"} : ColumnsOf(*table);
  std::string parts;
  for (const std::string& column : Some(columns, 3, random)) {
    const std::string part =
        Spelt(random.Percent(2) ? ColumnName(random) : column, random);
    parts += parts.empty() ? "" : ", ";
    parts += random.Percent(25) ? Value({part}, random) : part;
    if (random.Percent(15)) {
      parts += " COLLATE " + random.Of({"NOCASE", "binary"});
    }
    if (random.Percent(20)) {
      parts += random.Of({" DESC", " ASC"});
    }
  }
  std::string text = std::string("CREATE ") +
                     (random.Percent(25) ? "UNIQUE " : "") + "INDEX " +
                     (random.Percent(4) ? "IF NOT EXISTS " : "") +
                     Spelt(IndexName(random), random) + " ON " +
                     Spelt(name, random) + " (" + parts + ")";
  if (random.Percent(25)) {
    std::vector<std::string> some;
    for (const std::string& column : Some(columns, 2, random)) {
      some.push_back(
          Spelt(random.Percent(3) ? ColumnName(random) : column, random));
    }
    text += " WHERE " + Condition(some, random);
  }
  return text;
}

std::string Drop(const char* kind, ObjectKind object, std::string other,
                 const Catalog& catalog, Random& random) {
  const auto names = catalog.Names(object);
  if (!names.empty() && !random.Percent(3)) {
    other = random.Of(names);
  }
  return std::string("DROP ") + kind +
         (random.Percent(6) ? " IF EXISTS " : " ") + Spelt(other, random);
}

std::string AnyConstraint(const ast::Table& table, Random& random) {
  std::vector<std::string> names;
  for (const ast::Constraint& constraint : table.constraints) {
    if (!constraint.name.empty()) {
      names.push_back(constraint.name.text);
    }
  }
  return names.empty() || random.Percent(3) ? ConstraintName(random)
                                            : random.Of(names);
}

// A column name for a table, not often one of its own.
std::string NewColumn(const ast::Table& table, Random& random) {
  std::string name = ColumnName(random);
  for (int tries = 0; tries < 2; ++tries) {
    for (const std::string& other : ColumnsOf(table)) {
      if (sql::EqualsIgnoringCase(other, name)) {
        name = ColumnName(random);
      }
    }
  }
  return name;
}

std::string AlterColumn(const ast::Table& table, Random& random) {
  const std::string column = AnyColumn(table, random);
  const std::string head = "ALTER COLUMN " + Spelt(column, random) + " ";
  switch (random.Below(7)) {
    case 0:
      return head + "SET NOT NULL";
    case 1:
      return head + "DROP NOT NULL";
    case 2:
      return head + "SET DEFAULT " + DefaultValue(random);
    case 3:
      return head + "DROP DEFAULT";
    default: {
      const std::string type = TypeName(table.strict, random);
      if (type.empty()) {
        return head + "DROP TYPE";
      }
      std::string text = head + "TYPE " + type;
      if (random.Percent(15)) {
        text += " USING " +
                Value({Spelt(random.Percent(3) ? ColumnName(random) : column,
                             random)},
                      random);
      }
      return text;
    }
  }
}

}  // namespace

std::string AlterTable(const std::string& name, const Catalog& catalog,
                       Random& random) {
  const ast::Table* table = catalog.FindTable(name);
  const std::string head = "ALTER TABLE " + Spelt(name, random) + " ";
  if (table == nullptr) {
    return head + "DROP COLUMN a";
  }
  switch (random.Below(13)) {
    case 0:
      return head + "RENAME TO " + Spelt(TableName(random), random);
    case 1:
    case 2:
      return head + AddColumn(*table, catalog, random);
    case 3:
    case 4:
      return head + "DROP COLUMN " + Spelt(AnyColumn(*table, random), random);
    case 5:
      return head + "RENAME COLUMN " +
             Spelt(AnyColumn(*table, random), random) + " TO " +
             Spelt(NewColumn(*table, random), random);
    case 6:
      return head + AddConstraint(*table, catalog, random);
    case 7:
      return head + "DROP CONSTRAINT " +
             Spelt(AnyConstraint(*table, random), random);
    case 8:
      return head + "RENAME CONSTRAINT " +
             Spelt(AnyConstraint(*table, random), random) + " TO " +
             Spelt(ConstraintName(random), random);
    default:
      return head + AlterColumn(*table, random);
  }
}

std::string CreateAnything(const Catalog& catalog, Random& random) {
  if (catalog.empty()) {
    return CreateTable(catalog, random);
  }
  switch (random.Below(12)) {
    case 0:
    case 1:
    case 2:
      return CreateIndex(catalog, random);
    case 3:
    case 4:
      return CreateView(catalog, random);
    case 5:
    case 6:
      return CreateTrigger(catalog, random);
    case 7:
      return AlterTable(AnyTable(catalog, random), catalog, random);
    default:
      return CreateTable(catalog, random);
  }
}

std::string AnyStatement(const Catalog& catalog, Random& random) {
  if (random.Percent(4)) {
    return DataStatement(catalog, random);
  }
  switch (random.Below(20)) {
    case 0:
      return Drop("TABLE", ObjectKind::kTable, TableName(random), catalog,
                  random);
    case 1:
      return Drop("INDEX", ObjectKind::kIndex, IndexName(random), catalog,
                  random);
    case 2:
      return Drop("VIEW", ObjectKind::kView, ViewName(random), catalog, random);
    case 3:
      return Drop("TRIGGER", ObjectKind::kTrigger, TriggerName(random), catalog,
                  random);
    case 4:
    case 5:
    case 6:
      return CreateAnything(catalog, random);
    default:
      return AlterTable(AnyTable(catalog, random), catalog, random);
  }
}

std::vector<std::string> AnyRows(const Catalog& catalog, Random& random) {
  std::vector<std::string> rows;
  for (const std::string& name : catalog.Names(ObjectKind::kTable)) {
    for (std::size_t count = random.Below(4); count > 0; --count) {
      std::string columns;
      std::string values;
      for (const ast::Column& column : catalog.FindTable(name)->columns) {
        if (!column.generated && !random.Percent(10)) {
          columns +=
              (columns.empty() ? "" : ", ") + sql::QuoteName(column.name.text);
          values += (values.empty() ? "" : ", ") + Literal(random);
        }
      }
      rows.push_back("INSERT INTO " + sql::QuoteName(name) +
                     (columns.empty()
                          ? " DEFAULT VALUES"
                          : " (" + columns + ") VALUES (" + values + ")"));
    }
  }
  return rows;
}

}  // namespace palindrome::property
