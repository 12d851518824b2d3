#include <array>

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

#include "compiler/driver/command.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/report.h"
#include "compiler/driver/slug.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::driver {
namespace {

// In the form of strftime, in UTC.
std::string FormatTime(std::time_t time, const char* format) {
  std::tm fields = {};
  gmtime_r(&time, &fields);
  std::array<char, 32> text = {};
  const std::size_t size =
      std::strftime(text.data(), text.size(), format, &fields);
  return {text.data(), size};
}

std::string Template(const std::string& message, const std::string& id,
                     const std::string& parent, std::time_t now) {
  return "MIGRATION " + sql::QuoteString(message) + "\n  REVISION '" + id +
         "'\n  REVISES  " +
         (parent.empty() ? "NONE" : sql::QuoteString(parent)) +
         "\n  CREATED  '" + FormatTime(now, "%Y-%m-%d %H:%M:%S") +
         "';\n\nUPGRADE BEGIN\n  -- write the upgrade here\nEND;\n\n"
         "DOWNGRADE AUTO;\n";
}

std::string CheckMessage(const std::string& message) {
  if (message.empty()) {
    return "say what the migration does with -m \"add status to tasks\"";
  }
  if (!llvm::json::isUTF8(message) || llvm::any_of(message, [](char character) {
        return static_cast<unsigned char>(character) < ' ';
      })) {
    return "the message must be one line of UTF-8 text";
  }
  if (MakeSlug(message).empty()) {
    return "the message must have a word of the letters a to z";
  }
  return "";
}

// An id that no migration of the folder has; empty if chance fails.
std::string FreshId(const graph::Graph& graph, Environment& environment) {
  constexpr int kAttempts = 16;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    std::string id = environment.random_id();
    if (!graph.Find(id)) {
      return id;
    }
  }
  return "";
}

int RefuseHeads(const graph::Graph& graph, Environment& environment) {
  environment.err << "palindrome: error: there are " << graph.heads.size()
                  << " heads, and a new migration would revise one of them; "
                     "write a migration that revises them all, or change "
                     "`REVISES`\n";
  for (const std::size_t head : graph.heads) {
    environment.err << "  " << RevisionLine(graph, head) << '\n';
  }
  return kFindings;
}

}  // namespace

int RunRevision(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("revision", "-m MESSAGE [OPTION]...",
                  "Makes a migration file after the head, and prints its "
                  "path.");
  options.AddValue("message,m", "MESSAGE",
                   "what the migration does, such as \"add status to tasks\"");
  options.AddFolder();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  const std::string message =
      llvm::StringRef(options.Get("message")).trim().str();
  if (const std::string problem = CheckMessage(message); !problem.empty()) {
    return options.Misused(environment, problem);
  }
  const auto headers = ReadHeaders(options, Judge::kOrder, environment);
  if (const int status =
          Report(headers->emitter.diagnostics(), environment.err);
      status != kSuccess) {
    return status;
  }
  const graph::Graph& graph = headers->folder.graph;
  if (graph.heads.size() > 1) {
    return RefuseHeads(graph, environment);
  }
  const std::string parent =
      graph.heads.empty() ? "" : graph.revisions[graph.heads.front()].id;
  const std::string id = FreshId(graph, environment);
  if (id.empty()) {
    return ReportFailure(environment,
                         "no free revision id was found; try again");
  }
  const std::time_t now = environment.now();
  llvm::SmallString<128> path(options.Get("directory"));
  llvm::sys::path::append(
      path, FormatTime(now, "%Y%m%d_%H%M%S_") + MakeSlug(message) + ".sql");
  if (llvm::Error error = environment.output.Create(
          {path.str().str(), Template(message, id, parent, now)})) {
    return ReportFailure(environment, llvm::toString(std::move(error)));
  }
  environment.out << path << '\n';
  return kSuccess;
}

}  // namespace palindrome::driver
