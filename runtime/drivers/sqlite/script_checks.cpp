#include "runtime/drivers/sqlite/script_checks.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/drivers/sqlite/ledger_definition.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::sqlite {
namespace {

// A condition and what is wrong where it holds.
struct Problem {
  std::string condition;
  std::string message;
};

std::string WhereAt(const LoadedHistory& history, const RevisionSet& applied) {
  const std::vector<std::size_t> heads = history.graph.HeadsOf(applied);
  return heads.empty() ? "the base" : ListRevisions(history.graph, heads);
}

std::string InHistory(const LoadedHistory& history) {
  return "namespace = " + Literal(history.table.name());
}

// "VALUES (…), (…)" of the rows that the ledger must have.
std::string ExpectedRows(const LoadedHistory& history,
                         const RevisionSet& applied) {
  const std::vector<std::size_t> heads = history.graph.HeadsOf(applied);
  std::string values;
  for (const std::size_t index : history.graph.order()) {
    if (!applied[index]) {
      continue;
    }
    const table::Row row = history.table.Row(static_cast<std::uint32_t>(index));
    const bool is_head =
        std::find(heads.begin(), heads.end(), index) != heads.end();
    values += (values.empty() ? "VALUES (" : ", (") +
              Literal(history.table.Text(row.revision)) + ", " +
              Literal(history.table.Text(row.checksum)) + ", " +
              Literal(history.table.Text(row.chain)) +
              (is_head ? ", 1)" : ", 0)");
  }
  return values;
}

Problem OtherRevision(const LoadedHistory& history,
                      const RevisionSet& applied) {
  const std::string rows =
      "FROM main.palindrome_applied WHERE " + InHistory(history);
  const std::string expected = ExpectedRows(history, applied);
  std::string condition = "EXISTS (SELECT 1 " + rows + ')';
  if (!expected.empty()) {
    const auto count = std::count(applied.begin(), applied.end(), true);
    condition = "(SELECT count(*) " + rows + ") <> " + std::to_string(count) +
                " OR EXISTS (SELECT revision, checksum, chain, is_head " +
                rows + " EXCEPT " + expected + ')';
  }
  return {condition, "the database is not at " + WhereAt(history, applied) +
                         " of the history `" +
                         std::string(history.table.name()) +
                         "`, where this script begins"};
}

// "VALUES ('table', 't'), …" of the names that the schema must have.
std::string ExpectedNames(const SchemaObjects& objects) {
  std::string values;
  for (const SchemaObject& object : objects) {
    values += (values.empty() ? "VALUES (" : ", (") + Literal(object.kind) +
              ", " + Literal(sql::FoldCase(object.name)) + ')';
  }
  return values;
}

std::string OtherLedgers() {
  std::string names;
#define PALINDROME_OTHER_LEDGER(Table, Tool) \
  names += (names.empty() ? "" : ", ") + Literal(Table);
#include "runtime/src/other_ledgers.def"
  return names;
}

// What stands in the schema and belongs to nobody: not reserved, no ledger of
// another tool, no shadow of a virtual table, not another history's.
std::string UnownedNames(const LoadedHistory& history) {
  return "SELECT m.type, lower(m.name) FROM main.sqlite_master AS m WHERE "
         "m.sql IS NOT NULL AND lower(m.name) NOT LIKE 'sqlite!_%' ESCAPE '!' "
         "AND lower(m.name) NOT LIKE 'palindrome!_%' ESCAPE '!' AND "
         "lower(m.tbl_name) NOT IN (" +
         OtherLedgers() +
         ") AND NOT EXISTS (SELECT 1 FROM main.sqlite_master AS v WHERE v.sql "
         "LIKE 'CREATE VIRTUAL %' AND substr(lower(m.tbl_name), 1, "
         "length(v.name) + 1) = lower(v.name) || '_') EXCEPT SELECT kind, "
         "lower(name) FROM main.palindrome_objects WHERE NOT " +
         InHistory(history);
}

// The same as the ledger has it.
std::string OwnedNames(const LoadedHistory& history) {
  return "SELECT kind, lower(name) FROM main.palindrome_objects WHERE " +
         InHistory(history);
}

// False where the runtime compares the schema with the ledger alone.
bool KnowsSchema(const LoadedHistory& history, const RevisionSet& applied) {
  const std::vector<std::size_t> heads = history.graph.HeadsOf(applied);
  if (heads.size() != 1) {
    return heads.empty();
  }
  const table::Row row =
      history.table.Row(static_cast<std::uint32_t>(heads.front()));
  return row.digest_after.size != 0;
}

std::vector<Problem> OtherSchema(const LoadedHistory& history,
                                 const RevisionSet& applied,
                                 const SchemaObjects& objects,
                                 const std::string& when) {
  const std::string expected = KnowsSchema(history, applied)
                                   ? ExpectedNames(objects)
                                   : OwnedNames(history);
  std::vector<Problem> problems;
  problems.push_back(
      {"EXISTS (" + UnownedNames(history) +
           (expected.empty() ? ")" : " EXCEPT " + expected + ')'),
       "the schema has objects that belong to no migration " + when});
  if (!expected.empty()) {
    problems.push_back({"EXISTS (" + expected +
                            " EXCEPT SELECT type, lower(name) FROM "
                            "main.sqlite_master)",
                        "the schema lacks objects of the migrations " + when});
  }
  return problems;
}

std::string AsCase(const std::vector<Problem>& problems) {
  std::string text = "CASE";
  for (const Problem& problem : problems) {
    text += " WHEN " + problem.condition + " THEN " + Literal(problem.message);
  }
  return text + " END";
}

Status CheckOnce(const std::vector<Problem>& problems, SqlScript* script) {
  return problems.empty()
             ? Status()
             : script->Check("problem FROM (SELECT " + AsCase(problems) +
                             " AS problem) WHERE problem IS NOT NULL");
}

// The version of the engine as table::Program::minimum_engine counts it.
std::string EngineVersion() {
  const std::string version = "sqlite_version()";
  const std::string minor =
      "substr(" + version + ", instr(" + version + ", '.') + 1)";
  return "1000000 * CAST(" + version + " AS INTEGER) + 1000 * CAST(" + minor +
         " AS INTEGER) + CAST(substr(" + minor + ", instr(" + minor +
         ", '.') + 1) AS INTEGER)";
}

}  // namespace

