// The rows that a change must leave alone, and where it has put them.
//
// Owned by a replay; one thread.
#ifndef PALINDROME_TESTS_PROPERTY_TRACKED_ROWS_H_
#define PALINDROME_TESTS_PROPERTY_TRACKED_ROWS_H_

#include <string>
#include <utility>
#include <vector>

#include "compiler/catalog/catalog.h"
#include "compiler/catalog/simulate.h"
#include "tests/property/database.h"

namespace palindrome::property {

class TrackedRows {
 public:
  // Of all tables in the catalog.
  TrackedRows(const catalog::Catalog& catalog, Database& database);

  // Follows renames, and forgets what the step drops, converts or writes.
  void Follow(const catalog::Step& step);

  // What is not as it was, under the names of now or of the beginning; empty if
  // nothing.
  std::string Changed(Database& database, bool now) const;

 private:
  struct Table {
    std::string then;
    std::string now;
    std::vector<std::pair<std::string, std::string>> columns;  // then, now
    std::vector<Database::Row> rows;  // A value for each of `columns`.
    std::string sequence;             // Of AUTOINCREMENT; empty: none.
  };
  Table* Find(const std::string& now);

  std::vector<Table> tables_;
};

}  // namespace palindrome::property

#endif  // PALINDROME_TESTS_PROPERTY_TRACKED_ROWS_H_
