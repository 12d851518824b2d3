// refinery: `V{number}__{name}.sql`, in subfolders too. U instead of V is no
// undo: it marks a migration that may be applied out of order. Both share one
// line of versions; nothing takes them back.
//
// Flyway's files are named alike, but it has more kinds of names, and its U is
// the undo of a V. A folder is refinery's only if every name is one that it
// reads and something in it would be wrong for Flyway: a U without a V of its
// version, or a migration in Rust. Otherwise both read the same from it.
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include "compiler/import/formats.h"
#include "compiler/import/lines.h"
#include "compiler/import/names.h"

namespace palindrome::importer {
namespace {

bool IsRefinery(const PrefixedName& name) {
  const bool is_kind = name.prefix == 'V' || name.prefix == 'U';
  return is_kind && llvm::all_of(name.version, llvm::isDigit) &&
         !name.words.empty() && llvm::all_of(name.words, [](char byte) {
           return llvm::isAlnum(byte) || byte == '_' ||
                  static_cast<unsigned char>(byte) >= 0x80;
         });
}

struct Parsed {
  PrefixedName name;
  llvm::StringRef stem;
  bool is_rust = false;
};

std::optional<Parsed> ParseFile(const ForeignFile& file) {
  Parsed parsed;
  parsed.stem = FileName(file.path);
  parsed.is_rust = parsed.stem.consume_back(".rs");
  if (!parsed.is_rust && !parsed.stem.consume_back(".sql")) {
    return std::nullopt;
  }
  const std::optional<PrefixedName> name = SplitPrefixed(parsed.stem);
  if (!name) {
    return std::nullopt;
  }
  parsed.name = *name;
  return parsed;
}

}  // namespace

bool LooksLikeRefinery(const ForeignFolder& folder) {
  std::set<std::string> versions;
  std::set<std::string> unordered;
  bool has_rust = false;
  for (const ForeignFile& file : folder) {
    if (const std::optional<Parsed> parsed = ParseFile(file)) {
      if (!IsRefinery(parsed->name)) {
        return false;
      }
      has_rust |= parsed->is_rust;
      (parsed->name.prefix == 'V' ? versions : unordered)
          .insert(VersionKey(parsed->name.version));
    }
  }
  const bool has_undo = llvm::any_of(unordered, [&](const std::string& key) {
    return versions.contains(key);
  });
  return !has_undo && (has_rust || !unordered.empty());
}

ForeignHistory ReadRefinery(const ForeignFolder& folder) {
  std::vector<Versioned> found;
  for (const ForeignFile& file : folder) {
    const std::optional<Parsed> parsed = ParseFile(file);
    if (!parsed) {
      continue;
    }
    const PrefixedName& name = parsed->name;
    Versioned& versioned = found.emplace_back();
    versioned.key = VersionKey(name.version);
    ForeignMigration& migration = versioned.migration;
    migration.source = file.path;
    migration.name = parsed->stem.str();
    migration.title = Words(name.words);
    migration.date = DateOf(name.version);
    if (parsed->is_rust) {
      migration.failure = "it is written in Rust; write it in SQL first";
      continue;
    }
    migration.up = Body(file.text);
    if (!IsRefinery(name)) {
      migration.failure = "refinery does not read a file of this name";
    }
  }
  return InOrder(std::move(found));
}

}  // namespace palindrome::importer
