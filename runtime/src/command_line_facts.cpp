// The commands that print facts.
#include <algorithm>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/src/command_line.h"
#include "runtime/src/json.h"
#include "runtime/src/loaded_history.h"
#include "runtime/src/loss_text.h"
#include "runtime/src/printable.h"
#include "runtime/src/printable_sql.h"
#include "runtime/src/revision_place.h"
#include "runtime/src/squashed.h"
#include <palindrome/migrator.h>

namespace palindrome {
namespace {

// What there is to say where it is not proven; null: nothing.
const char* ProofText(table::Proof proof) {
  switch (proof) {
    case table::Proof::kNone:
      return "not proven to be reversible: compiled without rehearsal";
    case table::Proof::kSchema:
      return "not proven to keep rows: rehearsed without them";
    case table::Proof::kData:
      break;
  }
  return nullptr;
}

std::string ProofName(table::Proof proof) {
  switch (proof) {
    case table::Proof::kNone:
      return "none";
    case table::Proof::kSchema:
      return "schema";
    case table::Proof::kData:
      break;
  }
  return "data";
}

using Members = std::vector<std::pair<std::string_view, std::string>>;

Members JsonEntry(const HistoryEntry& entry) {
  std::vector<std::string> allows;
  for (const auto& [rule, reason] : entry.allowed) {
    allows.push_back(json::Object(
        {{"rule", json::String(rule)}, {"reason", json::String(reason)}}));
  }
  return {{"revision", json::String(entry.revision)},
          {"title", json::String(entry.title)},
          {"date", json::String(entry.created)},
          {"file", json::String(entry.file_name)},
          {"parents", json::Strings(entry.parents)},
          {"depends_on", json::Strings(entry.depends_on)},
          {"branches", json::Strings(entry.branch_labels)},
          {"head", json::Bool(entry.is_head)},
          {"applied", json::Bool(entry.is_applied)},
          {"current", json::Bool(entry.is_current)},
          {"proof", json::String(ProofName(entry.proof))},
          {"loss", json::String(LossName(entry.loss))},
          {"allows", json::Array(allows)}};
}

std::string JsonRevisions(const std::vector<CurrentRevision>& revisions) {
  std::vector<std::string> values;
  values.reserve(revisions.size());
  for (const CurrentRevision& revision : revisions) {
    Members members = {{"revision", json::String(revision.revision)},
                       {"title", json::String(revision.title)},
                       {"head", json::Bool(revision.is_head)}};
    if (!revision.is_known) {
      members.emplace_back("known", json::Bool(false));
    }
    values.push_back(json::Object(members));
  }
  return json::Array(values);
}

std::string JsonSquashed(const std::optional<Squashed>& squashed) {
  return squashed ? json::Object(
                        {{"from", json::String(squashed->from)},
                         {"to", json::String(squashed->to)},
                         {"approved_by", json::String(squashed->approved_by)}})
                  : "null";
}

class Facts {
 public:
  Facts(const History& history, Database& database, const CommandLine& line,
        const Console& console)
      : history_(history),
        dialect_(database.dialect()),
        migrator_(history, database, line.options),
        line_(line),
        console_(console) {}

  int Run();

 private:
  int Fail(const Status& status) const {
    return ReportError(status, line_, console_);
  }
  int Current();
  int Heads();
  int ListHistory();
  int Show();
  int Verify();
  int Script();
  void PrintNotes(const HistoryEntry& entry) const;
  void PrintEntry(const HistoryTable& table, const table::Row& row,
                  const HistoryEntry& entry,
                  const std::optional<Squashed>& squashed) const;
  void PrintSql(std::string_view title, const Program& program) const;

