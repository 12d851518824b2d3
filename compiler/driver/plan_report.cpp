#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

#include "compiler/driver/headers.h"
#include "compiler/driver/plan.h"
#include "compiler/driver/report.h"
#include "runtime/src/loss_text.h"

namespace palindrome::driver {
namespace {

// "`users` (`name`): the column's values".
std::string DescribeArchive(const ast::Archive& archive) {
  std::string text = "`" + archive.table + "`";
  if (archive.kind == ast::ArchiveKind::kColumn ||
      archive.kind == ast::ArchiveKind::kValues) {
    text += " (`" + llvm::join(archive.columns, "`, `") + "`)";
  }
  text += ": " + std::string(ast::ArchiveKindText(archive.kind));
  return text;
}

std::string DescribeCost(const ast::Archive& archive) {
  return archive.copies_table
             ? "copies each row of `" + archive.table + "` once"
             : "one row for each row that the statement touches";
}

}  // namespace

void PrintPlan(const Plan& plan, const Analysis& analysis,
               llvm::raw_ostream& out) {
  const graph::Graph& graph = analysis.folder.graph;
  for (const PlanStep& step : plan.steps) {
    out << (plan.is_upgrade ? "upgrade    " : "downgrade  ")
        << RevisionLine(graph, step.revision) << '\n';
    for (const std::string& table : step.rebuilds) {
      out << "    rebuilds `" << table << "`\n";
    }
    for (const ast::Archive* archive : step.archives) {
      out << (plan.is_upgrade ? "    archives " : "    restores ")
          << DescribeArchive(*archive)
          << (plan.is_upgrade ? "; " + DescribeCost(*archive) : "") << '\n';
    }
    for (const auto& [rule, reason] :
         AllowsOf(graph.revisions[step.revision])) {
      out << "    allows " << rule << ": " << reason << '\n';
    }
    if (!step.loss) {
      out << "    its loss is not known before `palindrome check` passes\n";
      continue;
    }
    // The archives are told above.
    const llvm::StringRef text = *step.loss == table::Loss::kLosslessByArchive
                                     ? ""
                                     : LossText(*step.loss);
    if (!text.empty()) {
      out << "    " << text << '\n';
    }
  }
  if (plan.steps.empty()) {
    out << "nothing to do\n";
  }
}

void PrintJsonPlan(const Plan& plan, const Analysis& analysis,
                   llvm::raw_ostream& out) {
  const graph::Graph& graph = analysis.folder.graph;
  llvm::json::Array steps;
  for (const PlanStep& step : plan.steps) {
    llvm::json::Array archives;
    for (const ast::Archive* archive : step.archives) {
      archives.push_back(llvm::json::Object{
          {"name", JsonText(archive->name.text)},
          {"table", JsonText(archive->table)},
          {"columns", JsonTexts(archive->columns)},
          {"keeps", JsonText(ast::ArchiveKindText(archive->kind))},
          {"whole_table", archive->copies_table}});
    }
    const graph::Revision& revision = graph.revisions[step.revision];
    llvm::json::Array allows;
    for (const auto& [rule, reason] : AllowsOf(revision)) {
      allows.push_back(llvm::json::Object{{"rule", JsonText(rule)},
                                          {"reason", JsonText(reason)}});
    }
    steps.push_back(llvm::json::Object{
        {"revision", JsonText(revision.id)},
        {"direction", plan.is_upgrade ? "upgrade" : "downgrade"},
        {"title", JsonText(revision.migration.header.title.value)},
        {"loss", JsonLoss(step.loss)},
        {"compatibility", JsonCompatibility(step.compatibility)},
        {"rebuilds", JsonTexts(step.rebuilds)},
        {"archives", std::move(archives)},
        {"allows", std::move(allows)}});
  }
  llvm::json::Array heads;
  for (const std::size_t head : plan.heads) {
    heads.push_back(JsonText(graph.revisions[head].id));
  }
  PrintJson(llvm::json::Object{{"steps", std::move(steps)},
                               {"heads", std::move(heads)}},
            out);
}

}  // namespace palindrome::driver
