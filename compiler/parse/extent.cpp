#include "compiler/parse/extent.h"

#include <string_view>

#include "compiler/parse/beginnings.h"

namespace palindrome::parse {

namespace {

using sql::TokenKind;

// As deep as SQLite lets expressions nest (SQLITE_MAX_EXPR_DEPTH).
constexpr std::size_t kMaximumDepth = 1000;

bool IsEnd(const Context& context, std::size_t index) {
  return context.token(index).kind == TokenKind::kEnd;
}

bool EndsFile(const Context& context, std::size_t index) {
  return IsEnd(context, index) || IsSectionStart(context, index);
}

// Tokens behind which END cannot be a name.
bool IsOperand(const Context& context, std::size_t index) {
  switch (context.token(index).kind) {
    case TokenKind::kString:
    case TokenKind::kBlob:
    case TokenKind::kNumber:
    case TokenKind::kVariable:
      return true;
    case TokenKind::kPunctuation:
      return context.IsSymbol(index, ")");
    case TokenKind::kWord:
      return context.IsWord(index, "NULL");
    case TokenKind::kQuotedName:
    case TokenKind::kEnd:
    case TokenKind::kComment:
    case TokenKind::kUnterminated:
    case TokenKind::kInvalid:
      return false;
  }
  return false;
}

// END that closes the block although no `;` stands before it.
bool ClosesBlock(const Context& context, std::size_t index, Around around) {
  if (around == Around::kNothing) {
    return false;
  }
  if (EndsFile(context, index + 1)) {
    return true;
  }
  if (!context.IsSymbol(index + 1, ";")) {
    // Its own `;` is missing, too.
    return around == Around::kFor && context.IsWord(index + 1, "END") &&
           context.IsSymbol(index + 2, ";") && EndsFile(context, index + 3);
  }
  std::size_t next = index + 2;
  while (context.IsSymbol(next, ";")) {
    ++next;  // It may be the one that is missing before the END.
  }
  if (EndsFile(context, next)) {
    return true;
  }
  if (around != Around::kFor) {
    return false;
  }
  if (context.IsWord(index + 2, "END") && context.IsSymbol(index + 3, ";") &&
      EndsFile(context, index + 4)) {
    return true;
  }
  // Else it may be a name.
  return (context.StartsLine(index) || IsOperand(context, index - 1)) &&
         CountEnds(context, index + 1) == 1;
}

// CREATE [TEMP] TRIGGER, or what was meant to be: a body may follow.
bool StartsTrigger(const Context& context, std::size_t begin, Around around) {
  static constexpr std::string_view kOthers[] = {"TABLE", "INDEX", "UNIQUE",
                                                 "VIEW", "VIRTUAL"};
  constexpr std::size_t kLongest = 5;  // CREATE OR REPLACE TEMP TRIGGER
  // Another dialect's CREATE may hold a BEGIN of its own.
  if (around == Around::kFor && !context.IsWord(begin + 1, "TRIGGER") &&
      !context.IsWord(begin + 2, "TRIGGER")) {
    return false;
  }
  if (context.IsWord(begin, "TRIGGER")) {
    return true;
  }
  if (!context.IsWord(begin, "CREATE") &&
      context.MeantAt(begin, {"CREATE"}).name.empty()) {
    return false;
  }
  for (std::size_t at = begin + 1; at < begin + kLongest; ++at) {
    if (context.token(at).kind != TokenKind::kWord ||
        context.IsWord(at, "TRIGGER")) {
      break;
    }
    if (IsOneOf(context, at, kOthers)) {
      return false;
    }
  }
  return true;
}

// The first word of a body whose BEGIN is missing or misspelt: its statements
// go on behind the `;` that ends the first, up to an END that does not close
// the block. `end` if there is none.
std::size_t FindBareBody(const Context& context, std::size_t begin,
                         Around around) {
  std::size_t first = context.end_index();
  for (std::size_t at = begin + 2; at < context.end_index(); ++at) {
    if (IsSectionStart(context, at)) {
      break;
    }
    if (context.IsSymbol(at, ";")) {
      if (first == context.end_index()) {
        break;
      }
      if (context.IsWord(at + 1, "END")) {
        return ClosesBlock(context, at + 1, around) ? context.end_index()
                                                    : first;
      }
      if (!IsOneOf(context, at + 1, kBodyVerbs)) {
        break;
      }
    } else if (first == context.end_index() &&
               IsOneOf(context, at, kBodyVerbs) &&
               !context.IsWord(at + 1, "ON") && !context.IsWord(at + 1, "OF")) {
      first = at;
    }
  }
  return context.end_index();
}

class Scanner {
 public:
  Scanner(const Context& context, std::size_t begin, Around around)
      : context_(context), around_(around), at_(begin) {}

