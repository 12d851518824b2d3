// What holds of any folder that is imported; unit tests and fuzzers check it.
//
// Pure functions: empty, or what does not hold.
#ifndef PALINDROME_TESTS_SUPPORT_IMPORT_PROPERTIES_H_
#define PALINDROME_TESTS_SUPPORT_IMPORT_PROPERTIES_H_

#include <string>

#include "compiler/import/foreign.h"

namespace palindrome::testing {

// What the fields of ForeignMigration promise.
std::string FindHistoryFault(const importer::ForeignHistory& history);

// Each format reads the folder. What can be converted has the header that was
// meant, whatever stands in the rest, and as many statements as before if each
// can be read by itself.
std::string FindImportFault(const importer::ForeignFolder& folder);

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_SUPPORT_IMPORT_PROPERTIES_H_
