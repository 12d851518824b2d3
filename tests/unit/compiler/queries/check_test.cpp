#include "compiler/queries/check.h"

#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/simulation.h"

namespace palindrome::queries {
namespace {

using diagnostics::Kind;
using diagnostics::Severity;
using palindrome::testing::SimulateStatements;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kSchema[] =
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, mail TEXT);"
    "CREATE TABLE tasks (id INTEGER PRIMARY KEY, owner INTEGER, title TEXT,"
    " long_title TEXT GENERATED ALWAYS AS (title || '!') VIRTUAL);"
    "CREATE VIEW names AS SELECT name FROM users;";

class CheckTest : public ::testing::Test {
 protected:
  CheckTest() { unit_.files = {{"/project/a.cpp", ""}}; }

  Query Make(const std::string& sql) {
    Query query;
    query.unit = &unit_;
    query.text.value = sql;
    query.function = "Run";
    return query;
  }

  std::vector<Verdict> CheckAll(const std::vector<Query>& queries) {
    program_.queries = queries;
    const auto simulated = SimulateStatements(kSchema);
    return Check(program_, simulated->simulation.after, stand_ins_);
  }
  Verdict CheckOne(const Query& query) { return CheckAll({query}).front(); }

  // "kind at `place`: message", and "not checked: why".
  std::vector<std::string> Findings(const std::string& sql) {
    const Verdict verdict = CheckOne(Make(sql));
    std::vector<std::string> findings;
    for (const Problem& problem : verdict.problems) {
      findings.push_back(
          (problem.severity == Severity::kWarning ? "warning at `"
                                                  : "error at `") +
          sql.substr(problem.begin, problem.end - problem.begin) +
          "`: " + problem.message);
    }
    if (!verdict.unchecked.empty()) {
      findings.push_back("not checked: " + verdict.unchecked);
    }
    return findings;
  }

