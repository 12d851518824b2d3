// One witness: an engine that holds a schema, with rows or without.
//
// Owned by a replay; one thread.
#ifndef PALINDROME_TESTS_PROPERTY_DATABASE_H_
#define PALINDROME_TESTS_PROPERTY_DATABASE_H_

#include <string>
#include <vector>

#include "compiler/catalog/catalog.h"
#include "compiler/lower/program.h"
#include "compiler/rehearse/sqlite/connection.h"
#include "compiler/rehearse/sqlite/run.h"
#include "runtime/src/schema_facts.h"

namespace palindrome::property {

class Database {
 public:
  Database();

  // Builds the catalog directly. What went wrong, or nothing.
  std::string Create(const catalog::Catalog& catalog);
  // What went wrong, or nothing; then the program is rolled back.
  std::string Run(const lower::Program& program);
  // False: the engine refused it.
  bool Execute(const std::string& sql);
  // Whether the engine takes the statement, which is undone.
  bool Accepts(const std::string& sql);
  // How its schema differs from the catalog's as built directly.
  std::string Differences(const catalog::Catalog& catalog);
  // The values of the columns in each row, as SQL literals; false if there is
  // no such table or column.
  using Row = std::vector<std::string>;
  bool Read(const std::string& table, const std::vector<std::string>& columns,
            std::vector<Row>& rows);

 private:
  rehearse::sqlite::Connection connection_;
  rehearse::sqlite::Runner runner_;
};

}  // namespace palindrome::property

#endif  // PALINDROME_TESTS_PROPERTY_DATABASE_H_
