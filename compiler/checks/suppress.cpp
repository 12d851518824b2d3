#include "compiler/checks/suppress.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "llvm/ADT/StringRef.h"

#include "compiler/checks/consequences.h"
#include "compiler/checks/rule.h"
#include "compiler/diagnostics/fixes.h"
#include "compiler/diagnostics/kind.h"

namespace palindrome::checks {

namespace {

using diagnostics::Diagnostic;
using diagnostics::Group;
using diagnostics::Kind;
using diagnostics::KindInfo;
using diagnostics::Policy;
using diagnostics::Severity;

PALINDROME_TEXT(kNoSuchRule, kUnknownRule, "there is no rule or group `{0}`{1}",
                std::string, diagnostics::Meant);
PALINDROME_TEXT(kBehindLaw, kRuleNotAllowable,
                "`{0}` cannot be allowed; correct what it reports",
                std::string);
PALINDROME_TEXT(kOnlySettings, kRuleNotAllowable,
                "`{0}` is about the history as a whole and cannot be allowed "
                "in a file; set its severity in `palindrome.toml`",
                std::string);
PALINDROME_TEXT(kNoReason, kSuppressionWithoutReason,
                "`{0}` is allowed without a reason; say why after `BECAUSE`",
                std::string);
PALINDROME_TEXT(kSaidBefore, kUnusedSuppression,
                "`{0}` is allowed here by another `ALLOW` before; remove this "
                "one",
                std::string);
PALINDROME_TEXT(kSilencesNothing, kUnusedSuppression,
                "nothing here is reported by `{0}`; remove the `ALLOW`",
                std::string);

// What an ALLOW names, once it is known to name something.
struct Target {
  std::optional<Kind> kind;
  std::optional<Group> group;
  // It names nothing. What is near is meant, or all that begins so.
  bool is_guess = false;
  std::string prefix;

  // What another rule has found, an ALLOW of that one lets pass as well.
  bool Covers(const Diagnostic& diagnostic) const {
    return Covers(diagnostic.kind) ||
           (diagnostic.found_by && Covers(*diagnostic.found_by) &&
            diagnostics::Info(diagnostic.kind).policy == Policy::kOpen);
  }