  Extent Scan() {
    is_trigger_ = StartsTrigger(context_, at_, around_);
    own_verb_ = context_.IsWord(at_, "WITH")
                    ? SkipWith(context_, at_, context_.end_index())
                    : at_;
    if (is_trigger_) {
      body_ = FindTriggerBody(context_, at_, context_.end_index());
      if (body_ >= context_.end_index()) {
        body_ = FindBareBody(context_, at_, around_);
      }
      has_body_ = body_ < context_.end_index();
    }
    begin_ = at_;
    while (!Stops()) {
      ++at_;
    }
    extent_.end = at_;
    extent_.terminated = context_.IsSymbol(at_, ";");
    if (has_body_ && at_ > body_ && !closed_) {
      extent_.open_body = body_;
    }
    return extent_;
  }

 private:
  bool InBody() const { return has_body_ && at_ > body_ && !closed_; }

  // The first word of a statement that none can hold, on a line of its own: the
  // `;` before it is missing.
  bool StartsNext() const {
    if (around_ == Around::kFor || at_ == begin_ || InBody() ||
        !context_.StartsLine(at_)) {
      return false;
    }
    static constexpr std::string_view kVerbs[] = {"CREATE", "ALTER", "DROP"};
    static constexpr std::string_view kObjects[] = {
        "TABLE", "INDEX",   "UNIQUE",    "VIEW",
        "TEMP",  "TRIGGER", "TEMPORARY", "VIRTUAL"};
    static constexpr std::string_view kControl[] = {"BEGIN", "COMMIT"};
    return (context_.IsWord(at_, "FOR") && IsDialect(context_, at_ + 1) &&
            context_.IsWord(at_ + 2, "BEGIN")) ||
           (IsOneOf(context_, at_, kVerbs) &&
            IsOneOf(context_, at_ + 1, kObjects)) ||
           (IsOneOf(context_, at_, kControl) &&
            context_.IsSymbol(at_ + 1, ";")) ||
           (depth_ == 0 && IsMisspeltVerb(context_, at_)) || StartsNextItem() ||
           StartsNextData();
  }

  // What stands in a block alone: an ALLOW, a FOR, a PURGE, a PRESERVE and what
  // it keeps.
  bool StartsNextItem() const {
    static constexpr std::string_view kKept[] = {"ALTER", "DROP", "CREATE"};
    if (around_ == Around::kFor || (is_trigger_ && !closed_)) {
      return false;
    }
    if (context_.IsWord(at_, "PRESERVE")) {
      return IsOneOf(context_, at_ + 1, kKept) ||
             StartsDataStatement(context_, at_ + 1);
    }
    if (context_.IsWord(at_, "ALLOW")) {
      return context_.token(at_ + 1).kind == TokenKind::kWord &&
             (context_.IsSymbol(at_ + 2, "-") ||
              context_.IsWord(at_ + 2, "BECAUSE"));
    }
    return (context_.IsWord(at_, "FOR") && context_.IsWord(at_ + 2, "BEGIN")) ||
           (context_.IsWord(at_, "PURGE") && context_.IsWord(at_ + 2, "OF"));
  }

  bool StartsNextData() const {
    return around_ != Around::kFor && depth_ == 0 && at_ != own_verb_ &&
           !(is_trigger_ && !closed_) && StartsDataStatement(context_, at_);
  }

  // No section begins where there is none, nor in `… ON upgrade BEGIN` of a
  // trigger.
  bool IsName() const {
    return around_ == Around::kNothing ||
           (has_body_ && at_ < body_ && ExpectsName(context_, at_));
  }

  // `EDN;` where only the END of the body can stand.
  bool IsMisspeltEnd() const {
    return InBody() && context_.IsSymbol(at_ - 1, ";") &&
           context_.IsSymbol(at_ + 1, ";") &&
           !context_.MeantAt(at_, {"END"}).name.empty();
  }