  facts::Unit unit_;
  Program program_;
  rehearse::StandIns stand_ins_;
};

TEST_F(CheckTest, PassesWhatFits) {
  for (const char* sql :
       {"SELECT name, mail FROM users WHERE id = ?", "", " -- nothing\n",
        "INSERT INTO users (name) VALUES (:name) RETURNING id;",
        "BEGIN; UPDATE main.tasks SET title = 'a;b'; COMMIT;",
        "SELECT long_title FROM tasks JOIN names ON 1",
        "SELECT rowid, * FROM users;;", "EXPLAIN QUERY PLAN SELECT 1",
        "ATTACH 'x.db' AS other", "SAVEPOINT a; RELEASE a",
        "SELECT name FROM sqlite_master", "SELECT value FROM json_each('[1]')",
        "CREATE TABLE IF NOT EXISTS users (id)"}) {
    EXPECT_THAT(Findings(sql), IsEmpty()) << sql;
  }
}

TEST_F(CheckTest, FindsUnknownNames) {
  EXPECT_THAT(Findings("SELECT nme FROM users"),
              ElementsAre("error at `nme`: `users` has no column `nme`; did "
                          "you mean `name`?"));
  EXPECT_THAT(Findings("SELECT name FROM user"),
              ElementsAre("error at `user`: there is no table `user`; did you "
                          "mean `users`?"));
  EXPECT_THAT(Findings("SELECT u.nme FROM users AS u, tasks AS t"),
              ElementsAre("error at `nme`: there is no column `u.nme`; did "
                          "you mean `name`?"));
  EXPECT_THAT(Findings("INSERT INTO users (id, nam) VALUES (1, 2)"),
              ElementsAre("error at `nam`: `users` has no column `nam`; did "
                          "you mean `name`?"));
  EXPECT_THAT(Findings("UPDATE tasks SET titel = title"),
              ElementsAre("error at `titel`: `tasks` has no column `titel`; "
                          "did you mean `title`?"));
  EXPECT_THAT(Findings("DELETE FROM names2 WHERE name = 'names2'"),
              ElementsAre("error at `names2`: there is no table `names2`; did "
                          "you mean `names`?"));
  EXPECT_THAT(Findings("SELECT 1; SELECT x.id FROM users"),
              ElementsAre("error at `id`: the statement has no table `x`"));
}

TEST_F(CheckTest, FindsEveryWrongStatement) {
  EXPECT_THAT(Findings("SELECT a FROM users; SELECT 1; DELETE FROM b"),
              ElementsAre("error at `a`: `users` has no column `a`",
                          "error at `b`: there is no table `b`"));
}

TEST_F(CheckTest, FindsSyntax) {
  EXPECT_THAT(
      Findings("SELECT name FORM users"),
      ElementsAre("error at `users`: SQLite says: near \"users\": syntax "
                  "error"));
  EXPECT_EQ(CheckOne(Make("SELECT (")).problems.front().kind,
            Kind::kQuerySyntax);
  EXPECT_EQ(CheckOne(Make("SELECT 'a")).problems.front().kind,
            Kind::kQuerySyntax);
  EXPECT_EQ(CheckOne(Make("INSERT INTO tasks (id) VALUES (1, 2)"))
                .problems.front()
                .kind,
            Kind::kQueryRefused);
}

TEST_F(CheckTest, WarnsOfStringsInDoubleQuotes) {
  EXPECT_THAT(Findings("SELECT id FROM users WHERE name = \"anna\""),
              ElementsAre("warning at `\"anna\"`: `anna` is no column, and so "
                          "a string in double quotes; write 'anna'"));
}

TEST_F(CheckTest, CountsParameters) {
  const auto findings = [this](const std::string& sql,
                               std::vector<std::uint32_t> bound,
                               bool complete = true) {
    Query query = Make(sql);
    query.binds = facts::Binds{std::move(bound), complete};
    std::string text;
    for (const Problem& problem : CheckOne(query).problems) {
      EXPECT_EQ(problem.kind, Kind::kQueryParameters);
      text += problem.message;
    }
    return text;
  };
  const std::string sql = "SELECT 1 FROM users WHERE id = ? AND name = ?";
  EXPECT_EQ(findings(sql, {1, 2}), "");
  EXPECT_EQ(findings(sql, {1}, false), "");
  EXPECT_EQ(findings(sql, {3}, false),
            "parameter 3 is bound, and the statement has 2 parameters");
  EXPECT_EQ(findings(sql, {1}),
            "the statement has 2 parameters, and none after 1 is bound");
  EXPECT_EQ(findings(sql, {}),
            "the statement has 2 parameters, and none is bound");
  EXPECT_EQ(findings("SELECT 1", {1}),
            "parameter 1 is bound, and the statement has no parameter");
  EXPECT_EQ(findings("SELECT ?; SELECT ?, ?", {1, 2, 3}), "");
}

TEST_F(CheckTest, SeesParametersThatAreNotBound) {
  const auto findings = [this](const std::string& sql,
                               std::vector<std::uint32_t> bound,
                               bool complete = true) {
    Query query = Make(sql);
    query.binds = facts::Binds{std::move(bound), complete};
    std::string text;
    for (const Problem& problem : CheckOne(query).problems) {
      text += problem.message;
    }
    return text;
  };
  EXPECT_EQ(findings("SELECT ?, ?, ?", {1, 3}),
            "the statement has 3 parameters, and 2 is not bound");
  EXPECT_EQ(findings("SELECT ?, ?, ?", {1, 3}, false), "");
  EXPECT_EQ(findings("SELECT ?, ?, ?, ?, ?", {2, 4}),
            "the statement has 5 parameters, and 1, 3 and 5 are not bound");
  // Numbers with holes, and names that come again.
  EXPECT_EQ(findings("SELECT ?1, ?3", {1, 3}), "");
  EXPECT_EQ(findings("SELECT ?1, ?3", {1}),
            "the statement has 2 parameters, and none after 1 is bound");
  EXPECT_EQ(findings("SELECT ?1, ?3", {3}),
            "the statement has 2 parameters, and 1 is not bound");
  EXPECT_EQ(findings("SELECT ?1, ?3", {1, 2, 3}),
            "parameter 2 is bound, and the statement has none of that number");
  EXPECT_EQ(findings("SELECT ?1, ?3", {2}, false),
            "parameter 2 is bound, and the statement has none of that number");
  EXPECT_EQ(findings("SELECT :a, @b, :a, $c, ?", {1, 2, 3, 4}), "");
  EXPECT_EQ(findings("SELECT ?2, ?, :x", {2, 3, 4}), "");
  EXPECT_EQ(findings("SELECT ? AS \"?\", '?' -- ?\n", {1}), "");
  EXPECT_EQ(findings("SELECT ?", {0, 1}),
            "parameter 0 is bound, and the first is 1");
}

TEST_F(CheckTest, LeavesWhatTheSchemaDoesNotTell) {
  EXPECT_THAT(Findings("PRAGMA user_version = 3"),
              ElementsAre("not checked: a PRAGMA concerns no schema"));
  EXPECT_THAT(Findings("SELECT shout(name) FROM users"),
              ElementsAre("not checked: it calls the application's function "
                          "`shout`"));
  EXPECT_THAT(Findings("SELECT name FROM users ORDER BY name COLLATE german"),
              ElementsAre("not checked: it uses the application's collation "
                          "`german`"));
  EXPECT_THAT(Findings("SELECT a FROM other.things"),
              ElementsAre("not checked: it uses the attached database "
                          "`other`"));
  EXPECT_THAT(Findings("SELECT value FROM generate_series(1, 3)"),
              ElementsAre("not checked: it calls the application's table "
                          "function `generate_series`"));
  EXPECT_THAT(Findings("SELECT * FROM sqlite_stat1"),
              ElementsAre("not checked: it uses `sqlite_stat1`, which is no "
                          "table of the schema"));
  EXPECT_THAT(Findings("ALTER TABLE users ADD COLUMN name TEXT"),
              ElementsAre("not checked: it changes the schema by itself, and "
                          "duplicate column name: name"));
  EXPECT_THAT(Findings("CREATE TRIGGER t AFTER INSERT ON gone BEGIN "
                       "SELECT 1; SELECT 2; END"),
              ElementsAre("not checked: it changes the schema by itself, and "
                          "no such table: main.gone"));
}

TEST_F(CheckTest, AnUpgradeOfAProgramHasASchemaOfItsOwn) {
  EXPECT_THAT(
      Findings("ALTER TABLE users RENAME TO people; "
               "UPDATE people SET nick = name"),
      ElementsAre("not checked: it is beside SQL that changes the schema "
                  "by itself, and no such table: people"));
  EXPECT_THAT(Findings("DROP TABLE users; SELECT FROM"),
              ElementsAre("error at `FROM`: SQLite says: near \"FROM\": syntax "
                          "error"));
}

TEST_F(CheckTest, AFunctionThatUpgradesOldDatabasesIsForThose) {
  Query gone = Make("SELECT nick FROM users");
  Query change = Make("ALTER TABLE users DROP COLUMN nick");
  Query fits = Make("SELECT name FROM users");
  Query elsewhere = Make("SELECT mobile FROM users");
  elsewhere.function = "Find";
  const std::vector<Verdict> verdicts =
      CheckAll({gone, change, fits, elsewhere, Make("SELECT a FROM legacy"),
                Make("DROP TABLE IF EXISTS legacy")});
  EXPECT_EQ(verdicts[0].unchecked,
            "it is beside SQL that changes the schema by itself, and no such "
            "column: nick");
  EXPECT_THAT(verdicts[0].problems, IsEmpty());
  EXPECT_EQ(verdicts[2].unchecked, "");
  EXPECT_TRUE(verdicts[3].HasErrors());
}

// What stands behind the upgrade is for the schema that it leads to.
TEST_F(CheckTest, WhatFollowsAnUpgradeUnderAConditionIsChecked) {
  unit_.files.push_back({"/project/a.h", ""});
  const auto at = [this](const std::string& sql, std::uint32_t file,
                         std::uint32_t place) {
    Query query = Make(sql);
    query.place = {file, place, place + 5};
    return query;
  };
  Query change = at("ALTER TABLE users DROP COLUMN nick", 0, 110);
  change.branches = {{{0, 100, 200}, false, false, false},
                     {{0, 105, 150}, true, false, false}};
  const auto verdicts = CheckAll({at("SELECT nick FROM users", 0, 50), change,
                                  at("SELECT nick FROM users", 0, 140),
                                  at("SELECT nick FROM users", 0, 250),
                                  at("SELECT nick FROM users", 1, 250)});
  EXPECT_FALSE(verdicts[0].unchecked.empty());
  EXPECT_FALSE(verdicts[2].unchecked.empty());
  EXPECT_TRUE(verdicts[3].HasErrors());
  EXPECT_EQ(verdicts[3].unchecked, "");
  EXPECT_FALSE(verdicts[4].unchecked.empty());
  // In a loop it may come before the change.
  Query again = change;
  again.branches = {{{0, 90, 300}, false, false, true},
                    {{0, 100, 200}, false, false, false}};
  EXPECT_FALSE(
      CheckAll({again, at("SELECT nick FROM users", 0, 250)})[1].HasErrors());
  EXPECT_TRUE(
      CheckAll({again, at("SELECT nick FROM users", 0, 350)})[1].HasErrors());
  // Another change is at no condition, or is behind it.
  EXPECT_FALSE(CheckAll({change, at("DROP TABLE nobodys", 0, 300),
                         at("SELECT nick FROM users", 0, 250)})[2]
                   .HasErrors());
}

TEST_F(CheckTest, WhatChangesOnItsWayIsNoMistake) {
  Query wrong = Make("SELECT {} FROM users");
  wrong.change = "`s` is changed after it is set";
  Query right = Make("SELECT name FROM users");
  right.change = wrong.change;
  const auto verdicts = CheckAll({wrong, right});
  EXPECT_FALSE(verdicts[0].HasErrors());
  EXPECT_EQ(verdicts[0].unchecked,
            "`s` is changed after it is set on its way, and as it stands here "
            "SQLite says: unrecognized token: \"{\"");
  EXPECT_EQ(verdicts[1].unchecked, "");
}

TEST_F(CheckTest, ATableThatTheProgramDropsWasItsOwn) {
  const std::vector<Verdict> verdicts = CheckAll(
      {Make("SELECT a FROM legacy"), Make("DROP TABLE IF EXISTS legacy")});
  EXPECT_EQ(verdicts[0].unchecked,
            "it uses `legacy`, which the program makes by itself");
}

TEST_F(CheckTest, KnowsStandIns) {
  stand_ins_ = {{{"shout", 1}}, {"german"}};
  EXPECT_THAT(Findings("SELECT shout(name) FROM users ORDER BY name COLLATE "
                       "german"),
              IsEmpty());
}

TEST_F(CheckTest, KnowsWhatTheProgramMakes) {
  const std::vector<Verdict> verdicts = CheckAll(
      {Make("SELECT a FROM scratch"),
       Make("CREATE TEMP TABLE scratch (a, b); DELETE FROM scratch"),
       Make("SELECT c FROM scratch"), Make("SELECT a FROM scratch, userz"),
       Make("SELECT x FROM later"),
       Make("CREATE VIEW later AS SELECT a AS x FROM scratch"),
       Make("SELECT extra FROM users"),
       Make("ALTER TABLE users ADD COLUMN extra")});
  ASSERT_EQ(verdicts.size(), 8U);
  for (const std::size_t fine : {0U, 1U, 7U}) {
    EXPECT_THAT(verdicts[fine].problems, IsEmpty());
    EXPECT_EQ(verdicts[fine].unchecked, "") << fine;
  }
  EXPECT_THAT(verdicts[2].problems, IsEmpty());
  EXPECT_EQ(verdicts[2].unchecked,
            "it uses `scratch`, which the program makes by itself");
  ASSERT_EQ(verdicts[3].problems.size(), 1U);
  EXPECT_EQ(verdicts[3].problems.front().message,
            "there is no table `userz`; did you mean `users`?");
  EXPECT_THAT(verdicts[4].problems, IsEmpty());
  EXPECT_EQ(verdicts[6].unchecked,
            "the program adds the column `extra` by itself");
}

TEST_F(CheckTest, KnowsWhatPartsOfSqlMake) {
  program_.fragments = {"CREATE TEMP TABLE IF NOT EXISTS found AS SELECT "};
  EXPECT_THAT(Findings("SELECT id FROM found"),
              ElementsAre("not checked: it uses `found`, which the program "
                          "makes by itself"));
}

TEST_F(CheckTest, ATableOfTheSchemaIsNotTheProgramsOwn) {
  const std::vector<Verdict> verdicts =
      CheckAll({Make("CREATE TABLE IF NOT EXISTS users (id, nick)"),
                Make("SELECT nick FROM users")});
  EXPECT_TRUE(verdicts[1].HasErrors());
}

}  // namespace
}  // namespace palindrome::queries
