#include "tests/unit/migrator/compiled_history.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "runtime/drivers/sqlite/sqlite_schema_facts.h"
#include "runtime/src/chain.h"
#include "runtime/src/schema_facts.h"
#include "runtime/src/sha256.h"
#include "tests/unit/migrator/test_database.h"

namespace palindrome::testing {
namespace {

// Of the schema that the revision and all that it needs leave behind.
std::string DigestAfter(const std::vector<Migration>& migrations,
                        const std::set<std::string>& applied) {
  const TestDatabase database;
  for (const Migration& migration : migrations) {
    if (applied.count(migration.revision) == 0) {
      continue;
    }
    for (const ProgramStatement& statement : migration.up) {
      database.Execute(statement.sql);
    }
  }
  const auto schema = sqlite::ReadSchema(database.handle());
  EXPECT_TRUE(schema.ok()) << schema.status().ToString();
  return CatalogDigest(*schema);
}

std::string ChecksumOf(const Migration& migration) {
  return migration.checksum.empty()
             ? "t1:" + Sha256Hex(EncodeProgram({migration.up}) +
                                 EncodeProgram({migration.down}))
             : migration.checksum;
}

}  // namespace

std::vector<ProgramStatement> Sql(const std::vector<std::string>& statements) {
  std::vector<ProgramStatement> program;
  for (const std::string& sql : statements) {
    program.push_back({0, sql});
  }
  return program;
}

HistoryBlob Compile(const std::string& name,
                    const std::vector<Migration>& migrations,
                    const std::vector<HistoryShortcut>& shortcuts) {
  std::map<std::string, std::string> chains;
  std::map<std::string, std::set<std::string>> closures;
  std::vector<HistoryRow> rows;
  for (const Migration& migration : migrations) {
    std::vector<std::string> needed;
    std::set<std::string>& closure = closures[migration.revision];
    closure.insert(migration.revision);
    for (const auto* needs : {&migration.parents, &migration.depends_on}) {
      for (const std::string& need : *needs) {
        needed.push_back(chains[need]);
        closure.insert(closures[need].begin(), closures[need].end());
      }
    }
    HistoryRow row;
    row.revision = migration.revision;
    row.title = migration.title.empty() ? "migration " + migration.revision
                                        : migration.title;
    row.parents = migration.parents;
    row.depends_on = migration.depends_on;
    row.allowed = migration.allowed;
    row.checksum = ChecksumOf(migration);
    row.chain = ChainDigest(migration.revision, row.checksum, needed);
    chains[migration.revision] = row.chain;
    if (migration.proof != table::Proof::kNone) {
      row.digest_after = DigestAfter(migrations, closure);
      closure.erase(migration.revision);
      row.digest_before = DigestAfter(migrations, closure);
      closure.insert(migration.revision);
    }
    row.proof = migration.proof;
    row.loss = migration.loss;
    row.compatibility = migration.compatibility;
    row.dialect = migration.dialect;
    row.minimum_engine = migration.minimum_engine;
    row.up = Program{migration.up};
    row.down = Program{migration.down};
    rows.push_back(std::move(row));
  }
  return {name, rows, shortcuts};
}

std::vector<Migration> ThreeMigrations() {
  return {
      {"a1",
       {},
       Sql({"CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL)"}),
       Sql({"DROP TABLE users"})},
      {"b2",
       {"a1"},
       Sql({"CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT, "
            "user_id INTEGER REFERENCES users (id))",
            "CREATE INDEX ix_tasks_title ON tasks (title)"}),
       Sql({"DROP INDEX ix_tasks_title", "DROP TABLE tasks"})},
      {"c3",
       {"b2"},
       Sql({"ALTER TABLE tasks ADD COLUMN status TEXT NOT NULL DEFAULT 'new'"}),
       Sql({"ALTER TABLE tasks DROP COLUMN status"})},
  };
}

std::vector<Migration> ManyMigrations(int count) {
  std::vector<Migration> migrations;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    Migration migration;
    migration.revision = "r" + number;
    if (i > 0) {
      migration.parents = {"r" + std::to_string(i - 1)};
    }
    migration.up = Sql({"CREATE TABLE t" + number + " (id INTEGER PRIMARY KEY)",
                        "INSERT INTO t" + number + " VALUES (" + number + ")"});
    migration.down = Sql({"DROP TABLE t" + number});
    migrations.push_back(std::move(migration));
  }
  return migrations;
}

}  // namespace palindrome::testing
