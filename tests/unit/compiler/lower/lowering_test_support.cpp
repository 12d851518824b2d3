#include "tests/unit/compiler/lower/lowering_test_support.h"

#include <algorithm>
#include <utility>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "compiler/parse/parse.h"
#include "compiler/rehearse/sqlite/engine.h"
#include "palindrome/migration.h"
#include "runtime/drivers/sqlite/sqlite_schema_facts.h"
#include <palindrome/sqlite.h>

namespace palindrome::test {

namespace {

void Collect(const std::vector<diagnostics::Diagnostic>& diagnostics,
             std::vector<std::string>& problems) {
  for (const diagnostics::Diagnostic& diagnostic : diagnostics) {
    problems.push_back(diagnostic.message);
  }
}

std::vector<std::string> Violations(palindrome::sqlite::Database& driver) {
  const auto report = driver.CheckForeignKeys();
  EXPECT_TRUE(report.ok()) << report.status().ToString();
  std::vector<std::string> texts;
  for (const ForeignKeyViolation& violation : report->violations) {
    texts.push_back(violation.table + violation.columns + violation.values);
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

// What a guard said, without the driver's introduction.
std::string MessageOf(const Status& status) {
  const std::string& message = status.message();
  const std::string introduction = "a check of the migration found: ";
  return message.rfind(introduction, 0) == 0
             ? message.substr(introduction.size())
             : status.ToString();
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

std::string Database::Apply(const lower::Program& program) {
  palindrome::sqlite::Database driver(handle_);
  if (const Status entered = driver.Enter(); !entered.ok()) {
    return entered.ToString();
  }
  EXPECT_TRUE(driver.Begin().ok());
  const auto before = Violations(driver);
  std::string wrong;
  for (const lower::Statement& statement : program.statements) {
    const Status status = driver.Run(statement.sql, statement.flags);
    if (!status.ok()) {
      wrong = MessageOf(status);
      break;
    }
  }
  if (wrong.empty()) {
    const auto after = Violations(driver);
    if (!std::includes(before.begin(), before.end(), after.begin(),
                       after.end())) {
      wrong = "foreign key violation";
    }
  }
  EXPECT_TRUE((wrong.empty() ? driver.Commit() : driver.Rollback()).ok());
  EXPECT_TRUE(driver.Leave().ok());
  EXPECT_EQ(Query("PRAGMA foreign_keys"), std::vector<std::string>{"1"});
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
