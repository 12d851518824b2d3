// A world in memory for commands: files under /project, a clock that stands
// still and revision ids that count.
//
// Owned by one test, on one thread.
#ifndef PALINDROME_TESTS_GOLDEN_WORLD_H_
#define PALINDROME_TESTS_GOLDEN_WORLD_H_

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "llvm/ADT/ArrayRef.h"

#include "compiler/driver/environment.h"

namespace palindrome::testing {

// Files by their path below /project.
using FileMap = std::map<std::string, std::string>;

struct Outcome {
  int status = 0;
  std::string out;
  std::string err;
  // The files that were written, in that order.
  std::vector<driver::OutputFile> written;
  std::vector<std::string> removed;
};

// A folder of its own for database files, made when it is first asked for and
// removed at the end.
class Databases {
 public:
  Databases() = default;
  Databases(const Databases&) = delete;
  Databases& operator=(const Databases&) = delete;
  Databases(Databases&& other) noexcept
      : folder_(std::exchange(other.folder_, {})) {}
  Databases& operator=(Databases&&) = delete;
  ~Databases();

  std::string PathOf(const std::string& name);

 private:
  std::filesystem::path folder_;
};

class World {
 public:
  FileMap& files() { return files_; }
  // Writing fails with this message, and nothing is written.
  void FailWrites(std::string message) { write_failure_ = std::move(message); }
  // Seconds since 1970; at first 2025-01-15 14:30:22.
  void SetTime(std::time_t now) { now_ = now; }
  // Where the database that commands call by this name lies.
  std::string DatabasePath(const std::string& name) {
    return databases_.PathOf(name);
  }
  // That of another build of palindrome.
  void SetBuildId(std::string build_id) { build_id_ = std::move(build_id); }

  // What `edit` does to a file's text; at first nothing can be edited.
  void SetEditor(std::function<void(std::string& text)> editor) {
    editor_ = std::move(editor);
  }

  // What the next commands read from standard input.
  void SetInput(std::string input) { input_ = std::move(input); }

  // What reads C++; at first nothing does.
  void SetReadUnits(decltype(driver::Environment::read_units) read_units) {
    read_units_ = std::move(read_units);
  }

  Outcome Run(llvm::ArrayRef<std::string> args);

 private:
  FileMap files_;
  std::string write_failure_;
  std::string input_;
  std::string build_id_ = "test";
  std::time_t now_ = 1736951422;
  unsigned last_id_ = 0;
  std::function<void(std::string& text)> editor_;
  decltype(driver::Environment::read_units) read_units_;
  Databases databases_;
};

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_GOLDEN_WORLD_H_
