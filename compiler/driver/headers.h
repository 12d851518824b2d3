// A folder read for its headers: enough for the commands that need the revision
// graph alone, also when bodies are broken or there are several heads.
//
// Owns what its parts point to; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_HEADERS_H_
#define PALINDROME_COMPILER_DRIVER_HEADERS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "llvm/Support/JSON.h"

#include "compiler/driver/environment.h"
#include "compiler/driver/options.h"
#include "compiler/driver/pipeline.h"

namespace palindrome::driver {

struct Headers {
  source::Files files;
  Folder folder;
  diagnostics::Emitter emitter;
};

// Which findings of the graph count: those that hinder the order or make a
// target ambiguous (repeated revisions and labels, unknown parents, cycles), or
// all that a law forbids (also an edited or lost locked migration, a draft, a
// squash that is unapproved or names no chain).
enum class Judge : std::uint8_t { kOrder, kLaws };

// Reads the folder of the options. Unreadable files and headers and the
// findings that count are in `emitter`.
std::unique_ptr<Headers> ReadHeaders(const Options& options, Judge judge,
                                     Environment& environment);

// For `--format json`, whose reader would take half an answer for the whole: if
// there are errors, reports them and returns the status.
std::optional<int> RefuseHalf(const Options& options, Headers& headers,
                              Environment& environment);

// The revision's date for people: CREATED, or the file name's, or nothing.
std::string DateOf(const graph::Revision& revision);

// The rules that it allows, in the header and, as far as it can be read, in the
// body: rule and reason.
std::vector<std::pair<std::string, std::string>> AllowsOf(
    const graph::Revision& revision);

// A file as `show` prints it, of a squash as well.
llvm::json::Object JsonFile(const graph::Revision& revision);

// A revision as `history`, `heads` and `show` print it.
llvm::json::Object JsonRevision(const graph::Graph& graph, std::size_t index);

// "0123456789ab  2025-01-15 14:30:22  add status column to tasks  (head)".
std::string RevisionLine(const graph::Graph& graph, std::size_t index,
                         const std::vector<std::string>& more_marks = {});

// The same with these marks alone, of a squash for example.
std::string LineOf(const graph::Revision& revision,
                   const std::vector<std::string>& marks);

// "name        value", or nothing for an empty value.
void PrintField(llvm::StringRef name, const std::string& value,
                llvm::raw_ostream& out, llvm::StringRef indent = "");

// What the header says, and the checksum, a line each.
void PrintFields(const graph::Revision& revision, llvm::raw_ostream& out,
                 llvm::StringRef indent = "");

// Text of files for a terminal, which gets no control characters of it.
std::string OneLine(std::string text);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_HEADERS_H_
