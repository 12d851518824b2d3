#include "compiler/driver/inspect_report.h"

#include <optional>
#include <string>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include "compiler/driver/inspect_facts.h"
#include "runtime/src/loss_text.h"
#include "runtime/src/printable.h"
#include "runtime/src/printable_sql.h"
#include "runtime/src/squashed.h"

namespace palindrome::driver {
namespace {

using inspect::History;

std::string OrNothing(const std::vector<std::string>& names) {
  return names.empty() ? "nothing" : llvm::join(names, ", ");
}

void PrintField(llvm::StringRef name, const std::string& value,
                llvm::raw_ostream& out) {
  if (!value.empty()) {
    out << "    " << llvm::left_justify(name, 12) << Printable(value) << '\n';
  }
}

std::string Line(const History& history, std::size_t index) {
  const RevisionGraph& graph = history.loaded.graph;
  const RevisionNode& node = graph.node(index);
  const table::Row row = history.row(index);
  std::vector<std::string> marks;
  if (llvm::is_contained(graph.heads(), index)) {
    marks.emplace_back("head");
  }
  if (node.parents.size() > 1) {
    marks.emplace_back("merge");
  }
  for (const std::string& label : node.branch_labels) {
    marks.push_back("branch " + label);
  }
  if (IsUnproven(row)) {
    marks.emplace_back("unproven");
  }
  std::string line = node.id;
  for (const std::string& part :
       {history.text(row.created), history.text(row.title)}) {
    if (!part.empty()) {
      line += "  " + part;
    }
  }
  if (!marks.empty()) {
    line += "  (" + llvm::join(marks, ", ") + ")";
  }
  return Printable(line);
}

void PrintAllows(const History& history, const table::Row& row,
                 llvm::raw_ostream& out) {
  for (const table::Allowed& allowed :
       history.loaded.table.Allowed(row.allowed)) {
    PrintField("allows",
               history.text(allowed.rule) + ": " + history.text(allowed.reason),
               out);
  }
}

void PrintStatements(const History& history, table::Range range,
                     const std::string& heading, llvm::raw_ostream& out) {
  out << "\n-- " << heading << '\n';
  for (const ProgramStatement& statement :
       history.loaded.table.Statements(range).statements) {
    if (const auto flags = FlagNames(statement.flags); !flags.empty()) {
      out << "-- " << llvm::join(flags, ", ") << '\n';
    }
    out << PrintableSql(statement.sql, "") << '\n';
  }
}

void PrintRevision(const History& history, std::size_t index,
                   const std::optional<Squashed>& squashed, bool sql,
                   llvm::raw_ostream& out) {
  const table::Row row = history.row(index);
  const RevisionNode& node = history.loaded.graph.node(index);
  out << '\n' << Line(history, index) << '\n';
  PrintField("file", history.text(row.file_name), out);
  PrintField("revises", OrNothing(node.parents), out);
  PrintField("depends on", llvm::join(node.depends_on, ", "), out);
  if (squashed) {
    PrintField("squashed",
               std::string(squashed->from) + " to " +
                   std::string(squashed->to) + ", approved by " +
                   std::string(squashed->approved_by),
               out);
  }
  PrintField("checksum", history.text(row.checksum), out);
  PrintField("loss", std::string(LossName(row.loss)), out);
  PrintField("proof", ProofName(row.proof), out);
  const auto programs = ProgramsOf(history, row);
  for (const table::Program& program : programs) {
    PrintField("engine",
               DialectName(program.dialect) + " " +
                   EngineVersion(program.minimum_engine),
               out);
  }
  PrintAllows(history, row, out);
  if (!sql) {
    return;
  }
  for (const table::Program& program : programs) {
    const std::string of =
        " of " + node.id + ", " + DialectName(program.dialect);
    PrintStatements(history, program.up, "upgrade" + of, out);
    PrintStatements(history, program.down, "downgrade" + of, out);
  }
}

void PrintStep(const History& history, std::size_t index,
               llvm::raw_ostream& out) {
  const table::Row row = history.row(index);
  out << "upgrade    " << Line(history, index) << '\n';
  for (const std::string& table : RebuildsOf(history, row)) {
    out << "    rebuilds `" << Printable(table) << "`\n";
  }
  if (const auto text = LossText(row.loss); !text.empty()) {
    out << "    " << text << '\n';
  }
  for (const table::Allowed& allowed :
       history.loaded.table.Allowed(row.allowed)) {
    out << "    allows "
        << Printable(history.text(allowed.rule) + ": " +
                     history.text(allowed.reason))
        << '\n';
  }
}

void PrintUpdate(const inspect::HistoryUpdate& update, llvm::raw_ostream& out) {
  out << "history `" << Printable(update.name) << "`: ";
  if (update.after == nullptr) {
    out << "is not there any more\n";
    return;
  }
  if (update.before == nullptr) {
    out << "is new\n";
  } else {
    out << "from " << OrNothing(HeadsOf(update.before)) << " to "
        << OrNothing(HeadsOf(update.after)) << '\n';
  }
  for (const inspect::Rewritten& each : update.rewritten) {
    out << "rewritten  " << each.revision << ": " << each.what << '\n';
  }
  for (const std::size_t index : update.steps) {
    PrintStep(*update.after, index, out);
  }
  if (KeepsHistory(update) && update.steps.empty()) {
    out << "nothing to do\n";
  }
}

}  // namespace

bool KeepsHistory(const inspect::HistoryUpdate& update) {
  return update.after != nullptr && update.rewritten.empty();
}

void PrintHistories(const std::vector<History>& histories, bool sql,
                    llvm::raw_ostream& out) {
  for (const History& history : histories) {
    const std::size_t size = history.loaded.graph.size();
    out << (&history == &histories.front() ? "" : "\n") << "history `"
        << Printable(history.name()) << "`, " << size
        << (size == 1 ? " revision" : " revisions") << '\n';
    for (const inspect::Place& place : history.places) {
      out << "    in "
          << Printable(place.member.empty()
                           ? place.format
                           : place.member + ", " + place.format)
          << '\n';
    }
    const auto squashed = FindSquashed(history.loaded);
    for (std::size_t index = 0; index < size; ++index) {
      PrintRevision(history, index, squashed[index], sql, out);
    }
  }
}

void PrintUpdates(const std::vector<inspect::HistoryUpdate>& updates,
                  llvm::raw_ostream& out) {
  for (const inspect::HistoryUpdate& update : updates) {
    out << (&update == &updates.front() ? "" : "\n");
    PrintUpdate(update, out);
  }
}

}  // namespace palindrome::driver
