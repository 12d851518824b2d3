// The palindrome program: the real file system, clock, chance and engine, wired
// to the commands by hand.
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Process.h"

#include "compiler/diagnostics/streams.h"
#include "compiler/driver/build_id.h"
#include "compiler/driver/color.h"
#include "compiler/driver/disk_output.h"
#include "compiler/driver/editor.h"
#include "compiler/driver/run.h"
#include "compiler/rehearse/sqlite/database_file.h"
#include "compiler/rehearse/sqlite/engine.h"
#include "compiler/rehearse/sqlite/existing.h"
#include "palindrome/sqlite.h"

namespace {

// Revisions of all developers share one name space, so that a counter or a
// seeded generator would collide.
std::string RandomId() {
  constexpr unsigned kDigits = 12;
  constexpr unsigned kBits = 4 * kDigits;
  std::random_device device;
  const std::uint64_t bits =
      (static_cast<std::uint64_t>(device()) << 32U) | device();
  return llvm::utohexstr(bits >> (64 - kBits), /*LowerCase=*/true, kDigits);
}

}  // namespace

int main(int argc, char** argv) {
  // A file that is opened must not become a standard stream that was closed.
  if (llvm::sys::Process::FixupStandardFileDescriptors()) {
    return palindrome::driver::kFindings;
  }
  // With a buffer of its own, `lsp` sees whether there is more to read.
  std::ios::sync_with_stdio(false);
  llvm::errs().enable_colors(palindrome::driver::WantsColor(
      llvm::sys::Process::StandardErrHasColors(), std::getenv("NO_COLOR")));
  palindrome::driver::DiskOutput output;
  palindrome::driver::Environment environment = {
      *llvm::vfs::getRealFileSystem(),
      output,
      llvm::outs(),
      llvm::errs(),
      PALINDROME_VERSION,
      [argv] {
        return palindrome::driver::BuildId(PALINDROME_VERSION, argv[0]);
      },
      [] { return std::time(nullptr); },
      RandomId,
      [](const palindrome::rehearse::StandIns& stand_ins) {
        return palindrome::rehearse::sqlite::MakeEngine(stand_ins);
      },
      palindrome::rehearse::sqlite::ReadExisting,
      palindrome::rehearse::sqlite::RunAll,
      palindrome::rehearse::sqlite::RunPrograms,
      palindrome::driver::EditFileWithEditor,
      palindrome::rehearse::sqlite::UseDatabaseFile,
      palindrome::sqlite::OfflineSql,
      [argv](llvm::ArrayRef<palindrome::facts::CompileCommand> commands,
             const palindrome::facts::ReadOptions& options) {
        return palindrome::facts::ReadUnits(
            palindrome::driver::Beside(argv[0], "palindrome-clang"), commands,
            options);
      },
      &std::cin};
  const std::vector<std::string> args(argv + 1, argv + argc);
  return palindrome::diagnostics::FinishStreams(
      "palindrome", llvm::outs(), llvm::errs(),
      palindrome::driver::Run(args, environment));
}
