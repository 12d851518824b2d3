// The options of a command: Boost.Program_options, with the words that all
// commands share.
//
// Values for one thread.
#ifndef PALINDROME_COMPILER_DRIVER_OPTIONS_H_
#define PALINDROME_COMPILER_DRIVER_OPTIONS_H_

#include <optional>
#include <string>
#include <vector>

#include <boost/program_options.hpp>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include "compiler/driver/environment.h"

namespace palindrome::driver {

// The options of one command, and what was given for them.
class Options {
 public:
  // `name` and `synopsis` are for the help: "show", "[OPTION]... REVISION".
  // `about` is a sentence or two.
  Options(llvm::StringRef name, llvm::StringRef synopsis,
          llvm::StringRef about);

  void AddFlag(const char* name, const char* text);
  // `placeholder` as in `--directory DIR`. A fallback is the value if the
  // option is not given.
  void AddValue(const char* name, const char* placeholder, const char* text,
                const char* fallback = nullptr);
  void AddList(const char* name, const char* placeholder, const char* text);
  // An argument without a name, such as a revision. It may begin with `-` and a
  // digit or with `+`. The first takes the first, and so on.
  void AddOperand(const char* name);
  // Any number of them.
  void AddOperands(const char* name);

  // --directory and --lock-file.
  void AddFolder();
  // --format text|json, or one of the more that the command has.
  void AddFormat(const std::vector<std::string>& more = {});

  // --color auto|always|never, for the findings as text.
  void AddColor();

  // Reads `args`. A value means that the command is over with that status:
  // the help was shown, or the usage is wrong and was reported.
  std::optional<int> Parse(llvm::ArrayRef<std::string> args,
                           Environment& environment);
  // The same, for a command that hands what it does not know, and all
  // operands, to another one: those come back in `rest`, in their order.
  std::optional<int> ParseKnown(llvm::ArrayRef<std::string> args,
                                Environment& environment,
                                std::vector<std::string>& rest);

  bool Has(const char* name) const;
  // Empty if it was not given and has no fallback.
  std::string Get(const char* name) const;
  std::vector<std::string> List(const char* name) const;
  bool WantsJson() const { return Get("format") == "json"; }
  bool WantsSarif() const { return Get("format") == "sarif"; }

  // Reports wrong usage and returns its status.
  int Misused(Environment& environment, const std::string& problem) const;

 private:
  std::optional<int> Read(llvm::ArrayRef<std::string> args,
                          Environment& environment,
                          std::vector<std::string>* rest);
  void PrintHelp(llvm::raw_ostream& out) const;
  // Checks the words of --format and --color, and does what the latter says.
  std::optional<int> ReadWords(Environment& environment) const;
  std::string DescribeError(const std::string& what) const;

  std::string name_;
  std::string synopsis_;
  std::string about_;
  std::vector<std::string> formats_;
  boost::program_options::options_description visible_;
  boost::program_options::options_description hidden_;
  boost::program_options::positional_options_description operands_;
  boost::program_options::variables_map values_;
};

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_OPTIONS_H_
