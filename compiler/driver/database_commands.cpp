// `current`, `upgrade`, `downgrade`, `stamp` and `sql`: what a program with the
// history does, without the program.
#include <ostream>
#include <streambuf>
#include <string_view>
#include <utility>

#include "compiler/codegen/image.h"
#include "compiler/driver/analysis.h"
#include "compiler/driver/command.h"
#include "compiler/driver/history_name.h"
#include "compiler/driver/report.h"
#include "compiler/driver/shortcuts.h"
#include "runtime/src/command_line.h"
#include "runtime/src/printable.h"

namespace palindrome::driver {
namespace {

// A raw_ostream as a std::ostream writes to it.
class RawBuffer : public std::streambuf {
 public:
  explicit RawBuffer(llvm::raw_ostream& out) : out_(out) {}

 private:
  int_type overflow(int_type byte) override {
    if (!traits_type::eq_int_type(byte, traits_type::eof())) {
      out_ << traits_type::to_char_type(byte);
    }
    return traits_type::not_eof(byte);
  }
  std::streamsize xsputn(const char* bytes, std::streamsize size) override {
    out_.write(bytes, static_cast<std::size_t>(size));
    return size;
  }
  int sync() override {
    out_.flush();
    return 0;
  }

  llvm::raw_ostream& out_;
};

// The table that `compile` would write.
llvm::Expected<codegen::TableImage> CompileImage(Analysis& analysis,
                                                 const std::string& name) {
  codegen::CompiledHistory history;
  history.target = name;
  history.cpp_namespace = name;
  history.name = name;
  history.migrations = std::move(analysis.migrations);
  history.shortcuts = FindShortcuts(analysis.folder.graph, analysis.settings,
                                    analysis.history, analysis.squashes)
                          .shortcuts;
  return codegen::TableImage::Make(history);
}

int RunLine(const CommandLine& line, const codegen::TableImage& image,
            Environment& environment) {
  RawBuffer out_buffer(environment.out);
  RawBuffer err_buffer(environment.err);
  std::ostream out(&out_buffer);
  std::ostream err(&err_buffer);
  Console console{out, err};
  console.write_script = [&](std::string_view range) {
    return environment.write_script(image.history(), range);
  };
  const int status = RunOnDatabase(
      image.history(), line, console,
      [&](Missing missing, const UseDatabase& use) {
        llvm::Error error =
            environment.use_database(line.database, missing, use);
        return error ? Status(StatusCode::kIo, llvm::toString(std::move(error)))
                     : Status();
      });
  out.flush();
  err.flush();
  return status;
}

int RunAsProgram(const char* name, const char* usage, const char* about,
                 llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options(name, usage,
                  std::string(about) +
                      "\nThe migrations are compiled first; with an error "
                      "nothing is done. Other options\n"
                      "are those of a program's own command line.");
  options.AddValue("database", "FILE", "the SQLite database");
  AddHistoryName(options);
  AddAnalysisOptions(options);
  std::vector<std::string> rest;
  if (const auto status = options.ParseKnown(args, environment, rest)) {
    return *status;
  }
  // The runtime reads the line as a program's own.
  std::vector<std::string_view> words;
  const std::string database = "--database=" + options.Get("database");
  if (options.Has("database")) {
    words.push_back(database);
  }
  words.emplace_back(name);
  words.insert(words.end(), rest.begin(), rest.end());
  const CommandLine line = ParseCommandLine(words);
  if (!line.error.empty()) {
    return options.Misused(environment, Printable(line.error));
  }
  if (const std::string problem = CheckHistoryName(options); !problem.empty()) {
    return options.Misused(environment, problem);
  }
  if (line.command == Command::kSql && line.database.empty() &&
      !options.Has("namespace")) {
    return options.Misused(environment,
                           "say with `--namespace NAME` or `--database FILE` "
                           "by which name databases know the history");
  }
  const auto analysis = Analyze(options, environment);
  if (!analysis->usage_problem.empty()) {
    return options.Misused(environment, analysis->usage_problem);
  }
  if (const int status =
          Report(analysis->emitter.diagnostics(), environment.err);
      status != kSuccess) {
    return status;
  }
  // What makes no database may look at one that knows no history.
  const bool may_guess =
      !line.creates_database && line.command != Command::kSql;
  const auto history_name = FindHistoryName(
      options, line.database, may_guess ? "migrations" : "", environment);
  if (!history_name.ok()) {
    return ReportFailure(environment, history_name.status().message());
  }
  auto image = CompileImage(*analysis, *history_name);
  if (!image) {
    return ReportFailure(environment, llvm::toString(image.takeError()));
  }
  return RunLine(line, *image, environment);
}

}  // namespace

int RunCurrent(llvm::ArrayRef<std::string> args, Environment& environment) {
  return RunAsProgram("current", "--database FILE [OPTION]...",
                      "Shows the revisions that a database is at.", args,
                      environment);
}

int RunUpgrade(llvm::ArrayRef<std::string> args, Environment& environment) {
  return RunAsProgram(
      "upgrade", "--database FILE [OPTION]... [TARGET]",
      "Applies to a database what TARGET needs, `head` unless given.", args,
      environment);
}

int RunDowngrade(llvm::ArrayRef<std::string> args, Environment& environment) {
  return RunAsProgram("downgrade", "--database FILE [OPTION]... TARGET",
                      "Undoes in a database what was applied on top of TARGET.",
                      args, environment);
}

int RunStamp(llvm::ArrayRef<std::string> args, Environment& environment) {
  return RunAsProgram(
      "stamp", "--database FILE [OPTION]... TARGET",
      "Records in a database that it is at TARGET, and runs nothing.", args,
      environment);
}

int RunSql(llvm::ArrayRef<std::string> args, Environment& environment) {
  return RunAsProgram("sql", "[OPTION]... RANGE",
                      "Prints the SQL that takes a database from one end of "
                      "RANGE to the other, "
                      "with the\nledger, for `sqlite3 -bail FILE`.",
                      args, environment);
}

}  // namespace palindrome::driver
