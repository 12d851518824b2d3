#include "compiler/rehearse/row_values.h"

#include <algorithm>
#include <cstdlib>

#include "llvm/ADT/StringRef.h"

#include "runtime/src/sql_lexer.h"

namespace palindrome::rehearse {

namespace {

// What values a column is likely to hold, from its declared type. The last
// five are SQLite's affinities.
enum class Family : std::uint8_t {
  kBoolean,
  kDate,
  kTimestamp,
  kJson,
  kUuid,
  kInteger,
  kText,
  kAny,
  kReal,
  kNumeric,
};

Family FamilyOf(const std::string& declared) {
  struct Word {
    const char* part;
    Family family;
  };
  // In the order of
  // https://www.sqlite.org/datatype3.html#determination_of_column_affinity once
  // the first five have been looked for.
  static constexpr Word kWords[] = {
      {"bool", Family::kBoolean},       {"timestamp", Family::kTimestamp},
      {"datetime", Family::kTimestamp}, {"date", Family::kDate},
      {"json", Family::kJson},          {"uuid", Family::kUuid},
      {"guid", Family::kUuid},          {"int", Family::kInteger},
      {"char", Family::kText},          {"clob", Family::kText},
      {"text", Family::kText},          {"blob", Family::kAny},
      {"real", Family::kReal},          {"floa", Family::kReal},
      {"doub", Family::kReal}};
  const std::string folded = sql::FoldCase(declared);
  if (folded.empty() || folded == "any") {
    return Family::kAny;
  }
  for (const Word& word : kWords) {
    if (folded.find(word.part) != std::string::npos) {
      return word.family;
    }
  }
  return Family::kNumeric;
}

std::string Quote(std::string_view text) {
  std::string quoted = "'";
  for (const char byte : text) {
    quoted += byte;
    if (byte == '\'') {
      quoted += byte;
    }
  }
  return quoted + "'";
}

std::string Hex(std::uint64_t number, std::size_t digits) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text(digits, '0');
  for (std::size_t i = digits; i-- > 0; number >>= 4U) {
    text[i] = kDigits[number & 15U];
  }
  return text;
}

std::string Uuid(std::uint64_t seed) {
  const std::string hex = Hex(seed * 0x9E3779B97F4A7C15U, 16) + Hex(seed, 16);
  return Quote(hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-4" +
               hex.substr(13, 3) + "-8" + hex.substr(17, 3) + "-" +
               hex.substr(20, 12));
}

// A text of many scripts, with quotes and a line break; longer than most
// limits that a program has.
std::string LongText(std::uint64_t seed) {
  std::string text =
      "L" + Hex(seed, 4) +
      " \"q\" 'q' \\ %\n\xC3\xBC\xC3\x9F \xE6\xBC\xA2\xE5\xAD\x97 "
      "\xF0\x9F\xA6\x86 ";
  while (text.size() < 300) {
    text += "lorem ipsum ";
  }
  return Quote(text);
}

// One value for each style but kNull.
struct Values {
  std::string first, second, empty, large, limit;
};

Values ValuesOf(Family family, std::uint64_t seed) {
  const std::uint64_t number = seed % 900 + 100;
  const std::string n = std::to_string(number);
  const std::string m = std::to_string(number + 1);
  switch (family) {
    case Family::kBoolean:
      return {"1", "0", "0", "1", "1"};
    case Family::kDate:
      return {"'2024-02-29'", "'1999-12-31'", "'1970-01-01'", "'2038-01-19'",
              "'9999-12-31'"};
    case Family::kTimestamp:
      return {"'2024-02-29 12:34:56'", "'1999-12-31 23:59:59'",
              "'1970-01-01 00:00:00'", "'2038-01-19T03:14:08.125Z'",
              "'9999-12-31 23:59:59.999'"};
    case Family::kJson:
      return {"'{\"a\": " + n + "}'", "'[" + n + ", null]'", "'{}'",
              "'{\"k\": \"\\u00fc\", \"d\": {\"e\": [1.5, true]}}'", "'[]'"};
    case Family::kUuid:
      return {Uuid(seed), Uuid(seed + 1), Uuid(seed + 2), Uuid(seed + 3),
              Uuid(seed + 4)};
    case Family::kInteger:
      return {n, m, "0", "-1000000007", "9223372036854775807"};
    case Family::kText:
      // The first two are one to a collation without case.
      return {Quote("word " + n), Quote("Word " + n), "''", LongText(seed),
              Quote("00" + n)};
    case Family::kAny:
      return {Quote("any " + n), "x'00ff" + Hex(seed, 4) + "'", "x''", m,
              Quote(n)};
    case Family::kReal:
      return {n + ".5", "-" + m + ".25", "0.0", "123456789.0625",
              "1.7976931348623157e308"};
    case Family::kNumeric:
      return {n + ".25", m, "0", "-123456789.5", "9223372036854775807"};
  }
  return {};
}

// A program would put the literal into such a column.
bool Fits(const std::string& literal, Family family) {
  const bool is_number = literal.front() >= '+' && literal.front() <= '9';
  switch (family) {
    case Family::kBoolean:
    case Family::kInteger:
    case Family::kReal:
    case Family::kNumeric:
      return is_number;
    case Family::kDate:
    case Family::kTimestamp:
    case Family::kJson:
    case Family::kUuid:
    case Family::kText:
      return literal.front() == '\'';
    case Family::kAny:
      return true;
  }
  return false;
}

std::string ValueOf(Family family, RowStyle style, std::uint64_t seed) {
  Values values = ValuesOf(family, seed);
  switch (style) {
    case RowStyle::kSecond:
    case RowStyle::kNull:
      return std::move(values.second);
    case RowStyle::kEmpty:
      return std::move(values.empty);
    case RowStyle::kLarge:
      return std::move(values.large);
    case RowStyle::kLimits:
      return std::move(values.limit);
    case RowStyle::kFirst:
    case RowStyle::kThird:
    case RowStyle::kFourth:
    case RowStyle::kFifth:
    case RowStyle::kSixth:
    case RowStyle::kSeventh:
      break;
  }
  return std::move(values.first);
}

void AddNumber(const std::string& spelling, bool is_check,
               std::vector<std::string>& list) {
  list.push_back(spelling);
  int number = 0;
  constexpr int kLongest = 1000;
  if (llvm::StringRef(spelling).getAsInteger(10, number) || number > kLongest) {
    return;
  }
  list.push_back(std::to_string(number + 1));
  list.push_back(std::to_string(number - 1));
  if (number > 0 && is_check) {
    std::string text;
    while (text.size() < static_cast<std::size_t>(number)) {
      text += "a1b2c3d4e5f6";
    }
    list.push_back(Quote(text.substr(0, static_cast<std::size_t>(number))));
    // Its digits are those of a blob of half the length.
    list.push_back("x" +
                   Quote(text.substr(0, static_cast<std::size_t>(number)) +
                         text.substr(0, static_cast<std::size_t>(number))));
  }
}

}  // namespace

