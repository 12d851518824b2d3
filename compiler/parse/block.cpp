#include "compiler/parse/block.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "compiler/parse/allow.h"
#include "compiler/parse/blank.h"
#include "compiler/parse/extent.h"
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
PALINDROME_TEXT(kMissingTriggerEndText, kSyntaxError,
                "expected `END` of the trigger, found {0}", std::string);
PALINDROME_TEXT(kMissingSemicolonText, kSyntaxError,
                "expected `;` behind the statement");
PALINDROME_TEXT(kMissingEndSemicolonText, kSyntaxError,
                "expected `;` behind `{0}`", std::string);
PALINDROME_TEXT(kBlankText, kSyntaxError,
                "`{0}` is left to be filled in; write what shall stand there",
                std::string);
PALINDROME_TEXT(kTooDeepText, kSyntaxError, "the parentheses nest too deeply");
PALINDROME_TEXT(kPreserveDowngradeText, kSyntaxError,
                "`PRESERVE` in a downgrade; what an upgrade destroys is kept, "
                "and `DOWNGRADE AUTO` brings it back");
PALINDROME_TEXT(kMissingForText, kSyntaxError, "expected `FOR`, found {0}{1}",
                std::string, diagnostics::Meant);
PALINDROME_TEXT(kSecondForText, kSyntaxError,
                "expected a dialect, found `FOR` again");
PALINDROME_TEXT(kNestedForText, kSyntaxError,
                "`FOR` inside `FOR`; these blocks do not nest");
PALINDROME_TEXT(kNestedBeginText, kSyntaxError,
                "`BEGIN` inside a block; blocks do not nest");
PALINDROME_TEXT(kUnknownDialectText, kUnknownDialect,
                "there is no dialect `{0}`; there are `sqlite` and "
                "`postgresql`{1}",
                std::string, diagnostics::Meant);

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

  void ParseBlock(ast::Section& section, const ForBlock* for_block);
  bool ParseItem(ast::Section& section, OpenBlock& block);
  bool IsMisspeltEnd() const;
  bool ParseBlockEnd(OpenBlock& block);
  void ParseBlockAllow(OpenBlock& block);
  void ParseFor(ast::Section& section, OpenBlock& block);
  bool ParseForHead(ForBlock& for_block);
  void ParseStatementItem(ast::Section& section, OpenBlock& block);
  std::string NextArchive(const ast::Section& section) const;
  bool RejectBegin(OpenBlock& block);
  void GoOn(const Extent& extent, const OpenBlock& block);
  void RejectWhole(const diagnostics::Diagnostic& diagnostic, OpenBlock& block);
  void CloseAllows(OpenBlock& block, source::Range covers);
  bool HasComment(std::size_t token) const;
  bool IsStray(std::size_t token) const;
  void ExpectSemicolon(const char* behind);
  void ReportMissingEnd(const OpenBlock& block);

  Context& context_;
  ast::Migration& migration_;
  std::size_t at_;
  // A trigger ran to the end of the section: its END is the one that misses.
  bool end_reported_ = false;
};

bool BlockParser::HasComment(std::size_t token) const {
  const auto& comments = context_.buffer().comments;
  const auto first =
      std::lower_bound(comments.begin(), comments.end(), token,
                       [](const lex::Comment& comment, std::size_t index) {
                         return comment.before_token < index;
                       });
  return first != comments.end() && first->before_token == token;
}

// A word alone on its line, which may be none of the statement's: `GO`.
bool BlockParser::IsStray(std::size_t token) const {
  return context_.token(token).kind == sql::TokenKind::kWord &&
         context_.StartsLine(token);
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

// BEGIN where a statement should be: of a transaction, or of a block that
// somebody thought could nest. True: taken care of.
bool BlockParser::RejectBegin(OpenBlock& block) {
  if (!context_.IsWord(at_, "BEGIN")) {
    return false;
  }
  bool is_transaction = context_.IsSymbol(at_ + 1, ";");
  for (const char* word :
       {"TRANSACTION", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"}) {
    is_transaction = is_transaction || context_.IsWord(at_ + 1, word);
  }
  if (is_transaction) {
    block.transaction_open = true;
    return false;
  }
  context_.SetRegion(at_, at_);
  context_.Report(Make(kNestedBeginText, context_.At(at_)));
  ++block.nested;
  ++at_;
  return true;
}

void BlockParser::ParseStatementItem(ast::Section& section, OpenBlock& block) {
  if (RejectBegin(block)) {
    return;
  }
  const std::size_t first = at_;
  const bool preserve = context_.IsWord(at_, "PRESERVE");
  const std::size_t begin = preserve ? first + 1 : first;
  const Extent extent = FindExtent(context_, begin, block.around());
  context_.SetRegion(first, extent.end);
  if (context_.IsWord(begin, "COMMIT") || context_.IsWord(begin, "ROLLBACK")) {
    block.transaction_open = false;
  }
  at_ = extent.terminated ? extent.end + 1 : extent.end;
  const source::Range range = context_.RangeOf(first, extent.end);
  const bool commented = HasComment(first) || (!block.allows.empty() &&
                                               HasComment(block.first_allow));
  CloseAllows(block, range);
  if (extent.too_deep.has_value()) {
    context_.Report(Make(kTooDeepText, context_.At(*extent.too_deep)));
    return;
  }
  if (extent.open_body.has_value()) {
    end_reported_ = extent.end >= context_.end_index() ||
                    IsSectionStart(context_, extent.end);
    context_.Report(
        Make(kMissingTriggerEndText, context_.At(extent.end),
             context_.Describe(extent.end))
            .With(context_.At(*extent.open_body), "its body begins here"));
    return;
  }
  if (const auto blank = FindBlank(context_, begin, extent.end)) {
    context_.Report(Make(kBlankText, context_.At(*blank),
                         std::string(context_.buffer().file->text(*blank))));
    return;
  }
  Cursor cursor(context_, begin, extent.end);
  // What stands in a FOR of no dialect is forgotten, and may be anything.
  const std::string dialect = block.for_block == nullptr ? ""
                              : block.for_block->known
                                  ? block.for_block->dialect
                                  : "sqlite";
  auto statement = ParseAnyStatement(cursor, dialect);
  if (!statement.has_value()) {
    GoOn(extent, block);
    return;
  }
  if (!extent.terminated) {
    auto missing =
        MakeMissing(kMissingSemicolonText, context_.Behind(extent.end - 1));
    if (IsStray(extent.end - 1)) {
      missing.fixes.front().mechanical = false;
    }
    context_.Report(std::move(missing));
  }
  ast::Item item;
  item.statement = std::move(*statement);
  item.dialect = dialect;
  item.commented =
      commented || (block.for_block != nullptr && block.for_block->commented);
  if (preserve) {
    item.preserve = context_.RangeOf(first);
    item.archive = NextArchive(section);
  }
  section.items.push_back(std::move(item));
}

std::string BlockParser::NextArchive(const ast::Section& section) const {
  const auto archives = std::count_if(
      section.items.begin(), section.items.end(),
      [](const ast::Item& item) { return !item.archive.empty(); });
  const auto& revision = migration_.header.revision;
  return ast::ArchiveName(static_cast<std::size_t>(archives) + 1,
                          revision ? revision->value : "");
}

}  // namespace

Block ParseSectionBlock(Context& context, std::size_t begin,
                        ast::Migration& migration, ast::Section& section) {
  return BlockParser(context, begin, migration).Parse(section);
}

}  // namespace palindrome::parse
