// Random rows for the tables of a database, of shapes that the compiler's own
// rows need not have. The engine says which columns and parents there are.
//
// Follow from the random numbers and the database; one thread.
#ifndef PALINDROME_TESTS_PROPERTY_RANDOM_ROWS_H_
#define PALINDROME_TESTS_PROPERTY_RANDOM_ROWS_H_

#include <string>

#include "compiler/rehearse/sqlite/connection.h"
#include "tests/property/dump.h"
#include "tests/property/random.h"

namespace palindrome::property {

// An SQL literal: any kind of value, from the edges of each.
std::string AnyValue(Random& random);

// Tries to insert so many rows into each table, parents first as far as their
// names are; no trigger fires.
void InsertRandomRows(std::size_t count, Random& random,
                      rehearse::sqlite::Connection& connection);

// Tries to insert one row.
void InsertRandomRow(const std::string& table, Random& random,
                     rehearse::sqlite::Connection& connection);

}  // namespace palindrome::property

#endif  // PALINDROME_TESTS_PROPERTY_RANDOM_ROWS_H_
