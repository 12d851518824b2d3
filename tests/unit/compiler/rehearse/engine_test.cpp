// What the engine says of statements, views and triggers.
#include "compiler/rehearse/sqlite/engine.h"

#include <gtest/gtest.h>

#include "tests/unit/compiler/lower/lowering_test_support.h"

namespace palindrome::rehearse::sqlite {
namespace {

using Names = std::vector<std::string>;
using Class = catalog::EngineError::Class;

Names Text(const std::vector<catalog::Use>& uses) {
  Names names;
  for (const catalog::Use& use : uses) {
    names.push_back(use.table + "." + use.column);
  }
  return names;
}

catalog::Slice SliceOf(const catalog::Catalog& catalog) {
  std::set<catalog::Key> keys;
  for (const catalog::ObjectPtr& object : catalog.Objects()) {
    keys.insert(object->key());
  }
  return catalog::Restrict(catalog, keys);
}

class EngineTest : public testing::Test {
 protected:
  EngineTest()
      : lowered_(test::LowerChange(
            "CREATE TABLE T (id INTEGER PRIMARY KEY, a, b AS (a + 1));"
            "CREATE TABLE log (m);"
            "CREATE TABLE other (z);"
            "CREATE VIEW v AS SELECT a, b AS bb FROM t;"
            "CREATE VIEW w AS SELECT a FROM v;"
            "CREATE TRIGGER audit AFTER INSERT ON t BEGIN"
            " INSERT INTO log SELECT z FROM other; END;",
            "")),
        slice_(SliceOf(lowered_.given.after)),
        engine_(MakeEngine({})) {}

  ast::Trigger Trigger(const std::string& sql) {
    const test::Lowered parsed = test::LowerChange(
        "CREATE TABLE T (id INTEGER PRIMARY KEY, a, b AS (a + 1));"
        "CREATE TABLE log (m);"
        "CREATE TABLE other (z);"
        "CREATE VIEW v AS SELECT a, b AS bb FROM t;" +
            sql,
        "");
    return std::get<ast::CreateTrigger>(
               parsed.migration->upgrade.items.back().statement.node)
        .trigger;
  }

