#include "tests/unit/archive/archived_history.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "compiler/lower/sqlite/lower.h"
#include "compiler/parse/parse.h"
#include "compiler/rehearse/sqlite/engine.h"
#include "compiler/reversal/reversal.h"
#include <palindrome/sqlite.h>

namespace palindrome::testing {

namespace {

std::vector<ProgramStatement> StatementsOf(const lower::Program& program) {
  std::vector<ProgramStatement> statements;
  for (const lower::Statement& statement : program.statements) {
    statements.push_back({statement.flags, statement.sql});
  }
  return statements;
}

std::string Id(std::size_t number) {
  return "m" + std::to_string(number);
}

class Listener final : public Observer {
 public:
  explicit Listener(std::string* notices) : notices_(notices) {}
  void OnNotice(const PlannedStep&, const std::string& text) override {
    *notices_ += text + "\n";
  }

 private:
  std::string* notices_;
};

}  // namespace

ArchivedHistory::ArchivedHistory(const std::vector<std::string>& upgrades) {
  EXPECT_EQ(Compile(upgrades), "");
}

std::string ArchivedHistory::ProblemsOf(
    const std::vector<std::string>& upgrades) {
  return ArchivedHistory().Compile(upgrades);
}

// The first problems.
std::string ArchivedHistory::Compile(const std::vector<std::string>& upgrades) {
  const auto engine = rehearse::sqlite::MakeEngine({});
  catalog::Catalog catalog;
  std::vector<Migration> migrations;
  for (const std::string& text : upgrades) {
    const std::string id = Id(parsed_.size() + 1);
    Parsed parsed;
    parsed.file = std::make_unique<source::File>(
        "test.sql", "MIGRATION 'test' REVISION '" + id +
                        "' REVISES NONE;\nUPGRADE BEGIN\n" + text +
                        "\nEND;\nDOWNGRADE AUTO;\n");
    diagnostics::Emitter emitter;
    parsed.migration = parse::ParseMigration(*parsed.file, emitter);
    std::string problems;
    for (const auto& diagnostic : emitter.diagnostics()) {
      problems += diagnostic.message + "\n";
    }
    const auto up = catalog::Simulate(parsed.migration.upgrade.items,
                                      parsed.file.get(), catalog, *engine);
    problems += Messages(up);
    const reversal::Derived derived = reversal::Derive(up);
    for (const auto& refusal : derived.refusals) {
      problems += up.applies ? refusal.reason + "\n" : "";
    }
    if (!problems.empty()) {
      return problems;
    }
    const auto down =
        catalog::Simulate(derived.items, nullptr, up.after, *engine);
    EXPECT_EQ(Messages(down), "");
    EXPECT_TRUE(down.after == catalog);
    Migration migration;
    migration.revision = id;
    if (!parsed_.empty()) {
      migration.parents = {Id(parsed_.size())};
    }
    migration.up = StatementsOf(lower::sqlite::Lower(
        up, parsed.file.get(), lower::sqlite::kDefaultMinimum));
    migration.down = StatementsOf(
        lower::sqlite::Lower(down, nullptr, lower::sqlite::kDefaultMinimum));
    migrations.push_back(std::move(migration));
    catalog = up.after;
    parsed_.push_back(std::move(parsed));
  }
  blob_ = std::make_unique<HistoryBlob>(testing::Compile("test", migrations));
  migrations_ = std::move(migrations);
  return "";
}

std::string ArchivedHistory::Try(std::size_t number) {
  notices_.clear();
  work_ = 0;
  constexpr int kInstructions = 1000;
  const auto count = [](void* work) {
    ++*static_cast<std::size_t*>(work);
    return 0;
  };
  sqlite3_progress_handler(database_.handle(), kInstructions, count, &work_);
  Listener listener(&notices_);
  Options options;
  options.observer = &listener;
  sqlite::Database driver(database_.handle());
  Migrator migrator(blob_->history(), driver, options);
  const Status status =
      number > now_ ? migrator.Upgrade(Id(number))
                    : migrator.Downgrade(number == 0 ? "base" : Id(number));
  sqlite3_progress_handler(database_.handle(), 0, nullptr, nullptr);
  if (status.ok()) {
    now_ = number;
  }
  return status.ok() ? "" : status.message();
}

void ArchivedHistory::To(std::size_t number) {
  EXPECT_EQ(Try(number), "");
}

void ArchivedHistory::BackAsOlder(std::size_t number) {
  const HistoryBlob older = testing::Compile(
      "test", {migrations_.begin(),
               migrations_.begin() + static_cast<std::ptrdiff_t>(number)});
  notices_.clear();
  Listener listener(&notices_);
  Options options;
  options.observer = &listener;
  options.allow_foreign_downgrade = true;
  options.accept_loss = true;
  sqlite::Database driver(database_.handle());
  const Status status =
      Migrator(older.history(), driver, options).Upgrade("heads");
  EXPECT_TRUE(status.ok()) << status.ToString();
  now_ = number;
}

std::string ArchivedHistory::Archives() {
  return Query(
      "SELECT name FROM sqlite_master WHERE name LIKE "
      "'palindrome\\_archive\\_%' ESCAPE '\\' ORDER BY name");
}

std::string ArchivedHistory::Verify() {
  sqlite::Database driver(database_.handle());
  const auto verification = Migrator(blob_->history(), driver, {}).Verify();
  return verification.ok() ? "" : verification.status().message();
}

}  // namespace palindrome::testing
