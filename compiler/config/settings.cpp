#include "compiler/config/settings.h"

#include <array>
#include <utility>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FormatVariadic.h"

namespace palindrome::config {
namespace {

using diagnostics::Group;
using diagnostics::Kind;
using diagnostics::KindInfo;
using diagnostics::Policy;
using diagnostics::Severity;

// 3035002 is 3.35.2.
constexpr std::uint32_t kMajor = 1000000;
constexpr std::uint32_t kMinor = 1000;

// 3.35 or 3.35.2.
std::string FormatVersion(std::uint32_t version) {
  std::string text =
      llvm::formatv("{0}.{1}", version / kMajor, version % kMajor / kMinor)
          .str();
  const std::uint32_t patch = version % kMinor;
  return patch == 0 ? text : text + "." + std::to_string(patch);
}

std::vector<std::string> RuleAndGroupNames() {
  std::vector<std::string> names;
  for (const KindInfo& info : diagnostics::AllKinds()) {
    if (info.group != Group::kLanguage) {
      names.push_back(info.tag.str());
    }
  }
#define PALINDROME_RULE_GROUP(Name, Text) names.emplace_back(Text);
#include "compiler/checks/groups.def"
  return names;
}

Problem SetRule(const KindInfo& rule, Severity severity, Settings& settings) {
  if (rule.policy == Policy::kLaw && severity != rule.severity) {
    return llvm::formatv(
               "`{0}` stands behind a law of Palindrome and is always an {1}",
               rule.tag, diagnostics::SeverityName(rule.severity))
        .str();
  }
  settings.severities[rule.kind] = severity;
  settings.set_by_name.insert(rule.kind);
  return {};
}

void SetGroup(Group group, Severity severity, Settings& settings) {
  for (const KindInfo& info : diagnostics::AllKinds()) {
    if (info.group == group && info.policy != Policy::kLaw &&
        !settings.set_by_name.contains(info.kind)) {
      settings.severities[info.kind] = severity;
    }
  }
}

Severity RollingSeverity(Kind kind) {
#define PALINDROME_ROLLING(KindId, Level) \
  if (kind == Kind::KindId) {             \
    return Severity::Level;               \
  }
#include "compiler/checks/rolling.def"
  return diagnostics::Info(kind).severity;
}

}  // namespace

std::string Problem::ToString() const {
  std::string result = text;
  llvm::raw_string_ostream(result) << meant;
  return result;
}

Severity Settings::SeverityOf(Kind kind) const {
  if (const auto found = severities.find(kind); found != severities.end()) {
    return found->second;
  }
  if (diagnostics::Info(kind).group == Group::kPortability) {
    return Severity::kOff;
  }
  return rolling ? RollingSeverity(kind) : diagnostics::Info(kind).severity;
}

Problem SetSeverity(std::string_view setting, Settings& settings) {
  const auto [name, level] = llvm::StringRef(setting).split('=');
  if (name.empty() || level.empty()) {
    return llvm::formatv("`{0}` is not `rule=severity`", setting).str();
  }
  const std::optional<Severity> severity = diagnostics::FindSeverity(level);
  if (!severity) {
    return {llvm::formatv("`{0}` is not a severity; write `error`, `warning`, "
                          "`note` or `off`",
                          level)
                .str(),
            diagnostics::MeantWord(level, {"error", "warning", "note", "off"})};
  }
  const std::optional<Kind> kind = diagnostics::FindKind(name);
  if (kind && diagnostics::Info(*kind).group != Group::kLanguage) {
    return SetRule(diagnostics::Info(*kind), *severity, settings);
  }
  if (kind) {
    return llvm::formatv(
               "`{0}` is an error of the language; it cannot be "
               "changed",
               name)
        .str();
  }
  const std::optional<Group> group = diagnostics::FindGroup(name);
  if (group && *group != Group::kLanguage) {
    SetGroup(*group, *severity, settings);
    return {};
  }
  return {llvm::formatv("there is no rule or group `{0}`", name).str(),
          diagnostics::MeantWord(name, RuleAndGroupNames())};
}

Problem SetRehearse(std::string_view mode, Settings& settings) {
  if (mode == "data") {
    settings.rehearse = RehearseMode::kData;
    return {};
  }
  if (mode == "schema") {
    settings.rehearse = RehearseMode::kSchema;
    return {};
  }
  if (mode == "none") {
    settings.rehearse = RehearseMode::kNone;
    return {};
  }
  return {llvm::formatv("`{0}` is not a way to rehearse; write `data`, "
                        "`schema` or `none`",
                        mode)
              .str(),
          diagnostics::MeantWord(mode, {"data", "schema", "none"})};
}

Problem SetDeployment(std::string_view deployment, Settings& settings) {
  if (deployment != "rolling" && deployment != "stop") {
    return {
        llvm::formatv("`{0}` is not a deployment; write `rolling` or `stop`",
                      deployment)
            .str(),
        diagnostics::MeantWord(deployment, {"rolling", "stop"})};
  }
  settings.rolling = deployment == "rolling";
  return {};
}

Problem SetMinimumSqlite(std::string_view version, std::uint32_t engine,
                         Settings& settings) {
  const std::optional<std::uint32_t> number = ParseVersion(version);
  if (!number) {
    return llvm::formatv("`{0}` is not a version such as `3.35`", version)
        .str();
  }
  if (*number < lower::sqlite::kOldestEngine) {
    return llvm::formatv(
               "SQLite {0} is too old; the oldest that migrations "
               "can be compiled for is {1}",
               version, FormatVersion(lower::sqlite::kOldestEngine))
        .str();
  }
  if (*number > engine) {
    return llvm::formatv(
               "SQLite {0} is newer than {1}, which rehearses the migrations "
               "here; build palindrome with a newer SQLite",
               version, FormatVersion(engine))
        .str();
  }
  settings.minimum_sqlite = *number;
  settings.declares_minimum = true;
  return {};
}

Problem CheckDialect(std::string_view dialect) {
  if (dialect == "sqlite") {
    return {};
  }
  if (dialect == "postgresql") {
    return Problem(
        "the dialect `postgresql` is not in this version; write `sqlite`");
  }
  return {llvm::formatv("there is no dialect `{0}`", dialect).str(),
          diagnostics::MeantWord(dialect, {"sqlite"})};
}

std::optional<std::uint32_t> ParseVersion(std::string_view text) {
  llvm::SmallVector<llvm::StringRef> parts;
  llvm::StringRef(text).split(parts, '.');
  if (parts.size() != 2 && parts.size() != 3) {
    return std::nullopt;
  }
  constexpr std::size_t kLongest = 3;
  std::array<std::uint32_t, 3> numbers = {};
  for (std::size_t index = 0; index < parts.size(); ++index) {
    if (parts[index].size() > kLongest ||
        !llvm::all_of(parts[index], llvm::isDigit) ||
        parts[index].getAsInteger(10, numbers[index])) {
      return std::nullopt;
    }
  }
  return numbers[0] * kMajor + numbers[1] * kMinor + numbers[2];
}

}  // namespace palindrome::config
