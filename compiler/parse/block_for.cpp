// FOR blocks: their dialect, and the statements that are of it alone.
#include <string>
#include <utility>

#include "compiler/parse/block_parser.h"
#include "compiler/parse/cursor.h"
#include "compiler/parse/recovery.h"

namespace palindrome::parse {

namespace {

using diagnostics::Make;

PALINDROME_TEXT(kMissingForText, kSyntaxError, "expected `FOR`, found {0}{1}",
                std::string, diagnostics::Meant);
PALINDROME_TEXT(kSecondForText, kSyntaxError,
                "expected a dialect, found `FOR` again");
PALINDROME_TEXT(kNestedForText, kSyntaxError,
                "`FOR` inside `FOR`; these blocks do not nest");
PALINDROME_TEXT(kUnknownDialectText, kUnknownDialect,
                "there is no dialect `{0}`; there are `sqlite` and "
                "`postgresql`{1}",
                std::string, diagnostics::Meant);

}  // namespace

// False: there is no block.
bool BlockParser::ParseForHead(ForBlock& for_block) {
  if (auto broken = FindBrokenFor(context_, at_)) {
    if (!IsCutOff(context_, at_)) {
      context_.SetRegion(at_, at_ + broken->words);
      context_.Report(Make(kMissingForText, context_.At(at_),
                           context_.Describe(at_),
                           context_.MeantAt(at_, {"FOR"})));
    }
    for_block.dialect = std::move(broken->dialect);
    at_ += broken->words;
    return true;
  }
  if (context_.IsWord(at_ + 1, "FOR")) {
    context_.SetRegion(at_, at_ + 1);
    context_.Report(MakeRepeated(kSecondForText, context_.At(at_ + 1)));
    ++at_;
  }
  Cursor cursor(context_, at_ + 1, context_.end_index());
  context_.SetRegion(at_, at_ + 2);
  if (cursor.IsWord("BEGIN")) {
    cursor.ReportExpected("a dialect");
    for_block.known = false;
    ++at_;
    return true;
  }
  const auto name = cursor.ExpectName("a dialect");
  if (!name.has_value()) {
    return false;
  }
  for_block.dialect = sql::FoldCase(name->text);
  if (for_block.dialect != "sqlite" && for_block.dialect != "postgresql") {
    for_block.known = false;
    context_.Report(Make(
        kUnknownDialectText, context_.At(name->range), name->text,
        diagnostics::MeantWord(for_block.dialect, {"sqlite", "postgresql"})));
  }
  at_ = cursor.position();
  if (context_.IsSymbol(at_, ";")) {
    // There is no block at all.
    if (for_block.known) {
      context_.ReportExpected("`BEGIN`", at_);
    }
    at_ += context_.IsWord(at_ + 1, "BEGIN") ? 1 : 0;
    return context_.IsWord(at_, "BEGIN");
  }
  return true;
}

void BlockParser::ParseFor(ast::Section& section, OpenBlock& block) {
  const std::size_t begin = at_;
  if (block.for_block != nullptr) {
    RejectWhole(Make(kNestedForText, context_.At(at_)), block);
    // Its BEGIN went with the first statement, its END is still to come.
    ++block.nested;
    return;
  }
  ForBlock for_block;
  for_block.commented = HasComment(begin) || (!block.allows.empty() &&
                                              HasComment(block.first_allow));
  if (!ParseForHead(for_block)) {
    const Extent extent = FindExtent(context_, at_, block.around());
    at_ = extent.terminated ? extent.end + 1 : extent.end;
    return;
  }
  ast::Section forgotten;
  ast::Section& into = for_block.known ? section : forgotten;
  const std::size_t first_item = into.items.size();
  ParseBlock(into, &for_block);
  const source::Range range = context_.RangeOf(begin, at_);
  for (std::size_t index = first_item; index < into.items.size(); ++index) {
    into.items[index].for_block = range;
  }
  CloseAllows(block, range);
  if (!end_reported_) {
    ExpectSemicolon("END");
  }
}

}  // namespace palindrome::parse
