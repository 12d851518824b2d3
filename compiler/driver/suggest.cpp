#include "compiler/driver/suggest.h"

#include <algorithm>
#include <utility>

#include "compiler/driver/report.h"

namespace palindrome::driver {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Kind;

bool IsWrong(const ast::Migration& migration,
             const std::vector<Diagnostic>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const Diagnostic& finding) {
                       return finding.location.file == migration.file &&
                              (finding.kind == Kind::kMissingDowngrade ||
                               finding.kind == Kind::kDowngradeDoesNotApply ||
                               finding.kind == Kind::kDowngradeSchemaMismatch);
                     });
}

}  // namespace

std::vector<Suggestion> SuggestDowngrades(
    const graph::Graph& graph, const HistoryAnalysis& analysis,
    const config::Settings& settings, catalog::Engine& engine,
    const std::vector<Diagnostic>& findings) {
  std::vector<Suggestion> suggestions;
  for (std::size_t i = 0; i < graph.revisions.size(); ++i) {
    const graph::Revision& revision = graph.revisions[i];
    const ast::Migration& migration = revision.migration;
    if (analysis[i] == nullptr || !analysis[i]->upgrade.applies ||
        analysis[i]->downgrade.is_auto || !IsWrong(migration, findings)) {
      continue;
    }
    suggestions.push_back(
        {&revision, DeriveProvenDowngrade(migration, analysis[i]->upgrade,
                                          settings, engine)});
  }
  return suggestions;
}

void PrintSuggestions(const std::vector<Suggestion>& suggestions,
                      llvm::raw_ostream& out) {
  for (const Suggestion& suggestion : suggestions) {
    const source::File& file = *suggestion.revision->migration.file;
    const auto& [section, refusals] = suggestion.downgrade;
    out << file.name()
        << (refusals.empty() ? ": the downgrade that can be derived:\n"
                             : ": no downgrade can be derived:\n")
        << section;
    for (const Refusal& refusal : refusals) {
      out << "  line " << file.Resolve(refusal.statement->range.begin).line
          << ", `" << NameOf(*refusal.statement) << "`: " << refusal.reason
          << '\n';
    }
  }
}

llvm::json::Array JsonSuggestions(const std::vector<Suggestion>& suggestions) {
  llvm::json::Array array;
  for (const Suggestion& suggestion : suggestions) {
    const graph::Revision& revision = *suggestion.revision;
    const source::File& file = *revision.migration.file;
    llvm::json::Object object =
        JsonDerivation(suggestion.downgrade, file, /*section_key=*/"downgrade");
    object["file"] = JsonText(file.name());
    object["revision"] = JsonText(revision.id);
    array.push_back(std::move(object));
  }
  return array;
}

}  // namespace palindrome::driver
