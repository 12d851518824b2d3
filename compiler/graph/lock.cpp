#include "compiler/graph/lock.h"

#include <map>
#include <utility>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

#include "runtime/src/sql_lexer.h"

namespace palindrome::graph {
namespace {

constexpr llvm::StringLiteral kFirstLine = "palindrome-lock 2";
// Without the sets of rules.
constexpr llvm::StringLiteral kFirstLineBefore = "palindrome-lock 1";

PALINDROME_TEXT(kNoVersion, kLockFile,
                "the lock file does not begin with `palindrome-lock 2`");
PALINDROME_TEXT(
    kUnknownVersion, kLockFile,
    "`{0}` is a version of the lock file that this palindrome does not know; "
    "use the one that wrote it",
    std::string);
PALINDROME_TEXT(
    kConflict, kLockFile,
    "an unresolved merge conflict; keep the lines of both sides, parents "
    "before children, and let one of the two migrations revise the other");
PALINDROME_TEXT(
    kMalformed, kLockFile,
    "the line is not {0} and a file name; `palindrome lock` writes such lines",
    std::string);
PALINDROME_TEXT(kRepeated, kLockFile, "revision `{0}` is locked a second time",
                std::string);

bool IsRevision(llvm::StringRef text) {
  constexpr std::size_t kLongest = 40;
  return !text.empty() && text.size() <= kLongest &&
         llvm::all_of(text, [](char character) {
           return llvm::isDigit(character) || character == '_' ||
                  (character >= 'a' && character <= 'z');
         });
}

bool IsChecksum(llvm::StringRef text) {
  constexpr std::size_t kDigits = 64;
  return text.consume_front("t1:") && text.size() == kDigits &&
         llvm::all_of(text, [](char character) {
           return llvm::isDigit(character) ||
                  (character >= 'a' && character <= 'f');
         });
}

bool TakeRuleSet(llvm::StringRef& rest, std::uint16_t& rule_set) {
  const auto [number, name] = rest.split(' ');
  rest = name;
  return !number.starts_with("0") && !number.getAsInteger(10, rule_set);
}

// Git writes seven of one of these at the start of a line.
bool IsConflictMarker(llvm::StringRef line) {
  return line.starts_with("<<<<<<<") || line.starts_with("=======") ||
         line.starts_with(">>>>>>>") || line.starts_with("|||||||");
}

class LockParser {
 public:
  LockParser(const source::File& file, diagnostics::Emitter& emitter)
      : file_(file), emitter_(emitter) {}
  Lock Parse();

 private:
  template <typename... Args>
  void Report(Args&&... args) {
    emitter_.Emit(std::forward<Args>(args)...);
    lock_.complete = false;
  }
  // False: what follows cannot be read either.
  bool ParseVersion(llvm::StringRef line, source::Range range);
  void ParseEntry(llvm::StringRef line, source::Range range);

  const source::File& file_;
  diagnostics::Emitter& emitter_;
  Lock lock_;
  bool has_rule_sets_ = true;
  bool in_conflict_ = false;
  std::map<std::string, source::Range> seen_;
};

bool LockParser::ParseVersion(llvm::StringRef line, source::Range range) {
  has_rule_sets_ = line != kFirstLineBefore;
  if (line == kFirstLine || line == kFirstLineBefore) {
    return true;
  }
  if (line.starts_with("palindrome-lock ")) {
    Report(kUnknownVersion, source::Location{&file_, range}, line.str());
  } else {
    Report(kNoVersion, source::Location{&file_, range});
  }
  return false;
}

void LockParser::ParseEntry(llvm::StringRef line, source::Range range) {
  const source::Location location = {&file_, range};
  if (IsConflictMarker(line)) {
    if (!in_conflict_) {
      Report(kConflict, location);
    }
    in_conflict_ = !line.starts_with(">>>>>>>");
    return;
  }
  const auto [revision, rest] = line.split(' ');
  auto [checksum, file_name] = rest.split(' ');
  std::uint16_t rule_set = 1;
  const bool has_rule_set = !has_rule_sets_ || TakeRuleSet(file_name, rule_set);
  if (!IsRevision(revision) || !IsChecksum(checksum) || !has_rule_set ||
      file_name.empty() || !source::IsPlainName(file_name)) {
    Report(kMalformed, location,
           has_rule_sets_ ? "a revision, a checksum, a set of rules"
                          : "a revision, a checksum");
    return;
  }
  const auto [entry, is_new] = seen_.try_emplace(revision.str(), range);
  if (!is_new && in_conflict_) {
    return;  // Both sides have it.
  }
  if (!is_new) {
    Report(diagnostics::Make(kRepeated, location, revision.str())
               .With({&file_, entry->second}, "the first time is here"));
    return;
  }
  lock_.entries.push_back(
      {revision.str(), checksum.str(), rule_set, file_name.str(), range});
}

Lock LockParser::Parse() {
  lock_.file = &file_;
  llvm::StringRef rest = file_.text();
  bool is_first = true;
  while (!rest.empty() || is_first) {
    const auto begin =
        static_cast<std::uint32_t>(file_.text().size() - rest.size());
    auto [line, next] = rest.split('\n');
    line.consume_back("\r");
    const source::Range range = {
        begin, begin + static_cast<std::uint32_t>(line.size())};
    if (!is_first) {
      ParseEntry(line, range);
    } else if (!ParseVersion(line, range)) {
      break;
    }
    is_first = false;
    rest = next;
  }
  return std::move(lock_);
}

}  // namespace

Lock ParseLock(const source::File& file, diagnostics::Emitter& emitter) {
  return LockParser(file, emitter).Parse();
}

std::string FormatLock(const std::vector<LockEntry>& entries) {
  std::string text = kFirstLine.str() + "\n";
  for (const LockEntry& entry : entries) {
    text += entry.revision + " " + entry.checksum + " " +
            std::to_string(entry.rule_set) + " " + entry.file_name + "\n";
  }
  return text;
}

}  // namespace palindrome::graph
