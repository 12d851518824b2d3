// One witness: an engine that holds a schema, with rows or without.
//
// Owned by a replay, as is the memory of schemas that its databases share; one
// thread.
#ifndef PALINDROME_TESTS_PROPERTY_DATABASE_H_
#define PALINDROME_TESTS_PROPERTY_DATABASE_H_

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "compiler/catalog/catalog.h"
#include "compiler/catalog/simulate.h"
#include "compiler/lower/program.h"
#include "compiler/rehearse/sqlite/connection.h"
#include "compiler/rehearse/sqlite/run.h"
#include "runtime/src/schema_facts.h"

namespace palindrome::property {

// What the engine says of catalogs that were built directly. A history asks for
// the same few again and again.
class DirectSchemas {
 public:
  // An error of the engine is added to `wrong`.
  const SchemaObjects& Of(const catalog::Catalog& catalog, std::string& wrong);

 private:
  struct Known {
    std::shared_ptr<const void> catalog;
    SchemaObjects facts;
  };
  std::deque<Known> known_;
};

class Database {
 public:
  explicit Database(DirectSchemas& direct);

  // Builds the catalog directly. What went wrong, or nothing.
  std::string Create(const catalog::Catalog& catalog);
  // What went wrong, or nothing; then the program is rolled back.
  std::string Run(const lower::Program& program);
  // The same, or what a step made of the schema that it was not to.
  std::string RunSteps(const lower::Program& program,
                       const catalog::Simulation& simulation);
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
  DirectSchemas& direct_;
  rehearse::sqlite::Connection connection_;
  rehearse::sqlite::Runner runner_;
};

}  // namespace palindrome::property

#endif  // PALINDROME_TESTS_PROPERTY_DATABASE_H_
