// `edit`, and the editor that it runs.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>

#include <gtest/gtest.h>

#include "compiler/driver/editor.h"
#include "compiler/driver/environment.h"
#include "tests/golden/world.h"
#include "tests/support/files.h"
#include <unistd.h>

namespace palindrome::driver {
namespace {

using testing::Outcome;
using testing::World;

constexpr char kPath[] = "migrations/20250101_120000_create_users.sql";
constexpr char kUsers[] =
    "MIGRATION 'create users'\n  REVISION 'aa11'\n  REVISES NONE;\n"
    "UPGRADE BEGIN\n  CREATE TABLE users (id INTEGER PRIMARY KEY);\nEND;\n"
    "DOWNGRADE AUTO;\n";

void Replace(std::string& text, const std::string& old,
             const std::string& with) {
  text.replace(text.find(old), old.size(), with);
}

TEST(EditTest, ChecksTheHeaderAfterwards) {
  World world;
  world.files()[kPath] = kUsers;
  world.SetEditor(
      [](std::string& text) { Replace(text, "users'", "people'"); });
  Outcome outcome = world.Run({"edit", "aa"});
  EXPECT_EQ(outcome.status, kSuccess) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  EXPECT_NE(world.files()[kPath].find("create people"), std::string::npos);

  world.SetEditor([](std::string& text) { Replace(text, "NONE", "'lost'"); });
  outcome = world.Run({"edit", "head"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_NE(outcome.err.find("there is no revision `lost`"), std::string::npos)
      << outcome.err;
  // What is wrong can be mended the same way.
  world.SetEditor([](std::string& text) { Replace(text, "'lost'", "NONE"); });
  outcome = world.Run({"edit", "aa11"});
  EXPECT_EQ(outcome.status, kSuccess) << outcome.err;
}

TEST(EditTest, NeverOpensALockedMigration) {
  World world;
  world.files()[kPath] = kUsers;
  bool opened = false;
  world.SetEditor([&](std::string&) { opened = true; });
  ASSERT_EQ(world.Run({"lock"}).status, kSuccess);
  Outcome outcome = world.Run({"edit", "aa11"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_EQ(outcome.err,
            "palindrome: error: `aa11` is locked, and a build refuses a locked "
            "migration that was edited; write another migration "
            "[locked-revision-edited]\n");
  world.files()["migrations/migrations.lock"] = "nonsense\n";
  outcome = world.Run({"edit", "aa11"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_NE(outcome.err.find("mend it first"), std::string::npos)
      << outcome.err;
  EXPECT_FALSE(opened);
}

TEST(EditTest, OpensASquashByItsId) {
  World world;
  world.files() = {
      {kPath, kUsers},
      {"migrations/20250102_120000_create_tasks.sql",
       "MIGRATION 'create tasks' REVISION 'bb22' REVISES 'aa11';\n"
       "UPGRADE BEGIN\n  CREATE TABLE tasks (id INTEGER PRIMARY KEY);\nEND;\n"
       "DOWNGRADE AUTO;\n"},
      {"migrations/20250103_120000_squash.sql",
       "MIGRATION 'squash all' REVISION 'ss11' REVISES NONE\n"
       "  SQUASHES 'aa11' TO 'bb22' APPROVED BY 'Ada';\n"
       "UPGRADE BEGIN\n  CREATE TABLE users (id INTEGER PRIMARY KEY);\n"
       "  CREATE TABLE tasks (id INTEGER PRIMARY KEY);\nEND;\n"
       "DOWNGRADE AUTO;\n"}};
  std::string opened;
  world.SetEditor([&](std::string& text) { opened = text; });
  Outcome outcome = world.Run({"edit", "SS11"});
  EXPECT_EQ(outcome.status, kSuccess) << outcome.err;
  EXPECT_NE(opened.find("squash all"), std::string::npos);
  opened.clear();
  ASSERT_EQ(world.Run({"lock"}).status, kSuccess);
  outcome = world.Run({"edit", "ss11"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_EQ(outcome.err,
            "palindrome: error: `ss11` is locked, and a build refuses a locked "
            "squash that was edited; take its line out of the lock file first, "
            "and run `palindrome lock` afterwards [locked-revision-edited]\n");
  EXPECT_EQ(opened, "");
}

TEST(EditTest, SaysWhyNothingIsOpened) {
  World world;
  world.files()[kPath] = kUsers;
  EXPECT_EQ(world.Run({"edit"}).status, kUsage);
  EXPECT_EQ(world.Run({"edit", "zz"}).status, kFindings);
  const Outcome outcome = world.Run({"edit", "aa11"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_EQ(outcome.err,
            "palindrome: error: no editor is set; name one in VISUAL or "
            "EDITOR\n");
  EXPECT_EQ(world.files()[kPath], kUsers);
}

class EditorTest : public ::testing::Test {
 protected:
  EditorTest() {
    std::filesystem::create_directories(folder_);
    Set("VISUAL", nullptr);
    Set("EDITOR", nullptr);
  }
  ~EditorTest() override {
    std::filesystem::remove_all(folder_);
    for (const auto& [name, value] : before_) {
      value ? setenv(name, value->c_str(), 1) : unsetenv(name);
    }
  }

  void Set(const char* name, const char* value) {
    if (before_.count(name) == 0) {
      const char* before = std::getenv(name);
      before_[name] =
          before == nullptr ? std::nullopt : std::optional<std::string>(before);
    }
    value == nullptr ? unsetenv(name) : setenv(name, value, 1);
  }
  std::string Path(const std::string& name) {
    return (folder_ / name).string();
  }
  static std::string Edit(const std::string& path) {
    llvm::Error error = EditFileWithEditor(path);
    return error ? llvm::toString(std::move(error)) : "";
  }

 private:
  const std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) /
      ("palindrome editor " + std::to_string(getpid()));
  std::map<const char*, std::optional<std::string>> before_;
};

TEST_F(EditorTest, MayHaveArguments) {
  std::ofstream(Path("editor")) << "#!/bin/sh\nprintf '%s|' \"$@\" >\"$2\"\n";
  std::filesystem::permissions(Path("editor"),
                               std::filesystem::perms::owner_all);
  const std::string command = "'" + Path("editor") + "' --wait";
  Set("EDITOR", command.c_str());
  const std::string file = Path("a $(touch gone) `b`; c\"d'e");
  EXPECT_EQ(Edit(file), "");
  EXPECT_EQ(testing::ReadFile(file), "--wait|" + file + "|");
  EXPECT_FALSE(std::filesystem::exists("gone"));
}

TEST_F(EditorTest, VisualComesFirst) {
  Set("EDITOR", "false");
  EXPECT_NE(Edit("x"), "");
  Set("VISUAL", "true");
  EXPECT_EQ(Edit("x"), "");
  Set("VISUAL", " ");
  EXPECT_NE(Edit("x"), "");
}

TEST_F(EditorTest, SaysWhyItFailed) {
  EXPECT_EQ(Edit("x"), "no editor is set; name one in VISUAL or EDITOR");
  Set("EDITOR", "exit 3 #");
  EXPECT_EQ(Edit("x"), "the editor `exit 3 #` failed with status 3");
}

TEST_F(EditorTest, APathIsNoOption) {
  const std::string out = Path("out");
  const std::string command = "f() { printf '%s' \"$1\" >'" + out + "'; }; f";
  Set("EDITOR", command.c_str());
  EXPECT_EQ(Edit("-x/a.sql"), "");
  EXPECT_EQ(testing::ReadFile(out), "./-x/a.sql");
}

}  // namespace
}  // namespace palindrome::driver
