#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "compiler/parse/allow.h"
#include "compiler/parse/beginnings.h"
#include "compiler/parse/documentation.h"
#include "compiler/parse/names.h"
#include "compiler/parse/section.h"

namespace palindrome::parse {

namespace {

using diagnostics::Make;

PALINDROME_TEXT(kNoHeaderText, kMissingRevisionId,
                "the file has no migration header, found {0}; it begins with "
                "`MIGRATION 'title' REVISION 'id' REVISES …;`{1}",
                std::string, diagnostics::Meant);
PALINDROME_TEXT(kNoRevisionText, kMissingRevisionId,
                "the header has no `REVISION 'id'`");
PALINDROME_TEXT(kBadRevisionText, kMissingRevisionId,
                "`{0}` is no revision id; it consists of 1 to 40 of the "
                "characters a-z, 0-9 and `_`",
                std::string);
PALINDROME_TEXT(kNoRevisesText, kSyntaxError,
                "the header has no `REVISES`; name the parent revision, or "
                "write `REVISES NONE` in the first migration");
PALINDROME_TEXT(kUnknownClauseText, kSyntaxError,
                "expected a header clause or `;`, found {0}{1}", std::string,
                diagnostics::Meant);
PALINDROME_TEXT(kSecondClauseText, kSyntaxError, "a second `{0}` in the header",
                std::string);
PALINDROME_TEXT(kMissingSemicolonText, kSyntaxError,
                "expected `;` behind the header");

PALINDROME_TEXT(kEmptyTitleText, kSyntaxError,
                "the title is empty; say what the migration does");
PALINDROME_TEXT(kReservedIdText, kMissingRevisionId,
                "`{0}` is no revision id; as a target it means something else",
                std::string);
PALINDROME_TEXT(kBadLabelText, kSyntaxError, "{0}", std::string);
PALINDROME_TEXT(kTwiceText, kSyntaxError, "`{0}` stands twice in `{1}`",
                std::string, std::string);

// The text between the strings goes too; no fix if a comment is in it.
std::optional<diagnostics::Fix> WithoutRepeated(source::Location place) {
  const std::string_view text = place.file->text(place.range);
  if (text.find("--") != std::string_view::npos ||
      text.find("/*") != std::string_view::npos) {
    return std::nullopt;
  }
  return diagnostics::Fix{
      "remove the second", {{place, ""}}, /*mechanical=*/true};
}

enum class Clause : std::uint8_t {
#define PALINDROME_HEADER_CLAUSE(Name, Word) Name,
#include "compiler/parse/header_clauses.def"
};

constexpr std::string_view kClauseWords[] = {
#define PALINDROME_HEADER_CLAUSE(Name, Word) Word,
#include "compiler/parse/header_clauses.def"
};

std::optional<Clause> FindClause(const Cursor& cursor) {
  for (std::size_t index = 0; index < std::size(kClauseWords); ++index) {
    if (cursor.IsWord(kClauseWords[index])) {
      return static_cast<Clause>(index);
    }
  }
  return std::nullopt;
}

class HeaderParser {
 public:
  HeaderParser(Cursor cursor, ast::Migration& migration)
      : cursor_(std::move(cursor)),
        migration_(migration),
        header_(migration.header) {}

  // Reads MIGRATION, the title and the clauses.
  void Parse() {
    const std::size_t errors = cursor_.context().error_count();
    cursor_.Advance();
    if (auto title = cursor_.ExpectString("the migration's title as a string");
        title.has_value()) {
      header_.title = std::move(*title);
      if (IsBlank(header_.title.value)) {
        Report(Make(kEmptyTitleText, At(header_.title)));
      }
    } else {
      Recover();
    }
    while (!cursor_.AtEnd()) {
      if (!ParseClause()) {
        Recover();
      }
    }
    cursor_.context().SetQuiet(false);
    // A clause that could not be read is not missing as well.
    if (cursor_.context().error_count() == errors) {
      RequireClauses();
    }
  }

 private:
  void Report(const diagnostics::Diagnostic& diagnostic) {
    cursor_.context().Report(diagnostic);
  }

  source::Location At(const ast::Text& text) const {
    return cursor_.context().At(text.range);
  }

  void RejectRepeated(const std::vector<ast::Text>& texts, const char* clause) {
    for (auto text = texts.begin(); text != texts.end(); ++text) {
      const auto first = std::find_if(
          texts.begin(), text,
          [&](const ast::Text& other) { return other.value == text->value; });
      if (first != text && !IsBlank(text->value)) {
        const source::Range repeated{std::prev(text)->range.end,
                                     text->range.end};
        Report(Make(kTwiceText, At(*text), text->value, clause)
                   .With(At(*first), "the first is here")
                   .Mended(WithoutRepeated(cursor_.context().At(repeated))));
      }
    }
  }