  test::Lowered lowered_;
  catalog::Slice slice_;
  std::unique_ptr<catalog::Engine> engine_;
};

TEST_F(EngineTest, AStatementReadsAndWrites) {
  const auto access =
      engine_->Prepare(slice_,
                       "UPDATE t SET a = (SELECT max(z) FROM Other)"
                       " WHERE b IN (SELECT m FROM log)");
  EXPECT_FALSE(access.error);
  EXPECT_EQ(Text(access.reads), (Names{"log.m", "other.z", "t.b"}));
  EXPECT_EQ(Text(access.updates), Names{"t.a"});
  EXPECT_EQ(access.inserts, Names{});
  EXPECT_EQ(access.deletes, Names{});
}

TEST_F(EngineTest, WhatItsTriggersDoIsNotItsOwn) {
  const auto access = engine_->Prepare(slice_, "INSERT INTO t (a) VALUES (1)");
  EXPECT_EQ(Text(access.reads), Names{});
  EXPECT_EQ(access.inserts, Names{"t"});
}

TEST_F(EngineTest, AViewAndWhatStandsBehindIt) {
  const auto access = engine_->Prepare(slice_, "SELECT a FROM w");
  const Names reads = Text(access.reads);
  for (const char* expected : {"t.a", "v.", "v.a", "w.", "w.a"}) {
    EXPECT_EQ(std::count(reads.begin(), reads.end(), expected), 1) << expected;
  }
  EXPECT_EQ(std::count(reads.begin(), reads.end(), "other.z"), 0);
}

TEST_F(EngineTest, CommonTableExpressionsBelongToTheStatement) {
  const auto access = engine_->Prepare(
      slice_,
      "INSERT INTO log WITH q AS (SELECT z FROM other) SELECT * FROM q");
  EXPECT_EQ(Text(access.reads), Names{"other.z"});
}

TEST_F(EngineTest, ErrorsHaveAPlace) {
  const auto access = engine_->Prepare(slice_, "DELETE FROM t WHERE azz = 1");
  ASSERT_TRUE(access.error);
  EXPECT_EQ(access.error->error_class, Class::kUnknownColumn);
  EXPECT_EQ(access.error->name, "azz");
  EXPECT_EQ(access.error->offset, 20U);
}

TEST_F(EngineTest, TriggersOfEachEvent) {
  for (const char* event : {"INSERT", "DELETE", "UPDATE", "UPDATE OF a"}) {
    SCOPED_TRACE(event);
    const auto access = engine_->PrepareTrigger(
        slice_, Trigger(std::string("CREATE TRIGGER x BEFORE ") + event +
                        " ON t BEGIN DELETE FROM log WHERE m IN"
                        " (SELECT z FROM (SELECT z FROM other));"
                        " UPDATE other SET z = 1; INSERT INTO t (a) VALUES (2);"
                        " END;"));
    EXPECT_FALSE(access.error);
    EXPECT_EQ(Text(access.reads), (Names{"log.m", "other.z"}));
    EXPECT_EQ(Text(access.updates), Names{"other.z"});
    EXPECT_EQ(access.inserts, Names{"t"});
    EXPECT_EQ(access.deletes, Names{"log"});
  }
}

TEST_F(EngineTest, TriggersReadTheirRow) {
  const auto access = engine_->PrepareTrigger(
      slice_, Trigger("CREATE TRIGGER x AFTER UPDATE ON t WHEN new.b > 1 BEGIN"
                      " INSERT INTO log VALUES (old.a); END;"));
  EXPECT_EQ(Text(access.reads), (Names{"t.a", "t.b"}));
}

TEST_F(EngineTest, TriggersOnViews) {
  for (const char* event : {"INSERT", "DELETE", "UPDATE"}) {
    SCOPED_TRACE(event);
    const std::string row = std::string(event) == "DELETE" ? "old" : "new";
    const auto access = engine_->PrepareTrigger(
        slice_,
        Trigger(std::string("CREATE TRIGGER x INSTEAD OF ") + event +
                " ON v BEGIN INSERT INTO log VALUES (" + row + ".bb); END;"));
    EXPECT_FALSE(access.error);
    EXPECT_EQ(Text(access.reads), Names{"v.bb"});
    EXPECT_EQ(access.inserts, Names{"log"});
  }
}

TEST_F(EngineTest, ATriggerThatNamesNothingIsAnError) {
  ast::Trigger trigger =
      Trigger("CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM log; END;");
  for (ast::Token& token : trigger.body.tokens) {
    if (token.spelling == "log") {
      token.spelling = "lag";
    }
  }
  const auto access = engine_->PrepareTrigger(slice_, trigger);
  ASSERT_TRUE(access.error);
  EXPECT_EQ(access.error->error_class, Class::kUnknownTable);
  EXPECT_EQ(access.error->name, "lag");
}

TEST_F(EngineTest, RunGivesTheSchemaAfterwards) {
  const auto run =
      engine_->Run(slice_, "CREATE TABLE made AS SELECT z FROM other");
  EXPECT_FALSE(run.error);
  Names names;
  for (const catalog::EngineObject& object : run.objects) {
    names.push_back(object.type + " " + object.name);
  }
  EXPECT_EQ(names, (Names{"table log", "table made", "table other", "table T",
                          "trigger audit", "view v", "view w"}));
}

TEST_F(EngineTest, StandInsAreKnownAndReported) {
  const auto engine = MakeEngine({{{"slugify", 1}}, {"icu"}});
  const auto access =
      engine->Prepare(slice_,
                      "INSERT INTO log SELECT Slugify(z) FROM other"
                      " ORDER BY z COLLATE ICU");
  EXPECT_FALSE(access.error);
  EXPECT_EQ(access.stand_ins, (Names{"icu", "slugify"}));
  EXPECT_EQ(engine_->Prepare(slice_, "INSERT INTO log VALUES (slugify(1))")
                .error->error_class,
            Class::kUnknownFunction);
}

}  // namespace
}  // namespace palindrome::rehearse::sqlite
