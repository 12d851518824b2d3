#include "compiler/config/settings.h"

#include <gtest/gtest.h>

#include "llvm/Support/FormatVariadic.h"

namespace palindrome::config {
namespace {

using diagnostics::Kind;
using diagnostics::Severity;

const rehearse::sqlite::EngineFacts kEngine = {
    3040001, {"lower", "upper"}, {"binary", "nocase", "rtrim"}};

struct Read {
  Settings settings;
  std::vector<std::string> findings;  // "line:column message"
};

Read ReadText(const std::string& text) {
  const source::File file("migrations/palindrome.toml", text);
  Read read;
  diagnostics::Emitter emitter;
  ReadConfiguration(file, kEngine, read.settings, emitter);
  for (const diagnostics::Diagnostic& each : emitter.diagnostics()) {
    EXPECT_EQ(each.kind, Kind::kConfiguration);
    EXPECT_EQ(each.location.file, &file);
    EXPECT_LE(each.location.range.end, text.size());
    const source::LineColumn place = file.Resolve(each.location.range.begin);
    read.findings.push_back(
        llvm::formatv("{0}:{1} {2}", place.line, place.column, each.message)
            .str());
  }
  return read;
}

using Findings = std::vector<std::string>;

TEST(ConfigurationTest, ReadsEveryKey) {
  const Read read = ReadText(R"(dialects = ["sqlite"]
warnings_as_errors = true
rehearse = "none"
deployment = "rolling"
comments = "required"
[limits]
operations = 3
columns = 100
[names]
table = "[a-z_]+"
foreign_key = "fk_.*"
[minimum]
sqlite = "3.31.1"
[rules]
slug-not-imperative = "warning"
drop-table-unarchived = "off"
[sqlite]
functions = { uuid = 0, any = -1 }
collations = ["NATURAL", "other"]
[queries]
functions = ["db::Query:2", "Run"]
unchecked = ["db::Upgrade"]
[models]
unmodelled = ["cache", "other one"]
)");
  EXPECT_EQ(read.findings, Findings());
  EXPECT_EQ(read.settings.query_functions,
            (std::vector<std::string>{"db::Query:2", "Run"}));
  EXPECT_EQ(read.settings.unchecked_functions,
            std::vector<std::string>{"db::Upgrade"});
  EXPECT_EQ(read.settings.unmodelled_tables,
            (std::vector<std::string>{"cache", "other one"}));
  EXPECT_TRUE(read.settings.warnings_as_errors);
  EXPECT_EQ(read.settings.rehearse, RehearseMode::kNone);
  EXPECT_TRUE(read.settings.rolling);
  EXPECT_EQ(read.settings.minimum_sqlite, 3031001U);
  EXPECT_EQ(read.settings.SeverityOf(Kind::kSlugNotImperative),
            Severity::kWarning);
  EXPECT_EQ(read.settings.SeverityOf(Kind::kDropTableUnarchived),
            Severity::kOff);
  EXPECT_EQ(read.settings.SeverityOf(Kind::kDropColumnUnarchived),
            Severity::kError);
  const Conventions& conventions = read.settings.conventions;
  EXPECT_TRUE(conventions.needs_comments);
  EXPECT_EQ(conventions.most_operations, 3);
  EXPECT_EQ(conventions.most_columns, 100);
  const std::map<std::string, std::string> names = {{"foreign_key", "fk_.*"},
                                                    {"table", "[a-z_]+"}};
  EXPECT_EQ(conventions.names, names);
  const std::vector<std::pair<std::string, int>> functions = {{"any", -1},
                                                              {"uuid", 0}};
  EXPECT_EQ(read.settings.stand_ins.functions, functions);
  const std::vector<std::string> collations = {"NATURAL", "other"};
  EXPECT_EQ(read.settings.stand_ins.collations, collations);
}

TEST(ConfigurationTest, EmptyFileMeansDefaults) {
  const Read read = ReadText("");
  EXPECT_EQ(read.findings, Findings());
  EXPECT_EQ(read.settings.minimum_sqlite, lower::sqlite::kDefaultMinimum);
  EXPECT_EQ(read.settings.rehearse, RehearseMode::kData);
  EXPECT_FALSE(read.settings.rolling);
  EXPECT_FALSE(read.settings.warnings_as_errors);
  EXPECT_FALSE(read.settings.conventions.needs_comments);
  EXPECT_EQ(read.settings.conventions.most_operations, 8);
  EXPECT_EQ(read.settings.conventions.most_columns, 40);
  EXPECT_TRUE(read.settings.conventions.names.empty());
}

TEST(ConfigurationTest, CommentsMayBeOptional) {
  const Read read = ReadText("comments = \"optional\"\n");
  EXPECT_EQ(read.findings, Findings());
  EXPECT_FALSE(read.settings.conventions.needs_comments);
}

TEST(ConfigurationTest, WrongConventionsChangeNothing) {
  const Read read = ReadText(
      "comments = \"no\"\n[limits]\ncolumns = 0\n"
      "[names]\ntable = \"[\"\n");
  EXPECT_EQ(read.findings.size(), 3U);
  EXPECT_FALSE(read.settings.conventions.needs_comments);
  EXPECT_EQ(read.settings.conventions.most_columns, 40);
  EXPECT_TRUE(read.settings.conventions.names.empty());
}

TEST(SettingsTest, ErrorsOfTheLanguageHaveNoOtherSeverity) {
  Settings settings;
  for (const std::string name :
       {"syntax-error", "environment-dependent-statement"}) {
    EXPECT_EQ(
        SetSeverity(name + "=note", settings).ToString(),
        "`" + name + "` is an error of the language; it cannot be changed");
  }
  EXPECT_EQ(SetSeverity("upgrade-not-repeatable=note", settings)
                .text.find("there is no rule"),
            std::string::npos);
}

TEST(SettingsTest, ARollingDeploymentHasSeveritiesOfItsOwn) {
  Settings settings;
  EXPECT_EQ(settings.SeverityOf(Kind::kRenameTable), Severity::kNote);
  EXPECT_EQ(settings.SeverityOf(Kind::kDropNotNull), Severity::kNote);
  EXPECT_TRUE(SetDeployment("rolling", settings).empty());
  EXPECT_EQ(settings.SeverityOf(Kind::kRenameTable), Severity::kError);
  EXPECT_EQ(settings.SeverityOf(Kind::kDropNotNull), Severity::kWarning);
  EXPECT_EQ(settings.SeverityOf(Kind::kDropTableUnarchived), Severity::kError);
  // What is set beats it.
  EXPECT_TRUE(SetSeverity("drop-not-null=off", settings).empty());
  EXPECT_TRUE(SetSeverity("compatibility=note", settings).empty());
  EXPECT_EQ(settings.SeverityOf(Kind::kDropNotNull), Severity::kOff);
  EXPECT_EQ(settings.SeverityOf(Kind::kRenameTable), Severity::kNote);
  // An option takes back what the file says.
  EXPECT_TRUE(SetDeployment("stop", settings).empty());
  EXPECT_FALSE(settings.rolling);
  EXPECT_FALSE(SetDeployment("blue", settings).empty());
}

TEST(ConfigurationTest, ReportsEachMistakeAtItsPlace) {
  struct Case {
    const char* text;
    Findings findings;
  };
  const Case cases[] = {
      {"rehearce = \"none\"\n",
       {"1:1 unknown key `rehearce`; did you mean `rehearse`?"}},
      {"\n  zzz = 1\n", {"2:3 unknown key `zzz`"}},
      {"warnings_as_errors = 1\n",
       {"1:22 `warnings_as_errors` must be true or false"}},
      {"rehearse = \"full\"\n",
       {"1:12 `full` is not a way to rehearse; write `data`, `schema` "
        "or `none`"}},
      {"deployment = \"blue\"\n",
       {"1:14 `blue` is not a deployment; write `rolling` or `stop`"}},
      {"deployment = true\n", {"1:14 `deployment` must be a string"}},
      {"dialects = \"sqlite\"\n",
       {"1:12 `dialects` must be an array of strings"}},
      {"dialects = []\n", {"1:12 `dialects` is empty; write `[\"sqlite\"]`"}},
      {"dialects = [\"postgresql\"]\n",
       {"1:13 the dialect `postgresql` is not in this version; write "
        "`sqlite`"}},
      {"dialects = [\"sqlit\"]\n",
       {"1:13 there is no dialect `sqlit`; did you mean `sqlite`?"}},
      {"dialects = [\"sqlite\", \"sqlite\"]\n",
       {"1:23 the dialect `sqlite` is named twice"}},
      {"comments = true\n", {"1:12 `comments` must be a string"}},
      {"comments = \"none\"\n",
       {"1:12 `comments` must be \"required\" or \"optional\""}},
      {"limits = 3\n", {"1:10 `limits` must be a table"}},
      {"[limits]\ncolums = 3\n",
       {"2:1 unknown key `colums`; did you mean `columns`?"}},
      {"[limits]\ncolumns = \"many\"\n", {"2:11 `columns` must be a number"}},
      {"[limits]\noperations = 0\n", {"2:14 `operations` must be at least 1"}},
      {"[names]\ntabel = \"x\"\n",
       {"2:1 unknown key `tabel`; did you mean `table`?"}},
      {"[names]\ntable = 1\n", {"2:9 `table` must be a regular expression"}},
      {"[names]\ntable = \"a(\"\n",
       {"2:9 `table` is no regular expression: parentheses not balanced"}},
      {"[minimum]\nsqlite = \"3.40.2\"\n",
       {"2:10 SQLite 3.40.2 is newer than 3.40.1, which rehearses the "
        "migrations here; build palindrome with a newer SQLite"}},
      {"[sqlite]\nfunctions = { \"\" = 1 }\n",
       {"2:15 the name of a function is empty"}},
      {"[sqlite]\nfunctions = { \"a b\" = 1 }\n",
       {"2:15 `a b` is not the name of a function"}},
      {"[sqlite]\nfunctions = { Lower = 1 }\n",
       {"2:15 function `Lower` is SQLite's own, and needs no stand-in"}},
      {"[sqlite]\ncollations = [\"a\", \"\"]\n",
       {"2:20 the name of a collation is empty"}},
      {"[sqlite]\ncollations = [\"NoCase\"]\n",
       {"2:15 collation `NoCase` is SQLite's own, and needs no stand-in"}},
      {"[minimum]\nsqlite = 3.35\n",
       {"2:10 `sqlite` must be a string such as \"3.35\""}},
      {"[minimum]\nsqlite = \"new\"\n",
       {"2:10 `new` is not a version such as `3.35`"}},
      {"[minimum]\nsqlite = \"3.8\"\n",
       {"2:10 SQLite 3.8 is too old; the oldest that migrations can be "
        "compiled for is 3.26"}},
      {"rules = 3\n", {"1:9 `rules` must be a table"}},
      {"[rules]\nslug-not-imperativ = \"off\"\n",
       {"2:1 there is no rule or group `slug-not-imperativ`; did you mean "
        "`slug-not-imperative`?"}},
      {"[rules]\nslug-not-imperative = \"loud\"\n",
       {"2:23 `loud` is not a severity; write `error`, `warning`, `note` or "
        "`off`"}},
      {"[rules]\nmissing-downgrade = \"off\"\n",
       {"2:1 `missing-downgrade` stands behind a law of Palindrome and is "
        "always an error"}},
      {"[rules]\nsyntax-error = \"off\"\n",
       {"2:1 `syntax-error` is an error of the language; it cannot be "
        "changed"}},
      {"[sqlite]\nfunctions = { f = 200 }\n",
       {"2:19 `f` must take 0 to 127 arguments, or -1 for any number"}},
      {"[sqlite]\nfunctions = { f = \"x\" }\n",
       {"2:19 `f` must be a number of arguments"}},
      {"[sqlite]\ncollations = [1]\n",
       {"2:15 `collations` must be an array of strings"}},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(ReadText(each.text).findings, each.findings) << each.text;
  }
}

TEST(ConfigurationTest, ColumnsCountCodePoints) {
  EXPECT_EQ(ReadText("\"\xc3\xbc\xc3\xbc\" = 1\n[rules]\n").findings,
            Findings({"1:1 unknown key `\xc3\xbc\xc3\xbc`"}));
  EXPECT_EQ(ReadText("sqlite = { \"\xc3\xbc\" = 1, functions = 2 }\n").findings,
            Findings({"1:33 `functions` must be a table",
                      "1:12 unknown key `\xc3\xbc`"}));
}

TEST(ConfigurationTest, BrokenTomlIsReportedOnce) {
  for (const char* text : {"rules = [", "= 3\n", "a = \"\n", "[rules\n", "\x01",
                           "a = 1\na = 2\n", "a = 99999999999999999999999\n"}) {
    EXPECT_EQ(ReadText(text).findings.size(), 1U) << text;
  }
}

TEST(SettingsTest, OwnSettingBeatsTheGroupInAnyOrder) {
  for (const bool group_first : {true, false}) {
    Settings settings;
    const char* group = "hygiene=note";
    const char* rule = "mixed-ddl-dml=off";
    EXPECT_TRUE(SetSeverity(group_first ? group : rule, settings).empty());
    EXPECT_TRUE(SetSeverity(group_first ? rule : group, settings).empty());
    EXPECT_EQ(settings.SeverityOf(Kind::kMixedDdlDml), Severity::kOff);
    EXPECT_EQ(settings.SeverityOf(Kind::kUncommentedRawSql), Severity::kNote);
    EXPECT_EQ(settings.SeverityOf(Kind::kMultipleHeads), Severity::kNote);
    // A law stands above its group.
    EXPECT_EQ(settings.SeverityOf(Kind::kUnknownParent), Severity::kError);
  }
}

TEST(SettingsTest, RefusesMalformedSettings) {
  Settings settings;
  for (const char* text : {"", "=", "a", "a=", "=error", "hygiene=loud",
                           "language=off", "revision-cycle=warning"}) {
    EXPECT_FALSE(SetSeverity(text, settings).empty()) << text;
  }
  EXPECT_TRUE(settings.severities.empty());
}

TEST(SettingsTest, ParsesVersions) {
  EXPECT_EQ(ParseVersion("3.35"), 3035000U);
  EXPECT_EQ(ParseVersion("3.35.2"), 3035002U);
  EXPECT_EQ(ParseVersion("3.40.1"), 3040001U);
  for (const char* text : {"", "3", "3.", ".35", "3.35.", "3.35.2.1", "3.x",
                           "-3.35", "3.35 ", "3.1000", "+3.35"}) {
    EXPECT_EQ(ParseVersion(text), std::nullopt) << text;
  }
}

TEST(ConfigurationTest, UnmodelledTablesHaveNames) {
  EXPECT_EQ(ReadText("[models]\nunmodelled = [\"\"]\n").findings,
            Findings({"2:15 a table has a name"}));
  EXPECT_EQ(ReadText("[models]\nunmodelled = \"a\"\n").findings.size(), 1U);
  EXPECT_EQ(ReadText("[models]\nother = []\n").findings.size(), 1U);
}

TEST(ConfigurationTest, FunctionsOfQueriesAreNames) {
  for (const char* name : {"", "a:0", "a:", ":2", "a b", "a::", "a:x", "1a"}) {
    const Read read =
        ReadText("[queries]\nfunctions = [\"" + std::string(name) + "\"]\n");
    EXPECT_EQ(read.findings.size(), 1U) << name;
    EXPECT_TRUE(read.settings.query_functions.empty());
  }
  EXPECT_EQ(
      ReadText("[queries]\nunchecked = [\"a:2\"]\n").findings,
      Findings({"2:14 `a:2` is no function of C++, such as `db::Query`"}));
}

}  // namespace
}  // namespace palindrome::config
