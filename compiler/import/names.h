// What the readers share about names: titles and dates, the order of versions,
// and which down goes with which up.
//
// Pure functions over values; views are into the caller's text.
#ifndef PALINDROME_COMPILER_IMPORT_NAMES_H_
#define PALINDROME_COMPILER_IMPORT_NAMES_H_

#include <optional>
#include <string>
#include <vector>

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include "compiler/import/foreign.h"

namespace palindrome::importer {

bool IsTopLevel(llvm::StringRef path);
llvm::StringRef FileName(llvm::StringRef path);

// `create_users`, `create-users` and `CreateUsers` as "create users".
std::string Words(llvm::StringRef name);

// ForeignMigration::date of a version: of 14, 12 or 8 digits, of digits in
// parts ("2018-01-14-171611") or of Unix seconds. Empty if that is no date
// from 1970 to 2100.
std::string DateOf(llvm::StringRef version);

// "0012_create_users": its digits, and what follows them.
struct NumberedName {
  llvm::StringRef number;  // Empty if it begins with no digit.
  llvm::StringRef rest;
};
NumberedName SplitNumber(llvm::StringRef name);

// "V1_2__create_users": a capital letter, a version of numbers (none after R),
// and what follows the two underscores.
struct PrefixedName {
  char prefix = '\0';
  llvm::StringRef version;
  llvm::StringRef words;
};
std::optional<PrefixedName> SplitPrefixed(llvm::StringRef name);

// Numbers with dots or underscores between them, spelt so that equal versions
// are equal texts: "01_2.0" is "1.2".
std::string VersionKey(llvm::StringRef version);

// A migration, or a down that looks for one, before they are put in order.
struct Versioned {
  std::string key;    // Versions with equal keys are the same.
  std::string words;  // The rest of the name.
  ForeignMigration migration;
};

// By VersionKey, number by number.
bool HasLowerVersion(const Versioned& left, const Versioned& right);

// Gives each down to the up of its version, rather to the one with its words.
// What finds none is added as a failure.
void AttachDowns(std::vector<Versioned>& ups, std::vector<Versioned> downs);

// In order, equal ones in the order given; a second up of a version is a
// failure.
ForeignHistory InOrder(
    std::vector<Versioned> found,
    llvm::function_ref<bool(const Versioned&, const Versioned&)> is_less =
        HasLowerVersion);

// Gives the migrations without a title one.
void FillTitles(ForeignHistory& history);

}  // namespace palindrome::importer

#endif  // PALINDROME_COMPILER_IMPORT_NAMES_H_
