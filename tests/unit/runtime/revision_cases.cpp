#include "tests/unit/runtime/revision_cases.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace palindrome {
namespace {

// `id<parents~dependencies#labels`.
RevisionNode ParseNode(const std::string& text) {
  RevisionNode node;
  std::vector<std::string>* into = nullptr;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find_first_of("<~#", at + 1);
    const std::string part = text.substr(at, end - at);
    switch (part.front()) {
      case '<':
        into = &node.parents;
        break;
      case '~':
        into = &node.depends_on;
        break;
      case '#':
        into = &node.branch_labels;
        break;
      default:
        node.id = part;
        break;
    }
    if (into != nullptr) {
      *into = SplitWords(part.substr(1), ',');
    }
    at = std::min(end, text.size());
  }
  return node;
}

RevisionCase ParseCase(const std::string& line) {
  const std::vector<std::string> words = SplitWords(line, ' ');
  RevisionCase test;
  test.id = words.at(0);
  test.verdict = words.at(1);
  test.operation = words.at(2);
  std::string* into = nullptr;
  for (std::size_t i = 3; i < words.size(); ++i) {
    if (words[i] == ":") {
      into = &test.expected;
    } else if (words[i] == "instead-of") {
      into = &test.theirs;
    } else if (into == nullptr) {
      test.arguments.push_back(words[i] == "\"\"" ? "" : words[i]);
    } else {
      *into += (into->empty() ? "" : " ") + words[i];
    }
  }
  return test;
}

}  // namespace

std::vector<std::string> SplitWords(const std::string& text, char separator) {
  std::vector<std::string> words;
  std::istringstream stream(text);
  for (std::string word; std::getline(stream, word, separator);) {
    if (!word.empty()) {
      words.push_back(word);
    }
  }
  return words;
}

std::vector<RevisionCase> ReadRevisionCases() {
  std::ifstream file(REVISION_CASES);
  std::vector<RevisionCase> cases;
  std::vector<RevisionNode> graph;
  std::string whole;
  for (std::string line; std::getline(file, line);) {
    whole += line.substr(std::min(line.find_first_not_of(' '), line.size()));
    if (!whole.empty() && whole.back() == '\\') {
      whole.pop_back();
      continue;
    }
    if (whole.starts_with("graph ")) {
      graph.clear();
      for (const std::string& word : SplitWords(whole.substr(6), ' ')) {
        graph.push_back(ParseNode(word));
      }
    } else if (!whole.empty() && whole.front() != '#') {
      cases.push_back(ParseCase(whole));
      cases.back().graph = graph;
    }
    whole.clear();
  }
  return cases;
}

}  // namespace palindrome
