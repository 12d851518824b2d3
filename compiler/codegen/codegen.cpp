#include "compiler/codegen/codegen.h"

#include <algorithm>

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include "compiler/codegen/literal.h"
#include "compiler/codegen/table.h"
#include "runtime/src/sha256.h"

namespace palindrome::codegen {
namespace {

// The target as part of a C++ name: two targets never share one.
std::string UniqueName(std::string_view target) {
  std::string name = MakeIdentifier(target);
  if (name != target) {
    constexpr std::size_t kHashDigits = 8;
    name += "_" + Sha256Hex(target).substr(0, kHashDigits);
  }
  return name;
}

std::string Banner(const CompiledHistory& history) {
  return "// The migrations of " + CommentText(history.target) +
         ", made by palindrome. Do not edit.\n";
}

std::string DialectName(table::Dialect dialect) {
  switch (dialect) {
    case table::Dialect::kSqlite:
      return "t::Dialect::kSqlite";
    case table::Dialect::kPostgresql:
      return "t::Dialect::kPostgresql";
  }
  llvm_unreachable("not a dialect");
}

std::string ShortcutName(table::ShortcutKind kind) {
  switch (kind) {
    case table::ShortcutKind::kNewDatabase:
      return "t::ShortcutKind::kNewDatabase";
    case table::ShortcutKind::kMergedRebuilds:
      return "t::ShortcutKind::kMergedRebuilds";
    case table::ShortcutKind::kSquash:
      return "t::ShortcutKind::kSquash";
  }
  llvm_unreachable("not a kind of shortcut");
}

std::string ProofName(table::Proof proof) {
  switch (proof) {
    case table::Proof::kNone:
      return "t::Proof::kNone";
    case table::Proof::kSchema:
      return "t::Proof::kSchema";
    case table::Proof::kData:
      return "t::Proof::kData";
  }
  llvm_unreachable("not a proof");
}

std::string LossName(table::Loss loss) {
  switch (loss) {
    case table::Loss::kUnclassified:
      return "t::Loss::kUnclassified";
    case table::Loss::kLossless:
      return "t::Loss::kLossless";
    case table::Loss::kLosslessByArchive:
      return "t::Loss::kLosslessByArchive";
    case table::Loss::kOnUpgrade:
      return "t::Loss::kOnUpgrade";
    case table::Loss::kOnDowngrade:
      return "t::Loss::kOnDowngrade";
    case table::Loss::kMayFailOnDowngrade:
      return "t::Loss::kMayFailOnDowngrade";
    case table::Loss::kSigned:
      return "t::Loss::kSigned";
  }
  llvm_unreachable("not a loss");
}

// Writes the source of a table that is made.
class SourceWriter {
 public:
  SourceWriter(const CompiledHistory& history, const Table& table)
      : history_(history), table_(table) {}
  std::string Write();

 private:
  void WriteType();
  void WriteHeader();
  void WriteRow(std::size_t index);
  void WriteRows();
  void WriteTexts();

  void Put(table::Text text) {
    out_ << '{' << text.offset << ", " << text.size << '}';
  }
  void Put(table::Range range) {
    out_ << '{' << range.first << ", " << range.count << '}';
  }
  void Put(table::Allowed allowed) {
    out_ << '{';
    Put(allowed.rule);
    out_ << ", ";
    Put(allowed.reason);
    out_ << '}';
  }
  void Put(table::Statement statement) {
    out_ << '{' << statement.flags << ", " << statement.line << ", ";
    Put(statement.sql);
    out_ << '}';
  }
  void Put(const table::Program& program);
  void Put(const table::Shortcut& shortcut) {
    out_ << '{' << DialectName(shortcut.dialect) << ", "
         << ShortcutName(shortcut.kind) << ", ";
    Put(shortcut.rows);
    out_ << ", ";
    Put(shortcut.up);
    out_ << '}';
  }
  template <typename Row>
  void PutArray(llvm::StringRef name, const std::vector<Row>& rows);
  void PutSection(llvm::StringRef member, std::uint64_t count,
                  llvm::StringRef type);
  std::string NameOf(std::size_t row) const {
    return CommentText(history_.migrations[row].revision + " " +
                       history_.migrations[row].title);
  }

