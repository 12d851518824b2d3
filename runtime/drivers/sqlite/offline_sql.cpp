#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include "runtime/drivers/sqlite/connection.h"
#include "runtime/drivers/sqlite/recording_database.h"
#include "runtime/drivers/sqlite/script_checks.h"
#include "runtime/drivers/sqlite/sql_script.h"
#include "runtime/drivers/sqlite/sqlite_schema_facts.h"
#include "runtime/drivers/sqlite/statement.h"
#include "runtime/src/loaded_history.h"
#include "runtime/src/migration_range.h"
#include <palindrome/migrator.h>
#include <palindrome/sqlite.h>

namespace palindrome::sqlite {
namespace {

std::string WhereAt(const RevisionGraph& graph, const RevisionSet& applied) {
  const std::vector<std::size_t> heads = graph.HeadsOf(applied);
  return heads.empty() ? "base" : ListRevisions(graph, heads);
}

void WriteTitle(const LoadedHistory& history, const MigrationRange& range,
                SqlScript* script) {
  script->Comment("The history `" + std::string(history.table.name()) +
                  "` from " + WhereAt(history.graph, range.before) + " to " +
                  WhereAt(history.graph, range.after) + '.');
}

// The newest engine that a step asks for.
std::uint32_t MinimumEngine(const LoadedHistory& history,
                            const MigrationRange& range) {
  std::uint32_t minimum = 0;
  for (std::size_t i = 0; i < range.before.size(); ++i) {
    if (range.before[i] == range.after[i]) {
      continue;
    }
    const auto program = history.table.FindProgram(
        history.table.Row(static_cast<std::uint32_t>(i)),
        table::Dialect::kSqlite);
    minimum = std::max(minimum, program ? program->minimum_engine : 0);
  }
  return minimum;
}

// Takes an empty database to where the script begins.
Status Approach(const History& compiled, const LoadedHistory& history,
                const MigrationRange& range, sqlite3* connection) {
  Database database(connection);
  Migrator migrator(compiled, database);
  for (const std::size_t head : range.from) {
    if (Status status = migrator.Upgrade(history.graph.node(head).id);
        !status.ok()) {
      return status;
    }
  }
  return {};
}

Status Record(const History& compiled, const LoadedHistory& history,
              const MigrationRange& range, sqlite3* connection,
              SqlScript* script) {
  auto schema = ReadSchema(connection);
  if (!schema.ok()) {
    return schema.status();
  }
  script->Begin();
  Status status = CheckConnection(MinimumEngine(history, range), script);
  if (status.ok()) {
    status = CheckStart(history, range.before, *schema, script);
  }
  if (!status.ok()) {
    return status;
  }
  RecordingDatabase database(connection, history, script);
  Options options;
  options.observer = &database;
  // Whoever reads the script finds each migration in it.
  options.use_snapshot = false;
  options.merge_rebuilds = false;
  Migrator migrator(compiled, database, options);
  status = range.direction == Direction::kUpgrade
               ? migrator.Upgrade(range.target.text)
               : migrator.Downgrade(range.target.text);
  if (!status.ok()) {
    return status;
  }
  schema = ReadSchema(connection);
  if (!schema.ok()) {
    return schema.status();
  }
  status = CheckEnd(history, range.after, *schema, script);
  script->End();
  return status;
}

}  // namespace

Result<std::string> OfflineSql(const History& history,
                               std::string_view range_text) {
  const auto loaded = LoadHistory(history);
  if (!loaded.ok()) {
    return loaded.status();
  }
  const auto range = ResolveMigrationRange(loaded->graph, range_text);
  if (!range.ok()) {
    return range.status();
  }
  SqlScript script;
  WriteTitle(*loaded, *range, &script);
  if (range->before == range->after) {
    script.Comment("There is nothing to do.");
    return script.text();
  }
  script.Comment(
      "Run it with `sqlite3 -bail FILE`: without `-bail` the shell goes on "
      "after an error.");
  script.Comment("`PRAGMA foreign_keys` of the connection is off afterwards.");
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(
      ":memory:", &opened,
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY, nullptr);
  const OwnedConnection connection(opened);
  if (code != SQLITE_OK) {
    return ErrorStatus(opened, code, "");
  }
  Status status = Approach(history, *loaded, *range, opened);
  if (status.ok()) {
    status = Record(history, *loaded, *range, opened, &script);
  }
  if (!status.ok()) {
    return status;
  }
  return script.text();
}

}  // namespace palindrome::sqlite
