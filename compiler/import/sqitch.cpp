// Sqitch: the changes of `sqitch.plan` in its order, each with scripts of its
// name in `deploy`, `revert` and `verify`. A change that was reworked is in
// the plan more than once; the scripts of all but the last have the name of a
// tag after them: `users@v1.0.sql`.
#include <iterator>
#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include "compiler/import/formats.h"
#include "compiler/import/lines.h"
#include "compiler/import/names.h"

namespace palindrome::importer {
namespace {

// `engine "sqlite"` and `top_dir` as "engine.sqlite.top_dir".
using Configuration = llvm::StringMap<std::string>;

using Files = llvm::StringMap<const ForeignFile*>;

Configuration ReadConfiguration(llvm::StringRef text) {
  Configuration configuration;
  std::string section;
  const std::string plain = PlainText(text);
  for (llvm::StringRef line : Lines(plain)) {
    line = line.trim();
    if (line.consume_front("[")) {
      const auto [name, rest] = line.split(']').first.split(' ');
      section = name.lower();
      section += rest.empty() ? "" : "." + rest.trim(" \"").str();
    } else if (!line.starts_with("#") && !line.starts_with(";")) {
      const auto [name, value] = line.split('=');
      configuration[section + "." + name.trim().lower()] =
          value.trim(" \t\"").str();
    }
  }
  return configuration;
}

std::string Join(llvm::StringRef folder, llvm::StringRef rest) {
  constexpr auto kStyle = llvm::sys::path::Style::posix;
  llvm::SmallString<128> path(folder);
  llvm::sys::path::append(path, kStyle, rest);
  llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true, kStyle);
  return path.str().str();
}

// Where the plan and the scripts are.
struct Places {
  std::string plan;
  std::string deploy;
  std::string revert;
  std::string verify;
  std::string extension;
};

Places FindPlaces(const Files& files) {
  const auto file = files.find("sqitch.conf");
  const Configuration configuration = ReadConfiguration(
      file == files.end() ? llvm::StringRef() : file->second->text);
  std::string engine = configuration.lookup("core.engine");
  engine = engine.empty() ? "sqlite" : engine;
  const auto find = [&](llvm::StringRef name, std::string otherwise) {
    for (const std::string& section :
         {"engine." + engine, std::string("core")}) {
      const auto found =
          configuration.find(llvm::formatv("{0}.{1}", section, name).str());
      if (found != configuration.end()) {
        return Join("", found->second);
      }
    }
    return otherwise;
  };
  const std::string top = find("top_dir", "");
  return {find("plan_file", Join(top, "sqitch.plan")),
          find("deploy_dir", Join(top, "deploy")),
          find("revert_dir", Join(top, "revert")),
          find("verify_dir", Join(top, "verify")), find("extension", "sql")};
}

Files IndexFiles(const ForeignFolder& folder) {
  Files files;
  for (const ForeignFile& file : folder) {
    files[file.path] = &file;
  }
  return files;
}

struct Change {
  std::string name;
  std::string date;
  std::string note;
  bool is_revert = false;
  std::vector<std::string> tags;  // After it, before the next change.
};

// In notes, \n is a line end and \\ a backslash.
std::string UnescapeNote(llvm::StringRef note) {
  std::string text;
  for (std::size_t at = 0; at < note.size(); ++at) {
    const llvm::StringRef pair = note.substr(at, 2);
    if (pair == "\\n" || pair == "\\\\") {
      text += pair == "\\n" ? '\n' : '\\';
      ++at;
    } else {
      text += note[at];
    }
  }
  return text;
}

// `name [dependencies] 2025-01-15T14:30:22Z Planner <email> # note`
Change ReadChange(llvm::StringRef line) {
  const auto is_blank = [](char byte) { return llvm::isSpace(byte); };
  Change change;
  change.is_revert = line.consume_front("-");
  if (!change.is_revert) {
    line.consume_front("+");
  }
  line = line.ltrim();
  const llvm::StringRef name = line.take_until(is_blank);
  change.name = name.str();
  line = line.drop_front(name.size()).ltrim();
  if (line.starts_with("[")) {
    line = line.split(']').second.ltrim();
  }
  const llvm::StringRef date = line.take_until(is_blank);
  std::string digits;
  llvm::copy_if(date, std::back_inserter(digits), llvm::isDigit);
  change.date = DateOf(digits.size() == 14 ? digits : "");
  // The planner's name may have a `#`, but not after the address.
  const std::size_t address = line.find('>');
  const std::size_t note =
      line.find('#', address == llvm::StringRef::npos ? 0 : address);
  if (note != llvm::StringRef::npos) {
    change.note = UnescapeNote(line.substr(note + 1).trim());
  }
  return change;
}

std::vector<Change> ReadPlan(llvm::StringRef text) {
  std::vector<Change> changes;
  const std::string plain = PlainText(text);
  for (llvm::StringRef line : Lines(plain)) {
    line = line.trim();
    if (line.consume_front("@")) {
      if (!changes.empty()) {
        changes.back().tags.push_back(
            line.take_until([](char byte) { return llvm::isSpace(byte); })
                .str());
      }
    } else if (!line.empty() && !line.starts_with("%") &&
               !line.starts_with("#")) {
      changes.push_back(ReadChange(line));
    }
  }
  return changes;
}

// The scripts' names, without extension. Sqitch takes the first tag after the
// change that has a script, of those before it was reworked.
std::vector<std::string> NameScripts(const std::vector<Change>& changes,
                                     const Places& places, const Files& files) {
  std::vector<std::string> names(changes.size());
  llvm::StringMap<std::size_t> next;
  for (std::size_t at = changes.size(); at-- > 0;) {
    const std::string& name = changes[at].name;
    names[at] = name;
    const auto [reworked, is_last] = next.try_emplace(name, at);
    if (is_last) {
      continue;
    }
    std::vector<std::string> tagged;
    for (std::size_t after = at; after < reworked->second; ++after) {
      for (const std::string& tag : changes[after].tags) {
        tagged.push_back(llvm::formatv("{0}@{1}", name, tag).str());
      }
    }
    const auto found = llvm::find_if(tagged, [&](const std::string& each) {
      return files.contains(Join(places.deploy, each + "." + places.extension));
    });
    if (!tagged.empty()) {
      names[at] = found == tagged.end() ? tagged.front() : *found;
    }
    reworked->second = at;
  }
  return names;
}

}  // namespace

