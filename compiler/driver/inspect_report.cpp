#include "compiler/driver/inspect_report.h"

#include <optional>
#include <string>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include "compiler/driver/report.h"
#include "runtime/src/loss_text.h"
#include "runtime/src/printable.h"
#include "runtime/src/printable_sql.h"
#include "runtime/src/squashed.h"

namespace palindrome::driver {
namespace {

using inspect::History;

std::string DialectName(table::Dialect dialect) {
  switch (dialect) {
    case table::Dialect::kSqlite:
      return "sqlite";
    case table::Dialect::kPostgresql:
      return "postgresql";
  }
  llvm_unreachable("not a dialect");
}

std::string ProofName(table::Proof proof) {
  switch (proof) {
    case table::Proof::kNone:
      return "none";
    case table::Proof::kSchema:
      return "schema";
    case table::Proof::kData:
      return "data";
  }
  llvm_unreachable("not a proof");
}

bool IsUnproven(const table::Row& row) {
  return row.proof != table::Proof::kData;
}

struct FlagName {
  table::StatementFlag flag;
  llvm::StringLiteral name;
};
constexpr FlagName kFlags[] = {
    {table::kExpectNoRows, "expect-no-rows"},
    {table::kLegacyAlterTable, "legacy-alter-table"},
    {table::kCheckForeignKeys, "check-foreign-keys"},
    {table::kDataStatement, "data-statement"},
    {table::kCopiesRows, "copies-rows"},
    {table::kNotice, "notice"},
};
static_assert((table::kKnownStatementFlags >> std::size(kFlags)) == 0);

std::vector<std::string> FlagNames(std::uint32_t flags) {
  std::vector<std::string> names;
  for (const FlagName& each : kFlags) {
    if ((flags & each.flag) != 0) {
      names.push_back(each.name.str());
    }
  }
  return names;
}

// 3035000 is 3.35.0.
std::string EngineVersion(std::uint32_t version) {
  constexpr std::uint32_t kPart = 1000;
  return std::to_string(version / kPart / kPart) + "." +
         std::to_string(version / kPart % kPart) + "." +
         std::to_string(version % kPart);
}

std::vector<table::Program> ProgramsOf(const History& history,
                                       const table::Row& row) {
  std::vector<table::Program> programs;
  for (const auto dialect :
       {table::Dialect::kSqlite, table::Dialect::kPostgresql}) {
    if (const auto program = history.loaded.table.FindProgram(row, dialect)) {
      programs.push_back(*program);
    }
  }
  return programs;
}

std::vector<std::string> HeadsOf(const History* history) {
  std::vector<std::string> heads;
  if (history != nullptr) {
    for (const std::size_t head : history->loaded.graph.heads()) {
      heads.push_back(history->loaded.graph.node(head).id);
    }
  }
  return heads;
}

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

// What the upgrade of the row makes anew, for one dialect or another.
std::vector<std::string> RebuildsOf(const History& history,
                                    const table::Row& row) {
  std::vector<std::string> tables;
  for (const table::Program& program : ProgramsOf(history, row)) {
    for (std::string& table :
         inspect::RebuiltTables(history.loaded.table.Statements(program.up))) {
      if (!llvm::is_contained(tables, table)) {
        tables.push_back(std::move(table));
      }
    }
  }
  return tables;
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

void PrintUpdates(const std::vector<inspect::HistoryUpdate>& updates,
                  llvm::raw_ostream& out) {
  for (const inspect::HistoryUpdate& update : updates) {
    out << (&update == &updates.front() ? "" : "\n");
    PrintUpdate(update, out);
  }
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
