// Inside the draft: operations as the lines of an upgrade.
//
// Pure functions of values, any thread.
#ifndef PALINDROME_COMPILER_DRIVER_DRAFT_LINES_H_
#define PALINDROME_COMPILER_DRIVER_DRAFT_LINES_H_

#include <string>
#include <vector>

#include "compiler/ast/statement.h"
#include "compiler/catalog/catalog.h"

namespace palindrome::driver {

// A statement, or several that belong together, of a draft.
struct DraftItem {
  std::string text;   // As the author gets it, with its comments.
  std::string trial;  // The same with every blank filled in.
  bool has_blank = false;

  bool operator==(const DraftItem& other) const { return text == other.text; }
};

// `before`: the schema that the statements begin with; `after`: the one that
// they lead to. What destroys data is preserved where rows can be found again,
// and a column that becomes NOT NULL is filled first, by its default or by what
// the author writes into a blank.
std::vector<DraftItem> DraftItems(const std::vector<ast::Statement>& statements,
                                  const catalog::Catalog& before,
                                  const catalog::Catalog& after);

// Two lists of items as lines: what both begin and end with once, and between
// them the first, and the second commented out.
std::string TwoReadings(const std::vector<DraftItem>& first,
                        const std::vector<DraftItem>& second,
                        const std::string& names);

// Each line with its indentation, in a comment if wanted.
std::string Indented(const std::string& text, bool as_comment);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_DRAFT_LINES_H_
