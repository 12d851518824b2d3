// Tables and columns that have another name in the models than in the history:
// those that a hint settles, and those of which nobody knows.
//
// Pure functions of values, any thread.
#ifndef PALINDROME_COMPILER_MODELS_RENAMES_H_
#define PALINDROME_COMPILER_MODELS_RENAMES_H_

#include <string>
#include <vector>

#include "compiler/ast/statement.h"
#include "compiler/models/models.h"

namespace palindrome::models {

// What PALINDROME_RENAMED_FROM says, tables first. A hint whose old name is not
// in the history, or whose new one is, means nothing any more.
std::vector<ast::Statement> HintedRenames(const Models& models,
                                          const catalog::Catalog& history);

// Of the hints of what is not in the history, those that settle nothing, a
// sentence each: a name that is misspelt looks like one that is new.
std::vector<std::string> UnmetHints(const Models& models,
                                    const catalog::Catalog& history);

// A table or column that goes and one like it that comes: it may be renamed, or
// not. Each is in one pair at most.
std::vector<ast::Statement> PossibleRenames(const catalog::Catalog& before,
                                            const catalog::Catalog& after);

}  // namespace palindrome::models

#endif  // PALINDROME_COMPILER_MODELS_RENAMES_H_
