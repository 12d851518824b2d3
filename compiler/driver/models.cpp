#include <set>
#include <utility>

#include "llvm/ADT/StringExtras.h"

#include "compiler/ast/statement.h"
#include "compiler/driver/command.h"
#include "compiler/driver/depfile.h"
#include "compiler/driver/desired.h"
#include "compiler/driver/report.h"
#include "compiler/models/drift.h"
#include "runtime/src/printable.h"

namespace palindrome::driver {
namespace {

// As a shell takes it.
std::string Shell(const std::string& word) {
  const bool is_plain = !word.empty() && llvm::all_of(word, [](char character) {
    return llvm::isAlnum(character) ||
           llvm::StringRef("_-./=+:,@%").contains(character);
  });
  if (is_plain) {
    return word;
  }
  std::string quoted = "'";
  for (const char character : word) {
    quoted += character == '\'' ? "'\\''" : std::string(1, character);
  }
  return quoted + "'";
}

// The command that writes the migration.
std::string CommandLine(const Options& options,
                        const std::vector<std::string>& compiler_arguments) {
  std::string line = "palindrome revision --autogenerate -m MESSAGE";
  for (const char* name : {"directory", "build", "compile-flags", "schema"}) {
    if (options.Has(name) && !(llvm::StringRef(name) == "directory" &&
                               options.Get(name) == "migrations")) {
      line += std::string(" --") + name + " " + Shell(options.Get(name));
    }
  }
  for (const std::string& file : options.List("models")) {
    line += " --models " + Shell(file);
  }
  if (!compiler_arguments.empty()) {
    line += " --";
    for (const std::string& argument : compiler_arguments) {
      line += " " + Shell(argument);
    }
  }
  return line;
}

// One call of `models`.
class Command {
 public:
  Command(const Options& options, std::vector<std::string> compiler_arguments,
          Environment& environment)
      : options_(options),
        compiler_arguments_(std::move(compiler_arguments)),
        environment_(environment) {}

  int Run();

 private:
  int Check(Desired& desired, const config::Settings& settings);
  int Print(const Desired& desired);
  int WriteStamp(const Desired& desired);

  const Options& options_;
  const std::vector<std::string> compiler_arguments_;
  Environment& environment_;
  std::vector<std::string> inputs_;
};

int Command::Check(Desired& desired, const config::Settings& settings) {
  const auto history = ReadHistory(options_, settings, environment_, inputs_);
  if (!history) {
    return kFindings;
  }
  desired.CheckUnmodelled(*history, options_, environment_);
  if (desired.emitter.HasErrors()) {
    return ReportFindings(options_, desired.emitter.diagnostics(),
                          environment_);
  }
  models::ReportDrift(desired.models, *history, desired.After(*history),
                      desired.first, desired.emitter);
  if (!desired.emitter.HasErrors() && !options_.WantsSarif()) {
    return kSuccess;
  }
  if (options_.WantsJson() || options_.WantsSarif()) {
    return ReportFindings(options_, desired.emitter.diagnostics(),
                          environment_);
  }
  Report(desired.emitter.diagnostics(), environment_.err);
  environment_.err << "palindrome: note: the migration is written by `"
                   << Printable(CommandLine(options_, compiler_arguments_))
                   << "`\n";
  return kFindings;
}

int Command::Print(const Desired& desired) {
  if (!options_.WantsJson()) {
    environment_.out << catalog::CanonicalText(desired.models.catalog);
    return kSuccess;
  }
  llvm::json::Array tables;
  for (const auto& [name, table] : desired.models.tables) {
    const ast::Table* definition = desired.models.catalog.FindTable(name);
    if (definition == nullptr) {
      continue;
    }
    const source::File* file = table.place.file;
    tables.push_back(llvm::json::Object{
        {"name", JsonText(definition->name.text)},
        {"struct", JsonText(table.struct_name)},
        {"file", JsonText(file->name())},
        {"line", file->Resolve(table.place.range.begin).line},
        {"sql", JsonText(ast::Print(*definition))}});
  }
  PrintJson(llvm::json::Object{{"tables", std::move(tables)}},
            environment_.out);
  return kSuccess;
}

int Command::WriteStamp(const Desired& desired) {
  std::vector<OutputFile> files;
  if (options_.Has("depfile")) {
    std::set<std::string> inputs(desired.inputs.begin(), desired.inputs.end());
    inputs.insert(inputs_.begin(), inputs_.end());
    files.push_back(
        {options_.Get("depfile"),
         MakeDepfile({options_.Get("stamp")}, {inputs.begin(), inputs.end()})});
  }
  if (options_.Has("stamp")) {
    files.push_back({options_.Get("stamp"), ""});
  }
  if (llvm::Error error = environment_.output.Write(files)) {
    return ReportFailure(environment_, std::move(error));
  }
  return kSuccess;
}

int Command::Run() {
  config::Settings settings;
  source::Files files;
  diagnostics::Emitter emitter;
  ReadSettings(environment_.file_system, files, options_.Get("directory"),
               settings, inputs_, emitter);
  if (const int status = Report(emitter.diagnostics(), environment_.err);
      status != kSuccess) {
    return status;
  }
  const auto desired =
      ReadDesired(options_, compiler_arguments_, settings, environment_);
  if (!desired) {
    return kFindings;
  }
  // What is wrong with a struct may be all that is different.
  if (desired->emitter.HasErrors()) {
    return ReportFindings(options_, desired->emitter.diagnostics(),
                          environment_);
  }
  const int status =
      options_.Has("check") ? Check(*desired, settings) : Print(*desired);
  return status == kSuccess ? WriteStamp(*desired) : status;
}

}  // namespace

int RunModels(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options(
      "models", "[OPTION]... [FILE]... [-- COMPILER-ARGUMENT...]",
      "Prints the tables that the models of C++ files say, or of all sources "
      "of "
      "the build\ndirectory. With --check it says how they and the history "
      "differ, and the exit status\nis 1 if they do. A FILE of SQL, `.sql`, "
      "may stand in the place of models.");
  options.AddOperands("models");
  options.AddFlag("check", "compare them with the history");
  options.AddValue("stamp", "FILE",
                   "also write an empty file if nothing is wrong");
  options.AddValue("depfile", "FILE",
                   "also write what was read, in the syntax of make");
  AddCppOptions(options);
  options.AddFolder();
  options.AddFormat({"sarif"});
  auto compiler_arguments = TakeCompilerArguments(args);
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  if (options.List("models").empty() && !options.Has("build")) {
    return options.Misused(environment,
                           "name the files with models, or the build "
                           "directory with -p");
  }
  if (options.WantsSarif() && !options.Has("check")) {
    return options.Misused(environment, "--format sarif needs --check");
  }
  if (options.Has("depfile") && !options.Has("stamp")) {
    return options.Misused(environment, "--depfile needs --stamp");
  }
  return Command(options, std::move(compiler_arguments), environment).Run();
}

}  // namespace palindrome::driver
