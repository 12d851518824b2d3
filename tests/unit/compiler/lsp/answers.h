// What the server answers about a place in a new migration, in short.
//
// Values. Each starts a server of its own, on the history of histories.h.
#ifndef PALINDROME_TESTS_UNIT_COMPILER_LSP_ANSWERS_H_
#define PALINDROME_TESTS_UNIT_COMPILER_LSP_ANSWERS_H_

#include <string>
#include <vector>

#include "llvm/Support/JSON.h"

#include "tests/unit/compiler/lsp/histories.h"

namespace palindrome::lsp {

// `marked` is the text of the file, with a `^` at the place.
llvm::json::Value Answer(const std::string& method, const std::string& name,
                         const std::string& marked);

// "file:line:character" of where the definition begins; else "nowhere".
std::string DefinitionIn(const std::string& marked);

// Those of a completion.
std::vector<std::string> LabelsIn(const std::string& marked,
                                  const std::string& name = kNewFile);

}  // namespace palindrome::lsp

#endif  // PALINDROME_TESTS_UNIT_COMPILER_LSP_ANSWERS_H_
