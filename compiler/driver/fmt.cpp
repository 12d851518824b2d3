#include <istream>
#include <iterator>
#include <optional>

#include "compiler/driver/command.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/report.h"
#include "compiler/format/format.h"
#include "compiler/parse/parse.h"

namespace palindrome::driver {
namespace {

// As messages call what has no file.
constexpr char kStandardInput[] = "<stdin>";

// No value: it has errors, which are reported.
std::optional<std::string> FormatFile(const source::File& file,
                                      diagnostics::Emitter& emitter) {
  return format::Format(parse::ParseMigration(file, emitter));
}

std::string ReadAll(std::istream& in) {
  return {std::istreambuf_iterator<char>(in), {}};
}

int FormatInput(bool check, Environment& environment) {
  diagnostics::Emitter emitter;
  source::Files files;
  const source::File* file =
      CheckText(*files.Add(kStandardInput, ReadAll(*environment.in)), emitter);
  const auto text = file == nullptr ? std::nullopt : FormatFile(*file, emitter);
  if (!text) {
    return Report(emitter.diagnostics(), environment.err);
  }
  if (!check) {
    environment.out << *text;
    return kSuccess;
  }
  if (*text == file->text()) {
    return kSuccess;
  }
  environment.out << kStandardInput << '\n';
  return kFindings;
}

std::vector<std::string> PathsOf(const Options& options,
                                 Environment& environment,
                                 diagnostics::Emitter& emitter) {
  return options.Has("file")
             ? options.List("file")
             : ListMigrations(environment.file_system, options.Get("directory"),
                              emitter);
}

}  // namespace

int RunFmt(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("fmt", "[OPTION]... [FILE]...",
                  "Formats migrations, those of the folder unless files are "
                  "named, and prints which\nit has changed. Only white space "
                  "changes: the checksums stay. A file with\nerrors "
                  "is left alone.");
  options.AddFlag("check",
                  "change nothing; print what would be changed, and fail if "
                  "anything would");
  options.AddFlag("stdin",
                  "format what is read from standard input, to standard "
                  "output");
  options.AddValue("directory", "DIR", "the folder of the migrations",
                   "migrations");
  options.AddOperands("file");
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  const bool check = options.Has("check");
  if (options.Has("stdin")) {
    return options.Has("file")
               ? options.Misused(environment, "`--stdin` takes no files")
               : FormatInput(check, environment);
  }
  diagnostics::Emitter emitter;
  source::Files files;
  std::vector<std::string> inputs;
  std::vector<OutputFile> changed;
  for (const std::string& path : PathsOf(options, environment, emitter)) {
    const source::File* file =
        ReadSource(environment.file_system, files, path, inputs, emitter);
    if (file == nullptr) {
      continue;
    }
    if (auto text = FormatFile(*file, emitter); text && *text != file->text()) {
      changed.push_back({path, std::move(*text), /*is_edit=*/true});
    }
  }
  if (!check) {
    if (llvm::Error error = environment.output.Write(changed)) {
      return ReportFailure(environment, std::move(error));
    }
  }
  for (const OutputFile& file : changed) {
    environment.out << file.path << '\n';
  }
  const int status = Report(emitter.diagnostics(), environment.err);
  return check && !changed.empty() ? kFindings : status;
}

}  // namespace palindrome::driver
