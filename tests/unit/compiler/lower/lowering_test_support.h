// Lowers real migrations and runs the programs on databases with rows.
#ifndef PALINDROME_TESTS_UNIT_COMPILER_LOWER_LOWERING_TEST_SUPPORT_H_
#define PALINDROME_TESTS_UNIT_COMPILER_LOWER_LOWERING_TEST_SUPPORT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/catalog/simulate.h"
#include "compiler/lower/program.h"
#include "compiler/lower/sqlite/lower.h"
#include "compiler/source/source.h"
#include "runtime/src/schema_facts.h"

struct sqlite3;

namespace palindrome::test {

// A schema and a change of it, parsed, simulated and lowered.
struct Lowered {
  std::unique_ptr<source::File> file;
  std::unique_ptr<ast::Migration> migration;
  catalog::Simulation given;
  catalog::Simulation change;
  lower::Program given_program;
  lower::Program program;
  // The messages of the parser and of both simulations.
  std::vector<std::string> problems;
};

// `given` and `change` are statements, each with its `;`. Fails the test if
// they do not parse or apply; a finding of a rule may be expected by
// `allow_findings`.
Lowered LowerChange(const std::string& given, const std::string& change,
                    std::uint32_t minimum = lower::sqlite::kDefaultMinimum,
                    bool allow_findings = false);

// The statements of a program.
std::vector<std::string> Sql(const lower::Program& program);

// A database in memory, with foreign keys on, as a program would hold it.
class Database {
 public:
  Database();
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  sqlite3* handle() { return handle_; }

  // Runs statements of the test's own; fails the test on an error.
  void Execute(const std::string& sql);
  // Rows as `a|b`, in their order; text as it is, NULL as `NULL`.
  std::vector<std::string> Query(const std::string& sql);
  // Runs a program by the runtime's driver, in a transaction; what went wrong,
  // or nothing. A failed program is rolled back.
  std::string Apply(const lower::Program& program);
  SchemaObjects Facts();

 private:
  sqlite3* handle_ = nullptr;
};

// A database with the schema that was given and these rows.
std::unique_ptr<Database> Given(const Lowered& lowered,
                                const std::string& rows);

// Fails the test unless the database is as if created from the catalog.
void ExpectSchema(Database& database, const catalog::Catalog& catalog);

}  // namespace palindrome::test

#endif  // PALINDROME_TESTS_UNIT_COMPILER_LOWER_LOWERING_TEST_SUPPORT_H_
