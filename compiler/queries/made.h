// What a program makes, renames or drops by SQL of its own, beside its
// migrations.
//
// A pure function, any thread.
#ifndef PALINDROME_COMPILER_QUERIES_MADE_H_
#define PALINDROME_COMPILER_QUERIES_MADE_H_

#include <set>
#include <string>
#include <string_view>

namespace palindrome::queries {

// Folded names.
struct Made {
  std::set<std::string> relations;  // Tables and views.
  std::set<std::string> temporary;  // Those of them that are.
  std::set<std::string> columns;    // That an ALTER TABLE adds or renames to.
};

// Of all statements in the text, which may be a part of SQL.
void FindMade(std::string_view sql, Made& made);

}  // namespace palindrome::queries

#endif  // PALINDROME_COMPILER_QUERIES_MADE_H_
