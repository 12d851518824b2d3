#include "compiler/driver/rehearsal_cache.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/driver/pipeline.h"
#include "compiler/rehearse/sqlite/engine.h"
#include "tests/golden/world.h"

namespace palindrome::driver {
namespace {

using Files = std::map<std::string, std::string>;

std::string Revision(int number) {
  return "aa" + std::to_string(10 + number);
}

std::string Migration(int number, const std::string& upgrade,
                      const std::string& downgrade) {
  return "MIGRATION 'm" + std::to_string(number) + "'\n  REVISION '" +
         Revision(number) + "'\n  REVISES " +
         (number == 0 ? "NONE" : "'" + Revision(number - 1) + "'") +
         ";\nUPGRADE BEGIN\n" + upgrade + "\nEND;\nDOWNGRADE BEGIN\n" +
         downgrade + "\nEND;\n";
}

std::string Path(int number) {
  return "20250101_0000" + std::to_string(10 + number) + "_m" +
         std::to_string(number) + ".sql";
}

// Four tables, rows in each, a column more for each.
constexpr int kTables = 4;
constexpr int kCount = 3 * kTables;

Files History() {
  Files files;
  for (int i = 0; i < kTables; ++i) {
    const std::string table = "t" + std::to_string(i);
    files[Path(i)] =
        Migration(i, "CREATE TABLE " + table + " (a INTEGER PRIMARY KEY);",
                  "DROP TABLE " + table + ";");
    files[Path(kTables + i)] =
        Migration(kTables + i, "INSERT INTO " + table + " VALUES (901);",
                  "DELETE FROM " + table + " WHERE a = 901;");
    files[Path(2 * kTables + i)] = Migration(
        2 * kTables + i, "ALTER TABLE " + table + " ADD COLUMN b TEXT;",
        "ALTER TABLE " + table + " DROP COLUMN b;");
  }
  return files;
}

// One run of the pipeline, whose cache the next may read.
struct Ran {
  std::size_t rehearsals = 0;
  std::size_t row_runs = 0;
  std::vector<std::string> findings;
  std::vector<std::string> digests;
  bool has_news = false;
  std::string bytes;
};

Ran Compile(const Files& files, const std::string& bytes,
            const std::string& maker = "maker") {
  llvm::vfs::InMemoryFileSystem file_system;
  for (const auto& [path, content] : files) {
    file_system.addFile("/m/" + path, 0,
                        llvm::MemoryBuffer::getMemBufferCopy(content));
  }
  source::Files sources;
  diagnostics::Emitter emitter;
  config::Settings settings;
  const Folder folder = ReadFolder(file_system, sources, "/m", "",
                                   /*headers_only=*/false, emitter);
  RehearsalCache cache(maker, llvm::MemoryBuffer::getMemBufferCopy(bytes));
  const auto engine = rehearse::sqlite::MakeEngine({});
  const CompiledHistory history =
      CompileHistory(folder, settings, *engine, &cache, emitter);
  Ran ran = {history.rehearsals_run, history.row_runs, {}, {},
             cache.has_news(),       cache.Bytes()};
  for (const auto& diagnostic : emitter.diagnostics()) {
    ran.findings.push_back(diagnostic.message);
  }
  for (const auto& migration : history.migrations) {
    ran.digests.push_back(migration.digest_after);
  }
  return ran;
}

TEST(RehearsalCacheTest, WhatIsKnownIsNotRunAgain) {
  const Ran cold = Compile(History(), "");
  EXPECT_EQ(cold.rehearsals, std::size_t{kCount});
  EXPECT_EQ(cold.row_runs, std::size_t{2 * kTables});
  EXPECT_EQ(cold.findings, std::vector<std::string>());
  EXPECT_EQ(cold.digests.size(), std::size_t{kCount});
  EXPECT_TRUE(cold.has_news);
  const Ran warm = Compile(History(), cold.bytes);
  EXPECT_EQ(warm.rehearsals, 0U);
  EXPECT_EQ(warm.row_runs, 0U);
  EXPECT_EQ(warm.findings, cold.findings);
  EXPECT_EQ(warm.digests, cold.digests);
  EXPECT_FALSE(warm.has_news);
  EXPECT_EQ(warm.bytes, cold.bytes);
}

TEST(RehearsalCacheTest, TheNewestCostsOneRehearsal) {
  Files files = History();
  const std::string cold = Compile(files, "").bytes;
  files[Path(kCount - 1)] = Migration(
      kCount - 1, "ALTER TABLE t3 ADD COLUMN c INTEGER NOT NULL DEFAULT 0;",
      "ALTER TABLE t3 DROP COLUMN c;");
  const Ran edited = Compile(files, cold);
  EXPECT_EQ(edited.rehearsals, 1U);
  EXPECT_EQ(edited.row_runs, 1U);
  EXPECT_TRUE(edited.has_news);
  const Ran cold_again = Compile(files, "");
  EXPECT_EQ(edited.digests, cold_again.digests);
  // Back again: the branch that was left is still known.
  const Ran back = Compile(History(), edited.bytes);
  EXPECT_EQ(back.rehearsals, 0U);
  EXPECT_EQ(back.row_runs, 0U);
}

TEST(RehearsalCacheTest, AnotherMigrationCostsOneRehearsal) {
  Files files = History();
  const std::string cold = Compile(files, "").bytes;
  files[Path(kCount)] =
      Migration(kCount, "CREATE TABLE n (a INTEGER);", "DROP TABLE n;");
  const Ran added = Compile(files, cold);
  EXPECT_EQ(added.rehearsals, 1U);
  EXPECT_EQ(added.row_runs, 0U);
}

TEST(RehearsalCacheTest, OneInTheMiddleCostsThoseOfItsTables) {
  Files files = History();
  const std::string cold = Compile(files, "").bytes;
  files[Path(1)] = Migration(
      1, "CREATE TABLE t1 (a INTEGER PRIMARY KEY, z TEXT DEFAULT 'z');",
      "DROP TABLE t1;");
  files[Path(kTables + 1)] =
      Migration(kTables + 1, "INSERT INTO t1 (a) VALUES (901);",
                "DELETE FROM t1 WHERE a = 901;");
  const Ran edited = Compile(files, cold);
  EXPECT_EQ(edited.rehearsals, 3U);
  EXPECT_EQ(edited.row_runs, 2U);
  EXPECT_EQ(edited.digests, Compile(files, "").digests);
}

TEST(RehearsalCacheTest, OtherRowsCostThoseWhoMeetThem) {
  Files files = History();
  const std::string cold = Compile(files, "").bytes;
  files[Path(kTables)] = Migration(kTables, "INSERT INTO t0 VALUES (902);",
                                   "DELETE FROM t0 WHERE a = 902;");
  const Ran edited = Compile(files, cold);
  EXPECT_EQ(edited.rehearsals, 2U);
  EXPECT_EQ(edited.row_runs, 2U);
}

TEST(RehearsalCacheTest, CommentsCostNothing) {
  Files files = History();
  const std::string cold = Compile(files, "").bytes;
  for (auto& [path, text] : files) {
    text = "-- A comment.\n" + text + "-- And another.\n";
  }
  EXPECT_EQ(Compile(files, cold).rehearsals, 0U);
}

TEST(RehearsalCacheTest, AnErrorIsKeptAsWell) {
  Files files = History();
  files[Path(kCount - 1)] =
      Migration(kCount - 1, "INSERT INTO t0 VALUES (901);",
                "DELETE FROM t0 WHERE a = 901;");
  files[Path(kTables + 1)] =
      Migration(kTables + 1, "INSERT INTO t1 VALUES (901);", "");
  const Ran cold = Compile(files, "");
  EXPECT_FALSE(cold.findings.empty());
  const Ran warm = Compile(files, cold.bytes);
  EXPECT_EQ(warm.rehearsals, 0U);
  EXPECT_EQ(warm.row_runs, 0U);
  EXPECT_EQ(warm.findings, cold.findings);
}

TEST(RehearsalCacheTest, ThatOfAnotherMakerIsIgnored) {
  const std::string cold = Compile(History(), "").bytes;
  const Ran other = Compile(History(), cold, "another maker");
  EXPECT_EQ(other.rehearsals, std::size_t{kCount});
  EXPECT_TRUE(other.has_news);
  EXPECT_EQ(other.bytes.size(), cold.size());
}

// Of a file that is damaged, what is found is right.
class DamagedCacheTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Keep(kCount, cold_);
    bytes_ = cold_.Bytes();
  }

