#include "compiler/codegen/table.h"

#include <limits>
#include <string_view>

#include "llvm/ADT/StringMap.h"

#include "runtime/src/program.h"

namespace palindrome::codegen {
namespace {

// Of a vector that MakeTable has found to be small enough, or will refuse.
std::uint32_t Narrow(std::uint64_t value) {
  return static_cast<std::uint32_t>(value);
}

// Fills a table and interns its strings.
class TableBuilder {
 public:
  void Add(const CompiledMigration& migration);
  void Add(const CompiledShortcut& shortcut) {
    table_.shortcuts.push_back(
        {shortcut.dialect,
         shortcut.kind,
         {Narrow(shortcut.first), Narrow(shortcut.count)},
         Statements(shortcut.up)});
  }
  Table Finish(std::string_view name) {
    table_.name = Intern(name);
    return std::move(table_);
  }

 private:
  table::Text Intern(std::string_view text);
  table::Range Links(const std::vector<std::string>& links);
  table::Range Statements(const std::vector<CompiledStatement>& statements);
  table::Text Digest(const std::vector<CompiledStatement>& statements);

  Table table_;
  llvm::StringMap<std::uint64_t> offsets_;
};

table::Text TableBuilder::Intern(std::string_view text) {
  if (text.empty()) {
    return {0, 0};
  }
  const auto [entry, is_new] = offsets_.try_emplace(text, table_.text_size);
  if (is_new) {
    table_.pieces.push_back({std::string(text), table_.rows.size()});
    table_.text_size += text.size();
  }
  return {Narrow(entry->second), Narrow(text.size())};
}

table::Range TableBuilder::Links(const std::vector<std::string>& links) {
  const auto first = Narrow(table_.links.size());
  for (const std::string& link : links) {
    table_.links.push_back(Intern(link));
  }
  return {first, Narrow(links.size())};
}

table::Range TableBuilder::Statements(
    const std::vector<CompiledStatement>& statements) {
  const auto first = Narrow(table_.statements.size());
  for (const CompiledStatement& statement : statements) {
    table_.statements.push_back(
        {statement.flags, statement.line, Intern(statement.sql)});
  }
  return {first, Narrow(statements.size())};
}

table::Text TableBuilder::Digest(
    const std::vector<CompiledStatement>& statements) {
  Program program;
  for (const CompiledStatement& statement : statements) {
    program.statements.push_back({statement.flags, statement.sql});
  }
  return Intern(ProgramDigest(program));
}

void TableBuilder::Add(const CompiledMigration& migration) {
  table::Row row = {};
  row.revision = Intern(migration.revision);
  row.title = Intern(migration.title);
  row.documentation = Intern(migration.documentation);
  row.file_name = Intern(migration.file_name);
  row.created = Intern(migration.created);
  row.checksum = Intern(migration.checksum);
  row.chain = Intern(migration.chain);
  row.digest_before = Intern(migration.digest_before);
  row.digest_after = Intern(migration.digest_after);
  row.squashes_from = Intern(migration.squashes_from);
  row.squashes_to = Intern(migration.squashes_to);
  row.approved_by = Intern(migration.approved_by);
  row.parents = Links(migration.parents);
  row.depends_on = Links(migration.depends_on);
  row.branch_labels = Links(migration.branch_labels);
  row.allowed = {Narrow(table_.allowed.size()),
                 Narrow(migration.allowed.size())};
  for (const auto& [rule, reason] : migration.allowed) {
    table_.allowed.push_back({Intern(rule), Intern(reason)});
  }
  row.programs = {Narrow(table_.programs.size()), 1};
  table::Program program = {};
  program.dialect = migration.dialect;
  program.minimum_engine = migration.minimum_engine;
  program.up = Statements(migration.up);
  program.down = Statements(migration.down);
  program.up_digest = Digest(migration.up);
  program.down_digest = Digest(migration.down);
  table_.programs.push_back(program);
  row.proof = migration.proof;
  row.loss = migration.loss;
  row.compatibility = migration.compatibility;
  table_.rows.push_back(row);
}

template <typename Row>
std::uint64_t Bytes(const std::vector<Row>& rows) {
  return rows.size() * sizeof(Row);
}

}  // namespace

llvm::Expected<Table> MakeTable(const CompiledHistory& history) {
  TableBuilder builder;
  for (const CompiledMigration& migration : history.migrations) {
    builder.Add(migration);
  }
  for (const CompiledShortcut& shortcut : history.shortcuts) {
    builder.Add(shortcut);
  }
  Table table = builder.Finish(history.name);
  // An empty array has one row, and the text a NUL and padding.
  constexpr std::uint64_t kSlack = 1024;
  const std::uint64_t size = sizeof(table::Header) + Bytes(table.rows) +
                             Bytes(table.links) + Bytes(table.allowed) +
                             Bytes(table.programs) + Bytes(table.statements) +
                             Bytes(table.shortcuts) + table.text_size + kSlack;
  if (size > std::numeric_limits<std::uint32_t>::max()) {
    return llvm::createStringError(
        "the history of `%s` takes %llu bytes, and a table has at most 4 GiB",
        history.target.c_str(), static_cast<unsigned long long>(size));
  }
  return table;
}

}  // namespace palindrome::codegen
