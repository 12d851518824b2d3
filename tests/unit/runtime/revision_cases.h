// The cases of revision_cases.txt, which describes its own format. Values.
#ifndef PALINDROME_TESTS_UNIT_RUNTIME_REVISION_CASES_H_
#define PALINDROME_TESTS_UNIT_RUNTIME_REVISION_CASES_H_

#include <string>
#include <vector>

#include "runtime/src/revision_graph.h"

namespace palindrome {

struct RevisionCase {
  std::string id;
  std::string verdict;
  std::string operation;
  std::vector<std::string> arguments;
  std::string expected;
  std::string theirs;  // Where we differ.
  std::vector<RevisionNode> graph;
};

std::vector<RevisionCase> ReadRevisionCases();

// The words between separators, none of them empty.
std::vector<std::string> SplitWords(const std::string& text, char separator);

}  // namespace palindrome

#endif  // PALINDROME_TESTS_UNIT_RUNTIME_REVISION_CASES_H_
