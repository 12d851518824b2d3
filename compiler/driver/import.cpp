#include <algorithm>
#include <optional>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

#include "compiler/driver/command.h"
#include "compiler/driver/import_history.h"
#include "compiler/driver/import_report.h"
#include "compiler/driver/import_session.h"
#include "compiler/driver/options.h"
#include "compiler/driver/path.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/report.h"
#include "compiler/import/database.h"
#include "compiler/import/formats.h"

namespace palindrome::driver {

namespace {

PALINDROME_TEXT(kUnreadable, kFileError, "{0}", std::string);
PALINDROME_TEXT(kNoText, kFileError, "the file is no UTF-8 text");
PALINDROME_TEXT(kNoFolder, kFileError, "the folder `{0}` cannot be read: {1}",
                std::string, std::string);

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

std::vector<std::string> FormatNames() {
  std::vector<std::string> names = {"auto", "database"};
#define PALINDROME_IMPORT_FORMAT(Kind, Name, Summary) names.emplace_back(Name);
#include "compiler/import/formats.def"
  return names;
}

std::string FormatList() {
  return llvm::join(FormatNames(), ", ");
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

bool HasStandIns(const rehearse::StandIns& stand_ins) {
  return !stand_ins.functions.empty() || !stand_ins.collations.empty();
}

// Where the migrations come from; no value if that was reported.
struct Origin {
  std::string name;  // As the reasons of ALLOW have it.
  importer::ForeignHistory history;
};

std::optional<Origin> ReadDatabase(const std::string& path,
                                   Environment& environment) {
  auto objects = environment.read_database(path);
  if (!objects) {
    ReportFailure(environment, llvm::toString(objects.takeError()));
    return std::nullopt;
  }
  const std::string name = llvm::sys::path::filename(path).str();
  std::vector<std::string> notes = importer::TakeOutLedgers(*objects);
  importer::ForeignMigration baseline =
      importer::FromDatabase(*objects, {}, path);
  baseline.notes = std::move(notes);
  return Origin{name, {std::move(baseline)}};
}

std::optional<Origin> ReadFolder(std::optional<importer::Format> format,
                                 const std::string& path,
                                 Environment& environment) {
  source::Files files;
  diagnostics::Emitter emitter;
  const importer::ForeignFolder folder =
      ReadForeign(environment.file_system, path, files, emitter);
  if (Report(emitter.diagnostics(), environment.err) != kSuccess) {
    return std::nullopt;
  }
  format = format ? format : importer::Recognize(folder);
  if (!format) {
    ReportFailure(environment,
                  "`" + path +
                      "` does not look like the migrations of a tool that "
                      "is known; name it with --from: " +
                      FormatList());
    return std::nullopt;
  }
  return Origin{std::string(importer::FormatName(*format)),
                importer::ReadHistory(*format, folder)};
}

int Import(const Origin& origin, const Options& options,
           Environment& environment) {
  const std::string target = options.Get("to");
  source::Files files;
  diagnostics::Emitter emitter;
  config::Settings settings;
  std::vector<std::string> inputs;
  ReadSettings(environment.file_system, files, target, settings, inputs,
               emitter);
  if (const int status = Report(emitter.diagnostics(), environment.err);
      status != kSuccess) {
    return status;
  }
  const ImportOptions import_options{origin.name, options.Has("repair")};
  importer::ForeignHistory history = origin.history;
  if (options.Has("baseline-at")) {
    auto folded = FoldHistory(history, options.Get("baseline-at"),
                              import_options, settings, environment);
    if (!folded) {
      return ReportFailure(environment, llvm::toString(folded.takeError()));
    }
    history = std::move(*folded);
  }
  const auto [migrations, stand_ins] =
      ImportHistory(history, import_options, settings, environment);
  std::vector<OutputFile> outputs = ImportedFiles(migrations, target);
  const std::string configuration = JoinPath(target, "palindrome.toml");
  const bool is_configured = environment.file_system.exists(configuration);
  if (HasStandIns(stand_ins) && !is_configured) {
    outputs.push_back({configuration, ConfigurationOf(stand_ins)});
  }
  if (llvm::Error error = environment.output.Write(outputs)) {
    return ReportFailure(environment, llvm::toString(std::move(error)));
  }
  if (HasStandIns(stand_ins)) {
    environment.err << "palindrome: note: the history rests on the "
                       "application's functions or collations; what they do "
                       "is not checked; "
                    << (is_configured ? "add to `" : "they are declared in `")
                    << configuration << "`:\n"
                    << ConfigurationOf(stand_ins);
  }
  if (options.WantsJson()) {
    PrintImportedAsJson(migrations, environment.out);
  } else {
    PrintImported(migrations, environment.out);
  }
  const ImportTotals totals = CountImported(migrations);
  return totals.findings + totals.failed == 0 ? kSuccess : kFindings;
}

}  // namespace

int RunImport(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("import", "[OPTION]... DIR",
                  "Brings the migrations of another tool: writes each as a "
                  "migration of its own,\nchecks them, and says what it "
                  "found. With `--from database` DIR is a database file,\nand "
                  "its schema becomes one migration. Nothing is overwritten.");
  options.AddOperand("dir");
  options.AddValue("from", "FORMAT",
                   "what wrote them: auto, a name such as diesel, or database",
                   "auto");
  options.AddValue("to", "DIR", "the folder to write to", "migrations");
  options.AddFlag("repair",
                  "derive the downgrades that do not undo their upgrades");
  options.AddValue("baseline-at", "NAME",
                   "fold everything up to that migration into one");
  options.AddFormat();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  const std::string source = options.Get("dir");
  if (source.empty()) {
    return options.Misused(environment, "the folder to import is missing");
  }
  const std::string name = options.Get("from");
  const auto format = importer::FindFormat(name);
  const bool is_database = name == "database";
  if (!format && !is_database && name != "auto") {
    return options.Misused(environment,
                           "`" + name +
                               "` is no format that is known; "
                               "there are " +
                               FormatList() +
                               diagnostics::Suggestion(name, FormatNames()));
  }
  if (const std::string obstacle = FindObstacle(options.Get("to"), environment);
      !obstacle.empty()) {
    return ReportFailure(environment, obstacle);
  }
  const auto origin = is_database ? ReadDatabase(source, environment)
                                  : ReadFolder(format, source, environment);
  return origin ? Import(*origin, options, environment) : kFindings;
}

}  // namespace palindrome::driver
