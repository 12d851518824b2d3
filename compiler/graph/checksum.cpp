#include "compiler/graph/graph.h"
#include "runtime/src/sha256.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::graph {
namespace {

bool IsWord(const sql::Token& token, std::string_view word) {
  return token.kind == sql::TokenKind::kWord &&
         sql::EqualsIgnoringCase(token.spelling, word);
}

// Follows the tokens to find the reasons of ALLOW, which do not count, so that
// a reason can be reworded after the migration was locked.
class ReasonFinder {
 public:
  // Whether `token`, which follows those seen before, is the string of an
  // ALLOW … BECAUSE.
  bool IsReason(const sql::Token& token);

 private:
  enum class State : std::uint8_t { kElsewhere, kInName, kAtReason };

  State state_ = State::kElsewhere;
  bool in_header_ = true;    // No `;` has been seen.
  bool starts_item_ = true;  // The token may be the first of an item.
};

bool ReasonFinder::IsReason(const sql::Token& token) {
  const bool is_reason =
      state_ == State::kAtReason && token.kind == sql::TokenKind::kString;
  if (IsWord(token, "ALLOW") && (in_header_ || starts_item_)) {
    state_ = State::kInName;
  } else if (state_ == State::kInName && IsWord(token, "BECAUSE")) {
    state_ = State::kAtReason;
  } else if (state_ != State::kInName || token.spelling == ";") {
    state_ = State::kElsewhere;
  }
  in_header_ = in_header_ && token.spelling != ";";
  starts_item_ = token.spelling == ";" || IsWord(token, "BEGIN");
  return is_reason;
}

}  // namespace

std::string Checksum(const source::File& file) {
  FieldDigest digest("t1:", "migration");
  ReasonFinder reasons;
  std::uint32_t offset = 0;
  for (;;) {
    const sql::Token token = sql::NextToken(file.text(), offset);
    if (token.kind == sql::TokenKind::kEnd) {
      return digest.Finish();
    }
    offset = token.offset + static_cast<std::uint32_t>(token.spelling.size());
    if (token.kind == sql::TokenKind::kComment) {
      continue;
    }
    if (!reasons.IsReason(token)) {
      digest.Add(token.spelling);
    }
  }
}

}  // namespace palindrome::graph
