#include "compiler/driver/run.h"

#include <vector>

#include "llvm/Support/Format.h"

#include "compiler/diagnostics/emitter.h"
#include "compiler/driver/command.h"

namespace palindrome::driver {
namespace {

struct Command {
  llvm::StringLiteral name;
  llvm::StringLiteral summary;
  int (*run)(llvm::ArrayRef<std::string> args, Environment& environment);
};

constexpr Command kCommands[] = {
#define PALINDROME_COMMAND(Function, Name, Summary) {Name, Summary, Function},
#include "compiler/driver/commands.def"
};

void PrintHelp(llvm::raw_ostream& out) {
  out << "Usage: palindrome COMMAND [OPTION]...\n"
         "Compiles the migrations of a database schema.\n\n"
         "Commands:\n";
  for (const Command& command : kCommands) {
    out << "  " << llvm::left_justify(command.name, 10) << command.summary
        << '\n';
  }
  out << "\nOptions:\n"
         "  --help     show this, or the options of a command\n"
         "  --version  show the version\n\n"
         "Exit status: 0 if all is well, 1 if there are errors in the "
         "migrations, 2 for\nwrong usage.\n";
}

int UnknownCommand(const std::string& name, llvm::raw_ostream& err) {
  std::vector<std::string> names;
  for (const Command& command : kCommands) {
    names.push_back(command.name.str());
  }
  err << "palindrome: "
      << (llvm::StringRef(name).starts_with("-") ? "unknown option `"
                                                 : "unknown command `")
      << name << "`" << diagnostics::Suggestion(name, names)
      << "\nTry `palindrome --help`.\n";
  return kUsage;
}

}  // namespace

int Run(llvm::ArrayRef<std::string> args, Environment& environment) {
  if (args.empty()) {
    PrintHelp(environment.err);
    return kUsage;
  }
  const std::string& name = args.front();
  if (name == "--help" || name == "-h" ||
      (name == "help" && args.size() == 1)) {
    PrintHelp(environment.out);
    return kSuccess;
  }
  if (name == "--version") {
    environment.out << "palindrome " << environment.version << '\n';
    return kSuccess;
  }
  for (const Command& command : kCommands) {
    if (command.name == name) {
      return command.run(args.drop_front(), environment);
    }
  }
  return UnknownCommand(name, environment.err);
}

}  // namespace palindrome::driver
