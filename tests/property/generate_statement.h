// Random statements on a catalog, legal and not, and random rows. Pure
// functions of the random numbers, for any thread.
#ifndef PALINDROME_TESTS_PROPERTY_GENERATE_STATEMENT_H_
#define PALINDROME_TESTS_PROPERTY_GENERATE_STATEMENT_H_

#include <string>
#include <vector>

#include "compiler/catalog/catalog.h"
#include "tests/property/random.h"

namespace palindrome::property {

// What makes a schema, mostly.
std::string CreateAnything(const catalog::Catalog& catalog, Random& random);
// Any typed statement of the language.
std::string AnyStatement(const catalog::Catalog& catalog, Random& random);

// ALTER TABLE of that table.
std::string AlterTable(const std::string& name, const catalog::Catalog& catalog,
                       Random& random);

// INSERTs for the tables, of which the engine may refuse some.
std::vector<std::string> AnyRows(const catalog::Catalog& catalog,
                                 Random& random);

// In generate_body.cpp.
std::string CreateView(const catalog::Catalog& catalog, Random& random);
std::string CreateTrigger(const catalog::Catalog& catalog, Random& random);
// Adds nothing to tables that are empty.
std::string DataStatement(const catalog::Catalog& catalog, Random& random);

}  // namespace palindrome::property

#endif  // PALINDROME_TESTS_PROPERTY_GENERATE_STATEMENT_H_
