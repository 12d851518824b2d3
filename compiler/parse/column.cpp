// Columns: a name, a type, and parts in any order.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "compiler/parse/definition.h"
#include "compiler/parse/foreign.h"
#include "compiler/parse/statement.h"

namespace palindrome::parse {

namespace {

using diagnostics::Make;

PALINDROME_TEXT(kTwiceText, kInvalidDefinition, "column `{0}` has two {1}",
                std::string, std::string);
PALINDROME_TEXT(kMisplacedCounterText, kSyntaxError,
                "`{0}` stands behind PRIMARY KEY in SQLite; write `INTEGER "
                "PRIMARY KEY AUTOINCREMENT`",
                std::string);
PALINDROME_TEXT(kUnknownPartText, kSyntaxError,
                "expected a column constraint, `,` or `)`, found {0}{1}",
                std::string, diagnostics::Meant);
PALINDROME_TEXT(kUnknownElementText, kSyntaxError,
                "expected a column or a table constraint, found {0}{1}",
                std::string, diagnostics::Meant);

// The parser of one column: its parts come in any order.
class ColumnParser {
 public:
  ColumnParser(Cursor& cursor, std::vector<ast::Constraint>& constraints)
      : cursor_(cursor), constraints_(constraints) {}

  std::optional<ast::Column> Parse() {
    const std::size_t begin = cursor_.position();
    if (RejectMisspeltConstraint()) {
      return std::nullopt;
    }
    auto name = cursor_.ExpectName("a column name");
    if (!name.has_value()) {
      return std::nullopt;
    }
    column_.name = std::move(*name);
    auto type = ParseType(cursor_, {"CHECK", "PRIMARY", "REFERENCES"});
    if (!type.has_value()) {
      return std::nullopt;
    }
    column_.type = std::move(type->text);
    column_.type_range = type->range;
    while (!IsDone()) {
      if (!ParsePart()) {
        return std::nullopt;
      }
    }
    column_.range = cursor_.RangeSince(begin);
    return std::move(column_);
  }

 private:
  static constexpr std::size_t kNone = std::string::npos;

  bool IsDone() const {
    return cursor_.AtEnd() || cursor_.IsSymbol(",") || cursor_.IsSymbol(")") ||
           StartsNextStatement(cursor_);
  }

  // A constraint of the table whose first word is misspelt looks like a column.
  bool RejectMisspeltConstraint() {
    const auto behind = [this](std::size_t ahead) {
      return cursor_.IsWord("PRIMARY", ahead) ||
             cursor_.IsWord("UNIQUE", ahead) ||
             cursor_.IsWord("CHECK", ahead) || cursor_.IsWord("FOREIGN", ahead);
    };
    std::vector<std::string> words;
    if (cursor_.IsWord("KEY", 1) && cursor_.IsSymbol("(", 2)) {
      words = {"PRIMARY", "FOREIGN"};
    } else if (cursor_.IsSymbol("(", 1)) {
      words = {"CHECK", "UNIQUE"};
    } else if (cursor_.IsName(1) && behind(2) &&
               !IsTypeWord(
                   cursor_.context().token(cursor_.position() + 1).spelling)) {
      words = {"CONSTRAINT"};
    }
    const diagnostics::Meant meant = cursor_.MeantHere(words);
    if (meant.name.empty()) {
      return false;
    }
    Context& context = cursor_.context();
    const std::size_t at = cursor_.position();
    context.Report(
        Make(kUnknownElementText, context.At(at), context.Describe(at), meant));
    return true;
  }

  bool ParsePart() {
    part_begin_ = cursor_.position();
    if (AcceptNameAlone(cursor_)) {
      return true;
    }
    ast::Name name;
    if (!ParseConstraintName(cursor_, name)) {
      return false;
    }
    if (cursor_.IsWord("DEFERRABLE") ||
        (cursor_.IsWord("NOT") && cursor_.IsWord("DEFERRABLE", 1))) {
      return SetDeferrable();
    }
    if (cursor_.AcceptWord("NOT")) {
      if (!cursor_.ExpectWord("NULL")) {
        return false;
      }
      column_.not_null = true;
      column_.not_null_name = std::move(name);
      return ParseConflict(cursor_, column_.not_null_conflict);
    }
    if (cursor_.AcceptWord("NULL")) {
      ast::ConflictAction ignored = ast::ConflictAction::kUnspecified;
      return ParseConflict(cursor_, ignored);
    }
    if (cursor_.AcceptWord("DEFAULT")) {
      return SetDefault();
    }
    if (cursor_.AcceptWord("COLLATE")) {
      return SetCollation();
    }
    if (cursor_.AcceptWord("GENERATED")) {
      return cursor_.ExpectWords({"ALWAYS", "AS"}) && SetGenerated();
    }
    if (cursor_.AcceptWord("AS")) {
      return SetGenerated();
    }
    return ParseConstraint(std::move(name));
  }

  bool RejectSecond(bool has_one, const char* what) {
    if (has_one) {
      cursor_.context().Report(
          Make(kTwiceText,
               cursor_.context().At(cursor_.context().RangeOf(part_begin_)),
               column_.name.text, what));
    }
    return !has_one;
  }

  // It is about the foreign key before it, whatever stands between.
  bool SetDeferrable() {
    const auto key = std::find_if(constraints_.rbegin(), constraints_.rend(),
                                  [](const ast::Constraint& constraint) {
                                    return constraint.kind ==
                                           ast::ConstraintKind::kForeignKey;
                                  });
    std::string ignored;
    return ParseDeferrable(cursor_, key == constraints_.rend()
                                        ? ignored
                                        : key->references.deferrable);
  }