  bool Covers(Kind other) const {
    const KindInfo& info = diagnostics::Info(other);
    const bool is_prefix =
        !prefix.empty() &&
        (info.tag.starts_with(prefix) ||
         diagnostics::GroupName(info.group).starts_with(prefix));
    return info.policy == Policy::kOpen &&
           (kind == other || (group && *group == info.group) || is_prefix);
  }
};

std::vector<std::string> AllowableNames() {
  std::vector<std::string> names;
  for (const KindInfo& info : diagnostics::AllKinds()) {
    if (info.policy == Policy::kOpen) {
      names.push_back(info.tag.str());
      const std::string group = diagnostics::GroupName(info.group).str();
      if (std::find(names.begin(), names.end(), group) == names.end()) {
        names.push_back(group);
      }
    }
  }
  return names;
}

// No value, and a diagnostic, if the ALLOW names nothing that can be allowed.
// Of a misspelt name that is the one mistake, and what it would silence is
// none.
std::optional<Target> Resolve(const ast::Allow& allow, const source::File* file,
                              std::vector<Diagnostic>& diagnostics) {
  const std::string& name = allow.rule.text;
  const source::Location location{file, allow.rule.range};
  if (const auto kind = diagnostics::FindKind(name)) {
    switch (diagnostics::Info(*kind).policy) {
      case Policy::kLaw:
        diagnostics.push_back(diagnostics::Make(kBehindLaw, location, name));
        return std::nullopt;
      case Policy::kGraph:
        diagnostics.push_back(diagnostics::Make(kOnlySettings, location, name));
        return std::nullopt;
      case Policy::kOpen:
        return Target{kind, std::nullopt, false, ""};
    }
  }
  const auto group = diagnostics::FindGroup(name);
  if (group && *group != Group::kLanguage) {
    return Target{std::nullopt, group, false, ""};
  }
  // What is signed is the author's to say.
  auto meant = diagnostics::MeantWord(name, AllowableNames());
  meant.is_plain = false;
  diagnostics.push_back(diagnostics::Make(kNoSuchRule, location, name, meant));
  // What it was to silence is no second mistake.
  Target target{diagnostics::FindKind(meant.name),
                diagnostics::FindGroup(meant.name), true, ""};
  target.prefix = meant.name.empty() ? name : "";
  return target;
}

// An ALLOW of a file, and whether it has silenced something.
struct Suppression {
  const ast::Allow* allow = nullptr;
  Target target;
  bool used = false;
  bool is_repeated = false;  // An earlier one of the same item says the same.
};

bool IsRepeated(const Suppression& suppression,
                const std::vector<Suppression>& earlier) {
  return std::any_of(earlier.begin(), earlier.end(), [&](const auto& each) {
    return each.allow->covers.begin == suppression.allow->covers.begin &&
           each.allow->covers.end == suppression.allow->covers.end &&
           each.target.kind == suppression.target.kind &&
           each.target.group == suppression.target.group;
  });
}

// Whether one of them silences the diagnostic. All that do are marked, so that
// an ALLOW in the header and one at the item are both of use.
bool Silences(std::vector<Suppression>& suppressions,
              const Diagnostic& diagnostic) {
  bool silenced = false;
  for (Suppression& suppression : suppressions) {
    if (!suppression.is_repeated && suppression.target.Covers(diagnostic) &&
        suppression.allow->covers.contains(diagnostic.location.range)) {
      suppression.used = true;
      silenced = true;
    }
  }
  return silenced;
}

using Revisions =
    std::unordered_map<const source::File*, const graph::Revision*>;

Revisions ByFile(const std::vector<const graph::Revision*>& all) {
  Revisions revisions;
  for (const graph::Revision* revision : all) {
    revisions.emplace(revision->migration.file, revision);
  }
  return revisions;
}

// A header that could not be read may allow what a rule finds in it.
bool MayBeAllowed(const Diagnostic& diagnostic,
                  const graph::Revision& revision) {
  const ast::Migration& migration = revision.migration;
  return !migration.header_ok &&
         diagnostics::Info(diagnostic.kind).policy == Policy::kOpen &&
         diagnostic.location.range.begin <= migration.header.range.end;
}

// A note that only the next deployment or another style of the file answers,
// where the file was reviewed and cannot change.
bool IsTooLate(const Diagnostic& diagnostic, const graph::Revision& revision,
               const config::Settings& settings) {
  const Group group = diagnostics::Info(diagnostic.kind).group;
  return revision.locked && !settings.lint_locked &&
         diagnostic.severity == Severity::kNote &&
         (group == Group::kCompatibility || group == Group::kLocking ||
          group == Group::kHygiene || group == Group::kPortability);
}

// While something else is found there, it may be another rule that was meant.
bool IsFoundIn(const std::vector<Diagnostic>& diagnostics,
               const ast::Allow& allow, const source::File* file) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [&](const Diagnostic& diagnostic) {
                       return diagnostic.location.file == file &&
                              allow.covers.contains(diagnostic.location.range);
                     });
}

// Whether the item itself is refused, so that no rule has seen it, or the
// downgrade is, so that nothing is said of what it does not bring back.
bool IsRefused(const std::vector<Diagnostic>& diagnostics,
               const ast::Allow& allow, const source::File* file) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [&](const Diagnostic& each) {
                       return each.location.file == file &&
                              (each.kind == Kind::kDowngradeDoesNotApply ||
                               ((each.kind == Kind::kUnknownObject ||
                                 each.kind == Kind::kNothingToUpgrade) &&
                                allow.covers.contains(each.location.range)));
                     });
}

// An error of the file that the ALLOW lets pass, but for its place; null: there
// is none.
Diagnostic* FindMeant(const Suppression& suppression, const source::File* file,
                      const config::Settings& settings,
                      std::vector<Diagnostic>& diagnostics) {
  const auto meant = std::find_if(
      diagnostics.begin(), diagnostics.end(), [&](const Diagnostic& each) {
        return each.location.file == file && !suppression.is_repeated &&
               suppression.target.Covers(each) &&
               settings.SeverityOf(each.kind) == Severity::kError;
      });
  return meant == diagnostics.end() ? nullptr : &*meant;
}

