// dbmate: files that begin with a number, with lines `-- migrate:up` and
// `-- migrate:down`, of which it takes the first, in strings and block
// comments too. It sorts by file name, as text.
#include <optional>
#include <utility>

#include "llvm/ADT/STLExtras.h"

#include "compiler/import/formats.h"
#include "compiler/import/lines.h"
#include "compiler/import/names.h"

namespace palindrome::importer {
namespace {

// True for `-- migrate:up transaction:false`, with "up".
bool IsAnnotation(llvm::StringRef line, llvm::StringRef direction) {
  if (!line.consume_front("--")) {
    return false;
  }
  line = line.ltrim();
  return line.consume_front("migrate:") && line.consume_front(direction) &&
         (line.empty() || line != line.ltrim());
}

bool HasUp(llvm::StringRef text) {
  return llvm::any_of(Lines(text), [](llvm::StringRef line) {
    return IsAnnotation(line, "up");
  });
}

bool IsNamed(llvm::StringRef path) {
  return IsTopLevel(path) && path.ends_with(".sql") &&
         !SplitNumber(path).number.empty();
}

void ReadText(llvm::StringRef text, ForeignMigration& migration) {
  AnnotatedText parts;
  bool is_down_first = false;
  for (const llvm::StringRef line : Lines(text)) {
    if (!parts.HasUp() && IsAnnotation(line, "up")) {
      parts.BeginUp();
    } else if (!parts.HasDown() && IsAnnotation(line, "down")) {
      is_down_first = !parts.HasUp();
      parts.BeginDown();
    } else {
      parts.Add(line);
    }
  }
  parts.MoveTo(migration);
  if (!parts.HasUp()) {
    migration.failure = "it has no `-- migrate:up`";
  } else if (is_down_first) {
    migration.failure = "it has `-- migrate:down` before `-- migrate:up`";
  } else if (parts.HasCodeBefore()) {
    migration.failure = "it has statements before `-- migrate:up`";
  }
}

}  // namespace

bool LooksLikeDbmate(const ForeignFolder& folder) {
  return llvm::any_of(folder, [](const ForeignFile& file) {
    return IsNamed(file.path) && HasUp(PlainText(file.text));
  });
}

ForeignHistory ReadDbmate(const ForeignFolder& folder) {
  std::vector<Versioned> found;
  for (const ForeignFile& file : folder) {
    if (!IsNamed(file.path)) {
      continue;
    }
    llvm::StringRef stem = file.path;
    stem.consume_back(".sql");
    const NumberedName name = SplitNumber(stem);
    Versioned& versioned = found.emplace_back();
    versioned.key = name.number.str();
    ForeignMigration& migration = versioned.migration;
    migration.source = file.path;
    migration.name = stem.str();
    migration.title = Words(name.rest);
    migration.date = DateOf(name.number);
    ReadText(PlainText(file.text), migration);
  }
  return InOrder(std::move(found),
                 [](const Versioned& left, const Versioned& right) {
                   return left.migration.source < right.migration.source;
                 });
}

}  // namespace palindrome::importer
