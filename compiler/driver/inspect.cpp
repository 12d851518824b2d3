#include "llvm/ADT/STLExtras.h"

#include "compiler/driver/binary_file.h"
#include "compiler/driver/command.h"
#include "compiler/driver/inspect_report.h"
#include "compiler/driver/options.h"
#include "compiler/driver/report.h"

namespace palindrome::driver {
namespace {

int Update(const Options& options, const std::vector<inspect::History>& after,
           Environment& environment) {
  auto before = ReadProgram(environment.file_system, options.Get("since"));
  if (!before) {
    return ReportFailure(environment, before.takeError());
  }
  auto updates = inspect::CompareHistories(*before, after);
  if (!updates) {
    return ReportFailure(environment, updates.takeError());
  }
  if (options.WantsJson()) {
    PrintJson(JsonUpdates(*updates), environment.out);
  } else {
    PrintUpdates(*updates, environment.out);
  }
  if (llvm::all_of(*updates, KeepsHistory)) {
    return kSuccess;
  }
  return ReportFailure(
      environment, "`" + options.Get("file") + "` rewrites the history of `" +
                       options.Get("since") +
                       "`; a database of the older program is refused by "
                       "the newer one");
}

}  // namespace

int RunInspect(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options(
      "inspect", "[OPTION]... FILE",
      "Shows the histories that a program carries, without running it. FILE is "
      "an ELF,\nMach-O or COFF file of any architecture, stripped or not: a "
      "program, a shared\nlibrary, an object, or an archive of objects. With "
      "`--since OLD`, it shows what\nFILE does to a database of OLD instead, "
      "and fails if FILE rewrites its history.");
  options.AddValue("since", "OLD", "the older program, to compare with");
  options.AddFlag("sql", "show the statements of each upgrade and downgrade");
  options.AddOperand("file");
  options.AddFormat();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  if (!options.Has("file")) {
    return options.Misused(environment, "the file is missing");
  }
  if (options.Has("since") && options.Has("sql")) {
    return options.Misused(environment,
                           "`--since` and `--sql` exclude each other");
  }
  auto histories = ReadProgram(environment.file_system, options.Get("file"));
  if (!histories) {
    return ReportFailure(environment, histories.takeError());
  }
  if (options.Has("since")) {
    return Update(options, *histories, environment);
  }
  if (options.WantsJson()) {
    PrintJson(JsonHistories(*histories), environment.out);
  } else {
    PrintHistories(*histories, options.Has("sql"), environment.out);
  }
  return kSuccess;
}

}  // namespace palindrome::driver
