// Source files in memory, and places in them.
//
// A `File` is immutable and is owned by the `Files` that read it, which
// outlives everything that points into it; views and locations stay valid as
// long. Reading is for one thread; what was read may be used by any.
#ifndef PALINDROME_COMPILER_SOURCE_SOURCE_H_
#define PALINDROME_COMPILER_SOURCE_SOURCE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Every file of the compiler includes this one, and those are large headers.
namespace llvm {
template <class T>
class Expected;
namespace vfs {
class FileSystem;
}  // namespace vfs
}  // namespace llvm

namespace palindrome::source {

// Half-open range of bytes.
struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool contains(Range other) const {
    return begin <= other.begin && other.end <= end;
  }
};

// Both from 1; a column counts UTF-8 code points.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

class File {
 public:
  File(std::string name, std::string text);

  // As messages show it: the directory as it was given, and the file's name.
  const std::string& name() const { return name_; }
  // The file's name without its directory.
  std::string_view base_name() const;
  std::string_view text() const { return text_; }
  std::string_view text(Range range) const;
  LineColumn Resolve(std::uint32_t offset) const;
  // The line (from 1) without its line ending.
  std::string_view Line(std::uint32_t line) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
};

// A place: a file and a range of its bytes. Without a file it means the
// history as a whole.
struct Location {
  const File* file = nullptr;
  Range range;
};

// The first byte that is NUL or not part of valid UTF-8.
std::optional<std::uint32_t> FindNoText(std::string_view text);

// Whether a file's name can stand in generated files: UTF-8 without control
// characters.
bool IsPlainName(std::string_view name);

class Files {
 public:
  // Reads `path` from `file_system`. Fails if it cannot be read or is larger
  // than 64 MiB. A byte-order mark is dropped.
  llvm::Expected<const File*> Read(llvm::vfs::FileSystem& file_system,
                                   const std::string& path);
  const File* Add(std::string name, std::string text);

 private:
  std::vector<std::unique_ptr<File>> files_;
};

}  // namespace palindrome::source

#endif  // PALINDROME_COMPILER_SOURCE_SOURCE_H_
