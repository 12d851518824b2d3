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

#include "compiler/config/settings.h"
#include "compiler/config/stand_in_names.h"
#include "compiler/config/toml.h"

namespace palindrome::config {
namespace {

// SQLite's limit on the arguments of a function.
constexpr std::int64_t kMostArguments = 127;

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

class Reader : private TomlReader {
 public:
  Reader(const source::File& file, const rehearse::sqlite::EngineFacts& engine,
         Settings& settings, diagnostics::Emitter& emitter)
      : TomlReader(file, emitter),
        file_(file),
        engine_(engine),
        settings_(settings) {}

  void Read();

 private:
  using Handler = void (Reader::*)(const toml::key&, const toml::node&);
  struct Entry {
    std::string_view key;
    Handler handler;
  };

  void ReadTable(const toml::table& table, const std::vector<Entry>& entries);

  void ReadDialects(const toml::key& key, const toml::node& node);
  void ReadWarnings(const toml::key& key, const toml::node& node);
  void ReadRehearse(const toml::key& key, const toml::node& node);
  void ReadMinimum(const toml::key& key, const toml::node& node);
  void ReadMinimumSqlite(const toml::key& key, const toml::node& node);
  void ReadRules(const toml::key& key, const toml::node& node);
  void ReadRule(const toml::table& rules, const toml::key& key,
                const toml::node& node);
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
};

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
    UnknownKey(table, key, known);
  }
}

void Reader::ReadDialects(const toml::key& key, const toml::node& node) {
  std::set<std::string> seen;
  if (node.is_array() && node.as_array()->empty()) {
    Check("`dialects` is empty; write `[\"sqlite\"]`", node);
  }
  for (const auto& [dialect, place] : AsStrings(key, node)) {
    Problem problem = CheckDialect(dialect);
    if (problem.empty() && !seen.insert(dialect).second) {
      problem.text = "the dialect `" + dialect + "` is named twice";
    }
    Check(problem, *place);
  }
}

void Reader::ReadWarnings(const toml::key& key, const toml::node& node) {
  if (const auto value = AsBool(key, node)) {
    settings_.warnings_as_errors = *value;
  }
}

void Reader::ReadRehearse(const toml::key& key, const toml::node& node) {
  if (const auto mode = AsString(key, node)) {
    Check(SetRehearse(*mode, settings_), node);
  }
}

void Reader::ReadMinimum(const toml::key& key, const toml::node& node) {
  if (const toml::table* table = AsTable(key, node)) {
    ReadTable(*table, {{"sqlite", &Reader::ReadMinimumSqlite}});
  }
}

void Reader::ReadMinimumSqlite(const toml::key& key, const toml::node& node) {
  if (const auto version = AsString(key, node, "a string such as \"3.35\"")) {
    Check(SetMinimumSqlite(*version, engine_.version, settings_), node);
  }
}

void Reader::ReadRules(const toml::key& key, const toml::node& node) {
  if (const toml::table* table = AsTable(key, node)) {
    for (auto&& [name, level] : *table) {
      ReadRule(*table, name, level);
    }
  }
}

void Reader::ReadRule(const toml::table& rules, const toml::key& key,
                      const toml::node& node) {
  if (const auto level = AsString(key, node)) {
    Problem problem =
        SetSeverity(std::string(key.str()) + "=" + *level, settings_);
    const bool blames_level = !diagnostics::FindSeverity(*level);
    problem.meant.is_plain &=
        blames_level || !rules.contains(problem.meant.name);
    Check(problem, blames_level ? node.source() : key.source());
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
      Check(problem, name.source());
      continue;
    }
    const auto arguments = AsNumber(name, count, "a number of arguments");
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
  if (const auto deployment = AsString(key, node)) {
    Check(SetDeployment(*deployment, settings_), node);
  }
}

void Reader::ReadComments(const toml::key& key, const toml::node& node) {
  if (const auto comments = AsString(key, node)) {
    if (*comments != "required" && *comments != "optional") {
      Check({"`comments` must be \"required\" or \"optional\"",
             diagnostics::MeantWord(*comments, {"required", "optional"})},
            node);
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
      UnknownKey(*table, name, {"operations", "columns"});
      continue;
    }
    if (const auto number = AsNumber(name, value)) {
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
      UnknownKey(*table, name, kinds);
      continue;
    }
    if (const auto pattern = AsString(name, value, "a regular expression")) {
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
    NoToml(result.error());
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

void ReadConfiguration(const source::File& file,
                       const rehearse::sqlite::EngineFacts& engine,
                       Settings& settings, diagnostics::Emitter& emitter) {
  Reader(file, engine, settings, emitter).Read();
}

}  // namespace palindrome::config
