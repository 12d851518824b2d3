#include "tests/unit/runtime/table_blob.h"

#include <cstring>

namespace palindrome::testing {
namespace {

std::uint32_t Count(std::size_t size) {
  return static_cast<std::uint32_t>(size);
}

// The sections while they grow.
class Sections {
 public:
  table::Text Intern(const std::string& string) {
    const table::Text text = {Count(text_.size()), Count(string.size())};
    text_ += string;
    return text;
  }
  void Add(const BlobRow& row);
  void Add(const BlobShortcut& shortcut) {
    shortcuts_.push_back({table::Dialect::kSqlite, shortcut.kind, shortcut.rows,
                          Statements(shortcut.up)});
  }
  void Write(table::Text name, std::vector<std::uint32_t>& words,
             std::size_t& size) const;

 private:
  table::Range Links(const std::vector<std::string>& links);
  table::Range Statements(const Program& program);

  std::vector<table::Row> rows_;
  std::vector<table::Text> links_;
  std::vector<table::Allowed> allowed_;
  std::vector<table::Program> programs_;
  std::vector<table::Statement> statements_;
  std::vector<table::Shortcut> shortcuts_;
  std::string text_;
};

table::Range Sections::Links(const std::vector<std::string>& links) {
  const std::uint32_t first = Count(links_.size());
  for (const std::string& link : links) {
    links_.push_back(Intern(link));
  }
  return {first, Count(links.size())};
}

table::Range Sections::Statements(const Program& program) {
  const std::uint32_t first = Count(statements_.size());
  for (const ProgramStatement& statement : program.statements) {
    statements_.push_back(
        {statement.flags, statement.line, Intern(statement.sql)});
  }
  return {first, Count(program.statements.size())};
}

void Sections::Add(const BlobRow& row) {
  table::Row out = {};
  out.revision = Intern(row.revision);
  out.title = Intern(row.title);
  out.file_name = Intern("20250101_000000_" + row.revision + ".sql");
  out.checksum = Intern("t1:" + row.revision);
  out.parents = Links(row.parents);
  out.depends_on = Links(row.depends_on);
  out.branch_labels = Links(row.branch_labels);
  out.allowed = {Count(allowed_.size()), Count(row.allowed.size())};
  for (const auto& [rule, reason] : row.allowed) {
    allowed_.push_back({Intern(rule), Intern(reason)});
  }
  out.programs = {Count(programs_.size()), Count(row.programs.size())};
  for (const BlobProgram& program : row.programs) {
    table::Program entry = {};
    entry.dialect = program.dialect;
    entry.minimum_engine = program.minimum_engine;
    entry.up = Statements(program.up);
    entry.down = Statements(program.down);
    entry.up_digest = Intern(ProgramDigest(program.up));
    entry.down_digest = Intern(ProgramDigest(program.down));
    programs_.push_back(entry);
  }
  out.proof = row.proof;
  out.loss = row.loss;
  out.compatibility = row.compatibility;
  rows_.push_back(out);
}

void Sections::Write(table::Text name, std::vector<std::uint32_t>& words,
                     std::size_t& size) const {
  std::string bytes(sizeof(table::Header), '\0');
  const auto append = [&bytes](const auto& entries) {
    using Entry = typename std::decay_t<decltype(entries)>::value_type;
    const table::Section section = {Count(bytes.size()), Count(entries.size()),
                                    Count(sizeof(Entry))};
    if (!entries.empty()) {
      bytes.append(reinterpret_cast<const char*>(entries.data()),
                   entries.size() * sizeof(Entry));
    }
    return section;
  };
  table::Header header = {};
  std::memcpy(header.magic, table::kMagic, sizeof(table::kMagic));
  header.version = table::kVersion;
  header.name = name;
  header.rows = append(rows_);
  header.links = append(links_);
  header.allowed = append(allowed_);
  header.programs = append(programs_);
  header.statements = append(statements_);
  header.shortcuts = append(shortcuts_);
  header.text = append(text_);
  header.length = Count(bytes.size());
  std::memcpy(bytes.data(), &header, sizeof(header));
  size = bytes.size();
  words.resize((size + sizeof(std::uint32_t) - 1) / sizeof(std::uint32_t));
  std::memcpy(words.data(), bytes.data(), size);
}

}  // namespace

TableBlob::TableBlob(const std::string& name, const std::vector<BlobRow>& rows,
                     const std::vector<BlobShortcut>& shortcuts) {
  Sections sections;
  const table::Text name_text = sections.Intern(name);
  for (const BlobRow& row : rows) {
    sections.Add(row);
  }
  for (const BlobShortcut& shortcut : shortcuts) {
    sections.Add(shortcut);
  }
  sections.Write(name_text, words_, size_);
}

}  // namespace palindrome::testing
