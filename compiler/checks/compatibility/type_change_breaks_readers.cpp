#include <string>
#include <string_view>

#include "compiler/checks/old_programs.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kChanged, kTypeChangeBreaksReaders,
                "column `{0}` of table `{1}` holds {2} now and not {3}, which "
                "programs of the version before read; add a column for it, and "
                "drop this one in a later release",
                std::string, std::string, std::string, std::string);

bool Contains(const std::string& type, std::string_view word) {
  return type.find(word) != std::string::npos;
}

// What programs take values of the declared type for. Drivers go by more words
// than SQLite does.
std::string FamilyOf(const std::string& declared) {
  const std::string type = sql::FoldCase(declared);
  if (type.empty()) {
    return "any value";
  }
  if (Contains(type, "timestamptz") || Contains(type, "with time zone")) {
    return "times with a zone";
  }
  if (Contains(type, "date") || Contains(type, "time")) {
    return "dates or times";
  }
  if (Contains(type, "bool")) {
    return "truth values";
  }
  if (Contains(type, "int") || Contains(type, "serial")) {
    return "integers";
  }
  if (Contains(type, "char") || Contains(type, "clob") ||
      Contains(type, "text") || Contains(type, "string") ||
      Contains(type, "json") || Contains(type, "uuid") ||
      Contains(type, "enum")) {
    return "text";
  }
  if (Contains(type, "blob") || Contains(type, "bytea") ||
      Contains(type, "binary")) {
    return "bytes";
  }
  if (Contains(type, "real") || Contains(type, "floa") ||
      Contains(type, "doub")) {
    return "floating-point numbers";
  }
  if (Contains(type, "numeric") || Contains(type, "decimal") ||
      Contains(type, "number")) {
    return "decimal numbers";
  }
  return "";  // The program's own word.
}

bool IsOther(const ast::Column& before, const ast::Column& after) {
  const std::string then = FamilyOf(before.type);
  const std::string now = FamilyOf(after.type);
  return !then.empty() && !now.empty() && then != now;
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const auto tables = ChangedTables(context);
  for (const KnownColumn& column : KeptColumns(context, tables)) {
    if (!IsOther(*column.before, *column.after)) {
      continue;
    }
    const std::string& table = column.table->after->name.text;
    const std::string& name = column.after->name.text;
    emitter.Emit(
        kChanged,
        PlaceOfChange(context, table, name,
                      [](const ast::Column* before, const ast::Column& after) {
                        return before == nullptr || IsOther(*before, after);
                      }),
        name, table, FamilyOf(column.after->type),
        FamilyOf(column.before->type));
  }
}

}  // namespace

constinit const Rule kTypeChangeBreaksReadersRule = {
    .kind = diagnostics::Kind::kTypeChangeBreaksReaders,
    .summary = "a column gets a type that programs read otherwise",
    .rationale = R"md(
A program reads a column as an integer, a text, a time, and its driver often goes
by the declared type. When that becomes one of another family, programs of the
version before decode values that they were not written for, and prepared
statements may fail, even where no value is lost. Another length, or another word
for the same family, is no such change.

Add a column of the new type, let programs of the next release use it, and drop
the old one in the release after that.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, done INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_make_done_boolean.sql
MIGRATION 'make done boolean'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ALTER COLUMN done TYPE BOOLEAN;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, done INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_is_done.sql
MIGRATION 'add is done'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN is_done BOOLEAN;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
