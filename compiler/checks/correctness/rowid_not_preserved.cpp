#include <algorithm>
#include <string>

#include "compiler/catalog/rowid.h"
#include "compiler/checks/replacements.h"
#include "compiler/checks/rule.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kRenumbers, kRowidNotPreserved,
                "the rows of table `{0}` are numbered anew by this copy, and "
                "{1} uses their rowids; copy the rowid as well",
                std::string, std::string);

// Whether the rows of the virtual table are found by the rowids of the table,
// as by content='t'.
bool IsContentOf(const ast::VirtualTable& index, const std::string& table) {
  const auto& tokens = index.module.tokens;
  for (std::size_t i = 2; i < tokens.size(); ++i) {
    const auto& token = tokens[i];
    if (IsWord(tokens[i - 2], "content") && tokens[i - 1].spelling == "=" &&
        sql::EqualsIgnoringCase(sql::Unquote({token.kind, 0, token.spelling}),
                                table)) {
      return true;
    }
  }
  return false;
}

bool ReadsRowid(const catalog::Object& body, const ast::Table& table,
                const std::string& name) {
  return std::any_of(body.uses.begin(), body.uses.end(),
                     [&](const catalog::Use& use) {
                       return use.table == name && !use.column.empty() &&
                              catalog::IsRowidName(table, use.column);
                     });
}

// What uses the rowids; empty: nothing.
std::string UserOf(const MigrationContext& context,
                   const Replacement& replacement) {
  const catalog::Catalog& before = context.upgrade.before;
  for (const auto& name : before.Names(catalog::ObjectKind::kVirtualTable)) {
    const auto object = before.Find(catalog::ObjectKind::kVirtualTable, name);
    if (IsContentOf(std::get<ast::VirtualTable>(object->definition),
                    replacement.name)) {
      return "virtual table `" + name + "`";
    }
  }
  const ast::Table* table = before.FindTable(replacement.name);
  for (const auto& user : before.UsersOf(replacement.name)) {
    if (table != nullptr && ReadsRowid(*user, *table, replacement.name)) {
      return std::string(catalog::ObjectKindName(user->kind())) + " `" +
             user->name() + "`";
    }
  }
  return "";
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const Replacement& replacement : FindReplacements(context.upgrade)) {
    if (catalog::RowidAlias(*replacement.before) != nullptr ||
        catalog::RowidName(*replacement.before).empty()) {
      continue;
    }
    const std::string user = UserOf(context, replacement);
    if (user.empty()) {
      continue;
    }
    for (const Copy& copy : CopiesOf(context.upgrade, replacement)) {
      const auto is_rowid = [&](const Copy::Item& item) {
        return catalog::IsRowidName(*copy.target, item.to) ||
               catalog::RowidAlias(*copy.target) ==
                   FindColumn(*copy.target, item.to);
      };
      if (std::none_of(copy.items.begin(), copy.items.end(), is_rowid)) {
        emitter.Emit(kRenumbers,
                     LocationOf(context, context.upgrade.steps[copy.step]),
                     replacement.before->name.text, user);
      }
    }
  }
}

}  // namespace

constinit const Rule kRowidNotPreservedRule = {
    .kind = diagnostics::Kind::kRowidNotPreserved,
    .summary =
        "a table is replaced by hand, and its rows get other rowids, which "
        "something uses",
    .rationale = R"md(
A table without an INTEGER PRIMARY KEY numbers its rows by a hidden `rowid`. A
copy into another table numbers them anew. A full-text index with
`content='table'` then finds the wrong rows, and a view or trigger that reads
the rowid shows other numbers than before.

Copy the number with the row: `INSERT INTO new (rowid, …) SELECT rowid, …`.
`ALTER TABLE` does, where the compiler rebuilds a table. Give rows that
something refers to an INTEGER PRIMARY KEY. A table whose rowid nothing in the
schema reads is not reported.
)md",
    .bad = R"sql(=== 20250115_143022_create_notes.sql
MIGRATION 'create notes'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE notes (body TEXT NOT NULL PRIMARY KEY);
  CREATE VIEW numbered_notes AS SELECT rowid AS number, body FROM notes;
END;

DOWNGRADE AUTO;
=== 20250116_090000_show_notes.sql
MIGRATION 'show notes'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  DROP VIEW numbered_notes;
  CREATE TABLE new_notes (body TEXT NOT NULL PRIMARY KEY, shown INTEGER);
  INSERT INTO new_notes (body) SELECT body FROM notes;
  DROP TABLE notes;
  ALTER TABLE new_notes RENAME TO notes;
  CREATE VIEW numbered_notes AS SELECT rowid AS number, body FROM notes;
END;

DOWNGRADE BEGIN
  DROP VIEW numbered_notes;
  CREATE TABLE old_notes (body TEXT NOT NULL PRIMARY KEY);
  INSERT INTO old_notes (rowid, body) SELECT rowid, body FROM notes;
  DROP TABLE notes;
  ALTER TABLE old_notes RENAME TO notes;
  CREATE VIEW numbered_notes AS SELECT rowid AS number, body FROM notes;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_notes.sql
MIGRATION 'create notes'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE notes (body TEXT NOT NULL PRIMARY KEY);
  CREATE VIEW numbered_notes AS SELECT rowid AS number, body FROM notes;
END;

DOWNGRADE AUTO;
=== 20250116_090000_show_notes.sql
MIGRATION 'show notes'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  DROP VIEW numbered_notes;
  CREATE TABLE new_notes (body TEXT NOT NULL PRIMARY KEY, shown INTEGER);
  INSERT INTO new_notes (rowid, body) SELECT rowid, body FROM notes;
  DROP TABLE notes;
  ALTER TABLE new_notes RENAME TO notes;
  CREATE VIEW numbered_notes AS SELECT rowid AS number, body FROM notes;
END;

DOWNGRADE BEGIN
  DROP VIEW numbered_notes;
  CREATE TABLE old_notes (body TEXT NOT NULL PRIMARY KEY);
  INSERT INTO old_notes (rowid, body) SELECT rowid, body FROM notes;
  DROP TABLE notes;
  ALTER TABLE old_notes RENAME TO notes;
  CREATE VIEW numbered_notes AS SELECT rowid AS number, body FROM notes;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