std::uint64_t Mix(std::uint64_t seed, std::string_view text) {
  constexpr std::uint64_t kPrime = 0x100000001B3U;
  for (const char byte : text) {
    seed = (seed ^ static_cast<unsigned char>(byte)) * kPrime;
  }
  return seed;
}

void CollectLiterals(const ast::Expression& expression, bool is_check,
                     Literals& literals) {
  std::string column;
  for (const ast::Token& token : expression.tokens) {
    std::vector<std::string> found;
    switch (token.kind) {
      case sql::TokenKind::kWord:
        if (!sql::IsKeyword(token.spelling)) {
          column = sql::FoldCase(token.spelling);
        }
        continue;
      case sql::TokenKind::kQuotedName:
        column = sql::FoldCase(sql::Unquote({token.kind, 0, token.spelling}));
        continue;
      case sql::TokenKind::kString:
      case sql::TokenKind::kBlob:
        found.push_back(token.spelling);
        break;
      case sql::TokenKind::kNumber:
        AddNumber(token.spelling, is_check, found);
        break;
      case sql::TokenKind::kVariable:
      case sql::TokenKind::kPunctuation:
      case sql::TokenKind::kEnd:
      case sql::TokenKind::kComment:
      case sql::TokenKind::kUnterminated:
      case sql::TokenKind::kInvalid:
        continue;
    }
    constexpr std::size_t kMost = 24;
    std::vector<std::string>& list = literals[column];
    for (std::string& literal : found) {
      if (list.size() < kMost && literal.size() < 4096 &&
          std::find(list.begin(), list.end(), literal) == list.end()) {
        list.push_back(std::move(literal));
      }
    }
  }
}

