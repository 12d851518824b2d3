// The draft between two random sets of models, once it is read and its blanks
// are filled in, builds under the laws and leads to the models, or says that it
// does not.
//
// PALINDROME_HISTORIES is the number of pairs, PALINDROME_SEED the first seed.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/golden/world.h"
#include "tests/property/random.h"
#include "tests/support/cpp_units.h"
#include "tests/support/environment.h"

namespace palindrome::property {
namespace {

constexpr char kHead[] =
    "#include <palindrome/model.h>\n"
    "#include <chrono>\n#include <cstddef>\n#include <cstdint>\n"
    "#include <optional>\n#include <string>\n#include <vector>\n"
    "enum class Kind { kOne = 1, kTwo };\n"
    "enum class State { a PALINDROME_VALUE(\"a\"), b };\n"
    "struct PALINDROME_MAPS_TO(\"DATE\") Date {};\n";

// One struct with some of the columns `c0` to `c5`.
class Model {
 public:
  Model(int number, const std::vector<int>& tables, Random& random)
      : number_(number), tables_(tables), random_(random) {}

  std::string Text() {
    for (int column = 0; column < 6; ++column) {
      if (random_.Percent(60)) {
        AddColumn("c" + std::to_string(column));
      }
    }
    AddGenerated();
    AddMarks();
    const std::string name = "t" + std::to_string(number_);
    return "struct PALINDROME_TABLE(\"" + name + "\") " + marks_ + " T" +
           std::to_string(number_) +
           " {\n  PALINDROME_PRIMARY_KEY std::int64_t id;\n" + fields_ + "};\n";
  }

 private:
  static std::string Quoted(const std::string& text) {
    return "\"" + text + "\"";
  }

  void AddColumn(const std::string& name) {
    struct Type {
      const char* name;
      const char* value;
    };
    static const std::vector<Type> kTypes = {
        {"std::int64_t", "7"},
        {"bool", "1"},
        {"double", "1.5"},
        {"std::string", "'text'"},
        {"std::vector<std::byte>", "x'00'"},
        {"std::chrono::sys_seconds", "0"},
        {"Date", "'2025-01-01'"},
        {"Kind", "1"},
        {"State", "'a'"}};
    const Type& type = random_.Of(kTypes);
    const bool has_list =
        type.name == std::string("Kind") || type.name == std::string("State");
    std::string marks;
    const bool has_default = random_.Percent(30);
    if (has_default) {
      marks += "PALINDROME_DEFAULT(" + Quoted(type.value) + ") ";
    }
    // What rows get instead of a blank is in no list.
    const bool is_optional = random_.Percent(50) || (has_list && !has_default);
    if (type.name == std::string("std::int64_t") && is_optional &&
        random_.Percent(40)) {
      marks += "PALINDROME_REFERENCES(" +
               Quoted("t" + std::to_string(random_.Of(tables_)) + " (id)" +
                      random_.Of(
                          {"", " ON DELETE CASCADE", " ON DELETE SET NULL"})) +
               ") ";
    } else if (!has_list && random_.Percent(15)) {
      marks += "PALINDROME_CHECK_COLUMN(" + Quoted(name + " <> 12345") + ") ";
    }
    if (is_optional && !has_default && random_.Percent(15)) {
      marks += "PALINDROME_UNIQUE_COLUMN ";
    }
    columns_.push_back(name);
    fields_ += "  " + marks +
               (is_optional ? "std::optional<" + std::string(type.name) + ">"
                            : std::string(type.name)) +
               " " + name + ";\n";
  }

  void AddGenerated() {
    if (!columns_.empty() && random_.Percent(30)) {
      fields_ += "  PALINDROME_GENERATED" + random_.Of({"", "_STORED"}) + "(" +
                 Quoted("coalesce(" + random_.Of(columns_) + ", 0) || '" +
                        random_.Of({"x", "y"}) + "'") +
                 ") std::optional<std::string> g;\n";
    }
  }

  void AddMarks() {
    const std::string table = "t" + std::to_string(number_);
    if (columns_.empty()) {
      return;
    }
    if (random_.Percent(40)) {
      marks_ += "PALINDROME_INDEX(" + Quoted("ix_" + table) + ", " +
                Quoted(random_.Of(columns_) + random_.Of({"", " DESC"})) + ") ";
    }
    if (random_.Percent(30)) {
      marks_ += "PALINDROME_INDEX_WHERE(" + Quoted("iw_" + table) + ", " +
                Quoted(random_.Of(columns_) + " IS NOT NULL") + ", " +
                Quoted("lower(" + random_.Of(columns_) + ")") + ") ";
    }
    if (random_.Percent(30)) {
      marks_ += "PALINDROME_CHECK(" + Quoted("ck_" + table) + ", " +
                Quoted(random_.Of(columns_) + " <> 54321 OR " +
                       random_.Of(columns_) + " IS NULL") +
                ") ";
    }
    if (random_.Percent(20)) {
      marks_ += "PALINDROME_UNIQUE(" + Quoted("id") + ", " +
                Quoted(random_.Of(columns_)) + ") ";
    }
  }

