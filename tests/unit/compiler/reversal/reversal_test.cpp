// The inverse of every statement, on the symbolic catalog.

#include "compiler/reversal/reversal.h"

#include <gtest/gtest.h>

#include "compiler/rehearse/sqlite/engine.h"
#include "tests/support/simulation.h"

namespace palindrome::reversal {
namespace {

using ::palindrome::testing::Messages;
using ::palindrome::testing::SimulateStatements;

constexpr char kSchema[] = R"sql(
  CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 'x' COLLATE NOCASE,
                  b INT NOT NULL UNIQUE, c TEXT,
                  CONSTRAINT ck CHECK (c <> ''));
  CREATE TABLE child (id INTEGER PRIMARY KEY,
                      t_id INTEGER REFERENCES t (id) ON DELETE CASCADE);
  CREATE INDEX ix ON child (t_id DESC) WHERE t_id IS NOT NULL;
  CREATE VIEW v AS SELECT id FROM child;
  CREATE TRIGGER tr INSTEAD OF INSERT ON v
    BEGIN INSERT INTO child (id) VALUES (new.id); END;
)sql";

// Down after up is the catalog before.
TEST(InvertTest, EverySchemaStatementIsUndone) {
  const auto schema = SimulateStatements(kSchema);
  const catalog::Catalog& before = schema->simulation.after;
  const auto engine = rehearse::sqlite::MakeEngine({});
  for (const char* statement : {
           "CREATE TABLE new (a);",
           "DROP VIEW v; DROP TABLE child;",
           "ALTER TABLE t ADD COLUMN d TEXT UNIQUE DEFAULT 'y';",
           "ALTER TABLE t DROP COLUMN a;",
           "ALTER TABLE t DROP COLUMN b;",
           "ALTER TABLE t RENAME COLUMN a TO d;",
           "ALTER TABLE t ALTER COLUMN a TYPE BLOB;",
           "ALTER TABLE t ALTER COLUMN a SET NOT NULL;",
           "ALTER TABLE t ALTER COLUMN b SET NOT NULL;",
           "ALTER TABLE t ALTER COLUMN b DROP NOT NULL;",
           "ALTER TABLE t ALTER COLUMN a SET DEFAULT 'z';",
           "ALTER TABLE t ALTER COLUMN c SET DEFAULT (1 + 1);",
           "ALTER TABLE t ALTER COLUMN a DROP DEFAULT;",
           "ALTER TABLE t ADD CONSTRAINT u UNIQUE (a, c);",
           "ALTER TABLE t DROP CONSTRAINT ck;",
           "ALTER TABLE t RENAME CONSTRAINT ck TO kc;",
           "CREATE UNIQUE INDEX i2 ON t (lower(a));",
           "DROP INDEX ix;",
           "CREATE VIEW w AS SELECT a FROM t;",
           "DROP VIEW v;",
           "CREATE TRIGGER t2 AFTER DELETE ON t BEGIN DELETE FROM child; END;",
           "DROP TRIGGER tr;",
           "CREATE TABLE IF NOT EXISTS t (a); DROP TABLE IF EXISTS missing;",
       }) {
    const auto up = SimulateStatements(statement, before);
    ASSERT_EQ(Messages(up->simulation), "") << statement;
    const Derived derived = Derive(up->simulation);
    EXPECT_TRUE(derived.refusals.empty()) << statement;
    const auto down = catalog::Simulate(derived.items, nullptr,
                                        up->simulation.after, *engine);
    EXPECT_EQ(Messages(down), "") << statement;
    EXPECT_TRUE(down.after == before)
        << statement << "\n"
        << ::testing::PrintToString(
               catalog::DescribeDifferences(before, down.after));
  }
}

// The schema's spelling comes back, and not the one that a statement uses.
TEST(InvertTest, NamesAreSpeltAsTheyWere) {
  const auto schema = SimulateStatements("CREATE TABLE Users (FullName, b);");
  const auto up = SimulateStatements(
      "ALTER TABLE users RENAME COLUMN fullname TO name;"
      "ALTER TABLE USERS RENAME TO people;",
      schema->simulation.after);
  const Derived derived = Derive(up->simulation);
  ASSERT_EQ(derived.items.size(), 2U);
  EXPECT_EQ(ast::Print(derived.items[0].statement),
            "ALTER TABLE people RENAME TO Users");
  EXPECT_EQ(ast::Print(derived.items[1].statement),
            "ALTER TABLE users RENAME COLUMN name TO FullName");
}

