#include <algorithm>

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

#include "compiler/driver/command.h"
#include "compiler/driver/import_history.h"
#include "compiler/driver/options.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/report.h"
#include "compiler/graph/lock.h"
#include "compiler/import/formats.h"

namespace palindrome::driver {

namespace {

PALINDROME_TEXT(kUnreadable, kFileError, "{0}", std::string);
PALINDROME_TEXT(kNoText, kFileError, "the file is no UTF-8 text");
PALINDROME_TEXT(kNoFolder, kFileError, "the folder `{0}` cannot be read: {1}",
                std::string, std::string);

std::string Join(llvm::StringRef directory, llvm::StringRef name) {
  llvm::SmallString<128> path(directory);
  llvm::sys::path::append(path, name);
  return path.str().str();
}

bool IsHidden(llvm::StringRef path) {
  return llvm::any_of(llvm::make_range(llvm::sys::path::begin(path),
                                       llvm::sys::path::end(path)),
                      [](llvm::StringRef part) {
                        return part.starts_with(".") && part != "." &&
                               part != "..";
                      });
}

// The files that a reader may want; what a Go file holds is not read.
bool IsWanted(llvm::StringRef path) {
  const llvm::StringRef extension = llvm::sys::path::extension(path);
  return extension.equals_insensitive(".sql") || extension == ".go" ||
         extension == ".plan" || extension == ".conf" || extension == ".toml";
}

importer::ForeignFolder ReadForeign(llvm::vfs::FileSystem& file_system,
                                    const std::string& directory,
                                    source::Files& files,
                                    diagnostics::Emitter& emitter) {
  importer::ForeignFolder folder;
  std::error_code error;
  const llvm::vfs::recursive_directory_iterator end{};
  for (llvm::vfs::recursive_directory_iterator entry(file_system, directory,
                                                     error);
       !error && entry != end; entry.increment(error)) {
    llvm::StringRef relative(entry->path());
    relative.consume_front(directory);
    relative = relative.ltrim('/');
    if (IsHidden(relative) || !IsWanted(relative) ||
        entry->type() == llvm::sys::fs::file_type::directory_file) {
      continue;
    }
    auto file = files.Read(file_system, entry->path().str());
    if (!file) {
      emitter.Emit(kUnreadable, {}, llvm::toString(file.takeError()));
    } else if (const auto place = source::FindNoText((*file)->text())) {
      emitter.Emit(kNoText, {*file, {*place, *place + 1}});
    } else {
      folder.push_back({relative.str(), std::string((*file)->text())});
    }
  }
  if (error) {
    emitter.Emit(kNoFolder, {}, directory, error.message());
  }
  std::sort(folder.begin(), folder.end(),
            [](const auto& left, const auto& right) {
              return left.path < right.path;
            });
  return folder;
}

std::string FormatNames() {
  std::string names = "auto";
#define PALINDROME_IMPORT_FORMAT(Kind, Name, Summary) \
  names += std::string(", ") + (Name);
#include "compiler/import/formats.def"
  return names;
}

llvm::StringRef StatusName(const ImportedMigration& migration) {
  if (!migration.failure.empty()) {
    return "failed";
  }
  return migration.findings.empty() ? "imported" : "findings";
}

std::string ReasonOf(const ImportedMigration& migration) {
  std::string reason = migration.failure;
  for (const auto* lines : {&migration.findings, &migration.notes}) {
    for (const std::string& line : *lines) {
      reason += (reason.empty() ? "" : "; ") + line;
    }
  }
  return reason;
}

struct Totals {
  std::size_t imported = 0;
  std::size_t findings = 0;
  std::size_t failed = 0;
};

Totals Count(const std::vector<ImportedMigration>& migrations) {
  Totals totals;
  for (const ImportedMigration& migration : migrations) {
    ++(!migration.failure.empty()    ? totals.failed
       : !migration.findings.empty() ? totals.findings
                                     : totals.imported);
  }
  return totals;
}

void PrintPlain(const std::vector<ImportedMigration>& migrations,
                llvm::raw_ostream& out) {
  for (const ImportedMigration& migration : migrations) {
    out << StatusName(migration) << "  " << migration.source;
    if (!migration.text.empty()) {
      out << "  ->  " << migration.file_name;
    }
    out << '\n';
    if (!migration.failure.empty()) {
      out << "    " << migration.failure << '\n';
    }
    for (const auto* lines : {&migration.findings, &migration.notes}) {
      for (const std::string& line : *lines) {
        out << "    " << line << '\n';
      }
    }
  }
  const Totals totals = Count(migrations);
  out << migrations.size()
      << (migrations.size() == 1 ? " migration: " : " migrations: ")
      << totals.imported << " imported, " << totals.findings
      << " imported with findings, " << totals.failed << " not imported\n";
}

void PrintAsJson(const std::vector<ImportedMigration>& migrations,
                 llvm::raw_ostream& out) {
  llvm::json::Array rows;
  for (const ImportedMigration& migration : migrations) {
    const bool is_there = !migration.text.empty();
    rows.push_back(llvm::json::Object{
        {"source", JsonText(migration.source)},
        {"file", is_there ? JsonText(migration.file_name) : JsonText("")},
        {"revision", is_there ? migration.identity.revision : ""},
        {"status", StatusName(migration)},
        {"reason", JsonText(ReasonOf(migration))}});
  }
  const Totals totals = Count(migrations);
  PrintJson(
      llvm::json::Object{
          {"migrations", std::move(rows)},
          {"totals", llvm::json::Object{{"imported", totals.imported},
                                        {"findings", totals.findings},
                                        {"failed", totals.failed}}}},
      out);
}

std::string StandInsText(const rehearse::StandIns& stand_ins) {
  std::string text = "[sqlite]\n";
  if (!stand_ins.functions.empty()) {
    text += "functions = {";
    for (const auto& [name, arguments] : stand_ins.functions) {
      text += (text.back() == '{' ? " " : ", ") + name + " = " +
              std::to_string(arguments);
    }
    text += " }\n";
  }
  if (!stand_ins.collations.empty()) {
    text += "collations = [";
    for (const std::string& name : stand_ins.collations) {
      text += (text.back() == '[' ? "\"" : ", \"") + name + '"';
    }
    text += "]\n";
  }
  return text;
}

bool HasStandIns(const rehearse::StandIns& stand_ins) {
  return !stand_ins.functions.empty() || !stand_ins.collations.empty();
}

// The migrations, and the lock of those before the first that is to be mended:
// what is locked cannot be.
std::vector<OutputFile> FilesOf(
    const std::vector<ImportedMigration>& migrations,
    const std::string& directory) {
  std::vector<OutputFile> files;
  std::vector<graph::LockEntry> lock;
  bool is_clean = true;
  for (const ImportedMigration& migration : migrations) {
    is_clean =
        is_clean && migration.findings.empty() && migration.failure.empty();
    if (migration.text.empty()) {
      continue;
    }
    files.push_back({Join(directory, migration.file_name), migration.text});
    if (is_clean) {
      lock.push_back({migration.identity.revision,
                      migration.checksum,
                      migration.file_name,
                      {}});
    }
  }
  if (!lock.empty()) {
    files.push_back(
        {Join(directory, "migrations.lock"), graph::FormatLock(lock)});
  }
  return files;
}

int Fail(Environment& environment, const std::string& message) {
  environment.err << "palindrome: error: " << message << '\n';
  return kFindings;
}

// What is in the way of the files; empty: nothing is.
std::string FindObstacle(const std::string& directory,
                         Environment& environment) {
  std::error_code error;
  const llvm::vfs::directory_iterator end;
  for (auto entry = environment.file_system.dir_begin(directory, error);
       !error && entry != end; entry.increment(error)) {
    const llvm::StringRef name = llvm::sys::path::filename(entry->path());
    if (name == "migrations.lock" ||
        llvm::sys::path::extension(name).equals_insensitive(".sql")) {
      return "`" + directory + "` has `" + name.str() +
             "` already; import into a folder without migrations";
    }
  }
  return "";
}

}  // namespace

int RunImport(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("import", "[OPTION]... DIR",
                  "Brings the migrations of another tool: writes each as a "
                  "migration of its own,\nchecks them, and says what it "
                  "found. Nothing is overwritten.");
  options.AddOperand("dir");
  options.AddValue("from", "FORMAT",
                   "what wrote them: auto, or a name such as diesel", "auto");
  options.AddValue("to", "DIR", "the folder to write to", "migrations");
  options.AddFlag("repair",
                  "derive the downgrades that do not undo their upgrades");
  options.AddFormat();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  const std::string source = options.Get("dir");
  if (source.empty()) {
    return options.Misused(environment, "the folder to import is missing");
  }
  const std::string name = options.Get("from");
  auto format = importer::FindFormat(name);
  if (!format && name != "auto") {
    return options.Misused(environment, "`" + name +
                                            "` is no format that is known; "
                                            "there are " +
                                            FormatNames());
  }
  const std::string target = options.Get("to");
  if (const std::string obstacle = FindObstacle(target, environment);
      !obstacle.empty()) {
    return Fail(environment, obstacle);
  }
  source::Files files;
  diagnostics::Emitter emitter;
  config::Settings settings;
  std::vector<std::string> inputs;
  ReadSettings(environment.file_system, files, target, settings, inputs,
               emitter);
  const importer::ForeignFolder folder =
      ReadForeign(environment.file_system, source, files, emitter);
  if (const int status = Report(emitter.diagnostics(), environment.err);
      status != kSuccess) {
    return status;
  }
  format = format ? format : importer::Recognize(folder);
  if (!format) {
    return Fail(environment, "`" + source +
                                 "` does not look like the migrations of a "
                                 "tool that is known; name it with --from: " +
                                 FormatNames());
  }
  const auto [migrations, stand_ins] = ImportHistory(
      importer::ReadHistory(*format, folder),
      {std::string(importer::FormatName(*format)), options.Has("repair")},
      settings, environment);
  std::vector<OutputFile> outputs = FilesOf(migrations, target);
  const std::string configuration = Join(target, "palindrome.toml");
  const bool is_configured = environment.file_system.exists(configuration);
  if (HasStandIns(stand_ins) && !is_configured) {
    outputs.push_back({configuration, StandInsText(stand_ins)});
  }
  if (llvm::Error error = environment.output.Write(outputs)) {
    return Fail(environment, llvm::toString(std::move(error)));
  }
  if (HasStandIns(stand_ins)) {
    environment.err << "palindrome: note: the history rests on the "
                       "application's functions or collations; what they do "
                       "is not checked; "
                    << (is_configured ? "add to `" : "they are declared in `")
                    << configuration << "`:\n"
                    << StandInsText(stand_ins);
  }
  if (options.WantsJson()) {
    PrintAsJson(migrations, environment.out);
  } else {
    PrintPlain(migrations, environment.out);
  }
  const Totals totals = Count(migrations);
  return totals.findings + totals.failed == 0 ? kSuccess : kFindings;
}

}  // namespace palindrome::driver
