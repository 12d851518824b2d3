// sql-migrate: every `.sql` file is a migration, with lines `-- +migrate Up`
// and `-- +migrate Down`, each as often as one likes, in strings and block
// comments too. It ignores what comes before them, and commands that it does
// not know. Its versions are the file names: those that begin with a number
// come first, by that number.
#include <optional>
#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include "compiler/import/formats.h"
#include "compiler/import/lines.h"
#include "compiler/import/names.h"

namespace palindrome::importer {
namespace {

// "Up" of `-- +migrate Up notransaction`.
std::optional<llvm::StringRef> ReadCommand(llvm::StringRef line) {
  if (!line.consume_front("-- +migrate ")) {
    return std::nullopt;
  }
  return line.trim().take_until([](char byte) { return llvm::isSpace(byte); });
}

bool IsMigration(const ForeignFile& file) {
  return IsTopLevel(file.path) && llvm::StringRef(file.path).ends_with(".sql");
}

void ReadText(llvm::StringRef text, ForeignMigration& migration) {
  AnnotatedText parts;
  bool is_in_statement = false;
  bool is_incomplete = false;
  for (const llvm::StringRef line : Lines(text)) {
    const std::optional<llvm::StringRef> command = ReadCommand(line);
    if (!command) {
      parts.Add(line);
    } else if (*command == "Up") {
      parts.BeginUp();
    } else if (*command == "Down") {
      parts.BeginDown();
    } else if (*command == "StatementBegin") {
      is_in_statement = parts.HasUp() || parts.HasDown();
    } else if (*command == "StatementEnd") {
      is_in_statement = false;
    } else if (command->empty()) {
      is_incomplete = true;
    }
  }
  parts.MoveTo(migration);
  if (!parts.HasUp() && !parts.HasDown()) {
    migration.failure = "it has no `-- +migrate Up`";
  } else if (is_in_statement) {
    migration.failure =
        "a `-- +migrate StatementBegin` has no `-- +migrate StatementEnd`";
  } else if (is_incomplete) {
    migration.failure = "a `-- +migrate` has no command";
  }
}

// The number that the file's name begins with.
std::optional<Versioned> NumberOf(const Versioned& each) {
  const llvm::StringRef digits = SplitNumber(each.key).number;
  if (digits.empty()) {
    return std::nullopt;
  }
  return Versioned{VersionKey(digits), "", {}};
}

bool IsLess(const Versioned& left, const Versioned& right) {
  const std::optional<Versioned> left_number = NumberOf(left);
  const std::optional<Versioned> right_number = NumberOf(right);
  if (left_number.has_value() != right_number.has_value()) {
    return left_number.has_value();
  }
  if (left_number && left_number->key != right_number->key) {
    return HasLowerVersion(*left_number, *right_number);
  }
  return left.key < right.key;
}

}  // namespace

bool LooksLikeSqlMigrate(const ForeignFolder& folder) {
  return llvm::any_of(folder, [](const ForeignFile& file) {
    const std::string text = IsMigration(file) ? PlainText(file.text) : "";
    return llvm::any_of(Lines(text), [](llvm::StringRef line) {
      return ReadCommand(line) == "Up";
    });
  });
}

ForeignHistory ReadSqlMigrate(const ForeignFolder& folder) {
  std::vector<Versioned> found;
  for (const ForeignFile& file : folder) {
    if (!IsMigration(file)) {
      continue;
    }
    llvm::StringRef stem = file.path;
    stem.consume_back(".sql");
    const NumberedName name = SplitNumber(stem);
    Versioned& versioned = found.emplace_back();
    versioned.key = file.path;
    ForeignMigration& migration = versioned.migration;
    migration.source = file.path;
    migration.name = stem.str();
    migration.title = Words(name.rest);
    migration.date = DateOf(name.number);
    ReadText(PlainText(file.text), migration);
  }
  return InOrder(std::move(found), IsLess);
}

}  // namespace palindrome::importer