TEST(InvertTest, AColumnWithoutATypeGetsNoneAgain) {
  const auto schema = SimulateStatements("CREATE TABLE t (a, b);");
  const auto up = SimulateStatements("ALTER TABLE t ALTER COLUMN a TYPE TEXT;",
                                     schema->simulation.after);
  const Derived derived = Derive(up->simulation);
  ASSERT_EQ(derived.items.size(), 1U);
  const std::string text = ast::Print(derived.items[0].statement);
  EXPECT_EQ(text, "ALTER TABLE t ALTER COLUMN a DROP TYPE");
  const auto down = SimulateStatements(text + ";", up->simulation.after);
  EXPECT_EQ(Messages(down->simulation), "");
  EXPECT_TRUE(down->simulation.after == schema->simulation.after);
}

TEST(InvertTest, ADroppedColumnComesBackInItsPlace) {
  const auto schema = SimulateStatements("CREATE TABLE t (a, b, c);");
  const auto up = SimulateStatements("ALTER TABLE t DROP COLUMN b;",
                                     schema->simulation.after);
  const auto engine = rehearse::sqlite::MakeEngine({});
  const Derived derived = Derive(up->simulation);
  const auto down =
      catalog::Simulate(derived.items, nullptr, up->simulation.after, *engine);
  const ast::Table* table = down.after.FindTable("t");
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(table->columns[1].name.text, "b");
}

TEST(InvertTest, DataStatementsAreRefusedWithTheReason) {
  const auto schema = SimulateStatements("CREATE TABLE t (a);");
  const auto up = SimulateStatements(
      "CREATE TABLE own (a); INSERT INTO t VALUES (1); UPDATE t SET a = 2;"
      "DELETE FROM t; ALTER TABLE t ALTER COLUMN a TYPE TEXT USING a || '';",
      schema->simulation.after);
  ASSERT_EQ(Messages(up->simulation), "");
  const Derived derived = Derive(up->simulation);
  ASSERT_EQ(derived.refusals.size(), 4U);
  EXPECT_EQ(derived.refusals[0].step, 1U);
  EXPECT_EQ(derived.refusals[0].reason,
            "which rows it adds is known only when it runs, and no `PRESERVE` "
            "notes them");
  EXPECT_EQ(derived.refusals[3].reason,
            "`USING` computes new values, and nothing keeps the old ones, as "
            "`PRESERVE` would");
}

// The derived statements from `statements` on `schema`, a line each, or the
// refusals.
std::string DerivedFrom(const std::string& schema,
                        const std::string& statements) {
  const auto before = SimulateStatements(schema);
  const auto up = SimulateStatements(statements, before->simulation.after);
  EXPECT_EQ(Messages(up->simulation), "") << statements;
  const Derived derived = Derive(up->simulation);
  std::string text;
  for (const auto& refusal : derived.refusals) {
    text += refusal.reason + "\n";
  }
  if (!text.empty()) {
    return text;
  }
  const auto engine = rehearse::sqlite::MakeEngine({});
  const auto down =
      catalog::Simulate(derived.items, nullptr, up->simulation.after, *engine);
  EXPECT_EQ(Messages(down), "") << statements;
  EXPECT_TRUE(down.after == before->simulation.after) << statements;
  for (const ast::Item& item : derived.items) {
    text += ast::Print(item.statement) + "\n";
  }
  return text;
}

TEST(DeriveTest, RowsOfWhatTheUpgradeCreatedGoWithIt) {
  EXPECT_EQ(DerivedFrom("CREATE TABLE t (a);",
                        "CREATE TABLE own (a); INSERT INTO own SELECT a FROM t;"
                        "UPDATE own SET a = 1; DELETE FROM own;"
                        "ALTER TABLE t ADD COLUMN b; UPDATE t SET b = a;"),
            "ALTER TABLE t DROP COLUMN b\nDROP TABLE own\n");
  // Its trigger writes to what was there before.
  EXPECT_EQ(DerivedFrom("CREATE TABLE t (a);",
                        "CREATE TABLE own (a);"
                        "CREATE TRIGGER g AFTER INSERT ON own BEGIN "
                        "INSERT INTO t VALUES (1); END;"
                        "INSERT INTO own VALUES (1);"),
            "which rows it adds is known only when it runs, and no `PRESERVE` "
            "notes them\n");
}

