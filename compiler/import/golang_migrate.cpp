// golang-migrate: pairs of `{version}_{name}.up.sql` and `.down.sql`. Also
// sqlx, whose reversible migrations are the same and whose simple ones are
// `{version}_{name}.sql`. Neither reads subfolders.
#include <optional>
#include <utility>

#include "llvm/ADT/STLExtras.h"

#include "compiler/import/formats.h"
#include "compiler/import/lines.h"
#include "compiler/import/names.h"

namespace palindrome::importer {
namespace {

struct Parsed {
  bool is_down = false;
  Versioned versioned;
};

std::optional<Parsed> ParseFile(const ForeignFile& file) {
  llvm::StringRef stem = file.path;
  if (!IsTopLevel(stem) || !stem.consume_back(".sql")) {
    return std::nullopt;
  }
  Parsed parsed;
  parsed.is_down = stem.consume_back(".down");
  if (!parsed.is_down) {
    stem.consume_back(".up");
  }
  NumberedName name = SplitNumber(stem);
  if (name.number.empty() || !name.rest.consume_front("_")) {
    return std::nullopt;
  }
  parsed.versioned.key = VersionKey(name.number);
  parsed.versioned.words = name.rest.str();
  ForeignMigration& migration = parsed.versioned.migration;
  migration.source = file.path;
  migration.name = stem.str();
  migration.title = Words(name.rest);
  migration.date = DateOf(name.number);
  if (parsed.is_down) {
    migration.down = Body(file.text);
  } else {
    migration.up = Body(file.text);
  }
  return parsed;
}

}  // namespace

// Comes after the formats with annotations, whose files are named alike.
bool LooksLikeGolangMigrate(const ForeignFolder& folder) {
  return llvm::any_of(folder, [](const ForeignFile& file) {
    const std::optional<Parsed> parsed = ParseFile(file);
    return parsed && !parsed->is_down;
  });
}

ForeignHistory ReadGolangMigrate(const ForeignFolder& folder) {
  std::vector<Versioned> ups;
  std::vector<Versioned> downs;
  for (const ForeignFile& file : folder) {
    if (std::optional<Parsed> parsed = ParseFile(file)) {
      (parsed->is_down ? downs : ups).push_back(std::move(parsed->versioned));
    }
  }
  AttachDowns(ups, std::move(downs));
  return InOrder(std::move(ups));
}

}  // namespace palindrome::importer