Diagnostic WithoutUse(const Suppression& suppression, const source::File* file,
                      const std::vector<Diagnostic>& diagnostics) {
  const ast::Allow& allow = *suppression.allow;
  const auto by = IsFoundIn(diagnostics, allow, file) ? diagnostics::By::kPerson
                                                      : diagnostics::By::kTool;
  const source::Location place{file, allow.range};
  const bool in_header = allow.covers.contains({0, allow.range.end});
  const auto remove =
      in_header ? diagnostics::RemoveClause : diagnostics::RemoveStatement;
  return diagnostics::Make(
             suppression.is_repeated ? kSaidBefore : kSilencesNothing, place,
             allow.rule.text)
      .Mended(remove(by, place, "the `ALLOW`"));
}

void Configure(const config::Settings& settings, Diagnostic& diagnostic) {
  if (diagnostics::Info(diagnostic.kind).policy != Policy::kLaw) {
    diagnostic.severity = settings.SeverityOf(diagnostic.kind);
  }
  if (settings.warnings_as_errors &&
      diagnostic.severity == Severity::kWarning) {
    diagnostic.severity = Severity::kError;
  }
}

}  // namespace

void Suppress(const graph::Graph& graph, const std::vector<bool>& judged,
              const config::Settings& settings,
              std::vector<Diagnostic>& diagnostics) {
  std::unordered_map<const source::File*, std::vector<Suppression>> by_file;
  std::vector<Diagnostic> about_allows;
  const std::vector<const graph::Revision*> all = graph.All();
  for (const graph::Revision* revision : all) {
    const source::File* file = revision->migration.file;
    for (const ast::Allow& allow : revision->migration.allows) {
      if (llvm::StringRef(allow.reason.value).trim().empty()) {
        about_allows.push_back(diagnostics::Make(
            kNoReason, {file, allow.reason.range}, allow.rule.text));
      }
      if (auto target = Resolve(allow, file, about_allows)) {
        Suppression suppression{&allow, *target, target->is_guess};
        suppression.is_repeated = IsRepeated(suppression, by_file[file]);
        by_file[file].push_back(suppression);
      }
    }
  }
  const Revisions revisions = ByFile(all);
  const auto erase_if = [&](auto predicate) {
    std::erase_if(diagnostics, [&](const Diagnostic& diagnostic) {
      const auto found = revisions.find(diagnostic.location.file);
      return found != revisions.end() && predicate(diagnostic, *found->second);
    });
  };
  // What a rule that does not look at the file says of the whole history.
  erase_if([&](const Diagnostic& diagnostic, const graph::Revision& revision) {
    return !LooksAt(diagnostic.kind, revision, settings);
  });
  erase_if(MayBeAllowed);
  std::erase_if(diagnostics, [&](const Diagnostic& diagnostic) {
    const auto found = by_file.find(diagnostic.location.file);
    return found != by_file.end() && Silences(found->second, diagnostic);
  });
  for (std::size_t i = 0; i < all.size(); ++i) {
    const source::File* file = all[i]->migration.file;
    const auto found = by_file.find(file);
    // A locked file cannot lose an ALLOW, not even of a rule that the lock
    // itself has answered.
    if (found == by_file.end() || !judged[i] || all[i]->locked ||
        all[i]->lock_unknown) {
      continue;
    }
    for (const Suppression& suppression : found->second) {
      if (suppression.used ||
          IsRefused(diagnostics, *suppression.allow, file)) {
        continue;
      }
      if (Diagnostic* meant =
              FindMeant(suppression, file, settings, diagnostics)) {
        meant->With({file, suppression.allow->range},
                    "this `ALLOW` of it stands at something else");
      } else {
        about_allows.push_back(WithoutUse(suppression, file, diagnostics));
      }
    }
  }
  diagnostics.insert(diagnostics.end(), about_allows.begin(),
                     about_allows.end());
  for (Diagnostic& diagnostic : diagnostics) {
    Configure(settings, diagnostic);
  }
  erase_if([&](const Diagnostic& diagnostic, const graph::Revision& revision) {
    return IsTooLate(diagnostic, revision, settings);
  });
  std::erase_if(diagnostics, [](const Diagnostic& diagnostic) {
    return diagnostic.severity == Severity::kOff;
  });
  RemoveConsequences(graph, diagnostics);
}

}  // namespace palindrome::checks
