#include "tests/golden/world.h"

#include <utility>

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/VirtualFileSystem.h"

#include "compiler/driver/run.h"
#include "compiler/rehearse/sqlite/engine.h"
#include "compiler/rehearse/sqlite/existing.h"

namespace palindrome::testing {
namespace {

constexpr char kRoot[] = "/project/";

class MapOutput : public driver::Output {
 public:
  MapOutput(FileMap& files, std::vector<driver::OutputFile>& written,
            const std::string& failure)
      : files_(files), written_(written), failure_(failure) {}

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

 private:
  FileMap& files_;
  std::vector<driver::OutputFile>& written_;
  const std::string& failure_;
};

}  // namespace

Outcome World::Run(llvm::ArrayRef<std::string> args) {
  llvm::vfs::InMemoryFileSystem file_system;
  for (const auto& [path, content] : files_) {
    file_system.addFile(kRoot + path, /*ModificationTime=*/0,
                        llvm::MemoryBuffer::getMemBufferCopy(content));
  }
  file_system.setCurrentWorkingDirectory(kRoot);
  Outcome outcome;
  MapOutput output(files_, outcome.written, write_failure_);
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
      rehearse::sqlite::RunAll};
  outcome.status = driver::Run(args, environment);
  return outcome;
}

}  // namespace palindrome::testing
