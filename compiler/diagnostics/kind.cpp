#include "compiler/diagnostics/kind.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>

namespace palindrome::diagnostics {

namespace {

#define PALINDROME_DIAGNOSTIC(KindId, Tag, Meaning) \
  KindInfo{llvm::StringLiteral(Tag),                \
           llvm::StringLiteral(Meaning),            \
           Kind::KindId,                            \
           Group::kLanguage,                        \
           Severity::kError,                        \
           Policy::kLaw,                            \
           0},
#define PALINDROME_RULE_DIAGNOSTIC(KindId, Name, GroupId, Level, PolicyId, \
                                   Set)                                    \
  KindInfo{llvm::StringLiteral(Name),                                      \
           llvm::StringLiteral(""),                                        \
           Kind::KindId,                                                   \
           Group::GroupId,                                                 \
           Severity::Level,                                                \
           Policy::PolicyId,                                               \
           Set},
constexpr KindInfo kKinds[] = {
#include "compiler/diagnostics/kinds.def"
};

struct Alias {
  llvm::StringLiteral name;
  Kind kind;
};

constexpr Alias kAliases[] = {
#define PALINDROME_RULE_ALIAS(Name, KindId) \
  Alias{llvm::StringLiteral(Name), Kind::KindId},
#include "compiler/checks/aliases.def"
};

constexpr llvm::StringLiteral kGroupNames[] = {
    llvm::StringLiteral("language"),
#define PALINDROME_RULE_GROUP(Name, Text) llvm::StringLiteral(Text),
#include "compiler/checks/groups.def"
};

constexpr llvm::StringLiteral kSeverityNames[] = {
    llvm::StringLiteral("off"), llvm::StringLiteral("note"),
    llvm::StringLiteral("warning"), llvm::StringLiteral("error")};

}  // namespace

llvm::ArrayRef<KindInfo> AllKinds() {
  return kKinds;
}

const KindInfo& Info(Kind kind) {
  const auto index = static_cast<std::size_t>(kind);
  assert(index < std::size(kKinds));
  return kKinds[index];
}

std::optional<Kind> FindKind(llvm::StringRef tag) {
  for (const KindInfo& info : kKinds) {
    if (info.tag == tag) {
      return info.kind;
    }
  }
  for (const Alias& alias : kAliases) {
    if (alias.name == tag) {
      return alias.kind;
    }
  }
  return std::nullopt;
}

std::vector<llvm::StringRef> Aliases(Kind kind) {
  std::vector<llvm::StringRef> names;
  for (const Alias& alias : kAliases) {
    if (alias.kind == kind) {
      names.push_back(alias.name);
    }
  }
  return names;
}

std::uint16_t CurrentRuleSet() {
  std::uint16_t newest = 0;
  for (const KindInfo& info : kKinds) {
    newest = std::max(newest, info.rule_set);
  }
  return newest;
}

llvm::StringRef GroupName(Group group) {
  return kGroupNames[static_cast<std::size_t>(group)];
}

std::optional<Group> FindGroup(llvm::StringRef name) {
  for (std::size_t index = 0; index < std::size(kGroupNames); ++index) {
    if (kGroupNames[index] == name) {
      return static_cast<Group>(index);
    }
  }
  return std::nullopt;
}

llvm::StringRef SeverityName(Severity severity) {
  return kSeverityNames[static_cast<std::size_t>(severity)];
}

std::optional<Severity> FindSeverity(llvm::StringRef name) {
  for (std::size_t index = 0; index < std::size(kSeverityNames); ++index) {
    if (kSeverityNames[index] == name) {
      return static_cast<Severity>(index);
    }
  }
  return std::nullopt;
}

}  // namespace palindrome::diagnostics