  const CompiledHistory& history_;
  const Table& table_;
  std::string text_;
  llvm::raw_string_ostream out_{text_};
};

std::size_t ArraySize(std::size_t count) {
  return std::max<std::size_t>(count, 1);
}

void SourceWriter::WriteType() {
  out_ << "struct Table {\n"
       << "  t::Header header;\n"
       << "  t::Row rows[" << ArraySize(table_.rows.size()) << "];\n"
       << "  t::Text links[" << ArraySize(table_.links.size()) << "];\n"
       << "  t::Allowed allowed[" << ArraySize(table_.allowed.size()) << "];\n"
       << "  t::Program programs[" << ArraySize(table_.programs.size())
       << "];\n"
       << "  t::Statement statements[" << ArraySize(table_.statements.size())
       << "];\n"
       << "  t::Shortcut shortcuts[" << ArraySize(table_.shortcuts.size())
       << "];\n"
       << "  char text[" << table_.text_size + 1 << "];\n"
       << "};\n\n";
}

void SourceWriter::PutSection(llvm::StringRef member, std::uint64_t count,
                              llvm::StringRef type) {
  out_ << "        {offsetof(Table, " << member << "), " << count << ", sizeof("
       << type << ")},\n";
}

void SourceWriter::WriteHeader() {
  out_ << "    {\n        {";
  for (const char character : table::kMagic) {
    if (character == '\n') {
      out_ << "'\\n'";
    } else {
      out_ << '\'' << character << "', ";
    }
  }
  out_ << "},\n        " << table::kVersion << ",\n"
       << "        sizeof(Table),\n        0,\n        ";
  Put(table_.name);
  out_ << ",\n";
  PutSection("rows", table_.rows.size(), "t::Row");
  PutSection("links", table_.links.size(), "t::Text");
  PutSection("allowed", table_.allowed.size(), "t::Allowed");
  PutSection("programs", table_.programs.size(), "t::Program");
  PutSection("statements", table_.statements.size(), "t::Statement");
  PutSection("shortcuts", table_.shortcuts.size(), "t::Shortcut");
  PutSection("text", table_.text_size, "char");
  out_ << "    },\n";
}

void SourceWriter::Put(const table::Program& program) {
  out_ << '{' << DialectName(program.dialect) << ", " << program.minimum_engine
       << ", ";
  Put(program.up);
  out_ << ", ";
  Put(program.down);
  out_ << ", ";
  Put(program.up_digest);
  out_ << ", ";
  Put(program.down_digest);
  out_ << '}';
}

void SourceWriter::WriteRow(std::size_t index) {
  const table::Row& row = table_.rows[index];
  out_ << "        // " << NameOf(index) << "\n        {";
  for (const table::Text& text :
       {row.revision, row.title, row.documentation, row.file_name, row.created,
        row.checksum, row.chain, row.digest_before, row.digest_after,
        row.squashes_from, row.squashes_to}) {
    Put(text);
    out_ << ", ";
  }
  Put(row.approved_by);
  out_ << ",\n         ";
  for (const table::Range& range :
       {row.parents, row.depends_on, row.branch_labels, row.allowed}) {
    Put(range);
    out_ << ", ";
  }
  Put(row.programs);
  out_ << ",\n         " << ProofName(row.proof) << ", " << LossName(row.loss)
       << ", " << row.compatibility << "},\n";
}

template <typename Row>
void SourceWriter::PutArray(llvm::StringRef name,
                            const std::vector<Row>& rows) {
  out_ << "    {  // " << name << "\n";
  for (const Row& row : rows) {
    out_ << "        ";
    Put(row);
    out_ << ",\n";
  }
  if (rows.empty()) {
    out_ << "        {},\n";
  }
  out_ << "    },\n";
}

void SourceWriter::WriteRows() {
  out_ << "    {  // rows\n";
  for (std::size_t index = 0; index < table_.rows.size(); ++index) {
    WriteRow(index);
  }
  if (table_.rows.empty()) {
    out_ << "        {},\n";
  }
  out_ << "    },\n";
  PutArray("links", table_.links);
  PutArray("allowed", table_.allowed);
  PutArray("programs", table_.programs);
  PutArray("statements", table_.statements);
  PutArray("shortcuts", table_.shortcuts);
}

void SourceWriter::WriteTexts() {
  std::size_t row = table_.rows.size() + 1;
  std::string literals;
  for (const Table::Piece& piece : table_.pieces) {
    if (piece.row != row) {
      row = piece.row;
      literals +=
          "    // " +
          (row < table_.rows.size() ? NameOf(row)
                                    : std::string("the history as a whole")) +
          "\n";
    }
    AppendLiterals(piece.text, "    ", literals);
  }
  out_ << (literals.empty() ? "    \"\"\n" : literals);
}

std::string SourceWriter::Write() {
  const std::string unique = UniqueName(history_.target);
  out_ << Banner(history_);
  if (!history_.no_snapshot.empty()) {
    out_ << "// No snapshot of a new database: "
         << CommentText(history_.no_snapshot) << ".\n";
  }
  out_ << "#include \"" << FileStem(history_)
       << ".h\"\n\n#include <cstddef>\n\n"
       << "#if defined(__APPLE__)\n"
       << "#define PALINDROME_SECTION \"__DATA,__palindrome\"\n"
       << "#elif defined(_WIN32)\n"
       << "#define PALINDROME_SECTION \".palindr\"\n"
       << "#else\n"
       << "#define PALINDROME_SECTION \".palindrome\"\n"
       << "#endif\n"
       << "#if __has_cpp_attribute(gnu::retain)\n"
       << "#define PALINDROME_RETAIN [[gnu::used, gnu::retain]]\n"
       << "#else\n"
       << "#define PALINDROME_RETAIN [[gnu::used]]\n"
       << "#endif\n"
       << "#pragma GCC diagnostic push\n"
       << "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
       << "#pragma GCC diagnostic ignored \"-Wattributes\"\n\n"
       << "namespace palindrome_generated::target_" << unique << " {\n"
       << "namespace {\n\n"
       << "namespace t = ::palindrome::table;\n\n";
  WriteType();
  out_ << "PALINDROME_RETAIN [[gnu::section(PALINDROME_SECTION)]]\n"
       << "alignas(t::Header) constexpr Table kTable = {\n";
  WriteHeader();
  WriteRows();
  WriteTexts();
  out_ << "};\n\n"
       << "}  // namespace\n"
       << "}  // namespace palindrome_generated::target_" << unique << "\n\n"
       << "namespace " << history_.cpp_namespace << " {\n\n"
       << "constinit const ::palindrome::History migrations = {\n"
       << "    &::palindrome_generated::target_" << unique
       << "::kTable.header};\n\n"
       << "}  // namespace " << history_.cpp_namespace << "\n\n"
       << "#pragma GCC diagnostic pop\n"
       << "#undef PALINDROME_RETAIN\n"
       << "#undef PALINDROME_SECTION\n";
  return std::move(text_);
}

}  // namespace

std::string MakeIdentifier(std::string_view text) {
  std::string identifier;
  if (text.empty() || llvm::isDigit(text.front())) {
    identifier = "_";
  }
  for (const char character : text) {
    identifier += llvm::isAlnum(character) ? character : '_';
  }
  return identifier;
}

std::string FileStem(const CompiledHistory& history) {
  return history.target + "_migrations";
}

std::string GenerateHeader(const CompiledHistory& history) {
  const std::string guard =
      "PALINDROME_GENERATED_" + UniqueName(history.target) + "_MIGRATIONS_H_";
  std::string text;
  llvm::raw_string_ostream out(text);
  out << Banner(history) << "#ifndef " << guard << "\n#define " << guard
      << "\n\n#include <palindrome/migration.h>\n\n"
      << "namespace " << history.cpp_namespace << " {\n\n"
      << "PALINDROME_VISIBLE extern const ::palindrome::History "
         "migrations;\n\n"
      << "}  // namespace " << history.cpp_namespace << "\n\n#endif  // "
      << guard << "\n";
  return text;
}

llvm::Expected<std::string> GenerateSource(const CompiledHistory& history) {
  llvm::Expected<Table> table = MakeTable(history);
  if (!table) {
    return table.takeError();
  }
  return SourceWriter(history, *table).Write();
}

}  // namespace palindrome::codegen
