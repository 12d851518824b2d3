#include <optional>
#include <string>
#include <utility>

#include "compiler/driver/inspect_facts.h"
#include "compiler/driver/inspect_report.h"
#include "compiler/driver/report.h"
#include "runtime/src/squashed.h"

namespace palindrome::driver {
namespace {

using inspect::History;

llvm::json::Array JsonProgram(const History& history, table::Range range) {
  llvm::json::Array statements;
  for (const ProgramStatement& statement :
       history.loaded.table.Statements(range).statements) {
    statements.push_back(
        llvm::json::Object{{"sql", JsonText(statement.sql)},
                           {"line", statement.line},
                           {"flags", JsonTexts(FlagNames(statement.flags))}});
  }
  return statements;
}

llvm::json::Array JsonAllows(const History& history, const table::Row& row) {
  llvm::json::Array allows;
  for (const table::Allowed& allowed :
       history.loaded.table.Allowed(row.allowed)) {
    allows.push_back(
        llvm::json::Object{{"rule", JsonText(history.text(allowed.rule))},
                           {"reason", JsonText(history.text(allowed.reason))}});
  }
  return allows;
}

llvm::json::Array JsonPrograms(const History& history, const table::Row& row) {
  llvm::json::Array programs;
  for (const table::Program& program : ProgramsOf(history, row)) {
    programs.push_back(llvm::json::Object{
        {"dialect", DialectName(program.dialect)},
        {"minimum_engine", program.minimum_engine},
        {"up", JsonProgram(history, program.up)},
        {"up_digest", JsonText(history.text(program.up_digest))},
        {"down", JsonProgram(history, program.down)},
        {"down_digest", JsonText(history.text(program.down_digest))}});
  }
  return programs;
}

llvm::json::Value JsonSquashed(const std::optional<Squashed>& squashed) {
  if (!squashed) {
    return nullptr;
  }
  return llvm::json::Object{{"from", JsonText(squashed->from)},
                            {"to", JsonText(squashed->to)},
                            {"approved_by", JsonText(squashed->approved_by)}};
}

llvm::json::Object JsonRevision(const History& history, std::size_t index,
                                const std::optional<Squashed>& squashed) {
  const table::Row row = history.row(index);
  const RevisionNode& node = history.loaded.graph.node(index);
  const auto text = [&](table::Text of) { return JsonText(history.text(of)); };
  return llvm::json::Object{{"revision", JsonText(node.id)},
                            {"title", text(row.title)},
                            {"documentation", text(row.documentation)},
                            {"file", text(row.file_name)},
                            {"created", text(row.created)},
                            {"parents", JsonTexts(node.parents)},
                            {"depends_on", JsonTexts(node.depends_on)},
                            {"branches", JsonTexts(node.branch_labels)},
                            {"checksum", text(row.checksum)},
                            {"chain", text(row.chain)},
                            {"digest_before", text(row.digest_before)},
                            {"digest_after", text(row.digest_after)},
                            {"squashed", JsonSquashed(squashed)},
                            {"loss", JsonLoss(row.loss)},
                            {"proof", ProofName(row.proof)},
                            {"unproven", IsUnproven(row)},
                            {"allows", JsonAllows(history, row)},
                            {"programs", JsonPrograms(history, row)}};
}

llvm::json::Array JsonSteps(const inspect::HistoryUpdate& update) {
  llvm::json::Array steps;
  for (const std::size_t index : update.steps) {
    const table::Row row = update.after->row(index);
    steps.push_back(llvm::json::Object{
        {"revision", JsonText(update.after->loaded.graph.node(index).id)},
        {"direction", "upgrade"},
        {"title", JsonText(update.after->text(row.title))},
        {"loss", JsonLoss(row.loss)},
        {"unproven", IsUnproven(row)},
        {"rebuilds", JsonTexts(RebuildsOf(*update.after, row))},
        {"allows", JsonAllows(*update.after, row)}});
  }
  return steps;
}

llvm::json::Object JsonUpdate(const inspect::HistoryUpdate& update) {
  llvm::json::Array rewritten;
  for (const inspect::Rewritten& each : update.rewritten) {
    rewritten.push_back(llvm::json::Object{
        {"revision", JsonText(each.revision)}, {"what", JsonText(each.what)}});
  }
  return llvm::json::Object{{"name", JsonText(update.name)},
                            {"is_new", update.before == nullptr},
                            {"is_gone", update.after == nullptr},
                            {"heads_before", JsonTexts(HeadsOf(update.before))},
                            {"heads_after", JsonTexts(HeadsOf(update.after))},
                            {"rewritten", std::move(rewritten)},
                            {"steps", JsonSteps(update)}};
}

}  // namespace

llvm::json::Object JsonHistories(const std::vector<History>& histories) {
  llvm::json::Array array;
  for (const History& history : histories) {
    llvm::json::Array places;
    for (const inspect::Place& place : history.places) {
      places.push_back(llvm::json::Object{{"member", JsonText(place.member)},
                                          {"format", JsonText(place.format)}});
    }
    llvm::json::Array revisions;
    const auto squashed = FindSquashed(history.loaded);
    for (std::size_t index = 0; index < history.loaded.graph.size(); ++index) {
      revisions.push_back(JsonRevision(history, index, squashed[index]));
    }
    array.push_back(llvm::json::Object{{"name", JsonText(history.name())},
                                       {"places", std::move(places)},
                                       {"heads", JsonTexts(HeadsOf(&history))},
                                       {"revisions", std::move(revisions)}});
  }
  return llvm::json::Object{{"histories", std::move(array)}};
}

llvm::json::Object JsonUpdates(
    const std::vector<inspect::HistoryUpdate>& updates) {
  llvm::json::Array array;
  for (const inspect::HistoryUpdate& update : updates) {
    array.push_back(JsonUpdate(update));
  }
  return llvm::json::Object{{"histories", std::move(array)}};
}

}  // namespace palindrome::driver