TEST(DeriveTest, RowsOfARebuiltTableAreCopiedBack) {
  constexpr char kOld[] =
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, \"b c\" TEXT, gone "
      "INT);";
  EXPECT_EQ(
      DerivedFrom(kOld,
                  "CREATE TABLE n (id INTEGER PRIMARY KEY, x TEXT, y, z);"
                  "INSERT INTO n (id, x, y, z) SELECT t.id, a AS q, \"b c\", 1 "
                  "FROM t WHERE id > 0 AND (SELECT count(*) FROM t) > 0;"
                  "DROP TABLE t; ALTER TABLE n RENAME TO t;"),
      "CREATE TABLE n (\n  id INTEGER PRIMARY KEY,\n  a TEXT,\n"
      "  \"b c\" TEXT,\n  gone INT\n)\n"
      "INSERT INTO n ( id , a , \"b c\" ) SELECT id, x, y FROM t\n"
      "DROP TABLE t\nALTER TABLE n RENAME TO t\n");
  // The old one renamed away, all of its columns, and a second reader.
  EXPECT_EQ(
      DerivedFrom("CREATE TABLE t (a, b);"
                  "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END;",
                  "ALTER TABLE t RENAME TO o; CREATE TABLE t (a, b, c);"
                  "CREATE TABLE some (b); INSERT INTO some SELECT b FROM o "
                  "WHERE b > 0; INSERT INTO t SELECT *, 1 FROM o;"
                  "DROP TABLE o;"),
      "CREATE TABLE o (\n  a,\n  b\n)\n"
      "INSERT INTO o ( a , b ) SELECT a, b FROM t\n"
      "CREATE TRIGGER g AFTER INSERT ON o BEGIN SELECT 1; END\n"
      "DROP TABLE some\nDROP TABLE t\nALTER TABLE o RENAME TO t\n");
}

// The children's foreign keys would follow the table if it were renamed away.
TEST(DeriveTest, ATableIsRebuiltBackUnderItsInterimName) {
  constexpr char kOld[] =
      "CREATE TABLE p (id INTEGER PRIMARY KEY, up INT REFERENCES p (id), a);"
      "CREATE TABLE child (id INTEGER PRIMARY KEY, p INT REFERENCES p (id));"
      "CREATE TABLE log (a);"
      "CREATE INDEX i ON p (a); CREATE INDEX j ON p (up);"
      "CREATE TRIGGER g AFTER INSERT ON p BEGIN INSERT INTO log VALUES (new.a);"
      " END;"
      "CREATE VIEW v AS SELECT a FROM p;";
  // What is created for the new table, and what goes before the old one.
  EXPECT_EQ(
      DerivedFrom(kOld,
                  "DROP VIEW v;"
                  "CREATE TABLE n (id INTEGER PRIMARY KEY, a, up INT REFERENCES"
                  " n (id)); CREATE INDEX k ON n (a, up);"
                  "ALTER TABLE n ADD COLUMN b; DROP INDEX j;"
                  "INSERT INTO n (id, up, a) SELECT id, up, a FROM p;"
                  "DROP TABLE p; CREATE INDEX l ON n (b);"
                  "ALTER TABLE n RENAME TO p; CREATE INDEX i ON p (a, id);"
                  "CREATE VIEW v AS SELECT a, b FROM p;"),
      "DROP VIEW v\nDROP INDEX i\nDROP INDEX l\n"
      "CREATE TABLE n (\n  id INTEGER PRIMARY KEY,\n"
      "  up INT REFERENCES n (id),\n  a\n)\n"
      "INSERT INTO n ( id , up , a ) SELECT id, up, a FROM p\n"
      "DROP TABLE p\nALTER TABLE n RENAME TO p\nCREATE INDEX i ON p (a)\n"
      "CREATE TRIGGER g AFTER INSERT ON p BEGIN INSERT INTO log VALUES "
      "(new.a); END\n"
      "CREATE INDEX j ON p (up)\nCREATE VIEW v AS SELECT a FROM p\n");
}

