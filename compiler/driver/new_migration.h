// A migration file that a command writes: what it is to say, and whether it
// may say that.
//
// Values; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_NEW_MIGRATION_H_
#define PALINDROME_COMPILER_DRIVER_NEW_MIGRATION_H_

#include <cstddef>
#include <ctime>
#include <string>
#include <vector>

#include "compiler/driver/environment.h"
#include "compiler/driver/options.h"
#include "compiler/graph/graph.h"
#include "palindrome/status.h"

namespace palindrome::driver {

struct NewMigration {
  std::string message;
  std::string id;                    // Empty: chance chooses it.
  std::vector<std::size_t> parents;  // None: `REVISES NONE`.
  std::vector<std::size_t> depends_on;
  std::vector<std::string> branch_labels;
  // In the upgrade, each line with its indentation.
  std::string upgrade;
  std::string downgrade = "DOWNGRADE AUTO;\n";
  std::string documentation;  // Lines of a comment before it.
  bool is_draft = false;
};

// --message, --rev-id and --branch-label.
void AddNewMigrationOptions(Options& options);

// Reads those options. Returns what is wrong with them, or an empty string. A
// message that was not given is empty.
std::string ReadNewMigration(const Options& options, NewMigration& migration);

// What is wrong with the message, or an empty string.
std::string CheckMessage(const std::string& message);

// kBadTarget, with the hint, if another revision revises this one.
Status CheckUnrevised(const graph::Graph& graph, std::size_t parent,
                      llvm::StringRef hint);

// kBadTarget where the revision is one of a squash and not its last: what needs
// it would tear apart the chain that the squash stands for.
Status CheckOutsideSquash(const graph::Graph& graph, std::size_t needed);

// In UTC: as CREATED has it, and as a file's name begins.
std::string CreatedText(std::time_t time);
std::string FileStamp(std::time_t time);

// Ids as REVISES has them: 'a1', 'b2'.
std::string QuoteIds(const graph::Graph& graph,
                     const std::vector<std::size_t>& revisions);

// Lets chance choose an id that is not given. Returns why the id or a label
// cannot be had, or an empty string.
std::string SettleId(NewMigration& migration, const graph::Graph& graph,
                     Environment& environment);

// Writes the file and prints its path. Returns the exit status: the id or a
// label may be taken.
int WriteNewMigration(NewMigration migration, const graph::Graph& graph,
                      const Options& options, Environment& environment);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_NEW_MIGRATION_H_
