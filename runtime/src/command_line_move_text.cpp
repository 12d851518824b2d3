#include "runtime/src/command_line_move_text.h"

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string_view>
#include <utility>

#include "runtime/src/consent.h"
#include "runtime/src/json.h"
#include "runtime/src/loss_text.h"
#include "runtime/src/printable.h"
#include "runtime/src/sql_normalize.h"

namespace palindrome {
namespace {

table::Row RowOf(const LoadedHistory& loaded, std::size_t index) {
  return loaded.table.Row(static_cast<std::uint32_t>(index));
}

// The tables that the program puts in the place of others.
std::vector<std::string> RebuildsOf(const Program& program) {
  std::vector<std::string> tables;
  for (const ProgramStatement& statement : program.statements) {
    if ((statement.flags & table::kLegacyAlterTable) == 0) {
      continue;
    }
    const std::vector<sql::Token> tokens = sql::Tokenize(statement.sql);
    // ALTER TABLE a RENAME TO b, where a and b may be qualified.
    if (tokens.size() < 6 || !sql::IsWord(tokens[0], "ALTER") ||
        !sql::IsWord(tokens[tokens.size() - 2], "TO") ||
        !sql::IsWord(tokens[tokens.size() - 3], "RENAME")) {
      continue;
    }
    tables.push_back(sql::Unquote(tokens.back()));
  }
  return tables;
}

std::vector<std::string> RebuildsOf(const LoadedHistory& loaded,
                                    const Move& move, table::Dialect dialect) {
  // A stamp runs nothing.
  if (!move.IsRun() || !move.index) {
    return {};
  }
  const auto program =
      loaded.table.FindProgram(RowOf(loaded, *move.index), dialect);
  return program
             ? RebuildsOf(loaded.table.Statements(
                   move.step.direction == Direction::kUpgrade ? program->up
                                                              : program->down))
             : std::vector<std::string>();
}

}  // namespace

void PrintMove(const Move& move, const LoadedHistory& loaded,
               table::Dialect dialect, std::ostream& out) {
  constexpr std::size_t kWidth = 11;
  const HistoryTable& table = loaded.table;
  std::string word(move.word);
  word.resize(kWidth, ' ');
  if (!move.index) {
    out << word << Printable(move.step.revision + "  " + move.step.title)
        << "\n    this program does not know it; the database keeps "
           "what undoes it\n";
    if (!LossesOf(move.step).empty()) {
      out << "    may lose data: the database has it as `"
          << LossName(move.step.loss) << "`\n";
    }
    return;
  }
  const table::Row row = RowOf(loaded, *move.index);
  const std::string revision(table.Text(row.revision));
  out << word
      << Printable(revision + "  " + std::string(table.Text(row.created)) +
                   "  " + std::string(table.Text(row.title)))
      << '\n';
  if (!move.IsRun()) {
    return;
  }
  for (const std::string& rebuilt : RebuildsOf(loaded, move, dialect)) {
    out << "    rebuilds `" << Printable(rebuilt) << "`\n";
  }
  for (const table::Allowed& allowed : table.Allowed(row.allowed)) {
    out << "    allows "
        << Printable(std::string(table.Text(allowed.rule)) + ": " +
                     std::string(table.Text(allowed.reason)))
        << '\n';
  }
  if (const std::string_view text = LossText(row.loss); !text.empty()) {
    out << "    " << text << '\n';
  }
}

std::string MoveJson(const Move& move, const LoadedHistory& loaded,
                     table::Dialect dialect,
                     const std::vector<std::string>* notices) {
  const HistoryTable& table = loaded.table;
  std::vector<std::string> allows;
  if (move.index) {
    for (const table::Allowed& allowed :
         table.Allowed(RowOf(loaded, *move.index).allowed)) {
      allows.push_back(
          json::Object({{"rule", json::String(table.Text(allowed.rule))},
                        {"reason", json::String(table.Text(allowed.reason))}}));
    }
  }
  std::vector<std::pair<std::string_view, std::string>> members = {
      {"revision", json::String(move.step.revision)},
      {"direction", json::String(move.word)},
      {"title", json::String(move.step.title)},
      {"loss", json::String(LossName(move.step.loss))},
      {"rebuilds", json::Strings(RebuildsOf(loaded, move, dialect))},
      {"allows", json::Array(allows)}};
  if (!move.index) {
    members.emplace_back("known", json::Bool(false));
  }
  if (notices != nullptr) {
    members.emplace_back("notices", json::Strings(*notices));
  }
  return json::Object(members);
}

}  // namespace palindrome
