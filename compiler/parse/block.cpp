#include "compiler/parse/block.h"

#include <algorithm>
#include <string>
#include <utility>

#include "compiler/parse/allow.h"
#include "compiler/parse/beginnings.h"
#include "compiler/parse/block_parser.h"
#include "compiler/parse/recovery.h"
#include "compiler/parse/statement.h"

namespace palindrome::parse {

namespace {

using diagnostics::Make;

PALINDROME_TEXT(kMissingBeginText, kSyntaxError,
                "expected `BEGIN`, found {0}{1}", std::string,
                diagnostics::Meant);
PALINDROME_TEXT(kMissingEndText, kSyntaxError,
                "expected `END` of the block, found {0}", std::string);
PALINDROME_TEXT(kMisspeltEndText, kSyntaxError,
                "expected `END` of the block, found {0}{1}", std::string,
                diagnostics::Meant);
PALINDROME_TEXT(kMissingEndSemicolonText, kSyntaxError,
                "expected `;` behind `{0}`", std::string);
PALINDROME_TEXT(kPreserveDowngradeText, kSyntaxError,
                "`PRESERVE` in a downgrade; what an upgrade destroys is kept, "
                "and `DOWNGRADE AUTO` brings it back");

}  // namespace

bool BlockParser::HasComment(std::size_t token) const {
  const auto& comments = context_.buffer().comments;
  const auto first =
      std::lower_bound(comments.begin(), comments.end(), token,
                       [](const lex::Comment& comment, std::size_t index) {
                         return comment.before_token < index;
                       });
  return first != comments.end() && first->before_token == token;
}

void BlockParser::ExpectSemicolon(const char* behind) {
  if (context_.IsSymbol(at_, ";")) {
    ++at_;
    return;
  }
  context_.SetRegion(at_, at_);
  context_.Report(MakeMissing(kMissingEndSemicolonText,
                              context_.Behind(at_ - 1), std::string(behind)));
  if (context_.IsSymbol(at_ + 1, ";") && !context_.IsWord(at_, "END")) {
    // It stands behind the first word of what follows.
    at_ = SkipCutOff(context_, at_ + 2, Around::kSection);
  }
}

void BlockParser::ReportMissingEnd(const OpenBlock& block) {
  if (!std::exchange(end_reported_, true)) {
    context_.SetRegion(at_, at_);
    context_.Report(
        Make(kMissingEndText, context_.At(at_), context_.Describe(at_))
            .With(context_.At(block.begin), "the block begins here"));
  }
}

void BlockParser::CloseAllows(OpenBlock& block, source::Range covers) {
  for (const std::size_t index : block.allows) {
    migration_.allows[index].covers = covers;
  }
  block.allows.clear();
}

// Expects BEGIN at the cursor and reads to the block's END, which it takes.
void BlockParser::ParseBlock(ast::Section& section, const ForBlock* for_block) {
  OpenBlock block;
  block.begin = at_;
  block.for_block = for_block;
  if (context_.IsWord(at_, "BEGIN")) {
    ++at_;
  } else {
    // Most likely the word alone is missing, or wrong; the END will be there.
    const auto meant = context_.MeantAt(at_, {"BEGIN"});
    context_.SetRegion(at_, at_);
    context_.Report(Make(kMissingBeginText, context_.At(at_),
                         context_.Describe(at_), meant));
    at_ += meant.name.empty() ? 0 : 1;
    if (context_.IsWord(at_ + 1, "BEGIN")) {
      // The first word of what follows may have changed places with it.
      const bool is_of_item = StartsStatement(context_, at_);
      const bool is_empty = context_.IsWord(at_, "END");
      at_ += 2;
      if (is_of_item) {
        const Extent extent = FindExtent(context_, at_, block.around());
        at_ = extent.terminated ? extent.end + 1 : extent.end;
      } else if (is_empty) {
        return;
      }
    }
  }
  while (!context_.stopped() && ParseItem(section, block)) {
  }
  const std::uint32_t end = context_.RangeOf(at_).begin;
  CloseAllows(block, {end, end});
}

// False: the block is over.
bool BlockParser::ParseItem(ast::Section& section, OpenBlock& block) {
  if (at_ >= context_.end_index() || IsSectionStart(context_, at_)) {
    ReportMissingEnd(block);
    return false;
  }
  if (context_.IsWord(at_, "END") && !context_.IsWord(at_ + 1, "TRANSACTION")) {
    return ParseBlockEnd(block);
  }
  if (IsMisspeltEnd()) {
    context_.SetRegion(at_, at_);
    context_.Report(Make(kMisspeltEndText, context_.At(at_),
                         context_.Describe(at_),
                         context_.MeantAt(at_, {"END"})));
    return ParseBlockEnd(block);
  }
  if (context_.IsSymbol(at_, ";")) {
    ++at_;  // An empty statement.
  } else if (context_.IsWord(at_, "ALLOW")) {
    ParseBlockAllow(block);
  } else if (context_.IsWord(at_, "FOR") ||
             (block.for_block == nullptr && FindBrokenFor(context_, at_))) {
    ParseFor(section, block);
  } else if (context_.IsWord(at_, "PRESERVE") && migration_.downgrade) {
    RejectWhole(Make(kPreserveDowngradeText, context_.At(at_)), block);
  } else {
    ParseStatementItem(section, block);
  }
  return true;
}

// A word alone that is none of a statement.
bool BlockParser::IsMisspeltEnd() const {
  return context_.IsSymbol(at_ + 1, ";") &&
         !context_.MeantAt(at_, {"END"}).name.empty();
}

// The END may close what should not have been opened.
bool BlockParser::ParseBlockEnd(OpenBlock& block) {
  if (block.nested == 0 && !block.transaction_open) {
    ++at_;
    return false;
  }
  // No END is left behind it for the block itself, and for that around it.
  const bool is_last =
      CountEnds(context_, at_ + 1) < (block.for_block == nullptr ? 1 : 2);
  if (block.nested > 0 && !is_last) {
    --block.nested;
    at_ += context_.IsSymbol(at_ + 1, ";") ? 2 : 1;
    return true;
  }
  if (block.transaction_open && context_.IsSymbol(at_ + 1, ";") && !is_last) {
    block.transaction_open = false;
    Cursor cursor(context_, at_, at_ + 1);
    context_.SetRegion(at_, at_ + 1);
    RejectTransactionControl(cursor);
    at_ += 2;
    return true;
  }
  ++at_;
  return false;
}

void BlockParser::RejectWhole(const diagnostics::Diagnostic& diagnostic,
                              OpenBlock& block) {
  const std::size_t begin = at_;
  const Extent extent = FindExtent(context_, at_, block.around());
  context_.SetRegion(begin, extent.end);
  context_.Report(diagnostic);
  at_ = extent.terminated ? extent.end + 1 : extent.end;
  CloseAllows(block, context_.RangeOf(begin, extent.end));
}

// Behind what could not be read.
void BlockParser::GoOn(const Extent& extent, const OpenBlock& block) {
  at_ = extent.terminated ? SkipCutOff(context_, extent.end + 1, block.around())
                          : extent.end;
}

void BlockParser::ParseBlockAllow(OpenBlock& block) {
  const std::size_t begin = at_;
  const Extent extent = FindExtent(context_, at_, block.around());
  context_.SetRegion(begin, extent.end);
  Cursor cursor(context_, begin + 1, extent.end);
  auto allow = ParseAllow(cursor);
  if (allow.has_value() && !cursor.AtEnd()) {
    const bool has_reason = context_.IsWord(cursor.position() - 2, "BECAUSE");
    if (has_reason) {
      cursor.ReportExpected("`;`");
    } else {
      cursor.ExpectWord("BECAUSE");
    }
    allow.reset();
  } else if (allow.has_value() && !extent.terminated) {
    context_.Report(MakeMissing(kMissingEndSemicolonText,
                                context_.Behind(extent.end - 1), "ALLOW"));
  }
  if (allow.has_value()) {
    if (block.allows.empty()) {
      block.first_allow = begin;
    }
    block.allows.push_back(migration_.allows.size());
    migration_.allows.push_back(std::move(*allow));
    at_ = extent.terminated ? extent.end + 1 : extent.end;
    return;
  }
  GoOn(extent, block);
}

Block ParseSectionBlock(Context& context, std::size_t begin,
                        ast::Migration& migration, ast::Section& section) {
  return BlockParser(context, begin, migration).Parse(section);
}

}  // namespace palindrome::parse
