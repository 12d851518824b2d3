#include "compiler/parse/section.h"

#include <string>
#include <utility>

#include "compiler/parse/beginnings.h"
#include "compiler/parse/block.h"
#include "compiler/parse/extent.h"
#include "compiler/parse/recovery.h"

namespace palindrome::parse {

namespace {

using diagnostics::Make;

PALINDROME_TEXT(kUpgradeAutoText, kSyntaxError,
                "`AUTO` behind `UPGRADE`; only a downgrade can be derived");
PALINDROME_TEXT(kSecondSectionText, kSyntaxError, "a second `{0}`",
                std::string);
PALINDROME_TEXT(kRepeatedText, kSyntaxError,
                "expected `;` behind `{0}`, found `{0}` again", std::string);
PALINDROME_TEXT(kNoUpgradeText, kSyntaxError,
                "expected `UPGRADE`, found {0}{1}", std::string,
                diagnostics::Meant);
PALINDROME_TEXT(kTrailingText, kSyntaxError,
                "expected the end of the file, found {0}{1}", std::string,
                diagnostics::Meant);
PALINDROME_TEXT(kExpectedDowngradeText, kSyntaxError,
                "expected `DOWNGRADE`, found {0}{1}", std::string,
                diagnostics::Meant);
PALINDROME_TEXT(kNoBlockText, kSyntaxError,
                "expected `BEGIN` or `AUTO`, found {0}{1}", std::string,
                diagnostics::Meant);
PALINDROME_TEXT(kAutoBlockText, kSyntaxError,
                "a block behind `AUTO`, which derives the downgrade; remove "
                "one of the two");
PALINDROME_TEXT(kSecondMigrationText, kSyntaxError,
                "a second migration in the file; give it a file of its own");
PALINDROME_TEXT(kMissingSemicolonText, kSyntaxError,
                "expected `;` behind `{0}`", std::string);

PALINDROME_TEXT(kPreserveByHandText, kPreserveImpossible,
                "the downgrade is written by hand, and only `DOWNGRADE AUTO` "
                "restores what `PRESERVE` archives; write that, or remove the "
                "word");

class SectionParser {
 public:
  SectionParser(Context& context, std::size_t begin, ast::Migration& migration)
      : context_(context), migration_(migration), at_(begin) {}

  void ParseAll();

 private:
  void ParseSection(ast::Section& section, bool is_upgrade);
  void ParseKnownSection(bool is_upgrade);
  void ReportStray();
  bool AcceptAuto(bool is_upgrade);
  void RejectRepeatedWord(const char* keyword);
  void RejectBlock(source::Range auto_range);
  void RequireUpgrade();
  void RequireAuto();
  void ExpectSemicolon(const char* behind);
  bool SkipSemicolon();

