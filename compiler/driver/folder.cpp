#include <algorithm>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/Path.h"

#include "compiler/driver/path.h"
#include "compiler/driver/pipeline.h"
#include "compiler/graph/squash.h"
#include "compiler/parse/parse.h"

namespace palindrome::driver {
namespace {

PALINDROME_TEXT(kUnreadable, kFileError, "{0}", std::string);
PALINDROME_TEXT(kNulByte, kFileError, "a NUL byte; the file is to be text");
PALINDROME_TEXT(kNotUtf8, kFileError, "the text is not UTF-8");
PALINDROME_TEXT(kBadName, kFileError,
                "the name of `{0}` has a control character or is not UTF-8; "
                "rename the file",
                std::string);
PALINDROME_TEXT(kNoFolder, kFileError,
                "there is no folder `{0}`; `palindrome init` makes one, and "
                "`--directory` names another{1}",
                std::string, std::string);
PALINDROME_TEXT(kUnreadableFolder, kFileError,
                "the folder `{0}` cannot be read: {1}", std::string,
                std::string);

// An editor's hidden files are nobody's migrations. A suffix in upper case is
// taken, so that the rule for file names can speak of it.
bool IsMigrationFile(llvm::StringRef path) {
  return llvm::sys::path::extension(path).equals_insensitive(".sql") &&
         !llvm::sys::path::filename(path).starts_with(".");
}

// As DiskOutput names a file beside the one that it will be.
bool IsLeftover(llvm::StringRef path) {
  constexpr std::size_t kDigits = 8;
  constexpr llvm::StringLiteral kHexadecimal = "0123456789abcdef";
  llvm::StringRef name = llvm::sys::path::filename(path);
  if (!name.consume_back(".tmp")) {
    return false;
  }
  const auto [before, digits] = name.rsplit('.');
  return !before.empty() && digits.size() == kDigits &&
         digits.find_first_not_of(kHexadecimal) == llvm::StringRef::npos;
}

// The folders that stand where this one does not.
std::vector<std::string> FoldersBeside(llvm::vfs::FileSystem& file_system,
                                       llvm::StringRef directory) {
  const llvm::StringRef parent =
      llvm::sys::path::parent_path(directory.rtrim('/'));
  std::vector<std::string> folders;
  std::error_code error;
  const llvm::vfs::directory_iterator end;
  for (auto entry = file_system.dir_begin(
           parent.empty() ? llvm::StringRef(".") : parent, error);
       !error && entry != end; entry.increment(error)) {
    const auto status = file_system.status(entry->path());
    if (status && status->isDirectory()) {
      folders.push_back(
          JoinPath(parent, llvm::sys::path::filename(entry->path())));
    }
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::vector<std::string> ListFolder(llvm::vfs::FileSystem& file_system,
                                    const std::string& directory,
                                    std::vector<std::string>& leftovers,
                                    diagnostics::Emitter& emitter) {
  std::error_code error;
  std::vector<std::string> paths;
  const llvm::vfs::directory_iterator end;
  for (auto entry = file_system.dir_begin(directory, error);
       !error && entry != end; entry.increment(error)) {
    if (IsLeftover(entry->path())) {
      leftovers.push_back(
          JoinPath(directory, llvm::sys::path::filename(entry->path())));
    }
    if (!IsMigrationFile(entry->path())) {
      continue;
    }
    // A link tells its target's type only to status().
    const auto status = file_system.status(entry->path());
    if (!status || !status->isDirectory()) {
      paths.push_back(
          JoinPath(directory, llvm::sys::path::filename(entry->path())));
    }
  }
  if (error == std::errc::no_such_file_or_directory) {
    // An empty folder below an overlay says the same.
    if (!file_system.exists(directory)) {
      emitter.Emit(kNoFolder, {}, directory,
                   diagnostics::Suggestion(
                       directory, FoldersBeside(file_system, directory)));
    }
  } else if (error) {
    emitter.Emit(kUnreadableFolder, {}, directory, error.message());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

std::vector<std::string> ListMigrations(llvm::vfs::FileSystem& file_system,
                                        const std::string& directory,
                                        diagnostics::Emitter& emitter,
                                        std::vector<std::string>* leftovers) {
  std::vector<std::string> ignored;
  std::vector<std::string>& others =
      leftovers != nullptr ? *leftovers : ignored;
  std::vector<std::string> paths =
      ListFolder(file_system, directory, others, emitter);
  const std::string squashed =
      JoinPath(directory, std::string(graph::kSquashedFolder));
  if (file_system.exists(squashed)) {
    const auto aside = ListFolder(file_system, squashed, others, emitter);
    paths.insert(paths.end(), aside.begin(), aside.end());
  }
  std::sort(others.begin(), others.end());
  return paths;
}

const source::File* CheckText(const source::File& file,
                              diagnostics::Emitter& emitter) {
  if (const auto place = source::FindNoText(file.text())) {
    emitter.Emit(file.text()[*place] == '\0' ? kNulByte : kNotUtf8,
                 {&file, {*place, *place + 1}});
    return nullptr;
  }
  return &file;
}

const source::File* ReadSource(llvm::vfs::FileSystem& file_system,
                               source::Files& files, const std::string& path,
                               std::vector<std::string>& inputs,
                               diagnostics::Emitter& emitter) {
  inputs.push_back(path);
  llvm::Expected<const source::File*> file = files.Read(file_system, path);
  if (!file) {
    emitter.Emit(kUnreadable, {}, llvm::toString(file.takeError()));
    return nullptr;
  }
  return CheckText(**file, emitter);
}

Folder ReadFolder(llvm::vfs::FileSystem& file_system, source::Files& files,
                  const std::string& directory, const std::string& lock_path,
                  bool headers_only, diagnostics::Emitter& emitter) {
  Folder folder;
  folder.directory = directory;
  std::vector<ast::Migration> migrations;
  for (const std::string& path :
       ListMigrations(file_system, directory, emitter, &folder.leftovers)) {
    if (!source::IsPlainName(llvm::sys::path::filename(path))) {
      emitter.Emit(kBadName, {}, path);
    }
    if (const source::File* file =
            ReadSource(file_system, files, path, folder.inputs, emitter)) {
      migrations.push_back(headers_only
                               ? parse::ParseHeader(*file, emitter)
                               : parse::ParseMigration(*file, emitter));
    }
  }
  graph::Lock lock;
  const std::string path =
      lock_path.empty() ? JoinPath(directory, "migrations.lock") : lock_path;
  if (file_system.exists(path)) {
    if (const source::File* file =
            ReadSource(file_system, files, path, folder.inputs, emitter)) {
      lock = graph::ParseLock(*file, emitter);
    } else {
      lock.complete = false;
    }
  }
  folder.graph = graph::BuildGraph(
      std::move(migrations), std::move(lock),
      JoinPath(directory, std::string(graph::kSquashedFolder)));
  return folder;
}

std::string LockPathOf(const Options& options) {
  return options.Has("lock-file")
             ? options.Get("lock-file")
             : JoinPath(options.Get("directory"), "migrations.lock");
}

void ReadSettings(llvm::vfs::FileSystem& file_system, source::Files& files,
                  const std::string& directory, config::Settings& settings,
                  std::vector<std::string>& inputs,
                  diagnostics::Emitter& emitter) {
  const std::string path = JoinPath(directory, "palindrome.toml");
  if (!file_system.exists(path)) {
    return;
  }
  if (const source::File* file =
          ReadSource(file_system, files, path, inputs, emitter)) {
    config::ReadConfiguration(*file, rehearse::sqlite::Facts(), settings,
                              emitter);
  }
}

}  // namespace palindrome::driver
