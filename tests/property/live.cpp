#include "tests/property/live.h"

#include <sqlite3.h>

namespace palindrome::property {

std::string Live::Run(const lower::Program& program) {
  connection_.random().Restart();
  const auto failure = runner_.Run(program, rehearse::Phase::kUp);
  return failure ? failure->error.message + "\nin: " +
                       (program.statements.empty()
                            ? ""
                            : program.statements[failure->statement].sql)
                 : "";
}

void Live::InsertAll(const std::vector<std::string>& inserts) {
  const rehearse::sqlite::Connection::WithoutTriggers quiet(connection_);
  for (const std::string& insert : inserts) {
    connection_.RunTrusted(insert);
  }
}

void Live::CopyFrom(Live& other) {
  sqlite3_backup* backup =
      sqlite3_backup_init(handle(), "main", other.handle(), "main");
  sqlite3_backup_step(backup, -1);
  sqlite3_backup_finish(backup);
}

}  // namespace palindrome::property