  const History& history_;
  const table::Dialect dialect_;
  Migrator migrator_;
  const CommandLine& line_;
  const Console& console_;
};

int Facts::Current() {
  const auto current = migrator_.Current();
  if (!current.ok()) {
    return Fail(current.status());
  }
  if (line_.wants_json) {
    console_.out << json::Object({{"current", JsonRevisions(*current)}})
                 << '\n';
    return kExitOk;
  }
  for (const CurrentRevision& revision : *current) {
    console_.out << Printable(revision.revision + ' ' + revision.title)
                 << (revision.is_head ? " (head)" : "")
                 << (revision.is_known ? "" : " (not known to this program)")
                 << '\n';
  }
  if (current->empty()) {
    console_.out << "base\n";
  }
  return kExitOk;
}

int Facts::Heads() {
  const auto entries = migrator_.History();
  if (!entries.ok()) {
    return Fail(entries.status());
  }
  std::vector<CurrentRevision> heads;
  for (const HistoryEntry& entry : *entries) {
    if (entry.is_head) {
      heads.push_back({entry.revision, entry.title, true});
    }
  }
  if (line_.wants_json) {
    console_.out << json::Object({{"heads", JsonRevisions(heads)}}) << '\n';
    return kExitOk;
  }
  for (const CurrentRevision& head : heads) {
    console_.out << Printable(head.revision + ' ' + head.title) << '\n';
  }
  return kExitOk;
}

void Facts::PrintNotes(const HistoryEntry& entry) const {
  for (const auto& [rule, reason] : entry.allowed) {
    console_.out << "    allows " << Printable(rule) << ": "
                 << Printable(reason) << '\n';
  }
  if (const char* text = ProofText(entry.proof)) {
    console_.out << "    " << text << '\n';
  }
  if (const std::string_view text = LossText(entry.loss); !text.empty()) {
    console_.out << "    " << text << '\n';
  }
}

int Facts::ListHistory() {
  auto history = migrator_.History(line_.target);
  if (!history.ok()) {
    return Fail(history.status());
  }
  std::reverse(history->begin(), history->end());
  if (line_.wants_json) {
    std::vector<std::string> entries;
    for (const HistoryEntry& entry : *history) {
      entries.push_back(json::Object(JsonEntry(entry)));
    }
    console_.out << json::Object({{"migrations", json::Array(entries)}})
                 << '\n';
    return kExitOk;
  }
  for (const HistoryEntry& entry : *history) {
    console_.out << (entry.is_applied ? "* " : "  ")
                 << Printable(entry.revision + "  " + entry.created + "  " +
                              entry.title)
                 << (entry.is_head ? " (head)" : "")
                 << (entry.is_current ? " (current)" : "") << '\n';
    PrintNotes(entry);
  }
  return kExitOk;
}

std::string Join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : ", ") + word;
  }
  return text;
}

void Facts::PrintSql(std::string_view title, const Program& program) const {
  console_.out << '\n' << title << '\n';
  for (const ProgramStatement& statement : program.statements) {
    console_.out << PrintableSql(statement.sql, "    ") << '\n';
  }
  if (program.statements.empty()) {
    console_.out << "    nothing\n";
  }
}

void Facts::PrintEntry(const HistoryTable& table, const table::Row& row,
                       const HistoryEntry& entry,
                       const std::optional<Squashed>& squashed) const {
  constexpr std::size_t kWidth = 12;
  const auto print = [this](std::string name, std::string_view value) {
    if (!value.empty()) {
      name.resize(kWidth, ' ');
      console_.out << name << Printable(value) << '\n';
    }
  };
  console_.out << Printable(entry.revision + "  " + entry.created + "  " +
                            entry.title)
               << (entry.is_head ? " (head)" : "")
               << (entry.is_current   ? " (current)"
                   : entry.is_applied ? " (applied)"
                                      : "")
               << "\n\n";
  print("file", entry.file_name);
  print("revises", entry.parents.empty() ? "nothing" : Join(entry.parents));
  print("depends on", Join(entry.depends_on));
  print("branches", Join(entry.branch_labels));
  if (squashed) {
    print("squashed", std::string(squashed->from) + " to " +
                          std::string(squashed->to) + ", approved by " +
                          std::string(squashed->approved_by));
  }
  print("checksum", table.Text(row.checksum));
  print("proof", ProofName(entry.proof));
  print("loss", LossName(entry.loss));
  for (const auto& [rule, reason] : entry.allowed) {
    std::string text = rule;
    text += ": ";
    text += reason;
    print("allows", text);
  }
  if (!entry.documentation.empty()) {
    console_.out << "\n    " << PrintableLines(entry.documentation) << '\n';
  }
}

