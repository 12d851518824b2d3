#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"

#include "compiler/driver/command.h"
#include "compiler/driver/cpp_sources.h"
#include "compiler/driver/depfile.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/path.h"
#include "compiler/driver/query_impact.h"
#include "compiler/driver/query_report.h"
#include "compiler/driver/query_schemas.h"
#include "compiler/driver/report.h"
#include "compiler/queries/check.h"

namespace palindrome::driver {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Kind;
using diagnostics::Severity;
using queries::Query;
using queries::Verdict;

// A search through more would take longer than what it tells is worth.
constexpr std::size_t kMostToBlame = 100;

PALINDROME_TEXT(kNotChecked, kQueryUnchecked, "not checked{0}: {1}",
                std::string, std::string);
PALINDROME_TEXT(kNotRead, kQueryUnchecked,
                "Clang cannot read all of this file, and may miss SQL in it: "
                "{0}",
                std::string);

std::string InFunction(const std::string& function) {
  return function.empty() ? "" : ", in `" + function + "`";
}

class Session {
 public:
  Session(const Options& options, Environment& environment,
          QuerySchemas& schemas, const std::vector<std::string>& named)
      : options_(options),
        environment_(environment),
        schemas_(schemas),
        files_(environment, schemas.files, named) {}

  int Run(llvm::ArrayRef<facts::CompileCommand> commands);

 private:
  source::Location Locate(const facts::Unit& unit, const facts::Place& place);
  source::Location Locate(const Query& query) {
    return Locate(*query.unit, query.text.place);
  }
  void ReportUnits(llvm::ArrayRef<facts::CompileCommand> commands);
  void Judge();
  void Blame(const std::vector<std::size_t>& failed,
             const std::vector<std::size_t>& diagnostics);
  int Finish(const std::vector<Impact>& impacts);
  llvm::Error WriteFiles();

  const Options& options_;
  Environment& environment_;
  QuerySchemas& schemas_;
  CppFiles files_;
  std::vector<std::optional<facts::Unit>> units_;
  queries::Program program_;
  QueryCounts counts_;
};

// As the user would write it: without the folder that the command runs in.
std::string ShortPath(const std::string& path, Environment& environment) {
  const auto folder = environment.file_system.getCurrentWorkingDirectory();
  llvm::StringRef rest(path);
  return folder && rest.consume_front(*folder) && rest.consume_front("/")
             ? rest.str()
             : path;
}

source::Location Session::Locate(const facts::Unit& unit,
                                 const facts::Place& place) {
  if (place.file >= unit.files.size()) {
    return {};
  }
  return files_.Locate(ShortPath(unit.files[place.file].path, environment_),
                       {place.begin, place.end});
}

void Session::ReportUnits(llvm::ArrayRef<facts::CompileCommand> commands) {
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const auto warn = [&](source::Location place, const std::string& why) {
      Diagnostic diagnostic = diagnostics::Make(kNotRead, place, why);
      diagnostic.severity = Severity::kWarning;
      schemas_.emitter.Emit(std::move(diagnostic));
    };
    const auto& unit = units_[i];
    if (!unit) {
      warn(files_.Locate(ShortPath(commands[i].file, environment_), {0, 0}),
           "it does not get through");
    } else if (!unit->errors.empty()) {
      warn(Locate(*unit, unit->errors.front().place),
           unit->errors.front().message);
    }
  }
}

