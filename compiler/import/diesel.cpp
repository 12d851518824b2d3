// diesel: a folder for each migration, `{version}_{name}`, with `up.sql` and
// perhaps `down.sql`. The version is any text; diesel takes the dashes out of
// it and compares the rest as text. It skips hidden folders.
#include <map>
#include <string>
#include <utility>

#include "llvm/ADT/STLExtras.h"

#include "compiler/import/formats.h"
#include "compiler/import/lines.h"
#include "compiler/import/names.h"

namespace palindrome::importer {
namespace {

struct Files {
  const ForeignFile* up = nullptr;
  const ForeignFile* down = nullptr;
};

std::map<std::string, Files> FindFolders(const ForeignFolder& folder) {
  std::map<std::string, Files> folders;
  for (const ForeignFile& file : folder) {
    const auto [name, rest] = llvm::StringRef(file.path).split('/');
    if (name.starts_with(".")) {
      continue;
    }
    if (rest == "up.sql") {
      folders[name.str()].up = &file;
    } else if (rest == "down.sql") {
      folders[name.str()].down = &file;
    }
  }
  return folders;
}

Versioned ReadFolder(llvm::StringRef name, const Files& files) {
  const auto [version, words] = name.split('_');
  Versioned versioned;
  versioned.key = version.str();
  llvm::erase(versioned.key, '-');
  ForeignMigration& migration = versioned.migration;
  migration.source = name.str();
  migration.name = name.str();
  migration.title = Words(words);
  migration.date = DateOf(version);
  if (files.up != nullptr) {
    migration.up = Body(files.up->text);
  } else {
    migration.failure = "it has no `up.sql`";
  }
  if (files.down != nullptr) {
    migration.down = Body(files.down->text);
  }
  return versioned;
}

}  // namespace

bool LooksLikeDiesel(const ForeignFolder& folder) {
  return llvm::any_of(FindFolders(folder), [](const auto& each) {
    return each.second.up != nullptr;
  });
}

ForeignHistory ReadDiesel(const ForeignFolder& folder) {
  std::vector<Versioned> found;
  for (const auto& [name, files] : FindFolders(folder)) {
    found.push_back(ReadFolder(name, files));
  }
  return InOrder(std::move(found),
                 [](const Versioned& left, const Versioned& right) {
                   return left.key < right.key;
                 });
}

}  // namespace palindrome::importer
