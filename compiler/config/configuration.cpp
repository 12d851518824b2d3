// The only file that includes toml++, which is large.
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Regex.h"

#include "compiler/config/places.h"
#include "compiler/config/settings.h"
#include "compiler/config/stand_in_names.h"
#include <toml++/toml.h>

namespace palindrome::config {
namespace {

PALINDROME_TEXT(kNoToml, kConfiguration, "{0}", std::string);
PALINDROME_TEXT(kUnknownKey, kConfiguration, "unknown key `{0}`{1}",
                std::string, diagnostics::Meant);
PALINDROME_TEXT(kWrongType, kConfiguration, "`{0}` must be {1}", std::string,
                std::string);
PALINDROME_TEXT(kWrongValue, kConfiguration, "{0}", std::string);

// SQLite's limit on the arguments of a function.
constexpr std::int64_t kMostArguments = 127;

// The byte of a line and column of toml++, which counts both from 1 and
// columns in code points, as source::File does.
std::uint32_t OffsetOf(const source::File& file, toml::source_position place) {
  std::uint32_t line = 1;
  std::size_t offset = 0;
  const std::string_view text = file.text();
  while (line < place.line && offset < text.size()) {
    const std::size_t end = text.find('\n', offset);
    if (end == std::string_view::npos) {
      break;
    }
    offset = end + 1;
    ++line;
  }
  for (std::uint32_t column = 1;
       column < place.column && offset < text.size() && text[offset] != '\n';
       ++column) {
    ++offset;
    while (offset < text.size() &&
           (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U) {
      ++offset;
    }
  }
  return static_cast<std::uint32_t>(offset);
}

source::Location At(const source::File& file,
                    const toml::source_region& region) {
  const std::uint32_t begin = OffsetOf(file, region.begin);
  return {&file, {begin, std::max(begin, OffsetOf(file, region.end))}};
}

// `db::Query`, and perhaps `:2` behind it.
bool IsFunctionName(llvm::StringRef name, bool may_have_number) {
  const auto [prefix, number] = name.rsplit(':');
  if (may_have_number && !prefix.ends_with(":") && !number.empty() &&
      number.front() != '0' && llvm::all_of(number, llvm::isDigit)) {
    name = prefix;
  }
  llvm::SmallVector<llvm::StringRef> parts;
  name.split(parts, "::");
  return llvm::all_of(parts, [&](llvm::StringRef part) {
    return !part.empty() && !llvm::isDigit(part.front()) &&
           part.find_first_of(" :;,()\t\n\"") == llvm::StringRef::npos;
  });
}

class Reader {
 public:
  Reader(const source::File& file, const rehearse::sqlite::EngineFacts& engine,
         Settings& settings, diagnostics::Emitter& emitter)
      : file_(file), engine_(engine), settings_(settings), emitter_(emitter) {}

  void Read();

 private:
  using Handler = void (Reader::*)(const toml::key&, const toml::node&);
  struct Entry {
    std::string_view key;
    Handler handler;
  };

  source::Location At(const toml::source_region& region) const;
  void ReadTable(const toml::table& table, const std::vector<Entry>& entries);
  // A value of a type, or nothing and a diagnostic.
  template <typename Value>
  std::optional<Value> As(const toml::key& key, const toml::node& node,
                          std::string_view type);
  const toml::table* AsTable(const toml::key& key, const toml::node& node);
  // Strings with the nodes that they stand in.
  std::vector<std::pair<std::string, const toml::node*>> AsStrings(
      const toml::key& key, const toml::node& node);
  void Check(const std::string& problem, const toml::node& node);

  void ReadDialects(const toml::key& key, const toml::node& node);
  void ReadWarnings(const toml::key& key, const toml::node& node);
  void ReadRehearse(const toml::key& key, const toml::node& node);
  void ReadMinimum(const toml::key& key, const toml::node& node);
  void ReadMinimumSqlite(const toml::key& key, const toml::node& node);
  void ReadRules(const toml::key& key, const toml::node& node);
  void ReadRule(const toml::key& key, const toml::node& node);
  void ReadSqlite(const toml::key& key, const toml::node& node);
  void ReadFunctions(const toml::key& key, const toml::node& node);
  void ReadCollations(const toml::key& key, const toml::node& node);
  void ReadQueries(const toml::key& key, const toml::node& node);
  void ReadQueryFunctions(const toml::key& key, const toml::node& node);
  void ReadUncheckedFunctions(const toml::key& key, const toml::node& node);
  void ReadDeployment(const toml::key& key, const toml::node& node);
  void ReadComments(const toml::key& key, const toml::node& node);
  void ReadLimits(const toml::key& key, const toml::node& node);
  void ReadNames(const toml::key& key, const toml::node& node);
  void ReadModels(const toml::key& key, const toml::node& node);
  void ReadUnmodelled(const toml::key& key, const toml::node& node);

  const source::File& file_;
  const rehearse::sqlite::EngineFacts& engine_;
  Settings& settings_;
  diagnostics::Emitter& emitter_;
};

source::Location Reader::At(const toml::source_region& region) const {
  return config::At(file_, region);
}

template <typename Value>
std::optional<Value> Reader::As(const toml::key& key, const toml::node& node,
                                std::string_view type) {
  std::optional<Value> value = node.value_exact<Value>();
  if (!value) {
    emitter_.Emit(kWrongType, At(node.source()), std::string(key.str()),
                  std::string(type));
  }
  return value;
}

const toml::table* Reader::AsTable(const toml::key& key,
                                   const toml::node& node) {
  if (const toml::table* table = node.as_table()) {
    return table;
  }
  emitter_.Emit(kWrongType, At(node.source()), std::string(key.str()),
                "a table");
  return nullptr;
}

std::vector<std::pair<std::string, const toml::node*>> Reader::AsStrings(
    const toml::key& key, const toml::node& node) {
  const toml::array* array = node.as_array();
  if (array == nullptr) {
    emitter_.Emit(kWrongType, At(node.source()), std::string(key.str()),
                  "an array of strings");
    return {};
  }
  std::vector<std::pair<std::string, const toml::node*>> strings;
  for (const toml::node& element : *array) {
    if (const auto text =
            As<std::string>(key, element, "an array of strings")) {
      strings.emplace_back(*text, &element);
    }
  }
  return strings;
}

void Reader::Check(const std::string& problem, const toml::node& node) {
  if (!problem.empty()) {
    emitter_.Emit(kWrongValue, At(node.source()), problem);
  }
}

void Reader::ReadTable(const toml::table& table,
                       const std::vector<Entry>& entries) {
  for (auto&& [key, node] : table) {
    const std::string_view name = key.str();
    const auto entry =
        std::find_if(entries.begin(), entries.end(),
                     [name](const Entry& each) { return each.key == name; });
    if (entry != entries.end()) {
      (this->*entry->handler)(key, node);
      continue;
    }
    std::vector<std::string> known;
    known.reserve(entries.size());
    for (const Entry& each : entries) {
      known.emplace_back(each.key);
    }
    auto meant = diagnostics::MeantWord(key.str(), known);
    meant.is_plain = meant.is_plain && !table.contains(meant.name);
    emitter_.Emit(kUnknownKey, At(key.source()), std::string(key.str()), meant);
  }
}

void Reader::ReadDialects(const toml::key& key, const toml::node& node) {
  std::set<std::string> seen;
  if (node.is_array() && node.as_array()->empty()) {
    Check("`dialects` is empty; write `[\"sqlite\"]`", node);
  }
  for (const auto& [dialect, place] : AsStrings(key, node)) {
    std::string problem = CheckDialect(dialect);
    if (problem.empty() && !seen.insert(dialect).second) {
      problem = "the dialect `" + dialect + "` is named twice";
    }
    Check(problem, *place);
  }
}

void Reader::ReadWarnings(const toml::key& key, const toml::node& node) {
  if (const auto value = As<bool>(key, node, "true or false")) {
    settings_.warnings_as_errors = *value;
  }
}

void Reader::ReadRehearse(const toml::key& key, const toml::node& node) {
  if (const auto mode = As<std::string>(key, node, "a string")) {
    Check(SetRehearse(*mode, settings_), node);
  }
}

void Reader::ReadMinimum(const toml::key& key, const toml::node& node) {
  if (const toml::table* table = AsTable(key, node)) {
    ReadTable(*table, {{"sqlite", &Reader::ReadMinimumSqlite}});
  }
}

void Reader::ReadMinimumSqlite(const toml::key& key, const toml::node& node) {
  if (const auto version =
          As<std::string>(key, node, "a string such as \"3.35\"")) {
    Check(SetMinimumSqlite(*version, engine_.version, settings_), node);
  }
}

void Reader::ReadRules(const toml::key& key, const toml::node& node) {
  if (const toml::table* table = AsTable(key, node)) {
    for (auto&& [name, level] : *table) {
      ReadRule(name, level);
    }
  }
}

void Reader::ReadRule(const toml::key& key, const toml::node& node) {
  if (const auto level = As<std::string>(key, node, "a string")) {
    const std::string problem =
        SetSeverity(std::string(key.str()) + "=" + *level, settings_);
    if (!problem.empty()) {
      const bool blames_level = !diagnostics::FindSeverity(*level);
      emitter_.Emit(kWrongValue,
                    At(blames_level ? node.source() : key.source()), problem);
    }
  }
}

void Reader::ReadSqlite(const toml::key& key, const toml::node& node) {
  if (const toml::table* table = AsTable(key, node)) {
    ReadTable(*table, {{"functions", &Reader::ReadFunctions},
                       {"collations", &Reader::ReadCollations}});
  }
}

void Reader::ReadFunctions(const toml::key& key, const toml::node& node) {
  const toml::table* table = AsTable(key, node);
  if (table == nullptr) {
    return;
  }
  for (auto&& [name, count] : *table) {
    if (const std::string problem = CheckFunction(name.str(), engine_);
        !problem.empty()) {
      emitter_.Emit(kWrongValue, At(name.source()), problem);
      continue;
    }
    const auto arguments =
        As<std::int64_t>(name, count, "a number of arguments");
    if (!arguments) {
      continue;
    }
    if (*arguments < -1 || *arguments > kMostArguments) {
      Check("`" + std::string(name.str()) +
                "` must take 0 to 127 arguments, or -1 for any number",
            count);
      continue;
    }
    settings_.stand_ins.functions.emplace_back(name.str(),
                                               static_cast<int>(*arguments));
  }
}

void Reader::ReadCollations(const toml::key& key, const toml::node& node) {
  for (auto& [name, place] : AsStrings(key, node)) {
    if (const std::string problem = CheckCollation(name, engine_);
        !problem.empty()) {
      Check(problem, *place);
      continue;
    }
    settings_.stand_ins.collations.push_back(std::move(name));
  }
}

void Reader::ReadQueries(const toml::key& key, const toml::node& node) {
  if (const toml::table* table = AsTable(key, node)) {
    ReadTable(*table, {{"functions", &Reader::ReadQueryFunctions},
                       {"unchecked", &Reader::ReadUncheckedFunctions}});
  }
}

void Reader::ReadQueryFunctions(const toml::key& key, const toml::node& node) {
  for (auto& [name, place] : AsStrings(key, node)) {
    if (!IsFunctionName(name, /*may_have_number=*/true)) {
      Check("`" + name +
                "` is no function of C++ with the number of its parameter, "
                "such as `db::Query:2`",
            *place);
      continue;
    }
    settings_.query_functions.push_back(std::move(name));
  }
}

void Reader::ReadUncheckedFunctions(const toml::key& key,
                                    const toml::node& node) {
  for (auto& [name, place] : AsStrings(key, node)) {
    if (!IsFunctionName(name, /*may_have_number=*/false)) {
      Check("`" + name + "` is no function of C++, such as `db::Query`",
            *place);
      continue;
    }
    settings_.unchecked_functions.push_back(std::move(name));
  }
}

void Reader::ReadDeployment(const toml::key& key, const toml::node& node) {
  if (const auto deployment = As<std::string>(key, node, "a string")) {
    Check(SetDeployment(*deployment, settings_), node);
  }
}

void Reader::ReadComments(const toml::key& key, const toml::node& node) {
  if (const auto comments = As<std::string>(key, node, "a string")) {
    if (*comments != "required" && *comments != "optional") {
      Check("`comments` must be \"required\" or \"optional\"", node);
      return;
    }
    settings_.conventions.needs_comments = *comments == "required";
  }
}

void Reader::ReadLimits(const toml::key& key, const toml::node& node) {
  const toml::table* table = AsTable(key, node);
  if (table == nullptr) {
    return;
  }
  const std::pair<std::string_view, std::int64_t*> limits[] = {
      {"operations", &settings_.conventions.most_operations},
      {"columns", &settings_.conventions.most_columns}};
  for (auto&& [name, value] : *table) {
    const auto* limit = std::find_if(
        std::begin(limits), std::end(limits),
        [&](const auto& each) { return each.first == name.str(); });
    if (limit == std::end(limits)) {
      emitter_.Emit(
          kUnknownKey, At(name.source()), std::string(name.str()),
          diagnostics::MeantWord(name.str(), {"operations", "columns"}));
      continue;
    }
    if (const auto number = As<std::int64_t>(name, value, "a number")) {
      if (*number < 1) {
        Check("`" + std::string(name.str()) + "` must be at least 1", value);
        continue;
      }
      *limit->second = *number;
    }
  }
}

void Reader::ReadNames(const toml::key& key, const toml::node& node) {
  const toml::table* table = AsTable(key, node);
  if (table == nullptr) {
    return;
  }
  const std::vector<std::string> kinds = {"table",       "column", "index",
                                          "foreign_key", "check",  "unique"};
  for (auto&& [name, value] : *table) {
    const std::string kind(name.str());
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
      emitter_.Emit(kUnknownKey, At(name.source()), kind,
                    diagnostics::MeantWord(kind, kinds));
      continue;
    }
    if (const auto pattern =
            As<std::string>(name, value, "a regular expression")) {
      std::string problem;
      if (llvm::Regex(*pattern).isValid(problem)) {
        settings_.conventions.names[kind] = *pattern;
      } else {
        Check("`" + kind + "` is no regular expression: " + problem, value);
      }
    }
  }
}

void Reader::ReadModels(const toml::key& key, const toml::node& node) {
  if (const toml::table* table = AsTable(key, node)) {
    ReadTable(*table, {{"unmodelled", &Reader::ReadUnmodelled}});
  }
}

void Reader::ReadUnmodelled(const toml::key& key, const toml::node& node) {
  for (auto& [name, place] : AsStrings(key, node)) {
    if (name.empty()) {
      Check("a table has a name", *place);
      continue;
    }
    settings_.unmodelled_tables.push_back(std::move(name));
  }
}

void Reader::Read() {
  const toml::parse_result result = toml::parse(file_.text());
  if (!result) {
    const std::string_view description = result.error().description();
    emitter_.Emit(kNoToml, At(result.error().source()),
                  std::string(description));
    return;
  }
  ReadTable(result.table(), {{"dialects", &Reader::ReadDialects},
                             {"warnings_as_errors", &Reader::ReadWarnings},
                             {"rehearse", &Reader::ReadRehearse},
                             {"deployment", &Reader::ReadDeployment},
                             {"comments", &Reader::ReadComments},
                             {"limits", &Reader::ReadLimits},
                             {"names", &Reader::ReadNames},
                             {"minimum", &Reader::ReadMinimum},
                             {"rules", &Reader::ReadRules},
                             {"sqlite", &Reader::ReadSqlite},
                             {"queries", &Reader::ReadQueries},
                             {"models", &Reader::ReadModels}});
}

}  // namespace

source::Location FindUnmodelled(const source::File& file,
                                std::string_view name) {
  const toml::parse_result result = toml::parse(file.text());
  const toml::array* names =
      result ? result.table()["models"]["unmodelled"].as_array() : nullptr;
  if (names != nullptr) {
    for (const toml::node& each : *names) {
      if (each.value_exact<std::string_view>() == name) {
        return At(file, each.source());
      }
    }
  }
  return {&file, {0, 0}};
}

void ReadConfiguration(const source::File& file,
                       const rehearse::sqlite::EngineFacts& engine,
                       Settings& settings, diagnostics::Emitter& emitter) {
  Reader(file, engine, settings, emitter).Read();
}

}  // namespace palindrome::config