  static rehearse::Task Task(std::uint64_t seed) {
    rehearse::Task task;
    task.seed = seed;
    return task;
  }
  static rehearse::Result Result(std::uint64_t seed) {
    rehearse::Result result;
    result.without_rows = {"table " + std::to_string(seed)};
    return result;
  }
  static void Keep(std::uint64_t count, RehearsalCache& cache) {
    for (std::uint64_t seed = 0; seed < count; ++seed) {
      cache.Keep(Task(seed), Result(seed));
    }
  }

  // How many are found; each is the one that was kept.
  static std::size_t Count(const std::string& bytes) {
    RehearsalCache cache("maker", llvm::MemoryBuffer::getMemBufferCopy(bytes));
    std::size_t count = 0;
    for (std::uint64_t seed = 0; seed < kCount; ++seed) {
      if (const auto found = cache.Find(Task(seed))) {
        EXPECT_EQ(found->without_rows, Result(seed).without_rows);
        ++count;
      }
    }
    return count;
  }

  RehearsalCache cold_{"maker", nullptr};
  std::string bytes_;
};

TEST_F(DamagedCacheTest, Whole) {
  EXPECT_EQ(Count(bytes_), std::size_t{kCount});
}

TEST_F(DamagedCacheTest, TruncatedAnywhere) {
  std::size_t before = 0;
  for (std::size_t size = 0; size < bytes_.size(); ++size) {
    const std::size_t count = Count(bytes_.substr(0, size));
    EXPECT_LE(before, count);
    EXPECT_LT(count, std::size_t{kCount}) << size;
    before = count;
  }
  EXPECT_EQ(before, std::size_t{kCount - 1});
}

