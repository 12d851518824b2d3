#include "tests/unit/migrator/history_blob.h"

#include <cstring>

namespace palindrome::testing {
namespace {

std::uint32_t Narrow(std::size_t size) {
  return static_cast<std::uint32_t>(size);
}

// The arrays of a table while it grows.
struct Arrays {
  std::vector<table::Row> rows;
  std::vector<table::Text> links;
  std::vector<table::Allowed> allowed;
  std::vector<table::Program> programs;
  std::vector<table::Statement> statements;
  std::vector<table::Shortcut> shortcuts;
  std::string text;

  table::Text Text(const std::string& string) {
    text += string;
    return {Narrow(text.size() - string.size()), Narrow(string.size())};
  }
  table::Range Links(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      links.push_back(Text(name));
    }
    return {Narrow(links.size() - names.size()), Narrow(names.size())};
  }
  table::Range Statements(const Program& program) {
    const std::size_t first = statements.size();
    for (const ProgramStatement& statement : program.statements) {
      statements.push_back(
          {statement.flags, statement.line, Text(statement.sql)});
    }
    return {Narrow(first), Narrow(program.statements.size())};
  }
  void Add(const HistoryRow& from);
};

void Arrays::Add(const HistoryRow& from) {
  table::Row row = {};
  row.revision = Text(from.revision);
  row.title = Text(from.title);
  row.documentation = Text("What it is for.");
  row.file_name = Text("20250115_143022_" + from.revision + ".sql");
  row.created = Text("2025-01-15 14:30:22");
  row.checksum = Text(from.checksum);
  row.chain = Text(from.chain);
  row.digest_before = Text(from.digest_before);
  row.digest_after = Text(from.digest_after);
  row.parents = Links(from.parents);
  row.depends_on = Links(from.depends_on);
  row.allowed = {Narrow(allowed.size()), Narrow(from.allowed.size())};
  for (const auto& [rule, reason] : from.allowed) {
    allowed.push_back({Text(rule), Text(reason)});
  }
  row.programs = {Narrow(programs.size()), 1};
  table::Program program = {};
  program.dialect = from.dialect;
  program.minimum_engine = from.minimum_engine;
  program.up = Statements(from.up);
  program.down = Statements(from.down);
  program.up_digest = Text(ProgramDigest(from.up));
  program.down_digest = Text(ProgramDigest(from.down));
  programs.push_back(program);
  row.proof = from.proof;
  row.loss = from.loss;
  row.compatibility = from.compatibility;
  rows.push_back(row);
}

template <typename Entries>
table::Section Append(const Entries& entries, std::string* bytes) {
  constexpr std::size_t kStride = sizeof(typename Entries::value_type);
  const table::Section section = {Narrow(bytes->size()), Narrow(entries.size()),
                                  Narrow(kStride)};
  if (!entries.empty()) {
    bytes->append(reinterpret_cast<const char*>(entries.data()),
                  entries.size() * kStride);
  }
  return section;
}

}  // namespace

HistoryBlob::HistoryBlob(const std::string& name,
                         const std::vector<HistoryRow>& rows,
                         const std::vector<HistoryShortcut>& shortcuts) {
  Arrays arrays;
  table::Header header = {};
  std::memcpy(header.magic, table::kMagic, sizeof(table::kMagic));
  header.version = table::kVersion;
  header.name = arrays.Text(name);
  for (const HistoryRow& row : rows) {
    arrays.Add(row);
  }
  for (const HistoryShortcut& shortcut : shortcuts) {
    arrays.shortcuts.push_back({table::Dialect::kSqlite, shortcut.kind,
                                shortcut.rows, arrays.Statements(shortcut.up)});
  }
  std::string bytes(sizeof(table::Header), '\0');
  header.rows = Append(arrays.rows, &bytes);
  header.links = Append(arrays.links, &bytes);
  header.allowed = Append(arrays.allowed, &bytes);
  header.programs = Append(arrays.programs, &bytes);
  header.statements = Append(arrays.statements, &bytes);
  header.shortcuts = Append(arrays.shortcuts, &bytes);
  header.text = Append(arrays.text, &bytes);
  header.length = Narrow(bytes.size());
  std::memcpy(bytes.data(), &header, sizeof(header));
  words_.resize((bytes.size() + sizeof(std::uint32_t) - 1) /
                sizeof(std::uint32_t));
  std::memcpy(words_.data(), bytes.data(), bytes.size());
}

}  // namespace palindrome::testing
