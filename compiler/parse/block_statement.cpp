// The statements of a block, with what stands around each of them: PRESERVE, a
// comment, `;`.
#include <algorithm>
#include <string>
#include <utility>

#include "compiler/parse/beginnings.h"
#include "compiler/parse/blank.h"
#include "compiler/parse/block_parser.h"
#include "compiler/parse/statement.h"

namespace palindrome::parse {

namespace {

using diagnostics::Make;

PALINDROME_TEXT(kMissingTriggerEndText, kSyntaxError,
                "expected `END` of the trigger, found {0}", std::string);
PALINDROME_TEXT(kMissingSemicolonText, kSyntaxError,
                "expected `;` behind the statement");
PALINDROME_TEXT(kBlankText, kSyntaxError,
                "`{0}` is left to be filled in; write what shall stand there",
                std::string);
PALINDROME_TEXT(kTooDeepText, kSyntaxError, "the parentheses nest too deeply");
PALINDROME_TEXT(kNestedBeginText, kSyntaxError,
                "`BEGIN` inside a block; blocks do not nest");

}  // namespace

// A word alone on its line, which may be none of the statement's: `GO`.
bool BlockParser::IsStray(std::size_t token) const {
  return context_.token(token).kind == sql::TokenKind::kWord &&
         context_.StartsLine(token);
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
    if (statement->kind() != ast::StatementKind::kCreateTrigger &&
        IsStray(extent.end - 1)) {
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

}  // namespace palindrome::parse
