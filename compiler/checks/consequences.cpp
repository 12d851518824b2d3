#include "compiler/checks/consequences.h"

#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include "llvm/ADT/STLExtras.h"

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
};

// What is said of rows that no downgrade brings back.
constexpr Kind kOfLostRows[] = {
    Kind::kDropTableUnarchived, Kind::kDropColumnUnarchived,
    Kind::kDeleteRowsUnarchived, Kind::kDmlWithoutInverse};
// What the rehearsal sees of rows where the schema is another one.
constexpr Kind kOfRestoredRows[] = {Kind::kRowsNotRestored,
                                    Kind::kDowngradeFailsOnOldRows};
// What a foreign key seems to lack, or to have to do with, by a wrong target.
constexpr Kind kOfTargets[] = {Kind::kMissingPrimaryKey,
                               Kind::kUnrelatedChangesInFile};

bool Follows(const Diagnostic& diagnostic, const Findings& findings) {
  const source::File* file = diagnostic.location.file;
  const std::set<Kind>& kinds = findings.kinds.at(file);
  const Kind kind = diagnostic.kind;
  return (llvm::is_contained(kOfLostRows, kind) &&
          findings.broken.contains(file)) ||
         (llvm::is_contained(kOfRestoredRows, kind) &&
          kinds.contains(Kind::kDowngradeSchemaMismatch)) ||
         (llvm::is_contained(kOfTargets, kind) &&
          kinds.contains(Kind::kFkTargetInvalid)) ||
         (kind == Kind::kEngineError &&
          findings.without_key.contains(PlaceOf(diagnostic)));
}

}  // namespace

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
    if (downgrade != downgrades.end() &&
        IsBroken(diagnostic, *downgrade->second)) {
      findings.broken.insert(file);
    }
    if (diagnostic.kind == Kind::kFkTargetInvalid) {
      findings.without_key.insert(PlaceOf(diagnostic));
    }
  }
  std::erase_if(diagnostics, [&](const Diagnostic& diagnostic) {
    return Follows(diagnostic, findings);
  });
}

}  // namespace palindrome::checks