  // True if the statement ends before the token at `at_`.
  bool Stops() {
    if (IsEnd(context_, at_) || (IsSectionStart(context_, at_) && !IsName()) ||
        StartsNext()) {
      return true;
    }
    if (context_.token(at_).kind == TokenKind::kPunctuation) {
      CountParentheses();
      if (!context_.IsSymbol(at_, ";")) {
        return false;
      }
      open_cases_ = 0;
      depth_ = 0;
      if (InBody() && !foreign_ && StartsItem(context_, at_ + 1)) {
        foreign_ = at_ + 1;
      }
      return !InBody();
    }
    const bool after_dot = at_ > 0 && context_.IsSymbol(at_ - 1, ".");
    if (context_.IsWord(at_, "CASE") && !after_dot) {
      ++open_cases_;
    } else if (context_.IsWord(at_, "END") && !after_dot) {
      return StopsAtEnd();
    } else if (IsMisspeltEnd()) {
      closed_ = true;
    }
    return false;
  }

  void CountParentheses() {
    if (context_.IsSymbol(at_, "(")) {
      if (++depth_ > kMaximumDepth && !extent_.too_deep.has_value()) {
        extent_.too_deep = at_;
      }
    } else if (context_.IsSymbol(at_, ")") && depth_ > 0) {
      --depth_;
    }
  }

  bool StopsAtEnd() {
    if (open_cases_ > 0) {
      --open_cases_;
      return false;
    }
    if (InBody()) {
      closed_ = ClosesBody();
      if (closed_ && (unclosed_ || foreign_) &&
          ClosesBlock(context_, at_, around_)) {
        closed_ = unclosed_.has_value();
        at_ = closed_ ? *unclosed_ + 1 : *foreign_;
        return true;
      }
      return false;
    }
    return ClosesBlock(context_, at_, around_);
  }

  // At an END in the body. Behind a name it may be one itself, and closes the
  // body if there is no other END for that.
  bool ClosesBody() {
    if (context_.IsSymbol(at_ - 1, ";") || at_ - 1 == body_ ||
        IsEndWithoutSemicolon()) {
      return true;
    }
    const bool is_last =
        context_.IsSymbol(at_ + 1, ";") || EndsFile(context_, at_ + 1);
    if (!is_last || IsOperand(context_, at_ - 1)) {
      return is_last;
    }
    if (context_.IsSymbol(at_ + 1, ";")) {
      if (StartsItem(context_, at_ + 2) && !context_.IsSymbol(at_ + 2, ";")) {
        return !ClosesBlock(context_, at_, around_);
      }
      unclosed_ = unclosed_.value_or(at_);
    }
    return false;
  }

  // An END on a line of its own, and what stands behind no name.
  bool IsEndWithoutSemicolon() const {
    const std::size_t next = at_ + 1;
    return context_.StartsLine(at_) && context_.StartsLine(next) &&
           !context_.IsSymbol(next, ";") &&
           (context_.IsWord(next, "END") || StartsItem(context_, next) ||
            StartsDataStatement(context_, next));
  }

  const Context& context_;
  Around around_;
  std::size_t begin_ = 0;
  std::size_t own_verb_ = 0;  // The first word, or what is behind its WITH.
  std::size_t at_;
  Extent extent_;
  std::size_t depth_ = 0;
  std::size_t open_cases_ = 0;
  std::size_t body_ = 0;
  bool is_trigger_ = false;
  bool has_body_ = false;
  bool closed_ = false;
  // In the body, a statement that no trigger can hold.
  std::optional<std::size_t> foreign_;
  // In the body, the first END behind a name.
  std::optional<std::size_t> unclosed_;
};

}  // namespace

std::ptrdiff_t CountEnds(const Context& context, std::size_t begin) {
  std::ptrdiff_t ends = 0;
  for (std::size_t at = begin; !EndsFile(context, at); ++at) {
    if (context.IsWord(at, "END")) {
      ends += context.IsSymbol(at - 1, ";") || context.IsWord(at - 1, "BEGIN")
                  ? 1
                  : 0;
    } else if (context.IsWord(at, "BEGIN")) {
      const bool is_block =
          IsDialect(context, at - 1) || IsBodyVerb(context, at + 1) ||
          StartsItem(context, at + 1) || context.IsWord(at + 1, "END");
      ends -= is_block ? 1 : 0;
    }
  }
  return ends;
}

Extent FindExtent(const Context& context, std::size_t begin, Around around) {
  return Scanner(context, begin, around).Scan();
}

}  // namespace palindrome::parse