// Says of SQL that fails which migration made it fail.
void Session::Blame(const std::vector<std::size_t>& failed,
                    const std::vector<std::size_t>& diagnostics) {
  if (failed.empty() || schemas_.unlocked.size() > kMostToBlame) {
    return;
  }
  queries::Program program;
  program.fragments = program_.fragments;
  for (const std::size_t query : failed) {
    program.queries.push_back(program_.queries[query]);
  }
  const std::vector<Impact> impacts = FindImpact(program, schemas_);
  for (std::size_t i = 0; i < impacts.size(); ++i) {
    for (const BrokenQuery& each : impacts[i].breaks) {
      Diagnostic& diagnostic =
          schemas_.emitter.diagnostics()[diagnostics[each.query]];
      const graph::Revision& revision =
          schemas_.folder.graph.revisions[schemas_.unlocked[i].revision];
      // The last one is the one to blame.
      diagnostic.notes.clear();
      diagnostic.With(each.statement.file == nullptr
                          ? graph::LocationOf(revision)
                          : each.statement,
                      "migration `" + revision.id + "` breaks it");
    }
  }
}

void Session::Judge() {
  const std::vector<Verdict> verdicts =
      queries::Check(program_, schemas_.head, schemas_.settings.stand_ins);
  const auto& left_out = schemas_.settings.unchecked_functions;
  std::vector<std::size_t> failed;
  std::vector<std::size_t> failures;  // Their diagnostics.
  const auto note = [this](source::Location place, const std::string& function,
                           const std::string& why) {
    Diagnostic diagnostic =
        diagnostics::Make(kNotChecked, place, InFunction(function), why);
    diagnostic.severity = Severity::kNote;
    schemas_.emitter.Emit(std::move(diagnostic));
  };
  counts_.literals = program_.queries.size();
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const Query& query = program_.queries[i];
    std::string why = verdicts[i].unchecked;
    if (llvm::is_contained(left_out, query.function)) {
      why = "palindrome.toml leaves the function out";
    } else if (!query.unchecked.empty()) {
      why = "the program says so: " + query.unchecked;
    } else {
      for (const queries::Problem& problem : verdicts[i].problems) {
        const facts::Place place =
            problem.begin == problem.end
                ? query.text.place
                : facts::PlaceOf(query.text, problem.begin, problem.end);
        if (problem.severity == Severity::kError) {
          failed.push_back(i);
          failures.push_back(schemas_.emitter.diagnostics().size());
        }
        Diagnostic diagnostic;
        diagnostic.kind = problem.kind;
        diagnostic.severity = problem.severity;
        diagnostic.location = Locate(*query.unit, place);
        diagnostic.message = problem.message;
        schemas_.emitter.Emit(std::move(diagnostic));
      }
    }
    if (why.empty()) {
      ++counts_.checked;
    } else {
      ++counts_.unchecked;
      note(Locate(query), query.function, why);
    }
  }
  for (const queries::Unknown& each : program_.unknown) {
    ++counts_.unknown;
    note(Locate(*each.unit, each.place), each.function, each.reason);
  }
  Blame(failed, failures);
}

// What a build waits for, and what it is made of.
llvm::Error Session::WriteFiles() {
  std::vector<OutputFile> files;
  if (options_.Has("depfile")) {
    std::set<std::string> inputs(schemas_.folder.inputs.begin(),
                                 schemas_.folder.inputs.end());
    for (const auto& unit : units_) {
      if (unit) {
        for (const facts::SourceFile& file : unit->files) {
          inputs.insert(file.path);
        }
      }
    }
    files.push_back(
        {options_.Get("depfile"),
         MakeDepfile({options_.Get("stamp")}, {inputs.begin(), inputs.end()})});
  }
  if (options_.Has("stamp")) {
    files.push_back({options_.Get("stamp"), ""});
  }
  return files.empty() ? llvm::Error::success()
                       : environment_.output.Write(files);
}

