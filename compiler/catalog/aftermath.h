// Which problems of a section are those of statements before: a table whose
// CREATE did not apply is not there, and no news; nor is one that is not there
// and was said to be missing, or that another statement was to make, which took
// a name that is taken.
//
// One for each section, on one thread.
#ifndef PALINDROME_COMPILER_CATALOG_AFTERMATH_H_
#define PALINDROME_COMPILER_CATALOG_AFTERMATH_H_

#include <set>
#include <string>

#include "compiler/catalog/simulate.h"

namespace palindrome::catalog {

class Aftermath {
 public:
  // Takes from `applied` the problems that follow from what did not apply
  // before; then, if the statement does not apply, notes what is lost with it.
  void Settle(const ast::Statement& statement, Applied& applied);

  // A table of this name is missing because of a mistake that is told.
  bool IsLost(const std::string& folded) const {
    return lost_.contains(folded);
  }

  // Something is still there that was to be dropped.
  bool a_drop_failed() const { return a_drop_failed_; }

 private:
  bool Follows(const ast::Statement& statement,
               const diagnostics::Diagnostic& problem) const;
  bool MissesMisnamed(const ast::Statement& statement,
                      const std::set<std::string>& tables,
                      const diagnostics::Diagnostic& problem) const;
  void NoteUnknown(const ast::Statement& statement, const Applied& applied);
  void NoteTaken(const ast::Statement& statement);

  std::set<std::string> lost_;  // Folded names.
  std::set<Use> lost_columns_;  // Of tables that are there.
  // What was to be made is called as something else that is there: objects, and
  // columns or constraints of tables.
  std::set<ObjectKind> misnamed_;
  std::set<std::string> misnamed_in_;
  bool a_drop_failed_ = false;
  bool a_name_stays_ = false;  // That was to be dropped or given away.
};

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_AFTERMATH_H_
