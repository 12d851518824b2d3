#include "tests/golden/world.h"

#include <sstream>
#include <utility>

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/VirtualFileSystem.h"

#include "compiler/driver/run.h"
#include "compiler/rehearse/sqlite/database_file.h"
#include "compiler/rehearse/sqlite/engine.h"
#include "compiler/rehearse/sqlite/existing.h"
#include "palindrome/sqlite.h"

namespace palindrome::testing {
namespace {

constexpr char kRoot[] = "/project/";

class MapOutput : public driver::Output {
 public:
  MapOutput(FileMap& files, Outcome& outcome, const std::string& failure)
      : files_(files),
        written_(outcome.written),
        removed_(outcome.removed),
        failure_(failure) {}

  llvm::Error Write(llvm::ArrayRef<driver::OutputFile> files) override {
    if (!failure_.empty()) {
      return llvm::createStringError(failure_.c_str());
    }
    for (const driver::OutputFile& file : files) {
      files_[file.path] = file.content;
      written_.push_back(file);
    }
    return llvm::Error::success();
  }

  llvm::Error Create(const driver::OutputFile& file) override {
    if (files_.count(file.path) != 0) {
      return llvm::createStringError("`%s` exists already", file.path.c_str());
    }
    return Write(file);
  }

  llvm::Error Rearrange(llvm::ArrayRef<std::string> replaced,
                        llvm::ArrayRef<driver::OutputFile> files,
                        const driver::OutputFile* rewritten) override {
    for (const driver::OutputFile& file : files) {
      if (files_.count(file.path) != 0) {
        return llvm::createStringError("`%s` exists already",
                                       file.path.c_str());
      }
    }
    if (llvm::Error error = Write(files)) {
      return error;
    }
    for (const std::string& path : replaced) {
      files_.erase(path);
      removed_.push_back(path);
    }
    return rewritten != nullptr ? Write(*rewritten) : llvm::Error::success();
  }

 private:
  FileMap& files_;
  std::vector<driver::OutputFile>& written_;
  std::vector<std::string>& removed_;
  const std::string& failure_;
};

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FilesInMemory(
    const FileMap& files) {
  auto file_system = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  for (const auto& [path, content] : files) {
    file_system->addFile(kRoot + path, /*ModificationTime=*/0,
                         llvm::MemoryBuffer::getMemBufferCopy(content));
  }
  file_system->setCurrentWorkingDirectory(kRoot);
  return file_system;
}

}  // namespace

Databases::~Databases() {
  if (!folder_.empty()) {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
}

std::string Databases::PathOf(const std::string& name) {
  if (folder_.empty()) {
    llvm::SmallString<128> folder;
    if (llvm::sys::fs::createUniqueDirectory("palindrome_world", folder)) {
      return "/nowhere/" + name;
    }
    folder_ = folder.str().str();
  }
  return (folder_ / name).string();
}

Outcome World::Run(llvm::ArrayRef<std::string> args) {
  // What is edited lies over what was there.
  llvm::vfs::OverlayFileSystem file_system(FilesInMemory(files_));
  Outcome outcome;
  MapOutput output(files_, outcome, write_failure_);
  std::istringstream in(input_);
  llvm::raw_string_ostream out(outcome.out);
  llvm::raw_string_ostream err(outcome.err);
  driver::Environment environment = {
      file_system,
      output,
      out,
      err,
      "0.0.0-test",
      [this] { return build_id_; },
      [this] { return now_; },
      [this] {
        constexpr unsigned kDigits = 12;
        return llvm::utohexstr(++last_id_, /*LowerCase=*/true, kDigits);
      },
      [](const rehearse::StandIns& stand_ins) {
        return rehearse::sqlite::MakeEngine(stand_ins);
      },
      rehearse::sqlite::ReadExisting,
      rehearse::sqlite::RunAll,
      rehearse::sqlite::RunPrograms,
      [&](const std::string& path) -> llvm::Error {
        if (!editor_) {
          return llvm::createStringError(
              "no editor is set; name one in VISUAL or EDITOR");
        }
        editor_(files_[path]);
        file_system.pushOverlay(FilesInMemory({{path, files_[path]}}));
        return llvm::Error::success();
      },
      [this](const std::string& path, Missing missing, const UseDatabase& use) {
        // Nothing stays nothing, and a URI is the test's own.
        const bool is_name = !path.empty() && !path.starts_with("file:");
        return rehearse::sqlite::UseDatabaseFile(
            is_name ? databases_.PathOf(path) : path, missing, use);
      },
      sqlite::OfflineSql,
      [this](llvm::ArrayRef<facts::CompileCommand> commands,
             const facts::ReadOptions& options)
          -> llvm::Expected<facts::UnitsRead> {
        if (!read_units_) {
          return llvm::createStringError("this Palindrome cannot read C++");
        }
        return read_units_(commands, options);
      },
      &in};
  outcome.status = driver::Run(args, environment);
  return outcome;
}

}  // namespace palindrome::testing