  bool SetDefault() {
    if (!RejectSecond(column_.default_value.has_value(), "defaults")) {
      return false;
    }
    auto value = ParseDefault(cursor_);
    if (!value.has_value()) {
      return false;
    }
    column_.default_value = std::move(value->value);
    column_.default_in_parentheses = value->in_parentheses;
    return true;
  }

  bool SetCollation() {
    if (!RejectSecond(!column_.collation.empty(), "collations")) {
      return false;
    }
    auto collation = cursor_.ExpectName("a collation");
    if (!collation.has_value()) {
      return false;
    }
    column_.collation = std::move(*collation);
    return true;
  }

  bool SetGenerated() {
    if (!RejectSecond(column_.generated.has_value(), "generators")) {
      return false;
    }
    auto expression = cursor_.ExpectParenthesized("an expression");
    if (!expression.has_value()) {
      return false;
    }
    column_.generated = ast::Generated{std::move(*expression), false};
    if (cursor_.AcceptWord("STORED")) {
      column_.generated->stored = true;
    } else {
      cursor_.AcceptWord("VIRTUAL");
    }
    return true;
  }

  bool ParseConstraint(ast::Name name) {
    ast::Constraint constraint;
    constraint.name = std::move(name);
    constraint.is_inline = true;
    constraint.owner = column_.name;
    if (!ParseConstraintBody(constraint)) {
      return false;
    }
    if (constraint.kind != ast::ConstraintKind::kCheck) {
      ast::KeyPart part;
      part.column = column_.name;
      part.range = column_.name.range;
      part.descending = descending_;
      constraint.columns.push_back(std::move(part));
    }
    descending_ = false;
    constraint.range = cursor_.RangeSince(part_begin_);
    constraints_.push_back(std::move(constraint));
    return true;
  }

  bool ParseConstraintBody(ast::Constraint& constraint) {
    if (cursor_.AcceptWord("PRIMARY")) {
      constraint.kind = ast::ConstraintKind::kPrimaryKey;
      if (!cursor_.ExpectWord("KEY")) {
        return false;
      }
      descending_ = cursor_.AcceptWord("DESC");
      cursor_.AcceptWord("ASC");
      if (!ParseConflict(cursor_, constraint.on_conflict)) {
        return false;
      }
      constraint.autoincrement = cursor_.AcceptWord("AUTOINCREMENT");
      behind_key_ = cursor_.position();
      return true;
    }
    if (cursor_.AcceptWord("UNIQUE")) {
      constraint.kind = ast::ConstraintKind::kUnique;
      return ParseConflict(cursor_, constraint.on_conflict);
    }
    if (cursor_.AcceptWord("CHECK")) {
      auto check = cursor_.ExpectParenthesized("an expression");
      constraint.check = std::move(check).value_or(ast::Expression{});
      return !constraint.check.empty();
    }
    if (cursor_.IsWord("REFERENCES")) {
      constraint.kind = ast::ConstraintKind::kForeignKey;
      return ParseReferences(cursor_, constraint.references);
    }
    ReportUnknown();
    return false;
  }

  void ReportUnknown() {
    static const std::vector<std::string> kWords = {
        "PRIMARY",   "UNIQUE",     "CHECK", "REFERENCES", "DEFAULT", "COLLATE",
        "GENERATED", "CONSTRAINT", "NOT",   "NULL",       "STORED",  "VIRTUAL"};
    if (RejectColumnPlace(cursor_)) {
      return;
    }
    Context& context = cursor_.context();
    std::size_t at = cursor_.position();
    diagnostics::Meant meant = MeantPair(context, at);
    if (meant.name.empty()) {
      meant = cursor_.MeantHere(at == behind_key_
                                    ? std::vector<std::string>{"AUTOINCREMENT"}
                                    : kWords);
    }
    if (meant.name.empty() &&
        (cursor_.IsWord("AUTO_INCREMENT") || cursor_.IsWord("AUTOINCREMENT"))) {
      context.Report(Make(kMisplacedCounterText, context.At(at),
                          std::string(context.token(at).spelling)));
      return;
    }
    // A word that is misspelt counts as one more of the type.
    if (meant.name.empty() && EndsType(at) && column_.type.find(' ') != kNone) {
      meant = context.MeantAt(at - 1, kWords);
      at -= meant.name.empty() ? 0 : 1;
    }
    ReportUnknownPart(context, at, meant);
  }

  // Whether the type ends right before the token.
  bool EndsType(std::size_t at) const {
    return cursor_.context().RangeOf(at - 1).end == column_.type_range.end;
  }

  Cursor& cursor_;
  std::vector<ast::Constraint>& constraints_;
  ast::Column column_;
  std::size_t part_begin_ = 0;
  std::size_t behind_key_ = kNone;  // Where AUTOINCREMENT may stand.
  bool descending_ = false;         // Of the PRIMARY KEY being read.
};

}  // namespace

void ReportUnknownPart(Context& context, std::size_t at,
                       const diagnostics::Meant& meant) {
  context.Report(
      Make(kUnknownPartText, context.At(at), context.Describe(at), meant));
}

std::optional<ast::Column> ParseColumn(
    Cursor& cursor, std::vector<ast::Constraint>& constraints) {
  return ColumnParser(cursor, constraints).Parse();
}

}  // namespace palindrome::parse