bool LooksLikeSqitch(const ForeignFolder& folder) {
  const Files files = IndexFiles(folder);
  return files.contains(FindPlaces(files).plan);
}

ForeignHistory ReadSqitch(const ForeignFolder& folder) {
  const Files files = IndexFiles(folder);
  const Places places = FindPlaces(files);
  const auto plan = files.find(places.plan);
  if (plan == files.end()) {
    return {};
  }
  const std::vector<Change> changes = ReadPlan(plan->second->text);
  const std::vector<std::string> scripts = NameScripts(changes, places, files);
  std::vector<Versioned> found;
  for (const auto& [change, script] : llvm::zip(changes, scripts)) {
    const std::string file = script + "." + places.extension;
    Versioned& versioned = found.emplace_back();
    versioned.key = script;
    ForeignMigration& migration = versioned.migration;
    migration.source = Join(places.deploy, file);
    migration.name = script;
    migration.title = Words(change.name);
    migration.date = change.date;
    migration.documentation = change.note;
    if (const ForeignFile* up = files.lookup(migration.source)) {
      migration.up = Body(up->text);
    } else {
      migration.failure =
          llvm::formatv("there is no file `{0}`", migration.source).str();
    }
    if (const ForeignFile* down = files.lookup(Join(places.revert, file))) {
      migration.down = Body(down->text);
    }
    if (const ForeignFile* verify = files.lookup(Join(places.verify, file))) {
      migration.documentation += change.note.empty() ? "" : "\n\n";
      migration.documentation += "Verified by:\n";
      migration.documentation += llvm::StringRef(Body(verify->text)).rtrim();
    }
    if (change.is_revert) {
      migration.failure = "the plan takes it back with `-`";
    }
  }
  return InOrder(std::move(found),
                 [](const Versioned&, const Versioned&) { return false; });
}

}  // namespace palindrome::importer
