// Code generation: from a compiled history to the C++ header and source that
// hold its table (runtime/docs/table_format.md).
//
// The same history gives the same bytes: no dates, no absolute paths, no hash
// order. Pure functions, any thread.
#ifndef PALINDROME_COMPILER_CODEGEN_CODEGEN_H_
#define PALINDROME_COMPILER_CODEGEN_CODEGEN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "llvm/Support/Error.h"

#include "palindrome/table_values.h"

namespace palindrome::codegen {

struct CompiledStatement {
  std::uint32_t flags = 0;
  std::uint32_t line = 0;
  std::string sql;
};

struct CompiledMigration {
  std::string revision;
  std::string title;
  std::string documentation;
  std::string file_name;
  std::string created;
  std::string checksum;
  std::string chain;
  std::string digest_before;
  std::string digest_after;
  std::string squashes_from;
  std::string squashes_to;
  std::string approved_by;
  std::vector<std::string> parents;
  std::vector<std::string> depends_on;
  std::vector<std::string> branch_labels;
  std::vector<std::pair<std::string, std::string>> allowed;  // rule, reason
  table::Dialect dialect = table::Dialect::kSqlite;
  std::uint32_t minimum_engine = 0;
  std::vector<CompiledStatement> up;
  std::vector<CompiledStatement> down;
  table::Proof proof = table::Proof::kNone;
  table::Loss loss = table::Loss::kUnclassified;
  std::uint32_t compatibility = 0;  // table::Compatibility
};

// Statements that stand for the upgrades of `count` migrations from `first` on.
struct CompiledShortcut {
  table::Dialect dialect = table::Dialect::kSqlite;
  table::ShortcutKind kind = table::ShortcutKind::kNewDatabase;
  std::size_t first = 0;
  std::size_t count = 0;
  std::vector<CompiledStatement> up;
};

struct CompiledHistory {
  std::string target;         // As CMake calls it; names the files.
  std::string cpp_namespace;  // A C++ name, `a::b` allowed.
  std::string name;           // The history's namespace in a ledger.
  std::vector<CompiledMigration> migrations;  // Parents first.
  std::vector<CompiledShortcut> shortcuts;
  std::string no_snapshot;  // Why there is none, for the reader of the source.
};

// `text` made a C identifier, as CMake's string(MAKE_C_IDENTIFIER) does it.
std::string MakeIdentifier(std::string_view text);

// The name of the generated files without `.h` and `.cpp`.
std::string FileStem(const CompiledHistory& history);

std::string GenerateHeader(const CompiledHistory& history);
// Fails if the table would not fit its 32-bit offsets.
llvm::Expected<std::string> GenerateSource(const CompiledHistory& history);

}  // namespace palindrome::codegen

#endif  // PALINDROME_COMPILER_CODEGEN_CODEGEN_H_