  const int number_;
  const std::vector<int>& tables_;
  Random& random_;
  std::vector<std::string> columns_;
  std::string fields_;
  std::string marks_;
};

std::string RandomModels(Random& random) {
  std::vector<int> tables = {0};
  for (int table = 1; table < 4; ++table) {
    if (random.Percent(60)) {
      tables.push_back(table);
    }
  }
  std::string text = kHead;
  for (const int table : tables) {
    text += Model(table, tables, random).Text();
  }
  return text;
}

class ModelsTest : public ::testing::Test {
 protected:
  // All headers are read by one run of Clang.
  void ReadAll() {
    std::vector<std::string> names;
    for (const auto& [name, text] : headers_) {
      names.push_back(name);
    }
    std::vector<facts::Unit> units = testing::ReadHeaders(headers_, names);
    ASSERT_EQ(units.size(), names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
      units_["/project/" + names[i]] = std::move(units[i]);
    }
  }

  testing::Outcome Run(testing::World& world, std::vector<std::string> args) {
    args.insert(args.end(), {"--", "-std=c++20"});
    return world.Run(args);
  }

  // Empty: there is nothing to write, or it cannot be written.
  std::string Draft(testing::World& world, const std::string& header,
                    const std::string& message) {
    const auto outcome = Run(world, {"revision", "--autogenerate", "-m",
                                     message, "--models", header});
    said_ = outcome.err;
    return outcome.written.empty() ? "" : outcome.written.front().path;
  }

  // As if a person had read it.
  static void Review(std::string& text) {
    text.erase(text.find("\n  DRAFT"), 8);
    for (std::size_t at = text.find("<value>"); at != std::string::npos;
         at = text.find("<value>")) {
      text.replace(at, 7, "id");
    }
  }

  void TryPair(const std::string& before, const std::string& after);

  testing::FileMap headers_;
  std::map<std::string, facts::Unit> units_;
  std::string said_;
  std::size_t led_ = 0;
  std::size_t refused_ = 0;
};

void ModelsTest::TryPair(const std::string& before, const std::string& after) {
  testing::World world;
  world.files() = headers_;
  world.files()["migrations/palindrome.toml"] = "";
  world.SetReadUnits(
      [this](llvm::ArrayRef<facts::CompileCommand> commands,
             const facts::ReadOptions&) -> llvm::Expected<facts::UnitsRead> {
        facts::UnitsRead read;
        for (const facts::CompileCommand& command : commands) {
          read.units.emplace_back(units_.at(command.file));
        }
        return read;
      });
  const std::string first = Draft(world, before, "create tables");
  ASSERT_FALSE(first.empty()) << said_;
  Review(world.files()[first]);
  const auto created = Run(world, {"models", "--check", before});
  ASSERT_EQ(created.status, 0) << created.err << world.files()[first];
  const std::string second = Draft(world, after, "change tables");
  if (second.empty()) {
    // Nothing to write, or nothing of it can be written.
    ASSERT_TRUE(said_.find("there is nothing to write") != std::string::npos ||
                said_.find("no statement") != std::string::npos)
        << said_;
    ++refused_;
    return;
  }
  std::string& text = world.files()[second];
  const std::string draft = text;
  Review(text);
  for (const char* refusal :
       {"no statement", "does not build", "downgrade is to be written"}) {
    if (said_.find(refusal) != std::string::npos) {
      ++refused_;
      return;
    }
  }
  // What rows may stop, and what the models themselves say, is for a person.
  std::vector<std::string> args = {"check"};
  for (const char* rule :
       {"data-dependent-failure", "default-type-mismatch", "fk-type-mismatch",
        "rowid-alias-type", "missing-primary-key", "enum-value-removed"}) {
    args.insert(args.end(), {"--rules", std::string(rule) + "=note"});
  }
  const auto check = world.Run(args);
  EXPECT_EQ(check.status, 0) << check.err << world.files()[first] << draft;
  const auto models = Run(world, {"models", "--check", after});
  EXPECT_EQ(models.status, 0) << models.err << world.files()[first] << draft;
  const auto diff = Run(world, {"diff", "head", "models", "--models", after});
  EXPECT_EQ(diff.status, 0) << diff.out << diff.err;
  ++led_;
}

TEST_F(ModelsTest, DraftsLeadFromModelsToModels) {
  constexpr std::uint64_t kPairs = 12;
  const std::uint64_t first = testing::FromEnvironment("PALINDROME_SEED", 1);
  const std::uint64_t number =
      testing::FromEnvironment("PALINDROME_HISTORIES", kPairs);
  for (std::uint64_t seed = first; seed < first + number; ++seed) {
    Random random(seed);
    headers_[std::to_string(seed) + "a.h"] = RandomModels(random);
    headers_[std::to_string(seed) + "b.h"] = RandomModels(random);
  }
  ReadAll();
  for (std::uint64_t seed = first; seed < first + number; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    TryPair(std::to_string(seed) + "a.h", std::to_string(seed) + "b.h");
    if (HasFailure()) {
      break;
    }
  }
  // A property of nothing would hold as well.
  EXPECT_GT(led_, refused_);
  RecordProperty("led", std::to_string(led_));
  RecordProperty("refused", std::to_string(refused_));
}

}  // namespace
}  // namespace palindrome::property
