#include "compiler/tooling/unit.h"

#include <memory>
#include <set>
#include <utility>

#include "clang/AST/ASTConsumer.h"
#include "clang/Basic/DiagnosticDriver.h"
#include "clang/Basic/FileManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/VirtualFileSystem.h"

#include "compiler/tooling/calls.h"
#include "compiler/tooling/file_table.h"
#include "compiler/tooling/structs.h"
#include "runtime/src/sha256.h"

namespace palindrome::tooling {
namespace {

// Others tell nothing that these do not.
constexpr std::size_t kMostErrors = 20;

// Keeps the errors, whose places mean something as long as Clang's source
// manager lives.
class Errors : public clang::DiagnosticConsumer {
 public:
  struct Found {
    clang::SourceLocation location;
    std::string message;
  };

  void HandleDiagnostic(clang::DiagnosticsEngine::Level level,
                        const clang::Diagnostic& diagnostic) override {
    clang::DiagnosticConsumer::HandleDiagnostic(level, diagnostic);
    if (level < clang::DiagnosticsEngine::Error ||
        found_.size() == kMostErrors) {
      return;
    }
    const unsigned id = diagnostic.getID();
    if (id == clang::diag::err_drv_unknown_argument ||
        id == clang::diag::err_drv_unknown_argument_with_suggestion) {
      unknown_.insert(diagnostic.getArgStdStr(0));
    }
    llvm::SmallString<128> message;
    diagnostic.FormatDiagnostic(message);
    found_.push_back({diagnostic.getLocation(), llvm::json::fixUTF8(message)});
  }

  std::vector<Found> Take() { return std::exchange(found_, {}); }
  // Arguments that Clang does not know.
  const std::set<std::string>& unknown() const { return unknown_; }

 private:
  std::vector<Found> found_;
  std::set<std::string> unknown_;
};

class Reader : public clang::ASTConsumer {
 public:
  Reader(const ParseOptions& options, std::string directory, Errors& errors,
         facts::Unit& unit)
      : options_(options),
        directory_(std::move(directory)),
        errors_(errors),
        unit_(unit) {}

  // What the bodies of other people's functions do concerns no schema.
  bool shouldSkipFunctionBody(clang::Decl* declaration) override {
    const auto& sources = declaration->getASTContext().getSourceManager();
    return sources.isInSystemHeader(declaration->getLocation());
  }

  void HandleTranslationUnit(clang::ASTContext& context) override {
    const FileTable files(context.getSourceManager(), context.getLangOpts(),
                          directory_);
    unit_.files = files.files();
    for (Errors::Found& error : errors_.Take()) {
      unit_.errors.push_back({error.location.isValid()
                                  ? files.PlaceOf(error.location)
                                  : facts::Place{},
                              std::move(error.message)});
    }
    ReadStructs(context, files, options_, unit_);
    ReadCalls(context, files, options_, unit_);
  }

 private:
  const ParseOptions& options_;
  const std::string directory_;
  Errors& errors_;
  facts::Unit& unit_;
};

class Action : public clang::ASTFrontendAction {
 public:
  Action(const ParseOptions& options, std::string directory, Errors& errors,
         facts::Unit& unit)
      : options_(options),
        directory_(std::move(directory)),
        errors_(errors),
        unit_(unit) {}

 protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(
      clang::CompilerInstance& instance, llvm::StringRef) override {
    instance.getFrontendOpts().SkipFunctionBodies = true;
    // Else Clang prints how many errors there are.
    instance.getDiagnosticOpts().ShowCarets = false;
    return std::make_unique<Reader>(options_, directory_, errors_, unit_);
  }

