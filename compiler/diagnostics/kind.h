// The registered kinds of diagnostics, and what is known of each.
//
// Constant data; any thread may read it.
#ifndef PALINDROME_COMPILER_DIAGNOSTICS_KIND_H_
#define PALINDROME_COMPILER_DIAGNOSTICS_KIND_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace palindrome::diagnostics {

enum class Severity : std::uint8_t { kOff, kNote, kWarning, kError };

// Who may silence a kind: nobody; settings; settings and ALLOW.
enum class Policy : std::uint8_t { kLaw, kGraph, kOpen };

enum class Group : std::uint8_t {
  kLanguage,  // No rule: an error of the language.
#define PALINDROME_RULE_GROUP(Name, Text) Name,
#include "compiler/checks/groups.def"
};

enum class Kind : std::uint16_t {
#define PALINDROME_DIAGNOSTIC(Kind, Tag, Meaning) Kind,
#define PALINDROME_RULE_DIAGNOSTIC(Kind, Name, Group, Level, Policy, Set) Kind,
#include "compiler/diagnostics/kinds.def"
};

struct KindInfo {
  llvm::StringLiteral tag;
  llvm::StringLiteral meaning;  // Empty for a rule: its file says it.
  Kind kind;
  Group group;
  Severity severity;  // By default.
  Policy policy;
  std::uint16_t rule_set;  // That the rule came with; 0: an error.
};

llvm::ArrayRef<KindInfo> AllKinds();  // In the order of the enumerators.
const KindInfo& Info(Kind kind);
// By the tag, or by a name that a rule had before.
std::optional<Kind> FindKind(llvm::StringRef tag);
// The names that the kind is found by, besides its tag.
std::vector<llvm::StringRef> Aliases(Kind kind);
// The newest set of rules, which a migration that is locked now has been seen
// by.
std::uint16_t CurrentRuleSet();
llvm::StringRef GroupName(Group group);
std::optional<Group> FindGroup(llvm::StringRef name);
llvm::StringRef SeverityName(Severity severity);
std::optional<Severity> FindSeverity(llvm::StringRef name);

}  // namespace palindrome::diagnostics

#endif  // PALINDROME_COMPILER_DIAGNOSTICS_KIND_H_
