#include "tests/property/generate_history.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "compiler/checks/foreign_keys.h"
#include "compiler/parse/parse.h"
#include "compiler/reversal/reversal.h"
#include "runtime/src/sql_lexer.h"
#include "tests/property/compiled.h"
#include "tests/property/generate_statement.h"
#include "tests/property/generate_table.h"
#include "tests/property/generate_words.h"

namespace palindrome::property {

namespace {

bool HasInvalidKey(const catalog::Catalog& catalog) {
  for (const std::string& name : catalog.Names(catalog::ObjectKind::kTable)) {
    for (const checks::ForeignKey& key : checks::ForeignKeysOf(
             catalog.Find(catalog::ObjectKind::kTable, name))) {
      if (!checks::ProblemOf(catalog, *key.constraint).empty()) {
        return true;
      }
    }
  }
  return false;
}

// INSERT with values, which rows can be told apart by.
std::string InsertValues(const catalog::Catalog& catalog, Random& random) {
  const std::string name = AnyTable(catalog, random);
  const ast::Table* table = catalog.FindTable(name);
  std::string columns;
  std::string values;
  for (const ast::Column& column :
       table == nullptr ? std::vector<ast::Column>{} : table->columns) {
    if (!column.generated && !random.Percent(10)) {
      columns +=
          (columns.empty() ? "" : ", ") + sql::QuoteName(column.name.text);
      values += (values.empty() ? "" : ", ") + Literal(random);
    }
  }
  return "INSERT INTO " + Spelt(name, random) +
         (columns.empty() ? " DEFAULT VALUES"
                          : " (" + columns + ") VALUES (" + values + ")");
}

// Something that destroys what PRESERVE can keep.
std::string Destruction(const catalog::Catalog& catalog, Random& random) {
  const std::string name = AnyTable(catalog, random);
  const ast::Table* table = catalog.FindTable(name);
  if (table == nullptr) {
    return DataStatement(catalog, random);
  }
  const std::string alter = "ALTER TABLE " + Spelt(name, random) + " ";
  const std::string column = Spelt(AnyColumn(*table, random), random);
  switch (random.Below(7)) {
    case 0:
      return "DROP TABLE " + Spelt(name, random);
    case 1:
      return alter + "DROP COLUMN " + column;
    case 2: {
      const std::string type = TypeName(table->strict, random);
      const std::string head = alter + "ALTER COLUMN " + column;
      return type.empty()
                 ? head + " DROP TYPE"
                 : head + " TYPE " + type +
                       (random.Percent(60) ? " USING " + Value({column}, random)
                                           : "");
    }
    case 3:
      return InsertValues(catalog, random);
    default:
      return DataStatement(catalog, random);
  }
}

class Generator {
 public:
  Generator(const Wanted& wanted, Random& random, catalog::Engine& engine)
      : wanted_(wanted), random_(random), engine_(engine) {}

  std::vector<RandomMigration> Go() && {
    Begin();
    while (after_.empty()) {
      Try(CreateAnything(after_, random_));
    }
    for (std::size_t left = 1 + random_.Below(7); left > 0; --left) {
      Try(CreateAnything(after_, random_));
    }
    for (std::size_t change = 0; change < wanted_.changes; ++change) {
      Begin();
      for (std::size_t left = 1 + random_.Below(4); left > 0; --left) {
        AddAny();
      }
      End();
    }
    return std::move(history_);
  }

 private:
  void Begin() {
    history_.emplace_back();
    before_ = after_;
  }

  void AddAny() {
    constexpr int kTries = 6;
    for (int tries = 0; tries < kTries; ++tries) {
      if (wanted_.one_table) {
        if (after_.FindTable(table_) == nullptr) {
          table_ = AnyTable(after_, random_);
        }
        if (Try(AlterTable(table_, after_, random_))) {
          return;
        }
      } else if (wanted_.archives && random_.Percent(50)) {
        const std::string statement = Destruction(after_, random_);
        if (Try((random_.Percent(85) ? "PRESERVE " : "") + statement)) {
          return;
        }
      } else if (Try(AnyStatement(after_, random_))) {
        return;
      }
    }
  }

  // Keeps the statement if it applies.
  bool Try(const std::string& statement) {
    std::vector<std::string> upgrade = history_.back().upgrade;
    upgrade.push_back(statement);
    // Catalogs point to the files that their objects are from.
    const source::File& file = files_.emplace_back(
        "test.sql",
        MigrationText(history_.size() - 1, upgrade, "DOWNGRADE AUTO;\n", {}));
    diagnostics::Emitter emitter;
    const ast::Migration migration = parse::ParseMigration(file, emitter);
    if (!emitter.diagnostics().empty()) {
      return false;
    }
    const auto simulation =
        catalog::Simulate(migration.upgrade.items, &file, before_, engine_);
    if (!simulation.applies || !simulation.problems.empty() ||
        !simulation.consequences.empty() || HasInvalidKey(simulation.after)) {
      return false;
    }
    const reversal::Derived derived = reversal::Derive(simulation);
    const bool is_first = history_.size() == 1;
    const bool archived = std::any_of(
        simulation.steps.begin(), simulation.steps.end(),
        [](const catalog::Step& step) { return step.archive != nullptr; });
    // Now and then one that the compiler has to refuse.
    if (!derived.refusals.empty() &&
        (archived || is_first || wanted_.by_hand || random_.Percent(80))) {
      return false;
    }
    history_.back().upgrade = std::move(upgrade);
    history_.back().downgrade.reset();
    if (!archived && !is_first &&
        (wanted_.by_hand || !derived.refusals.empty())) {
      history_.back().downgrade.emplace();
      for (const ast::Item& item : derived.items) {
        history_.back().downgrade->push_back(ast::Print(item.statement));
      }
    }
    after_ = simulation.after;
    return true;
  }

  void End() {
    if (history_.back().upgrade.empty()) {
      history_.pop_back();
    }
  }

  const Wanted& wanted_;
  Random& random_;
  catalog::Engine& engine_;
  std::deque<source::File> files_;
  catalog::Catalog before_;
  catalog::Catalog after_;
  std::string table_;
  std::vector<RandomMigration> history_;
};

}  // namespace

std::vector<RandomMigration> AnyHistory(const Wanted& wanted, Random& random,
                                        catalog::Engine& engine) {
  return Generator(wanted, random, engine).Go();
}

std::string TextOf(const RandomMigration& migration, std::size_t number,
                   const std::vector<std::string>& allows) {
  return MigrationText(
      number, migration.upgrade,
      migration.downgrade ? Section(*migration.downgrade) : "DOWNGRADE AUTO;\n",
      allows);
}

}  // namespace palindrome::property
