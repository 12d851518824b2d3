#include "llvm/Support/MemoryBuffer.h"

#include "compiler/driver/analysis.h"
#include "compiler/driver/command.h"
#include "compiler/driver/depfile.h"
#include "compiler/driver/path.h"
#include "compiler/driver/report.h"
#include "compiler/driver/shortcuts.h"
#include "compiler/driver/target_names.h"

namespace palindrome::driver {
namespace {

bool IsUnchanged(llvm::vfs::FileSystem& file_system, const OutputFile& file) {
  const auto buffer = file_system.getBufferForFile(file.path);
  return buffer && (*buffer)->getBuffer() == file.content;
}

llvm::Expected<std::vector<OutputFile>> Generate(const Options& options,
                                                 Analysis& analysis) {
  codegen::CompiledHistory history;
  history.target = options.Get("target");
  history.cpp_namespace = options.Has("namespace")
                              ? options.Get("namespace")
                              : codegen::MakeIdentifier(history.target);
  history.name = history.cpp_namespace;
  history.migrations = std::move(analysis.migrations);
  Shortcuts shortcuts = FindShortcuts(analysis.folder.graph, analysis.settings,
                                      analysis.history, analysis.squashes);
  history.shortcuts = std::move(shortcuts.shortcuts);
  history.no_snapshot = std::move(shortcuts.no_snapshot);
  llvm::Expected<std::string> source = codegen::GenerateSource(history);
  if (!source) {
    return source.takeError();
  }
  const std::string stem =
      JoinPath(options.Get("output-dir"), codegen::FileStem(history));
  return std::vector<OutputFile>{
      {stem + ".h", codegen::GenerateHeader(history)},
      {stem + ".cpp", *std::move(source)}};
}

llvm::Error WriteOutputs(const Options& options, Analysis& analysis,
                         Environment& environment) {
  llvm::Expected<std::vector<OutputFile>> generated =
      Generate(options, analysis);
  if (!generated) {
    return generated.takeError();
  }
  std::vector<OutputFile> files;
  std::vector<std::string> outputs;
  for (OutputFile& file : *generated) {
    outputs.push_back(file.path);
    if (!IsUnchanged(environment.file_system, file)) {
      files.push_back(std::move(file));
    }
  }
  if (options.Has("stamp")) {
    // What the build waits for then, since it is new after every run.
    outputs = {options.Get("stamp")};
  }
  if (options.Has("depfile")) {
    files.push_back(
        {options.Get("depfile"), MakeDepfile(outputs, analysis.inputs)});
  }
  if (options.Has("stamp")) {
    files.push_back({options.Get("stamp"), ""});
  }
  return environment.output.Write(files);
}

std::string CheckNames(const Options& options) {
  for (const char* name : {"target", "output-dir"}) {
    if (!options.Has(name)) {
      return std::string("--") + name + " is missing";
    }
  }
  const std::string target = options.Get("target");
  if (std::string problem = CheckTargetName(target); !problem.empty()) {
    return "--target: " + problem;
  }
  if (options.Has("namespace")) {
    const std::string problem = CheckNamespace(options.Get("namespace"));
    return problem.empty() ? "" : "--namespace: " + problem;
  }
  const std::string problem = CheckNamespace(codegen::MakeIdentifier(target));
  return problem.empty() ? "" : problem + "; give another with --namespace";
}

}  // namespace

int RunCompile(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("compile", "--target NAME --output-dir DIR [OPTION]...",
                  "Checks and rehearses the migrations and writes "
                  "NAME_migrations.h and\nNAME_migrations.cpp. With an error "
                  "nothing is written.");
  options.AddValue("target", "NAME",
                   "the CMake target that the migrations belong to");
  options.AddValue("output-dir", "DIR", "where to write");
  options.AddValue("namespace", "NAME",
                   "the C++ namespace of `migrations`, if not the target's "
                   "name made an identifier; databases know the history by it");
  options.AddValue("depfile", "FILE",
                   "also write what was read, in the syntax of make");
  options.AddValue("stamp", "FILE",
                   "also write an empty file, new after every run");
  AddAnalysisOptions(options);
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  if (const std::string problem = CheckNames(options); !problem.empty()) {
    return options.Misused(environment, problem);
  }
  const auto analysis = Analyze(options, environment);
  if (!analysis->usage_problem.empty()) {
    return options.Misused(environment, analysis->usage_problem);
  }
  const int status = Report(analysis->emitter.diagnostics(), environment.err);
  if (status != kSuccess) {
    return status;
  }
  if (llvm::Error error = WriteOutputs(options, *analysis, environment)) {
    return ReportFailure(environment, std::move(error));
  }
  return kSuccess;
}

}  // namespace palindrome::driver
