#include "compiler/checks/rule.h"
#include "compiler/driver/command.h"
#include "compiler/driver/options.h"

namespace palindrome::driver {
namespace {

using diagnostics::KindInfo;
using diagnostics::Policy;

void PrintExample(llvm::StringRef heading, llvm::StringRef example,
                  llvm::raw_ostream& out) {
  out << '\n' << heading << "\n\n";
  llvm::SmallVector<llvm::StringRef> lines;
  example.trim('\n').split(lines, '\n');
  for (const llvm::StringRef line : lines) {
    if (!line.empty()) {
      out << "    " << line;
    }
    out << '\n';
  }
}

llvm::StringRef PolicyText(Policy policy) {
  switch (policy) {
    case Policy::kLaw:
      return "it stands behind a law: nothing silences or lowers it";
    case Policy::kGraph:
      return "palindrome.toml may change it";
    case Policy::kOpen:
      return "palindrome.toml may change it, and `ALLOW` silences it";
  }
  llvm_unreachable("not a policy");
}

void PrintRule(const checks::Rule& rule, const KindInfo& info,
               llvm::raw_ostream& out) {
  out << info.tag << ": " << rule.summary << "\n\n"
      << "group " << diagnostics::GroupName(info.group) << ", "
      << diagnostics::SeverityName(info.severity) << " by default; "
      << PolicyText(info.policy) << '\n';
  for (const llvm::StringRef alias : diagnostics::Aliases(info.kind)) {
    out << "also called " << alias << '\n';
  }
  out << '\n' << llvm::StringRef(rule.rationale).trim('\n') << '\n';
  PrintExample("Bad:", rule.bad, out);
  PrintExample("Good:", rule.good, out);
}

void PrintGroup(diagnostics::Group group, llvm::raw_ostream& out) {
  out << diagnostics::GroupName(group)
      << ": a group of rules; `ALLOW` and settings take its name\n\n";
  for (const checks::Rule* rule : checks::AllRules()) {
    const KindInfo& info = diagnostics::Info(rule->kind);
    if (info.group == group) {
      out << info.tag << ": " << rule->summary << '\n';
    }
  }
}

}  // namespace

int RunExplain(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options(
      "explain", "[OPTION]... RULE",
      "Explains a rule, a group of rules, or another tag that stands "
      "in brackets after\na message.");
  options.AddOperand("rule");
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  const std::string name = options.Get("rule");
  if (name.empty()) {
    return options.Misused(environment, "the rule is missing");
  }
  const auto group = diagnostics::FindGroup(name);
  if (group && *group != diagnostics::Group::kLanguage) {
    PrintGroup(*group, environment.out);
    return kSuccess;
  }
  const auto kind = diagnostics::FindKind(name);
  if (!kind) {
    std::vector<std::string> tags;
    for (const KindInfo& info : diagnostics::AllKinds()) {
      tags.push_back(info.tag.str());
      tags.push_back(diagnostics::GroupName(info.group).str());
    }
    return options.Misused(environment,
                           "there is no rule `" + name + "`" +
                               diagnostics::Suggestion(name, tags));
  }
  const KindInfo& info = diagnostics::Info(*kind);
  if (const checks::Rule* rule = checks::FindRule(*kind)) {
    PrintRule(*rule, info, environment.out);
  } else {
    environment.out << info.tag << ": " << info.meaning
                    << "\n\nan error of the language; nothing silences or "
                       "lowers it\n";
  }
  return kSuccess;
}

}  // namespace palindrome::driver
