#include "compiler/parse/parse.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/lex/lex.h"
#include "compiler/parse/extent.h"
#include "compiler/parse/section.h"
#include "compiler/parse/statement.h"

namespace palindrome::parse {

namespace {

using diagnostics::Make;

PALINDROME_TEXT(kTooDeepText, kSyntaxError, "the parentheses nest too deeply");
PALINDROME_TEXT(kMoreTextText, kSyntaxError,
                "expected the end of the statement, found {0}", std::string);

struct Lexed {
  lex::TokenBuffer buffer;
  diagnostics::Emitter emitter;

  std::vector<source::Range> Places() const {
    std::vector<source::Range> places;
    for (const auto& diagnostic : emitter.diagnostics()) {
      places.push_back(diagnostic.location.range);
    }
    // The lexer reports the opening quote of what does not end; it hides all
    // that follows.
    const std::uint32_t last = buffer.tokens.back().offset;
    if (!places.empty() && buffer.unterminated) {
      places.back().end = last;
    }
    return places;
  }
};

Lexed LexFile(const source::File& file) {
  Lexed lexed;
  lexed.buffer = lex::Lex(file, lexed.emitter);
  return lexed;
}

// Hands on what the lexer said of the bytes before `end`; true: nothing.
bool ForwardErrors(const Lexed& lexed, std::uint32_t begin, std::uint32_t end,
                   diagnostics::Emitter& emitter) {
  bool clean = true;
  for (const auto& diagnostic : lexed.emitter.diagnostics()) {
    const std::uint32_t place = diagnostic.location.range.begin;
    if (begin <= place && place < end) {
      emitter.Emit(diagnostic);
      clean = false;
    }
  }
  return clean;
}

// Nothing was said of the bytes of the file.
bool IsClean(const source::File& file, std::uint32_t begin, std::uint32_t end,
             const diagnostics::Emitter& emitter) {
  return std::none_of(
      emitter.diagnostics().begin(), emitter.diagnostics().end(),
      [&](const diagnostics::Diagnostic& diagnostic) {
        const std::uint32_t place = diagnostic.location.range.begin;
        return diagnostic.location.file == &file && begin <= place &&
               place < end;
      });
}

}  // namespace

ast::Migration ParseMigration(const source::File& file,
                              diagnostics::Emitter& emitter) {
  const Lexed lexed = LexFile(file);
  ast::Migration migration;
  migration.file = &file;
  Context context(lexed.buffer, lexed.Places(), emitter);
  const std::size_t body = ParseHeaderAt(context, migration);
  const std::uint32_t border = context.RangeOf(body).begin;
  const std::size_t header_errors = context.error_count();
  migration.header_ok =
      ForwardErrors(lexed, 0, border, emitter) && header_errors == 0;
  // A file of plain SQL has been told that it is no migration; that is enough.
  if (body < context.end_index() || context.IsWord(0, "MIGRATION")) {
    ParseSections(context, body, migration);
  }
  const bool clean = ForwardErrors(lexed, border, UINT32_MAX, emitter);
  migration.body_ok = clean && context.error_count() == header_errors &&
                      (header_errors == 0 || body < context.end_index());
  migration.upgrade_ok =
      migration.body_ok ||
      (migration.downgrade && migration.downgrade->keyword.begin >= border &&
       IsClean(file, border, migration.downgrade->keyword.begin, emitter));
  return migration;
}

ast::Migration ParseHeader(const source::File& file,
                           diagnostics::Emitter& emitter) {
  const Lexed lexed = LexFile(file);
  ast::Migration migration;
  migration.file = &file;
  Context context(lexed.buffer, lexed.Places(), emitter);
  const std::size_t body = ParseHeaderAt(context, migration);
  const bool clean =
      ForwardErrors(lexed, 0, context.RangeOf(body).begin, emitter);
  migration.header_ok = clean && context.error_count() == 0;
  return migration;
}

std::optional<ast::Statement> ParseStatement(const source::File& file,
                                             diagnostics::Emitter& emitter) {
  const Lexed lexed = LexFile(file);
  Context context(lexed.buffer, lexed.Places(), emitter);
  const bool clean = ForwardErrors(lexed, 0, UINT32_MAX, emitter);
  const Extent extent = FindExtent(context, 0, Around::kNothing);
  const std::size_t behind = extent.terminated ? extent.end + 1 : extent.end;
  context.SetRegion(0, context.end_index());
  if (extent.too_deep.has_value()) {
    context.Report(Make(kTooDeepText, context.At(*extent.too_deep)));
    return std::nullopt;
  }
  Cursor cursor(context, 0, extent.end);
  auto statement = ParseAnyStatement(cursor, "sqlite");
  if (statement.has_value() && behind < context.end_index()) {
    context.Report(
        Make(kMoreTextText, context.At(behind), context.Describe(behind)));
    return std::nullopt;
  }
  return clean ? std::move(statement) : std::nullopt;
}

}  // namespace palindrome::parse