Status CheckConnection(std::uint32_t minimum_engine, SqlScript* script) {
  return CheckOnce(
      {{"(SELECT foreign_keys FROM pragma_foreign_keys) <> 0",
        "a transaction is open on the connection; end it first"},
       {"(SELECT journal_mode FROM pragma_journal_mode) = 'off'",
        "the journal mode of the connection is `off`, so that nothing could "
        "be taken back"},
       {"EXISTS (SELECT 1 FROM sqlite_temp_master WHERE name NOT LIKE "
        "'sqlite!_%' ESCAPE '!' AND name NOT LIKE 'palindrome!_script!_%' "
        "ESCAPE '!')",
        "the connection has temporary objects"},
       {EngineVersion() + " < " + std::to_string(minimum_engine),
        "the migrations need a newer SQLite"}},
      script);
}

Status CheckStart(const LoadedHistory& history, const RevisionSet& applied,
                  const SchemaObjects& objects, SqlScript* script) {
  std::vector<Problem> problems = {
      {"EXISTS (SELECT 1 FROM main.palindrome_applied WHERE " +
           InHistory(history) + " AND format <> 1)",
       "the ledger has a format that this script does not know"},
      OtherRevision(history, applied)};
  for (Problem& problem : OtherSchema(history, applied, objects,
                                      "at " + WhereAt(history, applied))) {
    problems.push_back(std::move(problem));
  }
  // A script cannot ask for a table that may not be there. So the ledger is
  // made for the look and taken back, which takes back all that the look could
  // write down, but not the number of the last row.
  std::string which = "CASE";
  std::string message = "CASE last_insert_rowid()";
  for (std::size_t i = 0; i < problems.size(); ++i) {
    const std::string number = std::to_string(i + 2);
    which += " WHEN " + problems[i].condition + " THEN " + number;
    message += " WHEN " + number + " THEN " + Literal(problems[i].message);
  }
  std::vector<std::string> statements = {"SAVEPOINT palindrome_script"};
  for (const std::string_view definition : LedgerDefinition()) {
    if (definition.find(".palindrome_applied (") != std::string_view::npos ||
        definition.find(".palindrome_objects (") != std::string_view::npos) {
      statements.push_back(IfNotExists(definition));
    }
  }
  statements.push_back(
      "INSERT INTO temp.palindrome_script_row (rowid) SELECT " + which +
      " ELSE 1 END");
  statements.emplace_back("ROLLBACK TO palindrome_script");
  statements.emplace_back("RELEASE palindrome_script");
  for (const std::string& statement : statements) {
    if (Status status = script->Add(statement); !status.ok()) {
      return status;
    }
  }
  return script->Check("problem FROM (SELECT " + message +
                       " END AS problem) WHERE problem IS NOT NULL");
}

Status CheckEnd(const LoadedHistory& history, const RevisionSet& applied,
                const SchemaObjects& objects, SqlScript* script) {
  return CheckOnce(OtherSchema(history, applied, objects,
                               "after the script; a statement of it failed"),
                   script);
}

}  // namespace palindrome::sqlite
