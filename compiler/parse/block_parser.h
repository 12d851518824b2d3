// Inside the parser of blocks: what its files share.
//
// A `BlockParser` lives for one section, on one thread.
#ifndef PALINDROME_COMPILER_PARSE_BLOCK_PARSER_H_
#define PALINDROME_COMPILER_PARSE_BLOCK_PARSER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/parse/block.h"
#include "compiler/parse/extent.h"

namespace palindrome::parse {

// A FOR block while its items are read.
struct ForBlock {
  std::string dialect;
  bool known = true;  // Else its items are read and forgotten.
  bool commented = false;
};

class BlockParser {
 public:
  BlockParser(Context& context, std::size_t begin, ast::Migration& migration)
      : context_(context), migration_(migration), at_(begin) {}

  // Reads the block of a section.
  Block Parse(ast::Section& section) {
    ParseBlock(section, nullptr);
    return {at_, end_reported_};
  }

 private:
  struct OpenBlock {
    std::size_t begin = 0;  // The token BEGIN.
    const ForBlock* for_block = nullptr;
    // ALLOWs that wait for their item, and where the first of them stands.
    std::vector<std::size_t> allows;
    std::size_t first_allow = 0;
    bool transaction_open = false;  // A BEGIN; waits for its END;.
    std::size_t nested = 0;         // BEGINs that should not be there.

    Around around() const {
      return for_block == nullptr ? Around::kSection : Around::kFor;
    }
  };

  // The block itself and its ALLOWs, in block.cpp.
  void ParseBlock(ast::Section& section, const ForBlock* for_block);
  bool ParseItem(ast::Section& section, OpenBlock& block);
  bool IsMisspeltEnd() const;
  bool ParseBlockEnd(OpenBlock& block);
  void ParseBlockAllow(OpenBlock& block);
  void GoOn(const Extent& extent, const OpenBlock& block);
  void RejectWhole(const diagnostics::Diagnostic& diagnostic, OpenBlock& block);
  void CloseAllows(OpenBlock& block, source::Range covers);
  bool HasComment(std::size_t token) const;
  void ExpectSemicolon(const char* behind);
  void ReportMissingEnd(const OpenBlock& block);

  // FOR blocks, in block_for.cpp.
  void ParseFor(ast::Section& section, OpenBlock& block);
  bool ParseForHead(ForBlock& for_block);

  // Statements, in block_statement.cpp.
  void ParseStatementItem(ast::Section& section, OpenBlock& block);
  std::string NextArchive(const ast::Section& section) const;
  bool RejectBegin(OpenBlock& block);
  bool IsStray(std::size_t token) const;

  Context& context_;
  ast::Migration& migration_;
  std::size_t at_;
  // A trigger ran to the end of the section: its END is the one that misses.
  bool end_reported_ = false;
};

}  // namespace palindrome::parse

#endif  // PALINDROME_COMPILER_PARSE_BLOCK_PARSER_H_
