// The models of C++ text, with what is said of them.
//
// Owned by one test, on one thread.
#ifndef PALINDROME_TESTS_UNIT_COMPILER_MODELS_READ_MODELS_H_
#define PALINDROME_TESTS_UNIT_COMPILER_MODELS_READ_MODELS_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compiler/models/models.h"

namespace palindrome::testing {

// The text behind the includes that models need.
std::string WithHead(const std::string& text);

struct ReadModels {
  std::map<std::string, std::unique_ptr<source::File>> files;
  models::Models models;
  // "message at `what is written there`"; notes behind their message.
  std::vector<std::string> problems;

  std::string Describe(source::Location place) const;
};

// Of one header, or of several files, each a unit.
std::unique_ptr<ReadModels> Read(const std::string& text);
std::unique_ptr<ReadModels> Read(
    const std::map<std::string, std::string>& files);

// The schema that the statements make.
catalog::Catalog Schema(const std::vector<std::string>& statements);

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_UNIT_COMPILER_MODELS_READ_MODELS_H_