TEST(DeriveTest, SeveralTablesAreRebuiltBackInOneFile) {
  constexpr char kOld[] =
      "CREATE TABLE a (x INTEGER PRIMARY KEY);"
      "CREATE TABLE b (x INTEGER PRIMARY KEY, a INT REFERENCES a (x));";
  const std::string back_a =
      "CREATE TABLE n (\n  x INTEGER PRIMARY KEY\n)\n"
      "INSERT INTO n ( x ) SELECT x FROM a\n"
      "DROP TABLE a\nALTER TABLE n RENAME TO a\n";
  const std::string back_b =
      "CREATE TABLE m (\n  x INTEGER PRIMARY KEY,\n"
      "  a INT REFERENCES a (x)\n)\n"
      "INSERT INTO m ( x , a ) SELECT x, a FROM b\n"
      "DROP TABLE b\nALTER TABLE m RENAME TO b\n";
  EXPECT_EQ(
      DerivedFrom(kOld,
                  "CREATE TABLE n (x INTEGER PRIMARY KEY, y);"
                  "CREATE TABLE m (x INTEGER PRIMARY KEY, a INT "
                  "REFERENCES a (x), y);"
                  "INSERT INTO n SELECT x, 1 FROM a;"
                  "INSERT INTO m SELECT x, a, 1 FROM b;"
                  "DROP TABLE a; DROP TABLE b;"
                  "ALTER TABLE n RENAME TO a; ALTER TABLE m RENAME TO b;"),
      back_b + back_a);
  // One table twice, by the same interim name.
  EXPECT_EQ(DerivedFrom(kOld,
                        "CREATE TABLE n (x INTEGER PRIMARY KEY, y);"
                        "INSERT INTO n SELECT x, 1 FROM a; DROP TABLE a;"
                        "ALTER TABLE n RENAME TO a;"
                        "ALTER TABLE a ADD COLUMN z; UPDATE a SET z = 1;"
                        "CREATE TABLE n (x INTEGER PRIMARY KEY, z NOT NULL);"
                        "INSERT INTO n SELECT x, z FROM a; DROP TABLE a;"
                        "ALTER TABLE n RENAME TO a;"),
            "CREATE TABLE n (\n  x INTEGER PRIMARY KEY,\n  y,\n  z\n)\n"
            "INSERT INTO n ( x , z ) SELECT x, z FROM a\n"
            "DROP TABLE a\nALTER TABLE n RENAME TO a\n"
            "ALTER TABLE a DROP COLUMN z\n" +
                back_a);
}

// What still reads the interim table has to go before it.
TEST(DeriveTest, AnInterimTableWithAViewIsRenamedAway) {
  EXPECT_EQ(DerivedFrom("CREATE TABLE t (a);",
                        "CREATE TABLE n (a, b);"
                        "CREATE VIEW v AS SELECT a FROM n;"
                        "INSERT INTO n SELECT a, 1 FROM t; DROP TABLE t;"
                        "ALTER TABLE n RENAME TO t;"),
            "ALTER TABLE t RENAME TO n\nCREATE TABLE t (\n  a\n)\n"
            "INSERT INTO t ( a ) SELECT a FROM n\n"
            "DROP VIEW v\nDROP TABLE n\n");
}

TEST(DeriveTest, RowsThatCannotBeCopiedBackAreRefused) {
  const auto reason = [](const std::string& columns,
                         const std::string& select) {
    return DerivedFrom(
        "CREATE TABLE o (id INTEGER PRIMARY KEY, a TEXT NOT "
        "NULL, b TEXT); CREATE TABLE p (id INTEGER);",
        "CREATE TABLE n (id INTEGER PRIMARY KEY, a, b, c);"
        "INSERT INTO n (" +
            columns + ") SELECT " + select + "; DROP TABLE o;");
  };
  const std::string start = "it copies rows of `o`, which is dropped, and ";
  EXPECT_EQ(reason("id, a", "id, a || 'x' FROM o"),
            start + "nothing computes the values of `a` back\n");
  EXPECT_EQ(reason("id, b", "id, b FROM o"),
            start + "not its column `a`, which has no default\n");
  EXPECT_EQ(reason("a, b", "a, b FROM o"),
            start + "not its column `id`, which has no default\n");
  EXPECT_EQ(reason("id, a", "o.id, a FROM o JOIN p ON p.id = o.id"),
            start + "not row by row\n");
  EXPECT_EQ(reason("id, a", "id, a FROM o UNION SELECT id, 'x' FROM p"),
            start + "not row by row\n");
  EXPECT_EQ(
      reason("id, a",
             "id, a FROM o WHERE a > 'n'; "
             "INSERT INTO n (id, a) SELECT id, a FROM o "
             "WHERE a <= 'n'"),
      start + "to more than one place\n" + start + "to more than one place\n");
}

TEST(InvertTest, AVirtualTableComesBackUnderItsName) {
  EXPECT_EQ(
      DerivedFrom(
          "FOR sqlite BEGIN CREATE VIRTUAL TABLE words USING fts5 (a); END;",
          "DROP TABLE words;"),
      "CREATE VIRTUAL TABLE words USING fts5 (a)\n");
}