  // What the rest of the header seems to lack, or to have too much of, follows
  // from what could not be read.
  void Recover() {
    cursor_.context().SetQuiet(true);
    while (!cursor_.AtEnd() && !FindClause(cursor_).has_value() &&
           !IsMisspelt()) {
      cursor_.Advance();
    }
    // Which is a mistake of its own.
    cursor_.context().SetQuiet(cursor_.AtEnd() || !IsMisspelt());
  }

  // A clause that is misspelt, behind one that ends in a string.
  bool IsMisspelt() const {
    const Context& context = cursor_.context();
    return context.StartsLine(cursor_.position()) &&
           context.token(cursor_.position() - 1).kind ==
               sql::TokenKind::kString &&
           !cursor_
                .MeantHere({std::begin(kClauseWords), std::end(kClauseWords)})
                .name.empty();
  }

  bool ParseClause() {
    const auto clause = FindClause(cursor_);
    if (!clause.has_value()) {
      ReportUnknown();
      cursor_.Advance();
      return false;
    }
    if (cursor_.IsWord(kClauseWords[static_cast<std::size_t>(*clause)], 1)) {
      RejectRepeatedWord(*clause);
    }
    const std::size_t begin = cursor_.position();
    RejectSecond(*clause, begin);
    return ParseKnown(*clause, begin);
  }

  void ReportUnknown() {
    const Context& context = cursor_.context();
    std::vector<std::string> missing;
    for (const std::string_view word : kClauseWords) {
      if (!IsThere(word)) {
        missing.emplace_back(word);
      }
    }
    diagnostics::Meant meant = cursor_.MeantHere(missing);
    if (meant.name.empty()) {
      meant =
          cursor_.MeantHere({std::begin(kClauseWords), std::end(kClauseWords)});
      meant.is_plain = false;  // It would be a second one.
    }
    cursor_.context().Report(Make(kUnknownClauseText,
                                  context.At(cursor_.position()),
                                  context.Describe(cursor_.position()), meant));
  }

  // Whether the word stands anywhere in the header, which has it but once.
  bool IsThere(std::string_view word) const {
    if (word == "ALLOW") {
      return false;
    }
    for (std::size_t at = cursor_.begin(); at < cursor_.end(); ++at) {
      if (cursor_.context().IsWord(at, word)) {
        return true;
      }
    }
    return false;
  }

  // The same word again, with nothing between.
  void RejectRepeatedWord(Clause clause) {
    Context& context = cursor_.context();
    const std::size_t first = cursor_.position();
    cursor_.Advance();
    context.Report(
        MakeRepeated(
            kSecondClauseText, context.At(cursor_.position()),
            std::string(kClauseWords[static_cast<std::size_t>(clause)]))
            .With(context.At(first), "the first is here"));
  }

  // The second of a kind is read and forgotten.
  void RejectSecond(Clause clause, std::size_t at) {
    const auto index = static_cast<std::size_t>(clause);
    auto& first = first_[index];
    if (clause == Clause::kAllow || !first.has_value()) {
      first = at;
      return;
    }
    Context& context = cursor_.context();
    context.Report(Make(kSecondClauseText, context.At(at),
                        std::string(kClauseWords[index]))
                       .With(context.At(*first), "the first is here"));
    second_ = true;
  }

  bool ParseKnown(Clause clause, std::size_t begin) {
    // What a second clause says goes nowhere.
    ast::Header scratch;
    ast::Header& into = std::exchange(second_, false) ? scratch : header_;
    cursor_.Advance();
    switch (clause) {
      case Clause::kRevision:
        return ParseRevision(into);
      case Clause::kRevises:
        return ParseRevises(into, begin);
      case Clause::kCreated:
        into.created = cursor_.ExpectString("a time as a string");
        return into.created.has_value();
      case Clause::kBranch:
        return ParseBranch(into);
      case Clause::kDepends:
        if (!cursor_.ExpectWord("ON") ||
            !ParseStrings("a revision id as a string", into.depends_on)) {
          return false;
        }
        RejectRepeated(into.depends_on, "DEPENDS ON");
        return true;
      case Clause::kSquashes:
        return ParseSquashes(into, begin);
      case Clause::kAllow:
        return ParseHeaderAllow();
      case Clause::kDraft:
        into.draft = cursor_.RangeSince(begin);
        return true;
    }
    return false;
  }

  bool ParseRevision(ast::Header& into) {
    auto id = cursor_.ExpectString("a revision id as a string");
    if (!id.has_value()) {
      return false;
    }
    if (!IsRevisionId(id->value)) {
      cursor_.context().Report(
          Make(kBadRevisionText, cursor_.context().At(id->range), id->value));
      return true;
    }
    if (IsTargetWord(id->value)) {
      Report(Make(kReservedIdText, At(*id), id->value));
    }
    into.revision = std::move(*id);
    return true;
  }

