#include "compiler/parse/extent.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace palindrome::parse {

namespace {

using sql::TokenKind;

// As deep as SQLite lets expressions nest (SQLITE_MAX_EXPR_DEPTH).
constexpr std::size_t kMaximumDepth = 1000;

template <std::size_t Size>
bool IsOneOf(const Context& context, std::size_t index,
             const std::string_view (&words)[Size]) {
  return std::any_of(
      std::begin(words), std::end(words),
      [&](std::string_view word) { return context.IsWord(index, word); });
}

bool IsEnd(const Context& context, std::size_t index) {
  return context.token(index).kind == TokenKind::kEnd;
}

// True if the token before `index` wants a name behind it.
bool ExpectsName(const Context& context, std::size_t index) {
  static constexpr std::string_view kReserved[] = {"EXISTS", "ON"};
  static constexpr std::string_view kBeforeTrigger[] = {"CREATE", "TEMP",
                                                        "TEMPORARY"};
  return context.IsSymbol(index - 1, ".") || context.IsSymbol(index - 1, ",") ||
         IsOneOf(context, index - 1, kReserved) ||
         (context.IsWord(index - 1, "OF") &&
          context.IsWord(index - 2, "UPDATE")) ||
         (context.IsWord(index - 1, "TRIGGER") &&
          IsOneOf(context, index - 2, kBeforeTrigger));
}

bool EndsFile(const Context& context, std::size_t index) {
  return IsEnd(context, index) || IsSectionStart(context, index);
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
    return false;
  }
  if (EndsFile(context, index + 2)) {
    return true;
  }
  return around == Around::kFor && context.IsWord(index + 2, "END") &&
         context.IsSymbol(index + 3, ";") && EndsFile(context, index + 4);
}

bool StartsTrigger(const Context& context, std::size_t begin) {
  if (!context.IsWord(begin, "CREATE")) {
    return false;
  }
  static constexpr std::string_view kTemporary[] = {"TEMP", "TEMPORARY"};
  const bool temporary = IsOneOf(context, begin + 1, kTemporary);
  return context.IsWord(begin + (temporary ? 2U : 1U), "TRIGGER");
}

// The first word of what stands in a block and in no trigger, or nothing
// between two semicolons.
bool StartsItem(const Context& context, std::size_t index) {
  static constexpr std::string_view kFirst[] = {"CREATE", "ALTER",    "DROP",
                                                "ALLOW",  "PRESERVE", "FOR"};
  return IsOneOf(context, index, kFirst) || context.IsSymbol(index, ";");
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

class Scanner {
 public:
  Scanner(const Context& context, std::size_t begin, Around around)
      : context_(context), around_(around), at_(begin) {}

  Extent Scan() {
    if (StartsTrigger(context_, at_)) {
      body_ = FindTriggerBody(context_, at_, context_.end_index());
      has_body_ = body_ < context_.end_index();
    }
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

  // No section begins where there is none, nor in `… ON upgrade BEGIN` of a
  // trigger.
  bool IsName() const {
    return around_ == Around::kNothing ||
           (has_body_ && at_ < body_ && ExpectsName(context_, at_));
  }

  // True if the statement ends before the token at `at_`.
  bool Stops() {
    if (IsEnd(context_, at_) || (IsSectionStart(context_, at_) && !IsName())) {
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
      closed_ =
          context_.IsSymbol(at_ - 1, ";") || at_ - 1 == body_ ||
          (IsOperand(context_, at_ - 1) &&
           (context_.IsSymbol(at_ + 1, ";") || EndsFile(context_, at_ + 1)));
      if (closed_ && foreign_ && ClosesBlock(context_, at_, around_)) {
        closed_ = false;
        at_ = *foreign_;
        return true;
      }
      return false;
    }
    return ClosesBlock(context_, at_, around_);
  }

  const Context& context_;
  Around around_;
  std::size_t at_;
  Extent extent_;
  std::size_t depth_ = 0;
  std::size_t open_cases_ = 0;
  std::size_t body_ = 0;
  bool has_body_ = false;
  bool closed_ = false;
  // In the body, a statement that no trigger can hold.
  std::optional<std::size_t> foreign_;
};

}  // namespace

bool IsSectionStart(const Context& context, std::size_t index) {
  static constexpr std::string_view kSections[] = {"UPGRADE", "DOWNGRADE"};
  static constexpr std::string_view kStarts[] = {"BEGIN", "AUTO"};
  return IsOneOf(context, index, kSections) &&
         IsOneOf(context, index + 1, kStarts);
}

std::size_t FindTriggerBody(const Context& context, std::size_t begin,
                            std::size_t end) {
  static constexpr std::string_view kBehindName[] = {
      "AND",     "OR",     "IS",    "NOT",     "LIKE",   "GLOB",   "IN",
      "BETWEEN", "BEFORE", "AFTER", "MATCH",   "REGEXP", "ISNULL", "NOTNULL",
      "COLLATE", "BEGIN",  "THEN",  "INSTEAD", "WHEN",   "ELSE",   "ESCAPE"};
  // What stands behind no name, not even in a parenthesis: one may be open that
  // should not be.
  static constexpr std::string_view kVerbs[] = {"INSERT", "UPDATE", "DELETE",
                                                "SELECT", "VALUES"};
  std::size_t depth = 0;
  for (std::size_t at = begin + 2; at < end; ++at) {
    if (context.IsSymbol(at, ";")) {
      return end;
    }
    if (context.IsSymbol(at, "(")) {
      ++depth;
    } else if (context.IsSymbol(at, ")") && depth > 0) {
      --depth;
    }
    if (context.IsWord(at, "BEGIN") && !ExpectsName(context, at) &&
        context.token(at + 1).kind == TokenKind::kWord &&
        !IsOneOf(context, at + 1, kBehindName) &&
        (depth == 0 || IsOneOf(context, at + 1, kVerbs))) {
      return at;
    }
  }
  return end;
}

Extent FindExtent(const Context& context, std::size_t begin, Around around) {
  return Scanner(context, begin, around).Scan();
}

}  // namespace palindrome::parse
