// The documentation of a rule, made from what its file says.
//
// Pure functions of constant data, for any thread.
#ifndef PALINDROME_COMPILER_CHECKS_PAGE_H_
#define PALINDROME_COMPILER_CHECKS_PAGE_H_

#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"

#include "compiler/checks/rule.h"

namespace palindrome::checks {

struct ExampleFile {
  std::string name;
  std::string text;
};

// The files of a folder as text: a line `=== name` before each. Text before the
// first such line is left out.
std::vector<ExampleFile> SplitExample(llvm::StringRef folder);

// The rule's page in compiler/docs/rules, in Markdown.
std::string RulePage(const Rule& rule);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_PAGE_H_
