#include "compiler/driver/run.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "llvm/Support/Format.h"

#include "compiler/diagnostics/emitter.h"
#include "compiler/driver/command.h"
#include "runtime/src/printable.h"

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

const Command* FindCommand(llvm::StringRef name) {
  const auto* const found =
      std::find_if(std::begin(kCommands), std::end(kCommands),
                   [&](const Command& each) { return each.name == name; });
  return found == std::end(kCommands) ? nullptr : found;
}

int UnknownCommand(const std::string& name, llvm::raw_ostream& err) {
  std::vector<std::string> names = {"--help", "--version"};
  const bool is_option = llvm::StringRef(name).starts_with("-");
  if (!is_option) {
    names = {"help"};
    for (const Command& command : kCommands) {
      names.push_back(command.name.str());
    }
  }
  err << "palindrome: "
      << (is_option ? "unknown option `" : "unknown command `")
      << Printable(name) << "`" << diagnostics::Suggestion(name, names)
      << "\nTry `palindrome --help`.\n";
  return kUsage;
}

// `help COMMAND` is `COMMAND --help`.
int Help(llvm::ArrayRef<std::string> args, Environment& environment) {
  if (args.empty()) {
    PrintHelp(environment.out);
    return kSuccess;
  }
  const Command* command = FindCommand(args.front());
  const std::string option = "--help";
  return command == nullptr ? UnknownCommand(args.front(), environment.err)
                            : command->run(option, environment);
}

}  // namespace

int Run(llvm::ArrayRef<std::string> args, Environment& environment) {
  if (args.empty()) {
    PrintHelp(environment.err);
    return kUsage;
  }
  const std::string& name = args.front();
  if (name == "--help" || name == "-h" || name == "help") {
    return Help(
        name == "help" ? args.drop_front() : llvm::ArrayRef<std::string>(),
        environment);
  }
  if (name == "--version") {
    environment.out << "palindrome " << environment.version << '\n';
    return kSuccess;
  }
  const Command* command = FindCommand(name);
  return command == nullptr ? UnknownCommand(name, environment.err)
                            : command->run(args.drop_front(), environment);
}

}  // namespace palindrome::driver
