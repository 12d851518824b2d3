#include "compiler/driver/disk_output.h"

#include <utility>
#include <vector>

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace palindrome::driver {
namespace {

llvm::Error Fail(const std::string& path, const std::string& reason) {
  return llvm::createStringError("`%s` cannot be written: %s", path.c_str(),
                                 reason.c_str());
}

llvm::Error MakeParent(const std::string& path) {
  const llvm::StringRef parent = llvm::sys::path::parent_path(path);
  if (parent.empty()) {
    return llvm::Error::success();
  }
  // The default would shut others out; all rights are what umask leaves.
  if (const std::error_code error = llvm::sys::fs::create_directories(
          parent, /*IgnoreExisting=*/true, llvm::sys::fs::all_all)) {
    return Fail(path, error.message());
  }
  return llvm::Error::success();
}

llvm::Error WriteTo(int descriptor, const OutputFile& file) {
  llvm::raw_fd_ostream stream(descriptor, /*shouldClose=*/false);
  stream << file.content;
  stream.flush();
  if (stream.has_error()) {
    const std::string reason = stream.error().message();
    stream.clear_error();
    return Fail(file.path, reason);
  }
  return llvm::Error::success();
}

// A rename puts another file in the place of the one that is there. Returns why
// that may not be.
std::string WhyNotReplaced(const llvm::sys::fs::file_status& status,
                           llvm::StringRef path) {
  const auto writable = llvm::sys::fs::perms::all_write;
  if ((status.permissions() & writable) == llvm::sys::fs::perms::no_perms ||
      !llvm::sys::fs::can_write(path)) {
    return "it is read-only";
  }
  if (status.getLinkCount() > 1) {
    return "it has other names (hard links), which would keep the old text; "
           "make a copy of it in its place";
  }
  return "";
}

// Gives the new file the owner and the permissions of the one that is there.
llvm::Error Resemble(const llvm::sys::fs::file_status& status,
                     const OutputFile& output, int descriptor) {
  llvm::sys::fs::file_status now;
  if (const std::error_code error = llvm::sys::fs::status(descriptor, now)) {
    return Fail(output.path, error.message());
  }
  if (now.getUser() != status.getUser() ||
      now.getGroup() != status.getGroup()) {
    const std::error_code error = llvm::sys::fs::changeFileOwnership(
        descriptor, status.getUser(), status.getGroup());
    if (error && output.is_edit) {
      return Fail(output.path,
                  "it belongs to another user or group; " + error.message());
    }
  }
  // After the owner, whose change takes some of them away.
  if (const std::error_code error =
          llvm::sys::fs::setPermissions(descriptor, status.permissions())) {
    return Fail(output.path, error.message());
  }
  return llvm::Error::success();
}

// Temporary files that vanish unless they are kept.
class Staging {
 public:
  Staging() = default;
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;
  ~Staging() {
    for (auto& [file, path] : files_) {
      llvm::consumeError(file.discard());
    }
  }

  llvm::Error Add(const OutputFile& output);
  llvm::Error Keep();

 private:
  std::vector<std::pair<llvm::sys::fs::TempFile, std::string>> files_;
};

llvm::Error Staging::Add(const OutputFile& output) {
  if (llvm::Error error = MakeParent(output.path)) {
    return error;
  }
  // Nothing else stands in the way of a rename that a new file beside it would
  // not meet as well.
  if (llvm::sys::fs::is_directory(output.path)) {
    return Fail(output.path, "it is a directory");
  }
  // A link stays one.
  llvm::SmallString<128> target;
  if (llvm::sys::fs::real_path(output.path, target)) {
    target = output.path;
  }
  llvm::sys::fs::file_status status;
  const bool is_there = !llvm::sys::fs::status(target, status);
  if (is_there && output.is_edit) {
    if (std::string reason = WhyNotReplaced(status, target); !reason.empty()) {
      return Fail(output.path, reason);
    }
  }
  llvm::Expected<llvm::sys::fs::TempFile> file =
      llvm::sys::fs::TempFile::create(target + ".%%%%%%%%.tmp");
  if (!file) {
    return Fail(output.path, llvm::toString(file.takeError()));
  }
  files_.emplace_back(std::move(*file), target.str().str());
  if (is_there) {
    if (llvm::Error error = Resemble(status, output, files_.back().first.FD)) {
      return error;
    }
  }
  return WriteTo(files_.back().first.FD, output);
}

llvm::Error Staging::Keep() {
  while (!files_.empty()) {
    auto [file, path] = std::move(files_.back());
    files_.pop_back();
    if (llvm::Error error = file.keep(path)) {
      return Fail(path, llvm::toString(std::move(error)));
    }
  }
  return llvm::Error::success();
}

// Files that are set aside under other names, and come back unless they are
// dropped.
class Aside {
 public:
  Aside() = default;
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;
  ~Aside() {
    for (const auto& [aside, path] : files_) {
      llvm::sys::fs::rename(aside, path);
    }
  }

  llvm::Error Add(const std::string& path) {
    llvm::SmallString<128> aside;
    llvm::sys::fs::createUniquePath(path + ".%%%%%%%%.tmp", aside,
                                    /*MakeAbsolute=*/false);
    if (const std::error_code error = llvm::sys::fs::rename(path, aside)) {
      return Fail(path, error.message());
    }
    files_.emplace_back(aside.str().str(), path);
    return llvm::Error::success();
  }

  void Drop() {
    for (const auto& [aside, path] : files_) {
      llvm::sys::fs::remove(aside);
    }
    files_.clear();
  }

 private:
  std::vector<std::pair<std::string, std::string>> files_;
};

llvm::Error Exists(const std::string& path) {
  return llvm::createStringError("`%s` exists already", path.c_str());
}

}  // namespace

llvm::Error DiskOutput::Write(llvm::ArrayRef<OutputFile> files) {
  Staging staging;
  // Last in, first kept: what the caller lists first is there first.
  for (const OutputFile& file : llvm::reverse(files)) {
    if (llvm::Error error = staging.Add(file)) {
      return error;
    }
  }
  return staging.Keep();
}

llvm::Error DiskOutput::Create(const OutputFile& file) {
  if (llvm::Error error = MakeParent(file.path)) {
    return error;
  }
  int descriptor = -1;
  const std::error_code error = llvm::sys::fs::openFileForWrite(
      file.path, descriptor, llvm::sys::fs::CD_CreateNew,
      llvm::sys::fs::OF_None);
  if (error == std::errc::file_exists) {
    return Exists(file.path);
  }
  if (error) {
    return Fail(file.path, error.message());
  }
  llvm::Error failure = WriteTo(descriptor, file);
  llvm::sys::fs::file_t handle = descriptor;
  if (llvm::sys::fs::closeFile(handle)) {
    return Fail(file.path, "it cannot be closed");
  }
  if (failure) {
    llvm::sys::fs::remove(file.path);
  }
  return failure;
}

llvm::Error DiskOutput::Rearrange(llvm::ArrayRef<std::string> replaced,
                                  llvm::ArrayRef<OutputFile> files,
                                  const OutputFile* rewritten) {
  Staging created;
  for (const OutputFile& file : llvm::reverse(files)) {
    if (llvm::sys::fs::exists(file.path)) {
      return Exists(file.path);
    }
    if (llvm::Error error = created.Add(file)) {
      return error;
    }
  }
  Staging last;
  if (rewritten != nullptr) {
    if (llvm::Error error = last.Add(*rewritten)) {
      return error;
    }
  }
  Aside old;
  llvm::Error error = created.Keep();
  for (const std::string& path : replaced) {
    if (!error) {
      error = old.Add(path);
    }
  }
  // There is nothing after it that could fail.
  if (!error) {
    error = last.Keep();
  }
  if (error) {
    for (const OutputFile& file : files) {
      llvm::sys::fs::remove(file.path);
    }
    return error;
  }
  old.Drop();
  return llvm::Error::success();
}

}  // namespace palindrome::driver
