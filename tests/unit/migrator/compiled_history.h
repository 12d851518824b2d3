// Histories as the compiler leaves them: checksums, chains and digests are
// right, because the migrations are run on an engine.
#ifndef PALINDROME_TESTS_UNIT_MIGRATOR_COMPILED_HISTORY_H_
#define PALINDROME_TESTS_UNIT_MIGRATOR_COMPILED_HISTORY_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "runtime/src/program.h"
#include "tests/unit/migrator/history_blob.h"
#include <palindrome/migration.h>

namespace palindrome::testing {

struct Migration {
  std::string revision;
  std::vector<std::string> parents;
  std::vector<ProgramStatement> up;
  std::vector<ProgramStatement> down;
  std::vector<std::string> depends_on = {};
  std::string title = {};     // Empty: "migration <revision>".
  std::string checksum = {};  // Empty: of the programs.
  std::uint32_t minimum_engine = 3031000;
  table::Dialect dialect = table::Dialect::kSqlite;
  table::Proof proof = table::Proof::kData;  // kNone has no digests.
  table::Loss loss = table::Loss::kLossless;
  std::vector<std::pair<std::string, std::string>> allowed = {};
  std::uint32_t compatibility = table::kClassified;
};

// Statements without flags, one a text.
std::vector<ProgramStatement> Sql(const std::vector<std::string>& statements);

// `migrations` stand parents first.
HistoryBlob Compile(const std::string& name,
                    const std::vector<Migration>& migrations,
                    const std::vector<HistoryShortcut>& shortcuts = {});

// Three migrations a1 <- b2 <- c3: `users`; `tasks` with an index; a column.
std::vector<Migration> ThreeMigrations();

// A linear history of `count` tables `t0`, `t1`, … with revisions `r0`, …
std::vector<Migration> ManyMigrations(int count);

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_UNIT_MIGRATOR_COMPILED_HISTORY_H_
