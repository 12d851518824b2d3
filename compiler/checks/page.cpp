#include "compiler/checks/page.h"

#include "compiler/config/settings.h"
#include "compiler/diagnostics/kind.h"

namespace palindrome::checks {

namespace {

using diagnostics::Policy;

std::string PolicySentence(const diagnostics::KindInfo& info) {
  switch (info.policy) {
    case Policy::kLaw:
      return "It can be neither allowed nor configured.";
    case Policy::kGraph:
      return "It is about the history as a whole: `palindrome.toml` and "
             "`RULES` can change its severity, ALLOW cannot silence it.";
    case Policy::kOpen:
      return "`ALLOW " + info.tag.str() +
             " BECAUSE '…'` silences it for one item or file; "
             "`palindrome.toml` and `RULES` can change its severity.";
  }
  return "";
}

// What else the severity depends on.
std::string RollingClause(const diagnostics::KindInfo& info) {
  if (info.group != diagnostics::Group::kCompatibility) {
    return "";
  }
  config::Settings rolling;
  rolling.rolling = true;
  return ", and " +
         diagnostics::SeverityName(rolling.SeverityOf(info.kind)).str() +
         " where the deployment is rolling";
}

std::string AliasSentence(diagnostics::Kind kind) {
  std::string names;
  for (const llvm::StringRef name : diagnostics::Aliases(kind)) {
    names += (names.empty() ? "`" : ", `") + name.str() + "`";
  }
  return names.empty() ? "" : "\nIt also goes by " + names + ".\n";
}

std::string Facts(const Rule& rule) {
  const diagnostics::KindInfo& info = diagnostics::Info(rule.kind);
  return "Group " + diagnostics::GroupName(info.group).str() + ", severity " +
         diagnostics::SeverityName(info.severity).str() + RollingClause(info) +
         ", rule set " + std::to_string(info.rule_set) + ". " +
         PolicySentence(info) + "\n" + AliasSentence(rule.kind);
}

std::string Sentence(llvm::StringRef summary) {
  std::string text = summary.str();
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text + ".\n";
}

std::string FencedFiles(llvm::StringRef folder) {
  std::string text;
  for (const ExampleFile& file : SplitExample(folder)) {
    const bool is_sql = llvm::StringRef(file.name).ends_with(".sql");
    text += "\n`" + file.name + "`\n\n```" + (is_sql ? "sql" : "text") + "\n" +
            file.text + "```\n";
  }
  return text;
}

}  // namespace

std::vector<ExampleFile> SplitExample(llvm::StringRef folder) {
  std::vector<ExampleFile> files;
  while (!folder.empty()) {
    const auto [line, rest] = folder.split('\n');
    folder = rest;
    llvm::StringRef name = line;
    if (name.consume_front("=== ")) {
      files.push_back({name.str(), ""});
    } else if (!files.empty()) {
      files.back().text += line.str() + "\n";
    }
  }
  return files;
}

std::string RulePage(const Rule& rule) {
  const std::string name = diagnostics::Info(rule.kind).tag.str();
  return "<!-- Generated from compiler/checks; do not edit. -->\n\n# " + name +
         "\n\n" + Sentence(rule.summary) + "\n" + Facts(rule) + "\n## Why\n\n" +
         rule.rationale.trim('\n').str() + "\n\n## Bad\n" +
         FencedFiles(rule.bad) + "\n## Good\n" + FencedFiles(rule.good);
}

}  // namespace palindrome::checks
