// What the import says of the migrations, and what it writes.
//
// Pure functions but for the streams; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_IMPORT_REPORT_H_
#define PALINDROME_COMPILER_DRIVER_IMPORT_REPORT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/driver/environment.h"
#include "compiler/driver/import_history.h"
#include "compiler/graph/lock.h"

namespace palindrome::driver {

struct ImportTotals {
  std::size_t imported = 0;
  std::size_t findings = 0;
  std::size_t skipped = 0;
  std::size_t failed = 0;
};

ImportTotals CountImported(const std::vector<ImportedMigration>& migrations);

void PrintImported(const std::vector<ImportedMigration>& migrations,
                   llvm::raw_ostream& out);
// {"migrations": [{"source", "file", "revision", "status", "reason"}, …],
// "totals": {"imported", "findings", "skipped", "failed"}}
void PrintImportedAsJson(const std::vector<ImportedMigration>& migrations,
                         llvm::raw_ostream& out);

// A palindrome.toml that declares the stand-ins.
std::string ConfigurationOf(const rehearse::StandIns& stand_ins);

// Those before the first that is to be mended: what is locked cannot be.
std::vector<graph::LockEntry> LockOf(
    const std::vector<ImportedMigration>& migrations);

// The migrations and their lock.
std::vector<OutputFile> ImportedFiles(
    const std::vector<ImportedMigration>& migrations,
    const std::string& directory);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_IMPORT_REPORT_H_
