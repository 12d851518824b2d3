// Revisions that a database has applied and the program does not know, since it
// is older: whether they hang together, and what the program may make of them.
// Values and pure functions. Documented in runtime/docs/older_programs.md.
#ifndef PALINDROME_RUNTIME_SRC_FOREIGN_REVISIONS_H_
#define PALINDROME_RUNTIME_SRC_FOREIGN_REVISIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/src/ledger.h"
#include "runtime/src/loaded_history.h"
#include <palindrome/options.h>
#include <palindrome/status.h>

namespace palindrome {

// Those rows that `graph` has not, each before what it needs. kCorruptLedger
// where one needs what is not applied, itself, or has another chain than
// follows from what it needs.
Result<std::vector<AppliedRevision>> FindForeign(
    const RevisionGraph& graph, const std::vector<AppliedRevision>& rows);

// The revisions that no other applied one needs: known ones, by index, and
// foreign ones.
struct CurrentHeads {
  std::vector<std::size_t> known;
  std::vector<const AppliedRevision*> foreign;  // Of the state.
};
CurrentHeads FindCurrentHeads(const LoadedHistory& history,
                              const AppliedState& state);

// kDatabaseNewer that names the first of `unknown`, which is not empty. `why`
// may be empty: what stands in the way of an option.
Status DatabaseNewer(const std::vector<std::string>& unknown,
                     const std::string& why = {});
Status DatabaseNewer(const AppliedState& state, const std::string& why = {});

// Whether the options let a program go on where there are foreign revisions.
bool MeetsForeign(const Options& options);

// Ok where `options.allow_newer` lets a program use the schema of the foreign
// revisions; else kDatabaseNewer, which names the first that breaks it.
Status CheckWindow(const AppliedState& state, const Options& options);

// What a run towards `target` does about foreign revisions.
enum class ForeignAction : std::uint8_t {
  kNone,      // There are none.
  kAccept,    // Leaves all as it is: the target is reached.
  kWalkBack,  // Undoes them first.
};
// kDatabaseNewer where the options allow neither.
Result<ForeignAction> DecideOnForeign(const LoadedHistory& history,
                                      const AppliedState& state,
                                      const Options& options,
                                      Direction direction,
                                      const Target& target);

// As Plan shows it and the observer sees it.
PlannedStep DescribeForeignStep(const AppliedRevision& row);

// kLossNotAccepted where the ledger does not say that undoing the revision
// loses nothing, and the options do not accept it.
Status CheckLoss(const AppliedRevision& row, const Options& options);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_FOREIGN_REVISIONS_H_