std::size_t TurnOf(RowStyle style) {
  switch (style) {
    case RowStyle::kFirst:
    case RowStyle::kSecond:
    case RowStyle::kLimits:
      return 0;
    case RowStyle::kEmpty:
      return 1;
    // NULL stands in its place wherever it may.
    case RowStyle::kNull:
    case RowStyle::kThird:
      return 2;
    case RowStyle::kLarge:
    case RowStyle::kFourth:
      return 3;
    case RowStyle::kFifth:
      return 4;
    case RowStyle::kSixth:
      return 5;
    case RowStyle::kSeventh:
      return 6;
  }
  return 0;
}

std::size_t CountFitting(const ast::Column& column,
                         const std::vector<std::string>& literals) {
  const Family family = FamilyOf(column.type);
  return static_cast<std::size_t>(
      std::count_if(literals.begin(), literals.end(),
                    [&](const auto& each) { return Fits(each, family); }));
}

std::vector<std::string> CandidatesFor(
    const ast::Column& column, bool is_key, RowStyle style, std::uint64_t seed,
    const std::vector<std::string>& literals) {
  // What a CHECK whose meaning we do not know may ask for.
  static constexpr const char* kOthers[] = {
      "1",
      "0",
      "2",
      "'a'",
      "'A'",
      "'[]'",
      "'{}'",
      "'x@y.z'",
      "'2024-01-01'",
      "-1",
      "x'00'",
      "0.5",
      "'0123456789abcdef0123456789abcdef'"};
  constexpr std::uint64_t kFirstKey = 1000;
  const Family family = FamilyOf(column.type);
  std::vector<std::string> candidates;
  if (style == RowStyle::kNull) {
    candidates.emplace_back("NULL");
  }
  const auto index = static_cast<std::size_t>(style);
  std::vector<std::string> fitting;
  std::copy_if(literals.begin(), literals.end(), std::back_inserter(fitting),
               [&](const std::string& each) { return Fits(each, family); });
  // A few literals are not all that the column holds.
  const bool has_one = style == RowStyle::kLarge
                           ? fitting.size() >= index
                           : index > 0 && style != RowStyle::kLimits;
  if (has_one && !fitting.empty()) {
    candidates.push_back(fitting[TurnOf(style) % fitting.size()]);
  }
  if (is_key && family == Family::kInteger && style >= RowStyle::kEmpty) {
    candidates.push_back(std::to_string(kFirstKey + seed % kFirstKey + index));
  }
  // One more row of the ordinary ones is one of its own.
  const std::uint64_t own = style > RowStyle::kLimits ? index * 13 : 0;
  candidates.push_back(ValueOf(family, style, seed + own));
  candidates.insert(candidates.end(), literals.begin(), literals.end());
  // A unique column needs more than the families have.
  candidates.push_back(ValueOf(family, RowStyle::kFirst, seed + 11 + index));
  candidates.push_back(ValueOf(family, RowStyle::kSecond, seed + 29 + index));
  candidates.insert(candidates.end(), std::begin(kOthers), std::end(kOthers));
  return candidates;
}

}  // namespace palindrome::rehearse