 private:
  const ParseOptions& options_;
  const std::string directory_;
  Errors& errors_;
  facts::Unit& unit_;
};

using Arguments = clang::tooling::CommandLineArguments;

using Disk = llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>;

// The command with the arguments of its response files, which `files` are.
facts::CompileCommand Expand(const facts::CompileCommand& command,
                             llvm::vfs::FileSystem& disk,
                             std::vector<facts::SourceFile>& files) {
  facts::CompileCommand expanded = command;
  for (llvm::StringRef argument : command.arguments) {
    if (!argument.consume_front("@")) {
      continue;
    }
    if (const auto buffer = disk.getBufferForFile(argument)) {
      llvm::SmallString<256> path(argument);
      llvm::sys::fs::make_absolute(command.directory, path);
      files.push_back({llvm::json::fixUTF8(path),
                       Sha256Hex(std::string_view((*buffer)->getBuffer()))});
    }
  }
  if (!files.empty()) {
    clang::tooling::addExpandedResponseFiles(
        expanded.arguments, command.directory, llvm::cl::TokenizeGNUCommandLine,
        disk);
  }
  return expanded;
}

// The command as Clang is to understand it: no outputs, no warnings, no
// plugins, and nothing that makes a warning an error.
Arguments Adjust(const facts::CompileCommand& command,
                 const ParseOptions& options) {
  namespace ct = clang::tooling;
  const ct::ArgumentsAdjuster adjuster = ct::combineAdjusters(
      ct::combineAdjusters(ct::getClangStripOutputAdjuster(),
                           ct::getClangStripDependencyFileAdjuster()),
      ct::combineAdjusters(ct::getStripPluginsAdjuster(),
                           ct::getClangSyntaxOnlyAdjuster()));
  Arguments arguments = adjuster(command.arguments, command.file);
  const std::vector<std::string> more = {
      "-w", "-Qunused-arguments",
      // For palindrome/query.h.
      "-DPALINDROME_READS_CPP=1",
      // Else it counts its errors on standard error.
      "-fno-caret-diagnostics", "-resource-dir=" + options.resource_dir};
  arguments.insert(arguments.begin() + 1, more.begin(), more.end());
  // Clang finds the system's headers from where it is, and by its name knows
  // the language of a file that does not tell.
  const bool is_cpp = llvm::StringRef(arguments.front()).contains("++");
  arguments.front() =
      options.resource_dir + "/../../../bin/clang" + (is_cpp ? "++" : "");
  return arguments;
}

void Parse(const Arguments& arguments, const facts::CompileCommand& command,
           const ParseOptions& options, const Disk& disk, Errors& errors,
           facts::Unit& unit) {
  const llvm::IntrusiveRefCntPtr<clang::FileManager> file_manager(
      new clang::FileManager(clang::FileSystemOptions(), disk));
  clang::tooling::ToolInvocation invocation(
      arguments,
      std::make_unique<Action>(options, command.directory, errors, unit),
      file_manager.get());
  invocation.setDiagnosticConsumer(&errors);
  invocation.run();
  // Those of the command itself come before any file is read.
  for (Errors::Found& error : errors.Take()) {
    unit.errors.push_back({{}, std::move(error.message)});
  }
}

// What another compiler alone knows is not Clang's business. Whether there was
// any.
bool DropUnknown(Arguments& arguments, const std::set<std::string>& unknown) {
  return std::erase_if(arguments, [&](const std::string& argument) {
           return unknown.contains(argument);
         }) > 0;
}

}  // namespace

facts::Unit ParseUnit(const facts::CompileCommand& command,
                      const ParseOptions& options) {
  facts::Unit unit;
  std::vector<facts::SourceFile> response_files;
  // Each with a working directory of its own.
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> disk =
      llvm::vfs::createPhysicalFileSystem();
  if (const auto error = disk->setCurrentWorkingDirectory(command.directory)) {
    unit.errors.push_back({{},
                           "its folder `" + command.directory +
                               "` cannot be entered: " + error.message()});
  } else {
    Arguments arguments =
        Adjust(Expand(command, *disk, response_files), options);
    Errors errors;
    Parse(arguments, command, options, disk, errors, unit);
    if (DropUnknown(arguments, errors.unknown())) {
      unit = {};
      Errors second;
      Parse(arguments, command, options, disk, second, unit);
    }
  }
  if (unit.files.empty()) {
    unit.files.push_back({command.file, ""});
  }
  unit.files.insert(unit.files.end(), response_files.begin(),
                    response_files.end());
  return unit;
}

}  // namespace palindrome::tooling
