#include "compiler/tooling/file_table.h"

#include <utility>

#include "clang/Lex/Lexer.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

#include "runtime/src/sha256.h"

namespace palindrome::tooling {

FileTable::FileTable(const clang::SourceManager& sources,
                     const clang::LangOptions& language, std::string directory)
    : sources_(sources), language_(language) {
  const auto add = [&](clang::FileEntryRef entry,
                       const clang::SrcMgr::ContentCache& content) {
    const auto buffer = content.getBufferIfLoaded();
    if (!buffer || numbers_.contains(&entry.getFileEntry())) {
      return;
    }
    llvm::SmallString<256> path(entry.getName());
    llvm::sys::fs::make_absolute(directory, path);
    llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/false);
    numbers_.emplace(&entry.getFileEntry(),
                     static_cast<std::uint32_t>(files_.size()));
    files_.push_back({llvm::json::fixUTF8(path),
                      Sha256Hex(std::string_view(buffer->getBuffer()))});
  };
  // The source first; the others in an order that does not depend on chance.
  std::map<std::string,
           std::pair<clang::FileEntryRef, const clang::SrcMgr::ContentCache*>>
      others;
  const auto main = sources.getFileEntryRefForID(sources.getMainFileID());
  for (auto it = sources.fileinfo_begin(); it != sources.fileinfo_end(); ++it) {
    if (main && &it->first.getFileEntry() == &main->getFileEntry()) {
      add(it->first, *it->second);
    } else {
      others.emplace(it->first.getName().str(),
                     std::make_pair(it->first, it->second));
    }
  }
  for (const auto& [name, entry] : others) {
    add(entry.first, *entry.second);
  }
}

std::optional<std::uint32_t> FileTable::FindFile(clang::FileID file) const {
  const clang::FileEntry* entry = sources_.getFileEntryForID(file);
  const auto found = numbers_.find(entry);
  return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

facts::Place FileTable::PlaceOf(clang::SourceRange range) const {
  const clang::CharSourceRange characters = clang::Lexer::makeFileCharRange(
      clang::CharSourceRange::getTokenRange(range), sources_, language_);
  clang::SourceLocation begin = characters.getBegin();
  clang::SourceLocation end = characters.getEnd();
  if (characters.isInvalid()) {
    const clang::CharSourceRange expansion = sources_.getExpansionRange(range);
    begin = expansion.getBegin();
    end = clang::Lexer::getLocForEndOfToken(expansion.getEnd(), 0, sources_,
                                            language_);
  }
  const auto [file, offset] = sources_.getDecomposedLoc(begin);
  const auto [end_file, end_offset] = sources_.getDecomposedLoc(end);
  const auto number = FindFile(file);
  if (!number) {
    return {};
  }
  return {*number, offset,
          file == end_file && end_offset > offset ? end_offset : offset};
}

std::optional<facts::Place> FileTable::ByteAt(
    clang::SourceLocation location) const {
  const clang::SourceLocation spelling = sources_.getSpellingLoc(location);
  const auto [file, offset] = sources_.getDecomposedLoc(spelling);
  const auto number = FindFile(file);
  if (!number) {
    return std::nullopt;
  }
  return facts::Place{*number, offset, offset + 1};
}

}  // namespace palindrome::tooling
