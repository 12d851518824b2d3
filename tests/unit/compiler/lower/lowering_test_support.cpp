#include "tests/unit/compiler/lower/lowering_test_support.h"

#include <algorithm>
#include <utility>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "compiler/parse/parse.h"
#include "compiler/rehearse/sqlite/engine.h"
#include "palindrome/migration.h"
#include "runtime/drivers/sqlite/sqlite_schema_facts.h"

namespace palindrome::test {

namespace {

void Collect(const std::vector<diagnostics::Diagnostic>& diagnostics,
             std::vector<std::string>& problems) {
  for (const diagnostics::Diagnostic& diagnostic : diagnostics) {
    problems.push_back(diagnostic.message);
  }
}

std::vector<std::string> Violations(Database& database) {
  auto rows = database.Query(
      "SELECT \"table\", rowid, parent, fkid FROM pragma_foreign_key_check");
  std::sort(rows.begin(), rows.end());
  return rows;
}

}  // namespace

Lowered LowerChange(const std::string& given, const std::string& change,
                    std::uint32_t minimum, bool allow_findings) {
  Lowered lowered;
  lowered.file = std::make_unique<source::File>(
      "test.sql",
      "MIGRATION 'a change' REVISION 'a1' REVISES NONE;\n"
      "UPGRADE BEGIN\n" +
          given + "\nEND;\nDOWNGRADE BEGIN\n" + change + "\nEND;\n");
  diagnostics::Emitter emitter;
  lowered.migration = std::make_unique<ast::Migration>(
      parse::ParseMigration(*lowered.file, emitter));
  Collect(emitter.diagnostics(), lowered.problems);
  const auto engine = rehearse::sqlite::MakeEngine({});
  lowered.given = catalog::Simulate(lowered.migration->upgrade.items,
                                    lowered.file.get(), {}, *engine);
  Collect(lowered.given.problems, lowered.problems);
  if (lowered.migration->downgrade) {
    lowered.change =
        catalog::Simulate(lowered.migration->downgrade->items,
                          lowered.file.get(), lowered.given.after, *engine);
    Collect(lowered.change.problems, lowered.problems);
  }
  EXPECT_TRUE(lowered.migration->body_ok);
  EXPECT_TRUE(lowered.given.applies && lowered.change.applies);
  if (!allow_findings || !lowered.given.applies || !lowered.change.applies) {
    EXPECT_EQ(lowered.problems, std::vector<std::string>());
  }
  lowered.given_program =
      lower::sqlite::Lower(lowered.given, lowered.file.get(), minimum);
  lowered.program =
      lower::sqlite::Lower(lowered.change, lowered.file.get(), minimum);
  return lowered;
}

std::vector<std::string> Sql(const lower::Program& program) {
  std::vector<std::string> sql;
  for (const lower::Statement& statement : program.statements) {
    sql.push_back(statement.sql);
  }
  return sql;
}

Database::Database() {
  EXPECT_EQ(sqlite3_open(":memory:", &handle_), SQLITE_OK);
  Execute("PRAGMA foreign_keys = ON");
}

Database::~Database() {
  sqlite3_close(handle_);
}

void Database::Execute(const std::string& sql) {
  char* message = nullptr;
  sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, &message);
  EXPECT_EQ(message, nullptr) << message << "\nin: " << sql;
  sqlite3_free(message);
}

std::vector<std::string> Database::Query(const std::string& sql) {
  std::vector<std::string> rows;
  sqlite3_stmt* statement = nullptr;
  EXPECT_EQ(sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr),
            SQLITE_OK)
      << sqlite3_errmsg(handle_) << "\nin: " << sql;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    std::string& row = rows.emplace_back();
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      const auto* text = sqlite3_column_text(statement, i);
      row += i == 0 ? "" : "|";
      row += text ? reinterpret_cast<const char*>(text) : "NULL";
    }
  }
  sqlite3_finalize(statement);
  return rows;
}

std::string Database::RunProgram(const lower::Program& program) {
  for (const lower::Statement& statement : program.statements) {
    const bool legacy = (statement.flags & table::kLegacyAlterTable) != 0;
    Execute(legacy ? "PRAGMA legacy_alter_table = ON"
                   : "PRAGMA legacy_alter_table = OFF");
    sqlite3_stmt* prepared = nullptr;
    int code = sqlite3_prepare_v2(handle_, statement.sql.c_str(), -1, &prepared,
                                  nullptr);
    std::string wrong;
    while (code == SQLITE_OK || code == SQLITE_ROW) {
      code = sqlite3_step(prepared);
      if (code == SQLITE_ROW && wrong.empty() &&
          (statement.flags & table::kExpectNoRows) != 0) {
        wrong = reinterpret_cast<const char*>(sqlite3_column_text(prepared, 0));
      }
    }
    if (code != SQLITE_DONE) {
      wrong = sqlite3_errmsg(handle_) + std::string(" in: ") + statement.sql;
    }
    sqlite3_finalize(prepared);
    if (!wrong.empty()) {
      return wrong;
    }
  }
  return {};
}

std::string Database::Apply(const lower::Program& program) {
  Execute("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE");
  const auto before = Violations(*this);
  std::string wrong = RunProgram(program);
  if (wrong.empty()) {
    const auto after = Violations(*this);
    if (!std::includes(before.begin(), before.end(), after.begin(),
                       after.end())) {
      wrong = "foreign key violation";
    }
  }
  Execute("PRAGMA legacy_alter_table = OFF");
  Execute(wrong.empty() ? "COMMIT" : "ROLLBACK");
  Execute("PRAGMA foreign_keys = ON");
  return wrong;
}

SchemaObjects Database::Facts() {
  auto facts = palindrome::sqlite::ReadSchema(handle_);
  EXPECT_TRUE(facts.ok()) << facts.status().ToString();
  return facts.ok() ? std::move(facts).value() : SchemaObjects();
}

std::unique_ptr<Database> Given(const Lowered& lowered,
                                const std::string& rows) {
  auto database = std::make_unique<Database>();
  EXPECT_EQ(database->Apply(lowered.given_program), "");
  database->Execute(rows);
  return database;
}

void ExpectSchema(Database& database, const catalog::Catalog& catalog) {
  Database direct;
  direct.Execute(catalog::CanonicalText(catalog));
  std::string differences;
  for (const SchemaDifference& difference :
       CompareSchemas(direct.Facts(), database.Facts())) {
    differences += difference.kind + " " + difference.name + ": " +
                   difference.detail + " expected <" + difference.left +
                   "> found <" + difference.right + ">\n";
  }
  EXPECT_EQ(differences, "");
}

}  // namespace palindrome::test