TEST_F(DamagedCacheTest, AnyByteIsAnother) {
  for (std::size_t at = 0; at < bytes_.size(); ++at) {
    std::string damaged = bytes_;
    damaged[at] = static_cast<char>(~static_cast<unsigned char>(damaged[at]));
    EXPECT_LT(Count(damaged), std::size_t{kCount}) << at;
  }
}

TEST_F(DamagedCacheTest, MoreFollows) {
  EXPECT_EQ(Count(bytes_ + bytes_), std::size_t{kCount});
  EXPECT_EQ(Count(bytes_ + std::string(100, '\xff')), std::size_t{kCount});
  EXPECT_EQ(Count(bytes_ + std::string(100, '\0')), std::size_t{kCount});
}

TEST_F(DamagedCacheTest, AnotherVersionOfTheFormat) {
  std::string other = bytes_;
  const std::size_t version = other.find('1');
  ASSERT_LT(version, other.find('\n'));
  other[version] = '2';
  EXPECT_EQ(Count(other), 0U);
}

TEST_F(DamagedCacheTest, RowsThatTasksShareAreKeptOnce) {
  const auto rows = [] {
    return std::make_shared<const std::vector<std::string>>(
        std::vector<std::string>{"INSERT INTO t VALUES (1)", "INSERT …"});
  };
  rehearse::Task one;
  rehearse::Task other;
  one.rows_before = {rows()};
  RehearsalCache cache("maker", nullptr);
  cache.KeepRows(one, RowsAfter({{"t", rows()}}));
  cache.KeepRows(other, RowsAfter({{"t", rows()}, {"u", rows()}}));
  const std::string bytes = cache.Bytes();
  const std::size_t first = bytes.find("INSERT INTO");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(bytes.find("INSERT INTO", first + 1), std::string::npos);

  RehearsalCache next("maker", llvm::MemoryBuffer::getMemBufferCopy(bytes));
  const auto found = next.FindRows(one);
  const auto others = next.FindRows(other);
  ASSERT_TRUE(found && *found && others && *others);
  ASSERT_EQ((*others)->size(), 2U);
  EXPECT_EQ(*(*found)->front().second, *rows());
  EXPECT_EQ((*found)->front().second, (*others)->back().second);

  // Without one of its records the rows are not known.
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    RehearsalCache cut(
        "maker", llvm::MemoryBuffer::getMemBufferCopy(bytes.substr(0, size)));
    EXPECT_FALSE(cut.FindRows(one) && cut.FindRows(other)) << size;
  }
}

TEST_F(DamagedCacheTest, WhatNobodyUsesGoesInTime) {
  // Each run keeps something new, and the next begins with its file.
  std::string bytes = bytes_;
  int files = 0;
  for (; Count(bytes) == std::size_t{kCount}; ++files) {
    ASSERT_LT(files, 100);
    RehearsalCache cache("maker", llvm::MemoryBuffer::getMemBufferCopy(bytes));
    ASSERT_TRUE(cache.Find(Task(0)));
    cache.Keep(Task(std::uint64_t{kCount} + static_cast<unsigned>(files)),
               Result(0));
    bytes = cache.Bytes();
  }
  EXPECT_EQ(files, 9);
  EXPECT_EQ(Count(bytes), 1U);
}

