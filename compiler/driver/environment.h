// The world as commands see it: files, streams, clock, chance and engines,
// which main passes in, so that a test can pass others.
//
// References to what main owns; one command at a time uses them.
#ifndef PALINDROME_COMPILER_DRIVER_ENVIRONMENT_H_
#define PALINDROME_COMPILER_DRIVER_ENVIRONMENT_H_

#include <ctime>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/VirtualFileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include "compiler/catalog/engine.h"
#include "compiler/facts/read_units.h"
#include "compiler/rehearse/rehearse.h"
#include "palindrome/database.h"
#include "runtime/src/command_line.h"
#include "runtime/src/program.h"

namespace palindrome::driver {

struct OutputFile {
  std::string path;
  std::string content;
  // A file that a person keeps: where it cannot stay the same file, since it is
  // read-only, has other hard links or is somebody else's, it is not written.
  bool is_edit = false;
};

// Where commands write. Folders that are missing are made.
class Output {
 public:
  virtual ~Output() = default;
  // Replaces or creates the files, each in one step that a crash cannot halve,
  // and none of them before all are written out.
  virtual llvm::Error Write(llvm::ArrayRef<OutputFile> files) = 0;
  // Creates the file; fails if something of that name exists.
  virtual llvm::Error Create(const OutputFile& file) = 0;
  // Creates `files`, none of which may exist, then removes `replaced`, and
  // writes `rewritten` in the end, which exists; null: nothing is. A failure
  // leaves all as it was; a crash may leave old files beside the new ones, and
  // never half a file.
  virtual llvm::Error Rearrange(llvm::ArrayRef<std::string> replaced,
                                llvm::ArrayRef<OutputFile> files,
                                const OutputFile* rewritten) = 0;
  llvm::Error Replace(llvm::ArrayRef<std::string> replaced,
                      llvm::ArrayRef<OutputFile> files) {
    return Rearrange(replaced, files, /*rewritten=*/nullptr);
  }
};

struct Environment {
  llvm::vfs::FileSystem& file_system;
  Output& output;
  llvm::raw_ostream& out;
  llvm::raw_ostream& err;
  std::string version;  // Of palindrome, as `--version` says it.
  // Another for each build of palindrome. Empty if that cannot be told; then
  // nothing is kept for the next run.
  std::function<std::string()> build_id;
  // Seconds since 1970 in UTC. Only `revision` asks.
  std::function<std::time_t()> now;
  // Twelve hexadecimal digits that nobody has had before.
  std::function<std::string()> random_id;
  std::function<std::unique_ptr<catalog::Engine>(const rehearse::StandIns&)>
      make_engine;
  // The schema of a database file.
  std::function<llvm::Expected<std::vector<catalog::EngineObject>>(
      const std::string& path)>
      read_database;
  // What statements leave behind in an empty database.
  std::function<llvm::Expected<rehearse::Contents>(
      const std::vector<std::string>& statements,
      const rehearse::StandIns& stand_ins)>
      run_all;
  // The schema that programs leave behind in an empty database, one after the
  // other. Only `diff` asks.
  std::function<llvm::Expected<std::vector<catalog::EngineObject>>(
      const std::vector<Program>& programs,
      const rehearse::StandIns& stand_ins)>
      run_programs = nullptr;
  // Lets the user edit a file, and returns when that is done.
  std::function<llvm::Error(const std::string& path)> edit_file = nullptr;
  // Opens a database file for `use`, and closes it again; an empty path is a
  // database in memory.
  std::function<llvm::Error(const std::string& path, Missing missing,
                            const UseDatabase& use)>
      use_database = nullptr;
  // The script that takes a database along the range of the history.
  std::function<Result<std::string>(const History& history,
                                    std::string_view range)>
      write_script = nullptr;
  // Reads C++ sources. Fails, with the reason, where there is no Clang.
  std::function<llvm::Expected<facts::UnitsRead>(
      llvm::ArrayRef<facts::CompileCommand> commands,
      const facts::ReadOptions& options)>
      read_units = nullptr;
  // Standard input. Only `fmt --stdin` and `lsp` read it.
  std::istream* in = nullptr;
};

enum ExitStatus : int {
  kSuccess = 0,
  kFindings = 1,  // Something is wrong with the migrations, or with the disk.
  kUsage = 2,     // Something is wrong with the command.
};

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_ENVIRONMENT_H_
