// The answers to requests about a place in a document: one function each, in a
// file of its name. Null is a valid answer to all of them.
#ifndef PALINDROME_COMPILER_LSP_REQUESTS_H_
#define PALINDROME_COMPILER_LSP_REQUESTS_H_

#include "llvm/Support/JSON.h"

#include "compiler/lsp/view.h"

namespace palindrome::lsp {

// The table as it stands at the statement, the title of a revision, or what a
// rule is for.
llvm::json::Value Hover(const View& view, std::uint32_t offset);
// Where the table, column, index, trigger or revision was made.
llvm::json::Value Definition(const View& view, std::uint32_t offset);
// What may stand there: names of the schema at the statement, revisions, rules,
// keywords.
llvm::json::Value Completion(const View& view, std::uint32_t offset);
// What can be done about the findings in the range.
llvm::json::Value CodeActions(const Document& document,
                              const Snapshot& snapshot, source::Range range);
// The edits that format the document; null: it has errors.
llvm::json::Value Formatting(const Document& document);

// A finding of a file as a diagnostic of the protocol.
llvm::json::Value JsonFinding(const diagnostics::Diagnostic& finding,
                              const source::File& file);

}  // namespace palindrome::lsp

#endif  // PALINDROME_COMPILER_LSP_REQUESTS_H_