// The command, in a world of its own.
class CacheOptionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const auto& [path, text] : History()) {
      world_.files()["migrations/" + path] = text;
    }
  }

  testing::Outcome Check() { return Run("check"); }
  testing::Outcome Run(const std::string& command,
                       std::vector<std::string> more = {}) {
    std::vector<std::string> args = {command, "--cache", "kept"};
    args.insert(args.end(), more.begin(), more.end());
    testing::Outcome outcome = world_.Run(args);
    EXPECT_EQ(outcome.status, kSuccess) << outcome.err;
    return outcome;
  }
  // The file that the check writes.
  std::string Kept() {
    const testing::Outcome outcome = Check();
    EXPECT_EQ(outcome.written.size(), 1U);
    return outcome.written.empty() ? "" : outcome.written.front().path;
  }

  testing::World world_;
};

TEST_F(CacheOptionTest, AFileIsWrittenIfThereIsNews) {
  EXPECT_EQ(world_.Run({"check"}).written.size(), 0U);
  const std::string path = Kept();
  EXPECT_EQ(path.substr(0, 5), "kept/");
  EXPECT_EQ(path.size(),
            std::string("kept/0123456789abcdef.rehearsals").size());
  EXPECT_EQ(Check().written.size(), 0U);
  // `compile` knows what `check` found.
  for (const OutputFile& file :
       Run("compile", {"--target", "app", "--output-dir", "out"}).written) {
    EXPECT_NE(file.path, path);
  }
  // Another folder has another file.
  for (const auto& [name, text] : History()) {
    world_.files()["others/" + name] = text;
  }
  const auto other = Run("check", {"--directory", "others"});
  ASSERT_EQ(other.written.size(), 1U);
  EXPECT_NE(other.written.front().path, path);
}

TEST_F(CacheOptionTest, TheSameFolderByAnotherName) {
  Kept();
  EXPECT_EQ(Run("check", {"--directory", "./migrations/"}).written.size(), 0U);
  EXPECT_EQ(
      Run("check", {"--directory", "/project/x/../migrations"}).written.size(),
      0U);
}

TEST_F(CacheOptionTest, WithoutRehearsalNothingIsKept) {
  EXPECT_EQ(Run("check", {"--rehearse", "none"}).written.size(), 0U);
  // Without rows it is another rehearsal.
  Kept();
  EXPECT_EQ(Run("check", {"--rehearse", "schema"}).written.size(), 1U);
  EXPECT_EQ(Run("check", {"--rehearse", "schema"}).written.size(), 0U);
  EXPECT_EQ(Check().written.size(), 0U);
}

TEST_F(CacheOptionTest, DamageIsMended) {
  const std::string path = Kept();
  const std::string whole = world_.files()[path];
  for (const std::string& damaged : {std::string(), std::string("no cache\n"),
                                     whole.substr(0, whole.size() / 2),
                                     "palindrome rehearsals 0\n" + whole}) {
    world_.files()[path] = damaged;
    const testing::Outcome outcome = Check();
    EXPECT_EQ(outcome.out, "12 migrations, no findings\n");
    EXPECT_EQ(outcome.err, "");
    EXPECT_EQ(world_.files()[path], whole);
  }
}

TEST_F(CacheOptionTest, AnotherBuildOfTheCompilerBeginsAnew) {
  const std::string path = Kept();
  const std::string first = world_.files()[path];
  world_.SetBuildId("another");
  EXPECT_EQ(Kept(), path);
  EXPECT_NE(world_.files()[path], first);
  // One that cannot tell which it is keeps nothing.
  world_.SetBuildId("");
  EXPECT_EQ(Check().written.size(), 0U);
}

TEST_F(CacheOptionTest, AFileThatCannotBeWrittenIsNoFailure) {
  world_.FailWrites("`kept/x` cannot be written: no");
  const testing::Outcome outcome = Check();
  EXPECT_EQ(outcome.out, "12 migrations, no findings\n");
  EXPECT_EQ(outcome.err,
            "palindrome: note: `kept/x` cannot be written: no; the next run "
            "rehearses again\n");
}

TEST_F(CacheOptionTest, AFolderInItsPlaceIsNoFailure) {
  const std::string path = Kept();
  world_.files().erase(path);
  world_.files()[path + "/inside"] = "";
  world_.FailWrites("it is a directory");
  EXPECT_EQ(Check().out, "12 migrations, no findings\n");
}

}  // namespace
}  // namespace palindrome::driver
