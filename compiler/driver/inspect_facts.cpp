#include "compiler/driver/inspect_facts.h"

#include <iterator>
#include <utility>

#include "llvm/ADT/STLExtras.h"

namespace palindrome::driver {
namespace {

using inspect::History;

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

}  // namespace

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

std::vector<std::string> FlagNames(std::uint32_t flags) {
  std::vector<std::string> names;
  for (const FlagName& each : kFlags) {
    if ((flags & each.flag) != 0) {
      names.push_back(each.name.str());
    }
  }
  return names;
}

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

}  // namespace palindrome::driver
