// A program: the statements of one direction of a migration for one dialect,
// as text for the ledger, and its digest (`p1:`). The text is
//
//   palindrome-program 1\n
//   <flags> <size>\n<sql>\n      for each statement
//
// with decimal numbers and exactly <size> bytes of SQL; the digest is SHA-256
// over that text. Format version 1, final. Values and pure functions.
#ifndef PALINDROME_RUNTIME_SRC_PROGRAM_H_
#define PALINDROME_RUNTIME_SRC_PROGRAM_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <palindrome/status.h>

namespace palindrome {

struct ProgramStatement {
  std::uint32_t flags = 0;  // palindrome::table::StatementFlag
  std::string sql;
  std::uint32_t line = 0;  // In the migration's file; neither text nor digest.
};

struct Program {
  std::vector<ProgramStatement> statements;
};

std::string EncodeProgram(const Program& program);

// The reverse. kCorruptLedger where `text` is not what EncodeProgram writes,
// kUnsupportedLedger for another version or a flag that is not known.
Result<Program> DecodeProgram(std::string_view text);

std::string ProgramDigest(const Program& program);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_PROGRAM_H_
