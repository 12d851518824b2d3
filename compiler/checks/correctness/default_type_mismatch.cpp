#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/checks/new_defaults.h"
#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/lower/sqlite/table_facts.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kMismatch, kDefaultTypeMismatch,
                "default `{0}` of column `{1}` is no value of its type `{2}`; "
                "write one of the type",
                std::string, std::string, std::string);

using lower::sqlite::Affinity;

// A literal, as its class.
struct Literal {
  enum class Class { kNumber, kText, kBlob } kind = Class::kText;
  double number = 0;  // Of a number, or of a text that looks like one.
  bool is_number = false;
};

void ReadNumber(const std::string& text, Literal& literal) {
  const std::size_t begin = text.find_first_not_of(" \t\n\r\f\v");
  if (begin == std::string::npos) {
    return;
  }
  const std::size_t last = text.find_last_not_of(" \t\n\r\f\v");
  const std::string digits = text.substr(begin, last - begin + 1);
  if (digits.find_first_not_of("0123456789+-.eE") != std::string::npos) {
    return;
  }
  char* end = nullptr;
  literal.number = std::strtod(digits.c_str(), &end);
  literal.is_number = end == digits.c_str() + digits.size();
}

std::optional<Literal> LiteralOf(const ast::Expression& value) {
  const auto& tokens = value.tokens;
  const bool has_sign = tokens.size() == 2 && (tokens[0].spelling == "-" ||
                                               tokens[0].spelling == "+");
  if (tokens.size() != 1 && !has_sign) {
    return std::nullopt;
  }
  const ast::Token& last = tokens.back();
  Literal literal;
  switch (last.kind) {
    case sql::TokenKind::kNumber:
      literal.kind = Literal::Class::kNumber;
      literal.number = std::strtod(last.spelling.c_str(), nullptr);
      literal.is_number = true;
      return literal;
    case sql::TokenKind::kString:
      ReadNumber(ast::Meaning(last), literal);
      return literal;
    case sql::TokenKind::kBlob:
      literal.kind = Literal::Class::kBlob;
      return literal;
    case sql::TokenKind::kWord:
      // They are texts.
      if (sql::EqualsIgnoringCase(last.spelling, "CURRENT_TIMESTAMP") ||
          sql::EqualsIgnoringCase(last.spelling, "CURRENT_DATE") ||
          sql::EqualsIgnoringCase(last.spelling, "CURRENT_TIME")) {
        return literal;
      }
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

// NUMERIC affinity is what SQLite gives to all words that it does not know.
bool MeansNumber(std::string_view type) {
  const std::string folded = sql::FoldCase(type);
  for (const char* part : {"bool", "decimal", "numeric", "number"}) {
    if (folded.rfind(part, 0) == 0) {
      return true;
    }
  }
  return false;
}

bool IsWhole(double number) {
  return std::floor(number) == number && std::abs(number) < 9.3e18;
}

// Whether the value that is stored is of another class than the column's.
bool Mismatches(const Literal& literal, std::string_view type, bool strict) {
  switch (lower::sqlite::AffinityOf(type, strict)) {
    case Affinity::kInteger:
      return MeansInteger(type) &&
             (!literal.is_number || !IsWhole(literal.number));
    case Affinity::kReal:
      return !literal.is_number;
    case Affinity::kNumeric:
      return MeansNumber(type) && !literal.is_number;
    case Affinity::kText:
      return strict && literal.kind == Literal::Class::kBlob;
    case Affinity::kBlob:
      return strict && sql::EqualsIgnoringCase(type, "BLOB") &&
             literal.kind != Literal::Class::kBlob;
  }
  return false;
}

bool Mismatches(const ast::Column& column, bool strict) {
  const auto literal =
      column.default_value ? LiteralOf(*column.default_value) : std::nullopt;
  return literal && !column.type.empty() &&
         Mismatches(*literal, column.type, strict);
}

bool WasThere(const ast::Table* table, const ast::Column* column) {
  return column != nullptr && Mismatches(*column, table->strict);
}

void Report(const MigrationContext& context, const ast::Column& column,
            source::Range place, diagnostics::Emitter& emitter) {
  emitter.Emit(kMismatch, context.At(place), ast::Print(*column.default_value),
               column.name.text, column.type);
}

// Under a type that the column gets, its default may be no value any more.
void CheckNewTypes(const MigrationContext& context,
                   diagnostics::Emitter& emitter) {
  for (const std::size_t i : context.upgrade.changes) {
    const catalog::Step& step = context.upgrade.steps[i];
    const auto* alter = As<ast::AlterColumnType>(step);
    const ast::Table* after =
        alter == nullptr ? nullptr : step.after.FindTable(alter->table.text);
    const ast::Table* before =
        alter == nullptr ? nullptr : step.before.FindTable(alter->table.text);
    if (after == nullptr || before == nullptr) {
      continue;
    }
    const ast::Column* column = FindColumn(*after, alter->column.text);
    if (column != nullptr && Mismatches(*column, after->strict) &&
        !WasThere(before, FindColumn(*before, alter->column.text))) {
      Report(context, *column, alter->type_range, emitter);
    }
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const NewDefault& each : NewDefaults(context.upgrade)) {
    if (Mismatches(*each.column, each.table->strict) &&
        !WasThere(each.old_table, each.old_column)) {
      Report(context, *each.column, each.range, emitter);
    }
  }
  CheckNewTypes(context, emitter);
}

}  // namespace

constinit const Rule kDefaultTypeMismatchRule = {
    .kind = diagnostics::Kind::kDefaultTypeMismatch,
    .summary = "a default is no value of the type of its column",
    .rationale = R"md(
SQLite stores what it is given: a column INTEGER with the default `'none'` holds
a text in every row that does not say otherwise, sums take it for 0, and
comparisons with numbers put it last. A STRICT table and other databases refuse
it.

Write a literal of the column's type, or choose the type that the values have.
CURRENT_TIMESTAMP is a text. A text that is a number, such as `'0'`, is stored as
one and is no finding.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, size INTEGER DEFAULT 'none');
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, size INTEGER DEFAULT 0);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
