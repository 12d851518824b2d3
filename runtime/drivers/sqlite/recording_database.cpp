#include "runtime/drivers/sqlite/recording_database.h"

#include <algorithm>
#include <utility>

#include "runtime/drivers/sqlite/ledger_definition.h"
#include "runtime/drivers/sqlite/script_keys.h"
#include "runtime/drivers/sqlite/statement.h"

namespace palindrome::sqlite {
void RecordingDatabase::OnStepStarted(const PlannedStep& step) {
  revision_ = step.revision;
  keys_.reset();
  notices_.clear();
  const bool is_upgrade = step.direction == Direction::kUpgrade;
  script_.Comment((is_upgrade ? "upgrade " : "downgrade ") + step.revision +
                  ' ' + step.title);
  const auto index = history_.graph.Find(step.revision);
  const auto program = history_.table.FindProgram(
      history_.table.Row(static_cast<std::uint32_t>(index.value_or(0))),
      dialect());
  if (!program) {
    return;
  }
  for (ProgramStatement& statement :
       history_.table.Statements(is_upgrade ? program->up : program->down)
           .statements) {
    if ((statement.flags & table::kNotice) != 0) {
      notices_.insert(std::move(statement.sql));
    }
  }
}

Result<std::vector<DatabaseRow>> RecordingDatabase::Query(
    std::string_view sql, std::span<const std::string> parameters) {
  const auto definition = ledger_definition();
  Status status;
  if (std::find(definition.begin(), definition.end(), sql) !=
      definition.end()) {
    status = script_.Add(IfNotExists(sql));
  } else if (parameters.empty() && notices_.contains(std::string(sql))) {
    status = RecordNotice(sql);
  }
  if (!status.ok()) {
    return status;
  }
  return database_.Query(sql, parameters);
}

Result<std::size_t> RecordingDatabase::ExecuteMany(
    std::string_view sql,
    const std::vector<std::vector<std::string>>& parameters) {
  for (const std::vector<std::string>& group : parameters) {
    if (Status status = script_.Add(WithLiterals(sql, group)); !status.ok()) {
      return status;
    }
  }
  return database_.ExecuteMany(sql, parameters);
}

Result<std::string> RecordingDatabase::AsFound(std::string_view sql) {
  const std::string_view query = WithoutEnd(sql);
  auto statement = Statement::Prepare(connection_, query);
  if (!statement.ok()) {
    return statement.status();
  }
  std::string columns = "found";
  for (int i = 1; i < statement->ColumnCount(); ++i) {
    columns += ", c" + std::to_string(i);
  }
  return "WITH palindrome_found (" + columns + ") AS (\n" + std::string(query) +
         "\n)";
}

Status RecordingDatabase::RecordNotice(std::string_view sql) {
  const auto found = AsFound(sql);
  if (!found.ok()) {
    return found.status();
  }
  return script_.Add(*found + "\nSELECT " +
                     Literal("palindrome: revision " + revision_ + ": ") +
                     " || found FROM palindrome_found WHERE found IS NOT NULL");
}

Status RecordingDatabase::RecordRun(std::string_view sql, std::uint32_t flags) {
  if ((flags & table::kExpectNoRows) == 0) {
    return script_.Add(sql);
  }
  const auto found = AsFound(sql);
  if (!found.ok()) {
    return found.status();
  }
  return script_.Check(
      Literal("revision " + revision_ + ": a check of the migration found: ") +
          " || coalesce(found, '') FROM palindrome_found",
      *found);
}

Status RecordingDatabase::Run(std::string_view sql, std::uint32_t flags) {
  const bool is_legacy = (flags & table::kLegacyAlterTable) != 0;
  Status status;
  if (is_legacy) {
    status = script_.Add("PRAGMA legacy_alter_table = ON");
  }
  if (status.ok()) {
    status = RecordRun(sql, flags);
  }
  if (status.ok() && is_legacy) {
    status = script_.Add("PRAGMA legacy_alter_table = OFF");
  }
  return status.ok() ? database_.Run(sql, flags) : status;
}

Result<ForeignKeyReport> RecordingDatabase::CheckForeignKeys() {
  if (keys_) {
    if (Status status = CheckOrphans(connection_, revision_, *keys_, &script_);
        !status.ok()) {
      return status;
    }
  } else {
    auto keys = CollectOrphans(connection_, &script_);
    if (!keys.ok()) {
      return keys.status();
    }
    keys_ = std::move(keys).value();
  }
  return database_.CheckForeignKeys();
}

}  // namespace palindrome::sqlite
