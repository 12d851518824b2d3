// Flyway: `V{version}__{description}.sql`, its undo `U…`, repeatable ones
// `R__{description}.sql` and baselines `B…`, in subfolders too. Versions are
// numbers with dots or underscores between them. Repeatable ones come after
// all versions, by description. See refinery.cpp for how they are told apart.
#include <optional>
#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include "compiler/import/formats.h"
#include "compiler/import/lines.h"
#include "compiler/import/names.h"

namespace palindrome::importer {
namespace {

struct Parsed {
  char prefix = '\0';
  Versioned versioned;
};

std::string Refuse(llvm::StringRef text) {
  const llvm::StringRef placeholder = FindPlaceholder(text);
  return placeholder.empty()
             ? ""
             : llvm::formatv(
                   "it uses the placeholder `{0}`; write its value "
                   "instead",
                   placeholder)
                   .str();
}

std::optional<Parsed> ParseFile(const ForeignFile& file) {
  llvm::StringRef stem = FileName(file.path);
  const bool is_java = stem.consume_back(".java");
  if (!is_java && !stem.consume_back(".sql")) {
    return std::nullopt;
  }
  const std::optional<PrefixedName> name = SplitPrefixed(stem);
  if (!name) {
    return std::nullopt;
  }
  Parsed parsed;
  parsed.prefix = name->prefix;
  Versioned& versioned = parsed.versioned;
  versioned.key =
      name->prefix == 'R' ? Words(name->words) : VersionKey(name->version);
  versioned.words = name->words.str();
  ForeignMigration& migration = versioned.migration;
  migration.source = file.path;
  migration.name = stem.str();
  migration.title = Words(name->words);
  migration.date = DateOf(name->version);
  if (is_java) {
    migration.failure = "it is written in Java; write it in SQL first";
    return parsed;
  }
  migration.failure = Refuse(file.text);
  if (name->prefix == 'U') {
    migration.down = Body(file.text);
  } else {
    migration.up = Body(file.text);
  }
  if (name->prefix == 'B') {
    // A baseline may have the version of a migration, and comes after it.
    versioned.key += '.';
    migration.failure =
        "a baseline stands for all versions up to its own, which are imported "
        "themselves";
  }
  return parsed;
}

}  // namespace

bool LooksLikeFlyway(const ForeignFolder& folder) {
  return llvm::any_of(folder, [](const ForeignFile& file) {
    const std::optional<Parsed> parsed = ParseFile(file);
    return parsed && parsed->prefix != 'U';
  });
}

ForeignHistory ReadFlyway(const ForeignFolder& folder) {
  std::vector<Versioned> versions;
  std::vector<Versioned> undos;
  std::vector<Versioned> repeatables;
  for (const ForeignFile& file : folder) {
    std::optional<Parsed> parsed = ParseFile(file);
    if (!parsed) {
      continue;
    }
    std::vector<Versioned>& kind = parsed->prefix == 'U'   ? undos
                                   : parsed->prefix == 'R' ? repeatables
                                                           : versions;
    kind.push_back(std::move(parsed->versioned));
  }
  AttachDowns(versions, std::move(undos));
  ForeignHistory history = InOrder(std::move(versions));
  llvm::append_range(history,
                     InOrder(std::move(repeatables),
                             [](const Versioned& left, const Versioned& right) {
                               return left.words < right.words;
                             }));
  return history;
}

}  // namespace palindrome::importer
