// What a downgrade leaves different, in words, and which statement is to blame.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CHECKS_DIFFERENCES_H_
#define PALINDROME_COMPILER_CHECKS_DIFFERENCES_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/catalog/catalog.h"
#include "compiler/checks/context.h"

namespace palindrome::checks {

struct Difference {
  catalog::Key object;
  std::string column;  // Folded; empty: of the object as a whole.
  // "index `ix` is missing", to be followed by "after the downgrade".
  std::string text;
  // What a finding of it is about, if others may be about the same; or empty.
  std::string subject = {};
};

// What a finding is about: the name that a table has; that a column is NOT
// NULL; its key.
std::string NameSubject(std::string_view table);
std::string NotNullSubject(std::string_view table, std::string_view column);
std::string KeySubject(std::string_view table);

// What `restored` has otherwise than `before`, but names of constraints. The
// indexes and triggers of a table that is itself missing or left over are left
// out.
std::vector<Difference> DifferencesOf(const catalog::Catalog& before,
                                      const catalog::Catalog& restored);

// The last step of the section that makes, changes or drops what differs. Null
// if none does.
const catalog::Step* LastChangeOf(const catalog::Simulation& section,
                                  const Difference& difference);

// Tables with the same columns in another order, by folded name.
std::vector<std::string> ReorderedTables(const catalog::Catalog& before,
                                         const catalog::Catalog& restored);

// Where to blame a difference: at the upgrade statement that is not undone, or
// at the downgrade statement that went too far.
source::Location Blame(const MigrationContext& context,
                       const Difference& difference);

// The word DOWNGRADE, or AUTO behind it; the word UPGRADE if there is none.
source::Location DowngradeOf(const MigrationContext& context);

// Where the statement of the rehearsed upgrade program stands.
source::Location LocationOfUp(const MigrationContext& context,
                              std::size_t statement);
// Where the statement of the rehearsed downgrade program stands; of AUTO's, the
// statement that it undoes.
source::Location LocationOfDown(const MigrationContext& context,
                                std::size_t statement);

// True if the downgrade is missing, cannot be derived or does not apply, so
// that what it leaves behind says nothing more.
bool DowngradeIsBroken(const MigrationContext& context);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_DIFFERENCES_H_