  bool ParseBranch(ast::Header& into) {
    if (!ParseStrings("a branch label as a string", into.branch_labels)) {
      return false;
    }
    for (const ast::Text& label : into.branch_labels) {
      if (std::string why = WhyNoLabel(label.value); !why.empty()) {
        Report(Make(kBadLabelText, At(label), std::move(why)));
      }
    }
    RejectRepeated(into.branch_labels, "BRANCH");
    return true;
  }

  bool ParseRevises(ast::Header& into, std::size_t begin) {
    if (cursor_.AcceptWord("NONE")) {
      into.revises_none = true;
    } else if (!ParseStrings("`NONE` or a revision id as a string",
                             into.parents)) {
      return false;
    }
    RejectRepeated(into.parents, "REVISES");
    into.revises_range = cursor_.RangeSince(begin);
    return true;
  }

  bool ParseStrings(const char* what, std::vector<ast::Text>& strings) {
    do {
      auto text = cursor_.ExpectString(what);
      if (!text.has_value()) {
        return false;
      }
      strings.push_back(std::move(*text));
    } while (cursor_.AcceptSymbol(","));
    return true;
  }

  bool ParseSquashes(ast::Header& into, std::size_t begin) {
    auto from = cursor_.ExpectString("a revision id as a string");
    if (!from.has_value() || !cursor_.ExpectWord("TO")) {
      return false;
    }
    auto to = cursor_.ExpectString("a revision id as a string");
    if (!to.has_value()) {
      return false;
    }
    ast::Squashes squashes{std::move(*from), std::move(*to), std::nullopt, {}};
    if (cursor_.AcceptWord("APPROVED")) {
      if (!cursor_.ExpectWord("BY")) {
        return false;
      }
      squashes.approved_by = cursor_.ExpectString("a name as a string");
      if (!squashes.approved_by.has_value()) {
        return false;
      }
    }
    squashes.range = cursor_.RangeSince(begin);
    into.squashes = std::move(squashes);
    return true;
  }

  bool ParseHeaderAllow() {
    auto allow = ParseAllow(cursor_);
    if (!allow.has_value()) {
      return false;
    }
    // Text that belongs to no clause stands where the reason should.
    const bool has_reason = allow->reason.range.begin != allow->range.begin;
    if (!has_reason && !cursor_.AtEnd() && !FindClause(cursor_).has_value()) {
      cursor_.ExpectWord("BECAUSE");
      return false;
    }
    const std::string_view text = migration_.file->text();
    allow->covers = {0, static_cast<std::uint32_t>(text.size())};
    migration_.allows.push_back(std::move(*allow));
    return true;
  }

  void RequireClauses() {
    Context& context = cursor_.context();
    const source::Location place = context.At(cursor_.begin());
    if (!first_[static_cast<std::size_t>(Clause::kRevision)].has_value()) {
      context.Report(Make(kNoRevisionText, place));
    }
    if (!first_[static_cast<std::size_t>(Clause::kRevises)].has_value()) {
      context.Report(Make(kNoRevisesText, place));
    }
  }

  Cursor cursor_;
  ast::Migration& migration_;
  ast::Header& header_;
  std::array<std::optional<std::size_t>, std::size(kClauseWords)> first_;
  bool second_ = false;
};

// The keyword of a section, with a `;` before its block.
bool IsCutOffSection(const Context& context, std::size_t index) {
  return (context.IsWord(index, "UPGRADE") ||
          context.IsWord(index, "DOWNGRADE")) &&
         context.IsSymbol(index + 1, ";") && context.IsWord(index + 2, "BEGIN");
}

// The sections, if there are any, of a file without a header.
std::size_t SkipToSections(const Context& context) {
  std::size_t at = 0;
  while (at < context.end_index() && !IsSectionStart(context, at)) {
    ++at;
  }
  return at;
}

}  // namespace

std::size_t ParseHeaderAt(Context& context, ast::Migration& migration) {
  if (!context.IsWord(0, "MIGRATION")) {
    context.SetRegion(0, 0);
    context.Report(Make(kNoHeaderText, context.At(std::size_t{0}),
                        context.Describe(0),
                        context.MeantAt(0, {"MIGRATION"})));
    return SkipToSections(context);
  }
  std::size_t end = 0;
  while (end < context.end_index() && !context.IsSymbol(end, ";") &&
         !IsSectionStart(context, end) && !IsCutOffSection(context, end) &&
         MeantSection(context, end).name.empty()) {
    ++end;
  }
  context.SetRegion(0, end);
  const bool terminated = context.IsSymbol(end, ";");
  HeaderParser(Cursor(context, 0, end), migration).Parse();
  if (!terminated) {
    context.Report(MakeMissing(kMissingSemicolonText, context.Behind(end - 1)));
  }
  migration.header.range = context.RangeOf(0, terminated ? end + 1 : end);
  migration.header.documentation = Documentation(context.buffer());
  return terminated ? end + 1 : end;
}

}  // namespace palindrome::parse