std::string JsonSql(const Program& program) {
  std::vector<std::string> statements;
  for (const ProgramStatement& statement : program.statements) {
    statements.push_back(json::String(statement.sql));
  }
  return json::Array(statements);
}

int Facts::Show() {
  const auto loaded = LoadHistory(history_);
  if (!loaded.ok()) {
    return Fail(loaded.status());
  }
  const auto entries = migrator_.History();
  if (!entries.ok()) {
    return Fail(entries.status());
  }
  // The entries stand in the order of the graph.
  RevisionSet applied(loaded->graph.size());
  for (const HistoryEntry& entry : *entries) {
    applied[loaded->graph.Find(entry.revision).value_or(0)] = entry.is_applied;
  }
  const auto index = ResolveRevision(loaded->graph, applied, line_.target);
  if (!index.ok()) {
    return Fail(index.status());
  }
  if (!*index) {
    return Fail({StatusCode::kBadTarget,
                 "`" + line_.target + "` is before the first migration"});
  }
  const auto entry = std::find_if(
      entries->begin(), entries->end(), [&](const HistoryEntry& each) {
        return each.revision == loaded->graph.node(**index).id;
      });
  const HistoryTable& table = loaded->table;
  const table::Row row = table.Row(static_cast<std::uint32_t>(**index));
  Program up;
  Program down;
  if (const auto program = table.FindProgram(row, dialect_)) {
    up = table.Statements(program->up);
    down = table.Statements(program->down);
  }
  const std::optional<Squashed> squashed = FindSquashed(*loaded)[**index];
  if (line_.wants_json) {
    Members members = JsonEntry(*entry);
    members.emplace_back("squashed", JsonSquashed(squashed));
    members.emplace_back("documentation", json::String(entry->documentation));
    members.emplace_back("checksum", json::String(table.Text(row.checksum)));
    members.emplace_back("upgrade", JsonSql(up));
    members.emplace_back("downgrade", JsonSql(down));
    console_.out << json::Object(members) << '\n';
    return kExitOk;
  }
  PrintEntry(table, row, *entry, squashed);
  PrintSql("upgrade", up);
  PrintSql("downgrade", down);
  return kExitOk;
}

int Facts::Verify() {
  const auto verification = migrator_.Verify();
  if (!verification.ok()) {
    return Fail(verification.status());
  }
  if (line_.wants_json) {
    console_.out << json::Object(
                        {{"applied", std::to_string(verification->applied)},
                         {"current", JsonRevisions(verification->current)},
                         {"not_checked",
                          json::Strings(verification->not_checked)}})
                 << '\n';
    return kExitOk;
  }
  for (const std::string& note : verification->not_checked) {
    console_.out << "note: " << Printable(note) << '\n';
  }
  console_.out << "verified " << verification->applied
               << " applied migrations\n";
  return kExitOk;
}

int Facts::Script() {
  if (!console_.write_script) {
    return Fail({StatusCode::kNoProgram,
                 "there are no scripts for this database engine"});
  }
  const auto script = console_.write_script(line_.target);
  if (!script.ok()) {
    return Fail(script.status());
  }
  const std::string text = (line_.wants_shell ? ".bail on\n" : "") + *script;
  if (line_.wants_json) {
    console_.out << json::Object({{"script", json::String(text)}}) << '\n';
  } else {
    console_.out << text;
  }
  return kExitOk;
}

int Facts::Run() {
  switch (line_.command) {
    case Command::kCurrent:
      return Current();
    case Command::kHeads:
      return Heads();
    case Command::kHistory:
      return ListHistory();
    case Command::kShow:
      return Show();
    case Command::kVerify:
      return Verify();
    case Command::kSql:
      return Script();
    case Command::kUpgrade:
    case Command::kDowngrade:
    case Command::kPlan:
    case Command::kStamp:
    case Command::kAdopt:
      break;
  }
  return kExitUsage;
}

}  // namespace

int RunFactCommand(const History& history, Database& database,
                   const CommandLine& line, const Console& console) {
  return Facts(history, database, line, console).Run();
}

}  // namespace palindrome
