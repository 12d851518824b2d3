#include "tests/property/generate_table.h"

#include <algorithm>

#include "runtime/src/sql_lexer.h"
#include "tests/property/generate_words.h"

namespace palindrome::property {

namespace {

using Names = std::vector<std::string>;

// What the parts of one table know of it.
struct Shape {
  const catalog::Catalog& catalog;
  std::string name;
  Names columns;
  bool strict = false;
  bool has_key = false;
  bool adds = false;  // The column comes by ADD COLUMN.
};

Names SpeltEach(const Names& names, const Shape& shape, Random& random) {
  Names spelt;
  const bool qualified = random.Percent(5);
  for (const std::string& name : names) {
    spelt.push_back((qualified ? sql::QuoteName(shape.name) + "." : "") +
                    Spelt(name, random));
  }
  return spelt;
}

std::string OnConflict(Random& random) {
  return random.Percent(12)
             ? " ON CONFLICT " +
                   random.Of({"ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"})
             : "";
}

std::string Named(std::size_t chance, Random& random) {
  return random.Percent(chance)
             ? "CONSTRAINT " + Spelt(ConstraintName(random), random) + " "
             : "";
}

std::string Actions(Random& random) {
  std::string text;
  for (const char* event : {" ON DELETE ", " ON UPDATE "}) {
    if (random.Percent(25)) {
      text += event + random.Of({"CASCADE", "SET NULL", "SET DEFAULT",
                                 "RESTRICT", "NO ACTION"});
    }
  }
  if (random.Percent(5)) {
    text += " MATCH FULL";
  }
  if (random.Percent(15)) {
    text += random.Of({" DEFERRABLE INITIALLY DEFERRED",
                       " NOT DEFERRABLE INITIALLY IMMEDIATE", " DEFERRABLE"});
  }
  return text;
}

// `REFERENCES p (x, y)…`: to the parent's key or to columns of it.
std::string References(std::size_t count, const Shape& shape, Random& random) {
  const bool self = random.Percent(20);
  const std::string parent =
      self ? shape.name : AnyTable(shape.catalog, random);
  const ast::Table* table = shape.catalog.FindTable(parent);
  Names columns = self ? shape.columns : Names{"id", "a", "b"};
  if (!self && table != nullptr) {
    columns = ColumnsOf(*table);
    // SQLite wants a unique key there, so mostly give it one.
    for (const ast::Constraint& key : table->constraints) {
      if ((key.kind == ast::ConstraintKind::kPrimaryKey ||
           key.kind == ast::ConstraintKind::kUnique) &&
          key.columns.size() == count && random.Percent(90)) {
        columns.clear();
        for (const ast::KeyPart& part : key.columns) {
          columns.push_back(part.column.text);
        }
        break;
      }
    }
  }
  std::string text = "REFERENCES " + Spelt(parent, random);
  if (random.Percent(70) && columns.size() >= count) {
    columns.resize(count);
    text += " " + Spelt(columns, random);
  }
  return text + Actions(random);
}

std::string Generated(const std::string& own, const Shape& shape,
                      Random& random) {
  Names others = shape.columns;
  if (!random.Percent(3)) {
    std::erase_if(others, [&](const std::string& name) {
      return sql::EqualsIgnoringCase(name, own);
    });
  }
  if (random.Percent(3)) {
    others = {ColumnName(random)};
  }
  if (others.empty()) {
    return "";
  }
  return random.Of({" GENERATED ALWAYS AS (", " AS ("}) +
         Value(SpeltEach(others, shape, random), random) + ")" +
         random.Of({"", " VIRTUAL", " STORED"});
}

std::string InlineKey(const std::string& type, Shape& shape, Random& random) {
  if (shape.has_key && !random.Percent(2)) {
    return "";
  }
  shape.has_key = true;
  std::string text = " " + Named(20, random) + "PRIMARY KEY" +
                     random.Of({"", "", "", " ASC", " DESC"}) +
                     OnConflict(random);
  if (random.Percent(sql::EqualsIgnoringCase(type, "INTEGER") ? 40 : 2)) {
    text += " AUTOINCREMENT";
  }
  return text;
}

std::string Column(const std::string& name, Shape& shape, Random& random) {
  const std::string type = TypeName(shape.strict, random);
  std::string text = Spelt(name, random) + (type.empty() ? "" : " " + type);
  if (random.Percent(shape.adds ? 2 : 20)) {
    text += InlineKey(type, shape, random);
  }
  if (random.Percent(25)) {
    text += " " + Named(10, random) + "NOT NULL" + OnConflict(random);
  }
  const std::string generated =
      random.Percent(12) ? Generated(name, shape, random) : "";
  text += generated;
  if (random.Percent(generated.empty() ? 30 : 2)) {
    text += " DEFAULT " + DefaultValue(random);
  }
  if (random.Percent(15)) {
    text +=
        " COLLATE " + random.Of({"NOCASE", "rtrim", "BINARY", "\"nocase\""});
  }
  if (random.Percent(10)) {
    text += " " + Named(40, random) + "UNIQUE" + OnConflict(random);
  }
  if (random.Percent(12)) {
    Names columns =
        random.Percent(75) ? Names{name} : Some(shape.columns, 2, random);
    if (random.Percent(3)) {
      columns.push_back(ColumnName(random));
    }
    text += " " + Named(40, random) + "CHECK (" +
            Condition(SpeltEach(columns, shape, random), random) + ")";
  }
  if (random.Percent(10)) {
    text += " " + Named(30, random) + References(1, shape, random);
  }
  return text;
}

std::string KeyParts(const Names& columns, Random& random) {
  std::string text;
  for (const std::string& name : columns) {
    text += (text.empty() ? "" : ", ") + Spelt(name, random);
    if (random.Percent(10)) {
      text += " COLLATE " + random.Of({"NOCASE", "RTRIM"});
    }
    if (random.Percent(10)) {
      text += random.Of({" DESC", " ASC"});
    }
  }
  return "(" + text + ")";
}

std::string TableConstraint(Shape& shape, Random& random) {
  Names columns = Some(shape.columns, 3, random);
  const std::size_t kind = random.Below(6);
  if (random.Percent(3)) {
    columns.push_back(ColumnName(random));
  }
  switch (kind) {
    case 0:
      if (!shape.has_key || random.Percent(5)) {
        shape.has_key = true;
        return "PRIMARY KEY " + KeyParts(columns, random) + OnConflict(random);
      }
      [[fallthrough]];
    case 1:
      return "UNIQUE " + KeyParts(columns, random) + OnConflict(random);
    case 2:
    case 3:
      return "FOREIGN KEY " + Spelt(columns, random) + " " +
             References(columns.size(), shape, random);
    default:
      return "CHECK (" + Condition(SpeltEach(columns, shape, random), random) +
             ")";
  }
}

bool HasKey(const ast::Table& table) {
  return std::any_of(table.constraints.begin(), table.constraints.end(),
                     [](const ast::Constraint& constraint) {
                       return constraint.kind ==
                              ast::ConstraintKind::kPrimaryKey;
                     });
}

}  // namespace

std::vector<std::string> ColumnsOf(const ast::Table& table) {
  Names names;
  for (const ast::Column& column : table.columns) {
    names.push_back(column.name.text);
  }
  return names;
}

std::string AnyTable(const catalog::Catalog& catalog, Random& random) {
  const Names names = catalog.Names(catalog::ObjectKind::kTable);
  return names.empty() || random.Percent(3) ? TableName(random)
                                            : random.Of(names);
}

std::string AnyColumn(const ast::Table& table, Random& random) {
  return random.Percent(3) ? ColumnName(random)
                           : random.Of(table.columns).name.text;
}

std::string CreateTable(const catalog::Catalog& catalog, Random& random) {
  Shape shape{catalog, TableName(random), {}, random.Percent(20)};
  const std::size_t count = 1 + random.Below(5);
  while (shape.columns.size() < count) {
    std::string name = ColumnName(random);
    const bool is_new = std::none_of(
        shape.columns.begin(), shape.columns.end(), [&](const auto& other) {
          return sql::EqualsIgnoringCase(other, name);
        });
    if (is_new || random.Percent(1)) {
      shape.columns.push_back(std::move(name));
    }
  }
  std::string text;
  for (const std::string& column : shape.columns) {
    text += (text.empty() ? "" : ", ") + Column(column, shape, random);
  }
  while (random.Percent(35)) {
    text += ", " + Named(60, random) + TableConstraint(shape, random);
  }
  text = "CREATE TABLE " +
         std::string(random.Percent(4) ? "IF NOT EXISTS " : "") +
         Spelt(shape.name, random) + " (" + text + ")";
  const bool without_rowid = random.Percent(shape.has_key ? 25 : 1);
  if (shape.strict) {
    text += " STRICT";
  }
  if (without_rowid) {
    text += std::string(shape.strict ? "," : "") + " WITHOUT ROWID";
  }
  return text;
}

std::string AddColumn(const ast::Table& table, const catalog::Catalog& catalog,
                      Random& random) {
  Shape shape{catalog,      table.name.text, ColumnsOf(table),
              table.strict, HasKey(table),   true};
  std::string name = ColumnName(random);
  shape.columns.push_back(name);
  return "ADD COLUMN " + Column(name, shape, random);
}

std::string AddConstraint(const ast::Table& table,
                          const catalog::Catalog& catalog, Random& random) {
  Shape shape{catalog,      table.name.text, ColumnsOf(table),
              table.strict, HasKey(table),   false};
  return "ADD " + Named(100, random) + TableConstraint(shape, random);
}

}  // namespace palindrome::property
