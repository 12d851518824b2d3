// Which fixes of a statement are for a person: those that would decide what is
// destroyed or written, or write the same name twice.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CATALOG_CAUTION_H_
#define PALINDROME_COMPILER_CATALOG_CAUTION_H_

#include "compiler/catalog/simulate.h"

namespace palindrome::catalog {

// Makes such fixes of the problems no longer mechanical.
void LeaveToPerson(const ast::Item& item, Applied& applied);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_CAUTION_H_