int Session::Finish(const std::vector<Impact>& impacts) {
  auto& found = schemas_.emitter.diagnostics();
  const ImpactReport report(
      program_, schemas_, [this](const Query& query) { return Locate(query); });
  int status = kSuccess;
  if (options_.WantsJson()) {
    llvm::json::Object object{
        {"literals", counts_.literals},
        {"checked", counts_.checked},
        {"unchecked", counts_.unchecked},
        {"unknown", counts_.unknown},
    };
    if (options_.Has("impact")) {
      object["impact"] = report.Json(impacts);
    }
    status = ReportFindings(options_, found, environment_, std::move(object));
  } else {
    status = ReportFindings(options_, found, environment_);
  }
  if (!options_.WantsJson() && !options_.WantsSarif()) {
    if (options_.Has("impact")) {
      report.Print(impacts, environment_.out);
    }
    PrintCounts(counts_, environment_.out);
  }
  if (status == kSuccess) {
    if (llvm::Error error = WriteFiles()) {
      return ReportFailure(environment_, std::move(error));
    }
  }
  return status;
}

int Session::Run(llvm::ArrayRef<facts::CompileCommand> commands) {
  auto found = ReadUnits(commands, options_, schemas_.settings, environment_);
  if (!found) {
    return ReportFailure(environment_, found.takeError());
  }
  units_ = std::move(found->units);
  program_ = queries::FindQueries(units_);
  ReportUnits(commands);
  Judge();
  return Finish(options_.Has("impact") ? FindImpact(program_, schemas_)
                                       : std::vector<Impact>());
}

// The build directory, where none is named and one alone can be meant.
std::string FindBuild(Environment& environment) {
  std::vector<std::string> found;
  const auto look = [&](const std::string& folder) {
    if (environment.file_system.exists(
            JoinPath(folder, "compile_commands.json"))) {
      found.push_back(folder);
    }
  };
  look(".");
  look("build");
  std::error_code error;
  for (auto it = environment.file_system.dir_begin("build", error);
       !error && it != llvm::vfs::directory_iterator(); it.increment(error)) {
    look(it->path().str());
  }
  return found.size() == 1 ? found.front() : "";
}

}  // namespace

int RunQueries(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options(
      "queries", "[OPTION]... [FILE]... [-- ARGUMENT...]",
      "Finds the SQL in C++ and prepares it with the schema that the "
      "migrations lead to.\nFILEs are sources; without them, each of the "
      "build. What is not checked is listed.\nThe exit status is 1 if some "
      "SQL is wrong.");
  AddCppOptions(options);
  options.AddFlag("impact",
                  "also say which migrations that are not locked break which "
                  "functions");
  options.AddValue("stamp", "FILE",
                   "also write an empty file, new after every run without "
                   "errors");
  options.AddValue("depfile", "FILE",
                   "also write what was read, in the syntax of make");
  options.AddOperands("file");
  options.AddFolder();
  options.AddFormat({"sarif"});
  const std::vector<std::string> arguments = TakeCompilerArguments(args);
  // A folder that can alone be meant stands for `-p`.
  std::vector<std::string> words(args.begin(), args.end());
  const auto names_build = [](const std::string& word) {
    const llvm::StringRef text(word);
    return text.starts_with("-p") || text.starts_with("--build") ||
           text.starts_with("--compile-flags");
  };
  if (arguments.empty() && llvm::none_of(words, names_build)) {
    if (const std::string build = FindBuild(environment); !build.empty()) {
      words.insert(words.end(), {"--build", build});
    }
  }
  if (const auto status = options.Parse(words, environment)) {
    return *status;
  }
  if (options.Has("depfile") && !options.Has("stamp")) {
    return options.Misused(environment, "--depfile needs --stamp");
  }
  const std::vector<std::string> named = options.List("file");
  auto commands = FindCompileCommands(named, options, arguments, environment);
  if (!commands) {
    return ReportFailure(environment, commands.takeError());
  }
  const auto schemas = ReadQuerySchemas(options, environment);
  if (schemas->emitter.HasErrors()) {
    Report(schemas->emitter.diagnostics(), environment.err);
    return ReportFailure(environment,
                         "the migrations are wrong, so that no SQL can be "
                         "checked; `palindrome check` says more");
  }
  return Session(options, environment, *schemas, named).Run(*commands);
}

}  // namespace palindrome::driver