  Context& context_;
  ast::Migration& migration_;
  std::size_t at_;
  bool has_upgrade_ = false;
  bool upgrade_reported_ = false;
  bool section_has_errors_ = false;  // The last one.
};

void SectionParser::ExpectSemicolon(const char* behind) {
  if (context_.IsSymbol(at_, ";")) {
    ++at_;
    return;
  }
  context_.SetRegion(at_, at_);
  if (context_.IsWord(at_, behind)) {
    context_.Report(
        MakeRepeated(kRepeatedText, context_.At(at_), std::string(behind)));
    at_ += context_.IsSymbol(at_ + 1, ";") ? 2 : 1;
    return;
  }
  context_.Report(MakeMissing(kMissingSemicolonText, context_.Behind(at_ - 1),
                              std::string(behind)));
}

// The same word again, with nothing between.
void SectionParser::RejectRepeatedWord(const char* keyword) {
  if (context_.IsWord(at_, keyword) && context_.IsWord(at_ + 1, keyword)) {
    context_.SetRegion(at_, at_ + 1);
    context_.Report(MakeRepeated(kSecondSectionText, context_.At(at_ + 1),
                                 std::string(keyword))
                        .With(context_.At(at_), "the first is here"));
    ++at_;
  }
}

// True: there is a `;` before the block. It may be the one that is missing
// before the keyword, which has been reported.
bool SectionParser::SkipSemicolon() {
  if (!context_.IsSymbol(at_, ";") || !(context_.IsWord(at_ + 1, "BEGIN") ||
                                        context_.IsWord(at_ + 1, "AUTO"))) {
    return false;
  }
  const bool is_missed =
      at_ >= 2 && context_.error_count() > 0 &&
      context_.last_error().begin == context_.RangeOf(at_ - 2).end;
  if (!is_missed) {
    context_.SetRegion(at_, at_);
    context_.Report(
        Make(kNoBlockText, context_.At(at_), context_.Describe(at_), {}));
  }
  ++at_;
  return true;
}

// AUTO, reported where it is misspelt, missing or cannot be.
bool SectionParser::AcceptAuto(bool is_upgrade) {
  context_.SetRegion(at_, at_);
  if (!is_upgrade && context_.IsSymbol(at_, ";")) {
    context_.Report(
        Make(kNoBlockText, context_.At(at_), context_.Describe(at_), {})
            .Mended(diagnostics::Insert(diagnostics::By::kPerson,
                                        context_.Behind(at_ - 1), " AUTO")));
    return true;
  }
  if (!context_.IsWord(at_, "AUTO")) {
    const auto meant = context_.MeantAt(at_, {"AUTO", "BEGIN"});
    if (is_upgrade || meant.name != "AUTO") {
      return false;
    }
    context_.Report(
        Make(kNoBlockText, context_.At(at_), context_.Describe(at_), meant));
  } else if (is_upgrade) {
    context_.Report(Make(kUpgradeAutoText, context_.At(at_)));
  }
  ++at_;
  return true;
}

// At BEGIN: the block is read, so that nothing of it is said to be stray.
void SectionParser::RejectBlock(source::Range auto_range) {
  context_.SetRegion(at_, at_);
  context_.Report(
      Make(kAutoBlockText, context_.At(at_))
          .Mended(diagnostics::Remove(diagnostics::By::kPerson,
                                      context_.At(auto_range), "the `AUTO`")));
  ast::Section forgotten;
  at_ = ParseSectionBlock(context_, at_, migration_, forgotten).end;
  at_ += context_.IsSymbol(at_, ";") ? 1 : 0;
}

// At UPGRADE or DOWNGRADE, or what was meant to be.
void SectionParser::ParseSection(ast::Section& section, bool is_upgrade) {
  RejectRepeatedWord(is_upgrade ? "UPGRADE" : "DOWNGRADE");
  const std::size_t begin = at_;
  section.keyword = context_.RangeOf(at_);
  ++at_;
  const bool is_moved = SkipSemicolon();
  if (AcceptAuto(is_upgrade)) {
    section.is_auto = true;
    section.auto_range = context_.RangeOf(at_ - 1);
    if (context_.IsWord(at_, "BEGIN")) {
      RejectBlock(section.auto_range);
    } else if (!is_moved || context_.IsSymbol(at_, ";")) {
      ExpectSemicolon("AUTO");
    }
  } else {
    const Block block = ParseSectionBlock(context_, at_, migration_, section);
    at_ = block.end;
    if (!block.end_reported && !context_.stopped()) {
      ExpectSemicolon("END");
    }
  }
  section.range = context_.RangeOf(begin, at_);
}

// At a token that begins no section.
void SectionParser::ReportStray() {
  const auto& text = migration_.downgrade.has_value() ? kTrailingText
                     : has_upgrade_                   ? kExpectedDowngradeText
                                                      : kNoUpgradeText;
  // An END too many or too few follows from what could not be read before it.
  const bool follows = (section_has_errors_ || IsCutOff(context_, at_)) &&
                       MeantSection(context_, at_).name.empty();
  if (!follows && (has_upgrade_ || migration_.downgrade.has_value() ||
                   !std::exchange(upgrade_reported_, true))) {
    context_.Report(Make(text, context_.At(at_), context_.Describe(at_),
                         MeantSection(context_, at_)));
  }
}

void SectionParser::RequireUpgrade() {
  if (!has_upgrade_ && !std::exchange(upgrade_reported_, true)) {
    context_.SetRegion(at_, at_);
    context_.Report(
        Make(kNoUpgradeText, context_.At(at_), context_.Describe(at_), {}));
  }
}

void SectionParser::RequireAuto() {
  if (!migration_.downgrade || migration_.downgrade->is_auto) {
    return;
  }
  for (const ast::Item& item : migration_.upgrade.items) {
    if (!item.archive.empty()) {
      context_.SetRegion(at_, at_);
      context_.Report(
          Make(kPreserveByHandText, {context_.buffer().file, item.preserve})
              .With({context_.buffer().file, migration_.downgrade->keyword},
                    "the downgrade is here"));
      return;
    }
  }
}

void SectionParser::ParseKnownSection(bool is_upgrade) {
  const bool again =
      is_upgrade ? has_upgrade_ : migration_.downgrade.has_value();
  if (again) {
    const source::Range first =
        is_upgrade ? migration_.upgrade.keyword : migration_.downgrade->keyword;
    context_.Report(Make(kSecondSectionText, context_.At(at_),
                         is_upgrade ? "UPGRADE" : "DOWNGRADE")
                        .With(context_.At(first), "the first is here"));
    ast::Section forgotten;
    ParseSection(forgotten, is_upgrade);
  } else if (is_upgrade) {
    has_upgrade_ = true;
    ParseSection(migration_.upgrade, true);
  } else {
    RequireUpgrade();
    migration_.downgrade.emplace();
    ParseSection(*migration_.downgrade, false);
  }
}

void SectionParser::ParseAll() {
  while (at_ < context_.end_index() && !context_.stopped()) {
    const bool is_upgrade = context_.IsWord(at_, "UPGRADE");
    context_.SetRegion(at_, at_);
    const std::size_t errors = context_.error_count();
    if (is_upgrade || context_.IsWord(at_, "DOWNGRADE")) {
      ParseKnownSection(is_upgrade);
      section_has_errors_ = context_.error_count() != errors;
      continue;
    }
    if (context_.IsWord(at_, "MIGRATION") && has_upgrade_) {
      context_.Report(Make(kSecondMigrationText, context_.At(at_)));
      break;
    }
    ReportStray();
    const std::string meant = MeantSection(context_, at_).name;
    if (!meant.empty()) {
      ParseKnownSection(meant == "UPGRADE");
      continue;
    }
    do {
      ++at_;
    } while (at_ < context_.end_index() && !IsSectionStart(context_, at_));
  }
  RequireUpgrade();
  RequireAuto();
}

}  // namespace

diagnostics::Meant MeantSection(const Context& context, std::size_t index) {
  return context.IsWord(index + 1, "BEGIN") || context.IsWord(index + 1, "AUTO")
             ? context.MeantAt(index, {"UPGRADE", "DOWNGRADE"})
             : diagnostics::Meant();
}

void ParseSections(Context& context, std::size_t begin,
                   ast::Migration& migration) {
  SectionParser(context, begin, migration).ParseAll();
}

}  // namespace palindrome::parse
