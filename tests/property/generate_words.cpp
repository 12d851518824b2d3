#include "tests/property/generate_words.h"

#include <algorithm>
#include <utility>

#include "runtime/src/sql_lexer.h"

namespace palindrome::property {

namespace {

std::string Quoted(std::string_view name, char quote) {
  std::string text(1, quote);
  for (const char c : name) {
    text += c;
    if (c == quote) {
      text += c;
    }
  }
  return text + quote;
}

std::string InOtherCase(std::string name) {
  for (char& c : name) {
    if (c >= 'a' && c <= 'z') {
      c = static_cast<char>(c - 'a' + 'A');
    } else if (c >= 'A' && c <= 'Z') {
      c = static_cast<char>(c - 'A' + 'a');
    }
  }
  return name;
}

}  // namespace

std::string TableName(Random& random) {
  return random.Of({"t", "u", "T2", "tasks", "order", "my table", "Größe",
                    "a\"b", "x.y", "it's", "temp", "[z"});
}

std::string ColumnName(Random& random) {
  return random.Of({"id", "a", "b", "c", "Name", "A B", "group", "länge", "d",
                    "to", "q\"q", "e'e", "key", "x", "oid", "t", "u"});
}

std::string ConstraintName(Random& random) {
  return random.Of({"k1", "k2", "k3", "the key", "unique"});
}

std::string IndexName(Random& random) {
  return random.Of({"i1", "i2", "an index", "index", "t"});
}

std::string ViewName(Random& random) {
  return random.Of({"v1", "V2", "a view", "view", "u"});
}

std::string TriggerName(Random& random) {
  return random.Of({"r1", "r2", "a trigger", "after"});
}

std::string Spelt(std::string_view name, Random& random) {
  const std::string text =
      random.Percent(8) ? InOtherCase(std::string(name)) : std::string(name);
  switch (random.Below(6)) {
    case 0:
      return Quoted(text, '"');
    case 1:
      return Quoted(text, '`');
    case 2:
      return text.find(']') == std::string::npos ? "[" + text + "]"
                                                 : Quoted(text, '"');
    default:
      return sql::QuoteName(text);
  }
}

std::string Spelt(const std::vector<std::string>& names, Random& random) {
  std::string list;
  for (const std::string& name : names) {
    list += (list.empty() ? "" : ", ") + Spelt(name, random);
  }
  return "(" + list + ")";
}

std::string TypeName(bool strict, Random& random) {
  if (strict && !random.Percent(2)) {
    return random.Of({"INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY", "any"});
  }
  return random.Of({"", "INTEGER", "integer", "INT", "TEXT", "REAL", "BLOB",
                    "NUMERIC", "VARCHAR(20)", "DECIMAL(10, 2)",
                    "unsigned big int", "ANY", "DATE", "\"my type\""});
}

std::string Literal(Random& random) {
  return random.Of({"0", "1", "-7", "2.5", "1e3", "''", "'x'", "'12'",
                    "'it''s'", "'größe'", "x'00ff'", "NULL"});
}

std::string DefaultValue(Random& random) {
  if (random.Percent(60)) {
    return Literal(random);
  }
  return random.Of({"+5", "- 2", "TRUE", "false", "CURRENT_TIMESTAMP",
                    "current_date", "(1 + 2)", "(lower('X'))", "('a' || 'b')",
                    "(NULL)", "(-1)", "word", "\"a word\"", "(abs(-3))", "0x1F",
                    "((1))", "(CURRENT_TIME)", "(x'01')"});
}

std::string Value(const std::vector<std::string>& columns, Random& random) {
  const std::string a = random.Of(columns);
  const std::string b = random.Of(columns);
  switch (random.Below(12)) {
    case 0:
      return a + " + 1";
    case 1:
      return "lower(" + a + ")";
    case 2:
      return a + " || " + b;
    case 3:
      return "coalesce(" + a + ", " + b + ", 0)";
    case 4:
      return "CAST(" + a + " AS TEXT)";
    case 5:
      return "CASE WHEN " + a + " > 0 THEN " + b + " ELSE 'none' END";
    case 6:
      return "-" + a + "*2";
    case 7:
      return "typeof(" + a + ")";
    case 8:
      return "(" + a + " COLLATE nocase) || 'to'";
    case 9:
      return "substr(" + a + ",1,2)";
    default:
      return a;
  }
}

std::string Condition(const std::vector<std::string>& columns, Random& random) {
  const std::string a = random.Of(columns);
  const std::string b = random.Of(columns);
  switch (random.Below(13)) {
    case 0:
      return a + ">0";
    case 1:
      return "length(" + a + ") < 100";
    case 2:
      return a + " IS NOT NULL";
    case 3:
      return a + " <> 'x'";
    case 4:
      return a + " IN (1, 'x', " + b + ")";
    case 5:
      return a + " BETWEEN -10 AND 1000";
    case 6:
      return a + " LIKE 'a%' OR NOT (" + b + " = 3)";
    case 7:
      return a + " COLLATE NOCASE = 'A' OR 1";
    case 8:
      return Value(columns, random) + " IS NOT 'never'";
    case 9:
      return "typeof(" + a + ") <> 'blob'";
    // SQLite forgets what stands there.
    case 10:
      return "NOT (" + a + " > 5 AND " + random.Of({"0", "(0)", "0x0"}) + ")";
    case 11:
      return a + " NOT IN ()";
    default:
      return a + " = " + b + " OR " + a + " IS NULL OR TRUE";
  }
}

std::vector<std::string> Some(std::vector<std::string> names, std::size_t most,
                              Random& random) {
  std::vector<std::string> some;
  const std::size_t count = 1 + random.Below(most);
  while (!names.empty() && some.size() < count) {
    const auto place =
        names.begin() + static_cast<std::ptrdiff_t>(random.Below(names.size()));
    some.push_back(std::move(*place));
    names.erase(place);
  }
  return some;
}

}  // namespace palindrome::property
