#include "llvm/Support/Path.h"

#include "compiler/driver/command.h"
#include "compiler/driver/options.h"
#include "compiler/driver/report.h"

namespace palindrome::driver {
namespace {

constexpr llvm::StringLiteral kConfiguration =
    R"(# How palindrome reads this folder. Every line is optional; what stands
# behind a `#` is the default or an example.

dialects = ["sqlite"]

# Warnings fail the build.
# warnings_as_errors = false

# "data": run each migration up, down and up again on a private engine, with
# rows. "schema": without rows. "none": leave the migrations unproven.
# rehearse = "data"

# "rolling": programs of the version before run while new ones are started.
# deployment = "stop"

# "required": every new table and column has a comment.
# comments = "optional"

# Beyond which a file or a table is reported.
# [limits]
# operations = 8
# columns = 40

# Regular expressions that whole names match.
# [names]
# table = "[a-z][a-z0-9_]*"
# index = "ix_[a-z0-9_]+"

# The oldest engine that the program meets.
# [minimum]
# sqlite = "3.35"

# Severities of rules and groups: "error", "warning", "note" or "off".
# `palindrome explain RULE` says what a rule is for.
# [rules]
# slug-not-imperative = "warning"

# What the application adds to its connections: functions with their number of
# arguments (-1: any), and collations.
# [sqlite]
# functions = { uuid = 0, regexp = 2 }
# collations = ["german"]

# Functions of C++ that are given SQL, with the number of the parameter, and
# those whose SQL is not checked.
# [queries]
# functions = ["db::Query:2"]
# unchecked = ["db::LegacyUpgrade"]
)";

}  // namespace

int RunInit(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("init", "[OPTION]...",
                  "Makes a migrations folder with a configuration file, and "
                  "prints what to add to\nCMakeLists.txt.");
  options.AddValue("directory", "DIR", "the folder of the migrations",
                   "migrations");
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  const std::string directory = options.Get("directory");
  llvm::SmallString<128> path(directory);
  llvm::sys::path::append(path, "palindrome.toml");
  if (llvm::Error error =
          environment.output.Create({path.str().str(), kConfiguration.str()})) {
    return ReportFailure(environment, std::move(error));
  }
  const bool is_default = directory == "migrations";
  environment.out
      << "created " << path
      << "\n\nAdd to CMakeLists.txt, with the name of your target:\n\n"
         "  find_package(Palindrome REQUIRED)\n  add_migrations(TARGET"
      << (is_default ? "" : " DIRECTORY \"" + directory + "\"")
      << ")\n\nThen make the first migration:\n\n  palindrome revision "
      << (is_default ? "" : "--directory \"" + directory + "\" ")
      << "-m \"create users\"\n";
  return kSuccess;
}

}  // namespace palindrome::driver
