#include "compiler/checks/consequences.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "llvm/ADT/STLExtras.h"

#include "compiler/diagnostics/erase_consequences.h"

namespace palindrome::checks {

namespace {

using diagnostics::Diagnostic;
using diagnostics::Kind;

using Place = std::pair<const source::File*, std::uint32_t>;

Place PlaceOf(const Diagnostic& diagnostic) {
  return {diagnostic.location.file, diagnostic.location.range.begin};
}

// The finding says that the downgrade does not apply or cannot be derived.
bool IsBroken(const Diagnostic& diagnostic, const ast::Section& downgrade) {
  return downgrade.is_auto
             ? diagnostic.kind == Kind::kDowngradeNotDerivable
             : diagnostic.kind == Kind::kDowngradeDoesNotApply ||
                   (diagnostic.kind == Kind::kApplicationFunction &&
                    downgrade.range.contains(diagnostic.location.range));
}

struct Findings {
  std::map<const source::File*, std::set<Kind>> kinds;
  std::set<const source::File*> broken;  // Their downgrades are.
  std::set<Place> without_key;           // Foreign keys.
  std::set<Place> unnumbered;            // Types of primary keys.
  std::set<Place> unarchived;            // Drops of columns.
  std::set<const source::File*> left;    // Rows, by their downgrades.
  std::set<std::tuple<const source::File*, Kind, std::string>> subjects;
};

// What a downgrade answers: rows that none brings back, a table that is only
// renamed, statements that belong together.
constexpr Kind kOfDowngrades[] = {
    Kind::kDropTableUnarchived,         Kind::kDropColumnUnarchived,
    Kind::kDeleteRowsUnarchived,        Kind::kDmlWithoutInverse,
    Kind::kExpandContractInOneRevision, Kind::kUnrelatedChangesInFile};

// While `cause` is found in the file, `effect` may be no more than what follows
// from it. No effect is its own cause, by way of others either.
struct Consequence {
  Kind cause;
  Kind effect;
};

constexpr Consequence kConsequences[] = {
    // What the rehearsal sees of rows where the schema is another one.
    {Kind::kDowngradeSchemaMismatch, Kind::kRowsNotRestored},
    {Kind::kDowngradeSchemaMismatch, Kind::kDowngradeFailsOnOldRows},
    // A table takes the place of one that is otherwise than it was meant.
    {Kind::kIncompleteRawRebuild, Kind::kRowsNotRestored},
    {Kind::kIncompleteRawRebuild, Kind::kDropColumnUnarchived},
    // What a foreign key seems to have to do with, by a wrong target.
    {Kind::kFkTargetInvalid, Kind::kUnrelatedChangesInFile},
    {Kind::kFkTargetInvalid, Kind::kIndexSplitFromNewColumn},
    // What is restored is not what was meant.
    {Kind::kRowidAliasType, Kind::kDowngradeSchemaMismatch},
    {Kind::kRowidAliasType, Kind::kIncompleteRawRebuild},
    {Kind::kRowidAliasType, Kind::kSquashMismatch},
    {Kind::kRowidAliasType, Kind::kMissingDowngrade},
    {Kind::kMissingPrimaryKey, Kind::kSquashMismatch},
    // What should have been a key before.
    {Kind::kAddPrimaryKeyOnExistingData, Kind::kMissingDowngrade},
    {Kind::kNameAsDefault, Kind::kSquashMismatch},
    {Kind::kNameAsDefault, Kind::kDowngradeSchemaMismatch},
    {Kind::kConflictClauseDropsRows, Kind::kDowngradeSchemaMismatch},
    // The clause that approves may be what could not be read.
    {Kind::kSyntaxError, Kind::kSquashWithoutApproval},
    // What a name is given for may be signed.
    {Kind::kUnknownRule, Kind::kReupgradeFails},
    // A value that goes into the wrong column, and is missing in another one.
    {Kind::kRepeatedColumn, Kind::kAddNotNullColumnNoDefault},
    {Kind::kRepeatedColumn, Kind::kTypeChangeLossy},
    {Kind::kRepeatedColumn, Kind::kRowsNotRestored},
    // Rows that give way to others are not there later.
    {Kind::kReplaceDeletesRows, Kind::kRowsNotRestored},
    // A row that the downgrade fails on is not there after it.
    {Kind::kDowngradeFailsOnOldRows, Kind::kRowsNotRestored},
};

// The same of what is about the same.
constexpr Consequence kOfOneSubject[] = {
    // A table is there under another name, with its rows.
    {Kind::kDowngradeSchemaMismatch, Kind::kDropTableUnarchived},
    // Whose NOT NULL should have stood before, and is taken for new.
    {Kind::kSetNotNullWithoutBackfill, Kind::kDowngradeSchemaMismatch},
    {Kind::kAddPrimaryKeyOnExistingData, Kind::kDowngradeSchemaMismatch},
    // A key that is forgotten is missed.
    {Kind::kMissingPrimaryKey, Kind::kDowngradeSchemaMismatch},
    {Kind::kMissingPrimaryKey, Kind::kIncompleteRawRebuild},
    {Kind::kMissingPrimaryKey, Kind::kTypeNotPortable},
};

bool IsConsequence(Kind kind, const std::set<Kind>& kinds) {
  return llvm::any_of(kConsequences, [&](const Consequence& each) {
    return each.effect == kind && kinds.contains(each.cause);
  });
}

bool RefersToKeyless(const Diagnostic& diagnostic, const Findings& findings) {
  return llvm::any_of(findings.subjects, [&](const auto& known) {
    const auto& [file, kind, subject] = known;
    return file == diagnostic.location.file &&
           kind == Kind::kMissingPrimaryKey &&
           diagnostic.subject.starts_with(subject);
  });
}

bool Follows(const Diagnostic& diagnostic, const Findings& findings) {
  const source::File* file = diagnostic.location.file;
  const std::set<Kind>& kinds = findings.kinds.at(file);
  const Kind kind = diagnostic.kind;
  return (llvm::is_contained(kOfDowngrades, kind) &&
          findings.broken.contains(file)) ||
         IsConsequence(kind, kinds) ||
         llvm::any_of(kOfOneSubject,
                      [&](const Consequence& each) {
                        return each.effect == kind &&
                               findings.subjects.contains(
                                   {file, each.cause, diagnostic.subject});
                      }) ||
         (kind == Kind::kTypeNotPortable &&
          findings.unnumbered.contains(PlaceOf(diagnostic))) ||
         ((kind == Kind::kEngineError || kind == Kind::kFkTypeMismatch) &&
          findings.without_key.contains(PlaceOf(diagnostic))) ||
         // It refers to a table that has no key yet.
         (kind == Kind::kFkTargetInvalid &&
          RefersToKeyless(diagnostic, findings)) ||
         // The downgrade gives the column back without its values.
         (kind == Kind::kAddNotNullColumnNoDefault &&
          findings.unarchived.contains(PlaceOf(diagnostic))) ||
         // Rows that the rehearsal misses, while its downgrade fails on some.
         (IsOfRowsLeft(diagnostic) &&
          (kinds.contains(Kind::kDowngradeFailsOnOldRows) ||
           kinds.contains(Kind::kDowngradeSchemaMismatch))) ||
         // It leaves others in their place.
         (kind == Kind::kRowsNotRestored && findings.left.contains(file)) ||
         // Rules that look at what is restored have not seen what was meant.
         (kind == Kind::kUnusedSuppression &&
          (kinds.contains(Kind::kDowngradeSchemaMismatch) ||
           (findings.broken.contains(file) &&
            !kinds.contains(Kind::kMissingDowngrade))));
}

}  // namespace

bool IsOfRowsLeft(const Diagnostic& diagnostic) {
  return diagnostic.kind == Kind::kDmlWithoutInverse &&
         !diagnostic.subject.empty();
}

void RemoveConsequences(const graph::Graph& graph,
                        std::vector<Diagnostic>& diagnostics) {
  std::map<const source::File*, const ast::Section*> downgrades;
  for (const graph::Revision* revision : graph.All()) {
    if (const auto& downgrade = revision->migration.downgrade) {
      downgrades.emplace(revision->migration.file, &*downgrade);
    }
  }
  Findings findings;
  for (const Diagnostic& diagnostic : diagnostics) {
    const source::File* file = diagnostic.location.file;
    findings.kinds.try_emplace(file);
    // What lets the build pass hides nothing.
    if (diagnostic.severity != diagnostics::Severity::kError) {
      continue;
    }
    const auto downgrade = downgrades.find(file);
    findings.kinds[file].insert(diagnostic.kind);
    if (downgrade == downgrades.end()
            ? diagnostic.kind == Kind::kMissingDowngrade
            : IsBroken(diagnostic, *downgrade->second)) {
      findings.broken.insert(file);
    }
    if (diagnostic.kind == Kind::kFkTargetInvalid) {
      findings.without_key.insert(PlaceOf(diagnostic));
    } else if (diagnostic.kind == Kind::kRowidAliasType) {
      findings.unnumbered.insert(PlaceOf(diagnostic));
    } else if (diagnostic.kind == Kind::kDropColumnUnarchived) {
      findings.unarchived.insert(PlaceOf(diagnostic));
    }
    if (IsOfRowsLeft(diagnostic)) {
      findings.left.insert(file);
    }
    if (!diagnostic.subject.empty()) {
      findings.subjects.emplace(file, diagnostic.kind, diagnostic.subject);
    }
  }
  diagnostics::EraseConsequences(diagnostics,
                                 [&](const Diagnostic& diagnostic) {
                                   return Follows(diagnostic, findings);
                                 });
}

}  // namespace palindrome::checks
