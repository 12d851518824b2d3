#include "compiler/import/database.h"

#include <algorithm>
#include <array>

#include "llvm/ADT/StringExtras.h"

#include "runtime/src/other_ledgers.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::importer {

namespace {

// What is created later may use what is created earlier, and a table may have
// been made anew after its views.
constexpr std::array<std::string_view, 4> kOrder = {"table", "index", "view",
                                                    "trigger"};

std::size_t RankOf(const catalog::EngineObject& object) {
  return static_cast<std::size_t>(
      std::find(kOrder.begin(), kOrder.end(), object.type) - kOrder.begin());
}

}  // namespace

ForeignMigration FromDatabase(const std::vector<catalog::EngineObject>& objects,
                              const std::vector<std::string>& rows,
                              const std::string& source) {
  ForeignMigration migration;
  migration.source = source;
  migration.name = "baseline";
  migration.title = "create the schema as it is";
  if (objects.empty()) {
    migration.failure = "the database has no schema";
    return migration;
  }
  std::vector<catalog::EngineObject> ordered = objects;
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const auto& left, const auto& right) {
                     return RankOf(left) < RankOf(right);
                   });
  std::string down;
  bool has_rows = false;
  const auto add_rows = [&] {
    for (const std::string& row : rows) {
      migration.up += row + ";\n";
    }
    has_rows = true;
  };
  for (const catalog::EngineObject& object : ordered) {
    // Before a trigger fires on them.
    if (!has_rows && object.type != "table") {
      add_rows();
    }
    migration.up += object.sql + ";\n";
    const bool goes_with_its_table =
        object.type == "index" || object.type == "trigger";
    if (!goes_with_its_table) {
      down = "DROP " + llvm::StringRef(object.type).upper() + " " +
             sql::QuoteName(object.name) + ";\n" + down;
    }
  }
  if (!has_rows) {
    add_rows();
  }
  migration.down = down;
  return migration;
}

std::vector<std::string> TakeOutLedgers(
    std::vector<catalog::EngineObject>& objects) {
  std::vector<std::string> notes;
  for (const catalog::EngineObject& object : objects) {
    const std::string_view tool = ToolOfLedger(object.name);
    if (object.type == "table" && !tool.empty()) {
      notes.push_back("table `" + object.name + "` is the ledger of " +
                      std::string(tool) + " and stays out");
    }
  }
  std::erase_if(objects, [](const catalog::EngineObject& object) {
    return !ToolOfLedger(object.table).empty();
  });
  return notes;
}

}  // namespace palindrome::importer
