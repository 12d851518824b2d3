#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/checks/creations.h"
#include "compiler/checks/differences.h"
#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNoType, kTypeNotPortable,
                "column `{0}` has no type, which PostgreSQL refuses; give it "
                "one",
                std::string);
PALINDROME_TEXT(kOwnType, kTypeNotPortable,
                "the type `{1}` of column `{0}` is not one that every engine "
                "has; use one that is, such as `integer`, `text` or `blob`",
                std::string, std::string);

// Types that both engines have, or that one has under another name.
constexpr std::string_view kPortable[] = {"bigint",
                                          "bit",
                                          "blob",
                                          "bool",
                                          "boolean",
                                          "bytea",
                                          "char",
                                          "character",
                                          "character varying",
                                          "date",
                                          "datetime",
                                          "dec",
                                          "decimal",
                                          "double",
                                          "double precision",
                                          "float",
                                          "float4",
                                          "float8",
                                          "int",
                                          "int2",
                                          "int4",
                                          "int8",
                                          "integer",
                                          "json",
                                          "jsonb",
                                          "numeric",
                                          "real",
                                          "smallint",
                                          "text",
                                          "time",
                                          "time with time zone",
                                          "time without time zone",
                                          "timestamp",
                                          "timestamp with time zone",
                                          "timestamp without time zone",
                                          "timestamptz",
                                          "uuid",
                                          "varchar"};

void CheckType(const MigrationContext& context, std::string_view table,
               const ast::Name& column, const std::string& type,
               source::Range range, diagnostics::Emitter& emitter) {
  if (type.empty()) {
    emitter.Emit(kNoType, context.At(range), column.text);
  } else if (std::find(std::begin(kPortable), std::end(kPortable),
                       BaseType(type)) == std::end(kPortable)) {
    auto finding =
        diagnostics::Make(kOwnType, context.At(range), column.text, type);
    // Words of a key may be among it.
    finding.subject = KeySubject(table);
    emitter.Emit(std::move(finding));
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const NewColumn& column : NewColumns(context.upgrade)) {
    const ast::Column& written = *column.written;
    if (IsPortable(*column.step)) {
      CheckType(context, column.table->name.text, written.name, written.type,
                written.type.empty() ? RangeOf(written.name, *column.step)
                                     : written.type_range,
                emitter);
    }
  }
  for (const catalog::Step& step : context.upgrade.steps) {
    const auto* alter = As<ast::AlterColumnType>(step);
    if (alter != nullptr && IsPortable(step)) {
      CheckType(context, alter->table.text, alter->column, alter->type,
                alter->type_range, emitter);
    }
  }
}

}  // namespace

constinit const Rule kTypeNotPortableRule = {
    .kind = diagnostics::Kind::kTypeNotPortable,
    .summary = "a column has a type that not all engines have",
    .rationale = R"md(
SQLite takes any word for a type and guesses from its letters how to keep values:
`text[]`, `inet` or `interval` are words to it, and no arrays, addresses or spans
of time. PostgreSQL refuses a type that it does not know, such as `TINYINT` or
`ANY`, and a column without a type.

Use types that both have: smallint, integer, bigint, numeric, real, double
precision, boolean, text, varchar, char, blob, date, time, timestamp, uuid, json.

Rules of portability are off in a history of one dialect, unless
`palindrome.toml` or `RULES` sets them.
)md",
    .bad = R"sql(=== palindrome.toml
[rules]
type-not-portable = "error"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, labels text[]);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[rules]
type-not-portable = "error"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, labels json);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
