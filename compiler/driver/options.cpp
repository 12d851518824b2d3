#include "compiler/driver/options.h"

#include <limits>
#include <sstream>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include "compiler/diagnostics/emitter.h"
#include "runtime/src/printable.h"

namespace palindrome::driver {
namespace {

namespace po = boost::program_options;

const std::vector<std::string>& Colors() {
  static const std::vector<std::string> kColors = {"auto", "always", "never"};
  return kColors;
}

// Takes `-1` and such, which are targets and no options, as boost's own parser
// takes what follows `--`.
std::vector<po::option> ParseRelativeTarget(std::vector<std::string>& args) {
  std::vector<po::option> result;
  llvm::StringRef first = args.front();
  if (first.consume_front("-") && !first.empty() &&
      llvm::all_of(first, llvm::isDigit)) {
    po::option target;
    target.value.push_back(args.front());
    target.original_tokens.push_back(args.front());
    target.position_key = std::numeric_limits<int>::max();
    result.push_back(std::move(target));
    args.erase(args.begin());
  }
  return result;
}

// "a, b or c", each between quotes.
std::string OneOf(const std::vector<std::string>& words,
                  const std::string& quote) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    text += i == 0 ? "" : (i + 1 == words.size() ? " or " : ", ");
    text += quote;
    text += words[i];
    text += quote;
  }
  return text;
}

}  // namespace

Options::Options(llvm::StringRef name, llvm::StringRef synopsis,
                 llvm::StringRef about)
    : name_(name), synopsis_(synopsis), about_(about), visible_("Options") {
  AddFlag("help,h", "show this");
}

void Options::AddFlag(const char* name, const char* text) {
  visible_.add_options()(name, text);
}

void Options::AddValue(const char* name, const char* placeholder,
                       const char* text, const char* fallback) {
  auto* value = po::value<std::string>()->value_name(placeholder);
  if (fallback != nullptr) {
    value->default_value(fallback);
  }
  visible_.add_options()(name, value, text);
}

void Options::AddList(const char* name, const char* placeholder,
                      const char* text) {
  visible_.add_options()(name,
                         po::value<std::vector<std::string>>()
                             ->value_name(placeholder)
                             ->composing(),
                         text);
}

void Options::AddOperand(const char* name) {
  hidden_.add_options()(name, po::value<std::string>());
  operands_.add(name, 1);
}

void Options::AddOperands(const char* name) {
  hidden_.add_options()(name, po::value<std::vector<std::string>>());
  operands_.add(name, -1);
}

void Options::AddFolder() {
  AddValue("directory", "DIR", "the folder of the migrations", "migrations");
  AddValue("lock-file", "FILE", "the lock file, if not DIR/migrations.lock");
}

void Options::AddFormat(const std::vector<std::string>& more) {
  formats_ = {"text", "json"};
  formats_.insert(formats_.end(), more.begin(), more.end());
  AddValue("format", "FORMAT", OneOf(formats_, "").c_str(), "text");
}

void Options::AddColor() {
  AddValue("color", "WHEN", OneOf(Colors(), "").c_str(), "auto");
}

void Options::PrintHelp(llvm::raw_ostream& out) const {
  std::ostringstream options;
  options << visible_;
  out << "Usage: palindrome " << name_ << ' ' << synopsis_ << '\n'
      << about_ << "\n\n";
  // Boost leaves a space where it breaks a line.
  llvm::SmallVector<llvm::StringRef> lines;
  const std::string text = options.str();
  llvm::StringRef(text).rtrim('\n').split(lines, '\n');
  for (const llvm::StringRef line : lines) {
    out << line.rtrim() << '\n';
  }
}

int Options::Misused(Environment& environment,
                     const std::string& problem) const {
  environment.err << "palindrome " << name_ << ": " << PrintableLines(problem)
                  << "\nTry `palindrome " << name_ << " --help`.\n";
  return kUsage;
}

std::optional<int> Options::Parse(llvm::ArrayRef<std::string> args,
                                  Environment& environment) {
  return Read(args, environment, /*rest=*/nullptr);
}

std::optional<int> Options::ParseKnown(llvm::ArrayRef<std::string> args,
                                       Environment& environment,
                                       std::vector<std::string>& rest) {
  return Read(args, environment, &rest);
}

std::optional<int> Options::Read(llvm::ArrayRef<std::string> args,
                                 Environment& environment,
                                 std::vector<std::string>* rest) {
  po::options_description all;
  all.add(visible_).add(hidden_);
  using po::command_line_style::allow_guessing;
  using po::command_line_style::unix_style;
  try {
    po::command_line_parser parser(args.vec());
    parser.options(all)
        .style(unix_style & ~allow_guessing)
        .extra_style_parser(ParseRelativeTarget);
    if (rest != nullptr) {
      parser.allow_unregistered();
    } else {
      parser.positional(operands_);
    }
    const po::parsed_options parsed = parser.run();
    po::store(parsed, values_);
    if (rest != nullptr) {
      *rest = po::collect_unrecognized(parsed.options, po::include_positional);
    }
    po::notify(values_);
  } catch (const po::unknown_option& error) {
    std::vector<std::string> known;
    for (const auto& option : visible_.options()) {
      known.push_back("--" + option->long_name());
    }
    return Misused(environment,
                   "unknown option `" + error.get_option_name() + "`" +
                       diagnostics::Suggestion(error.get_option_name(), known));
  } catch (const po::too_many_positional_options_error&) {
    return Misused(environment, "there are too many arguments");
  } catch (const po::error& error) {
    return Misused(environment, DescribeError(error.what()));
  }
  if (Has("help")) {
    PrintHelp(environment.out);
    return kSuccess;
  }
  return ReadWords(environment);
}

std::optional<int> Options::ReadWords(Environment& environment) const {
  const auto misused = [&](const std::string& word, const char* what,
                           const std::vector<std::string>& words) {
    return Misused(environment, "`" + word + "` is not " + what + "; write " +
                                    OneOf(words, "`") +
                                    diagnostics::Suggestion(word, words));
  };
  const std::string format = Get("format");
  if (!formats_.empty() && !llvm::is_contained(formats_, format)) {
    return misused(format, "a format", formats_);
  }
  const std::string color = Get("color");
  if (!color.empty() && !llvm::is_contained(Colors(), color)) {
    return misused(color, "a way to colour", Colors());
  }
  // The caller has made the stream as `auto` has it.
  if (color == "always" || color == "never") {
    environment.err.enable_colors(color == "always");
  }
  return std::nullopt;
}

std::string Options::DescribeError(const std::string& what) const {
  // Boost quotes as in 'this', and palindrome as in `this`.
  std::string text = what;
  std::replace(text.begin(), text.end(), '\'', '`');
  return text;
}

bool Options::Has(const char* name) const {
  return values_.count(name) != 0;
}

std::string Options::Get(const char* name) const {
  return Has(name) ? values_[name].as<std::string>() : "";
}

std::vector<std::string> Options::List(const char* name) const {
  return Has(name) ? values_[name].as<std::vector<std::string>>()
                   : std::vector<std::string>();
}

}  // namespace palindrome::driver
