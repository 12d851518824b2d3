// Random tables, columns and constraints, as SQL. Pure functions of the random
// numbers, for any thread.
#ifndef PALINDROME_TESTS_PROPERTY_GENERATE_TABLE_H_
#define PALINDROME_TESTS_PROPERTY_GENERATE_TABLE_H_

#include <string>
#include <vector>

#include "compiler/catalog/catalog.h"
#include "tests/property/random.h"

namespace palindrome::property {

// CREATE TABLE.
std::string CreateTable(const catalog::Catalog& catalog, Random& random);

// The rest of ALTER TABLE t: ADD COLUMN …, ADD CONSTRAINT ….
std::string AddColumn(const ast::Table& table, const catalog::Catalog& catalog,
                      Random& random);
std::string AddConstraint(const ast::Table& table,
                          const catalog::Catalog& catalog, Random& random);

std::vector<std::string> ColumnsOf(const ast::Table& table);
// A table of the catalog, or now and then one that is not there.
std::string AnyTable(const catalog::Catalog& catalog, Random& random);
// A column of the table, or now and then one that is not there.
std::string AnyColumn(const ast::Table& table, Random& random);

}  // namespace palindrome::property

#endif  // PALINDROME_TESTS_PROPERTY_GENERATE_TABLE_H_
