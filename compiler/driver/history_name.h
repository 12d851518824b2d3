// The name by which a database knows a history: the namespace of its ledger.
//
// Functions of a database; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_HISTORY_NAME_H_
#define PALINDROME_COMPILER_DRIVER_HISTORY_NAME_H_

#include <string>
#include <vector>

#include "compiler/driver/environment.h"
#include "compiler/driver/options.h"
#include "palindrome/status.h"

namespace palindrome::driver {

// --namespace.
void AddHistoryName(Options& options);
// What is wrong with it, or an empty string.
std::string CheckHistoryName(const Options& options);

// The name that the options give, or else that of the only history in the
// database file. kUnknownDatabase if there are several; if there is none, or no
// file, and `otherwise` is empty.
Result<std::string> FindHistoryName(const Options& options,
                                    const std::string& database,
                                    const std::string& otherwise,
                                    Environment& environment);

// The revisions that the ledger of the file has as its heads.
Result<std::vector<std::string>> ReadCurrent(const std::string& database,
                                             const std::string& name,
                                             Environment& environment);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_HISTORY_NAME_H_