TEST(LosesTest, SaysWhatIsDestroyedOrMayBeRefused) {
  const auto schema = SimulateStatements(kSchema);
  const auto kinds = [&](const std::string& statement) {
    const auto up = SimulateStatements(statement, schema->simulation.after);
    std::vector<LossKind> result;
    for (const Loss& loss : Loses(up->simulation.steps[0].item->statement,
                                  schema->simulation.after)) {
      result.push_back(loss.kind);
    }
    return result;
  };
  using Kinds = std::vector<LossKind>;
  EXPECT_EQ(kinds("DROP TABLE t;"), Kinds{LossKind::kDropsTable});
  EXPECT_EQ(kinds("DROP TABLE IF EXISTS none;"), Kinds{});
  EXPECT_EQ(kinds("ALTER TABLE t DROP COLUMN a;"),
            Kinds{LossKind::kDropsColumn});
  EXPECT_EQ(kinds("DELETE FROM t;"), Kinds{LossKind::kDeletesRows});
  EXPECT_EQ(kinds("UPDATE t SET a = 1;"), Kinds{LossKind::kChangesRows});
  EXPECT_EQ(kinds("INSERT INTO t (id, b) VALUES (1, 2);"),
            Kinds{LossKind::kAddsRows});
  EXPECT_EQ(kinds("CREATE UNIQUE INDEX i ON t (a);"),
            Kinds{LossKind::kMayRefuseRows});
  EXPECT_EQ(kinds("CREATE INDEX i ON t (a);"), Kinds{});
}

TEST(LosesTest, AGeneratedColumnIsNoLoss) {
  const auto schema =
      SimulateStatements("CREATE TABLE t (a, b AS (a) STORED);");
  const auto up = SimulateStatements("ALTER TABLE t DROP COLUMN b;",
                                     schema->simulation.after);
  EXPECT_TRUE(
      Loses(up->simulation.steps[0].item->statement, schema->simulation.after)
          .empty());
}

// Triggers fire in the order in which they were created.
std::string TriggersMadeBy(const Derived& derived) {
  std::string created;
  for (const ast::Item& item : derived.items) {
    if (const auto* create =
            std::get_if<ast::CreateTrigger>(&item.statement.node)) {
      created += create->trigger.name.text;
    }
  }
  return created;
}

TEST(InvertTest, TriggersComeBackInTheirOrder) {
  const auto before = SimulateStatements(
      "CREATE TABLE t (a);"
      "CREATE TRIGGER z AFTER INSERT ON t BEGIN SELECT 1; END;"
      "CREATE TRIGGER b AFTER INSERT ON t BEGIN SELECT 2; END;");
  const auto up = SimulateStatements("DROP TABLE t;", before->simulation.after);
  EXPECT_EQ(TriggersMadeBy(Derive(up->simulation)), "zb");
}

TEST(InvertTest, ADroppedTriggerComesBackBeforeTheYoungerOnes) {
  const auto before = SimulateStatements(
      "CREATE TABLE t (a);"
      "CREATE TABLE o (a);"
      "CREATE TRIGGER e AFTER INSERT ON t BEGIN SELECT 0; END;"
      "CREATE TRIGGER z AFTER INSERT ON t BEGIN SELECT 1; END;"
      "CREATE TRIGGER m BEFORE INSERT ON t BEGIN SELECT 2; END;"
      "CREATE TRIGGER n AFTER DELETE ON t BEGIN SELECT 3; END;"
      "CREATE TRIGGER o AFTER INSERT ON o BEGIN INSERT INTO t VALUES (1); END;"
      "CREATE TRIGGER b AFTER INSERT ON t BEGIN SELECT 4; END;"
      "CREATE TRIGGER c AFTER INSERT ON t BEGIN SELECT 5; END;");
  const auto made = [&](const char* upgrade) {
    return TriggersMadeBy(Derive(
        SimulateStatements(upgrade, before->simulation.after)->simulation));
  };
  EXPECT_EQ(made("DROP TRIGGER z;"), "zbc");
  EXPECT_EQ(made("DROP TRIGGER b;"), "bc");
  EXPECT_EQ(made("DROP TRIGGER c;"), "c");
  EXPECT_EQ(made("DROP TRIGGER m;"), "m");
  // None is made twice.
  EXPECT_EQ(made("DROP TRIGGER z; DROP TRIGGER c;"), "zbc");
  EXPECT_EQ(made("DROP TRIGGER z; DROP TRIGGER b; DROP TRIGGER c;"), "zbc");
  EXPECT_EQ(made("DROP TRIGGER c; DROP TRIGGER b; DROP TRIGGER z;"), "zbc");
}

}  // namespace
}  // namespace palindrome::reversal
