#include "compiler/driver/editor.h"

#include <optional>

#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"

namespace palindrome::driver {
namespace {

// Empty if there is none.
std::string EditorCommand() {
  for (const char* name : {"VISUAL", "EDITOR"}) {
    const std::optional<std::string> value = llvm::sys::Process::GetEnv(name);
    if (value && !llvm::StringRef(*value).trim().empty()) {
      return *value;
    }
  }
  return "";
}

}  // namespace

llvm::Error EditFileWithEditor(const std::string& path) {
  const std::string command = EditorCommand();
  if (command.empty()) {
    return llvm::createStringError(
        "no editor is set; name one in VISUAL or EDITOR");
  }
  const auto shell = llvm::sys::findProgramByName("sh");
  if (!shell) {
    return llvm::createStringError(
        "there is no shell `sh` to run the editor `%s`", command.c_str());
  }
  const std::string script = command + " \"$@\"";
  // An editor would take `-x` for an option.
  const std::string file =
      llvm::StringRef(path).starts_with("-") ? "./" + path : path;
  std::string problem;
  const int status = llvm::sys::ExecuteAndWait(
      *shell, {*shell, "-c", script, command, file},
      /*Env=*/std::nullopt, /*Redirects=*/{},
      /*SecondsToWait=*/0, /*MemoryLimit=*/0, &problem);
  if (status == 0) {
    return llvm::Error::success();
  }
  return llvm::createStringError(
      "the editor `%s` failed%s", command.c_str(),
      (problem.empty() ? " with status " + std::to_string(status)
                       : ": " + problem)
          .c_str());
}

}  // namespace palindrome::driver
