#include "compiler/inspect/sections.h"

#include <cstdint>
#include <memory>
#include <utility>

#include "llvm/ADT/Twine.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Object/COFF.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Object/MachO.h"
#include "llvm/Object/MachOUniversal.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/Endian.h"

#include "compiler/inspect/archive.h"
#include "palindrome/migration.h"

namespace palindrome::inspect {
namespace {

using llvm::Error;
using llvm::Expected;
using llvm::file_magic;
using llvm::StringRef;
namespace object = llvm::object;

Error Failed(const llvm::Twine& message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

// What kind of file LLVM is asked to read; everything else is refused before.
enum class FileKind : std::uint8_t {
  kOther,
  kObject,
  kArchive,
  kUniversal,
  kBitcode,
};

FileKind KindOf(StringRef bytes) {
  switch (llvm::identify_magic(bytes)) {
    case file_magic::elf:
    case file_magic::elf_relocatable:
    case file_magic::elf_executable:
    case file_magic::elf_shared_object:
    case file_magic::elf_core:
    case file_magic::macho_object:
    case file_magic::macho_executable:
    case file_magic::macho_fixed_virtual_memory_shared_lib:
    case file_magic::macho_core:
    case file_magic::macho_preload_executable:
    case file_magic::macho_dynamically_linked_shared_lib:
    case file_magic::macho_dynamic_linker:
    case file_magic::macho_bundle:
    case file_magic::macho_dynamically_linked_shared_lib_stub:
    case file_magic::macho_dsym_companion:
    case file_magic::macho_kext_bundle:
    case file_magic::macho_file_set:
    case file_magic::coff_object:
    case file_magic::pecoff_executable:
      return FileKind::kObject;
    case file_magic::archive:
      return FileKind::kArchive;
    case file_magic::macho_universal_binary:
      return FileKind::kUniversal;
    case file_magic::bitcode:
      return FileKind::kBitcode;
    default:
      return FileKind::kOther;
  }
}

// Linkers cut the names in a PE image to 8 bytes.
bool HoldsHistories(const object::ObjectFile& file, StringRef name) {
  if (file.isMachO()) {
    return name == "__palindrome";
  }
  return name == ".palindrome" || (file.isCOFF() && name == ".palindr");
}

// Collects the sections of a file and of the files in it.
class Finder {
 public:
  Error AddFile(llvm::MemoryBufferRef file, const std::string& member,
                unsigned depth);
  std::vector<Section> Take() { return std::move(found_); }

 private:
  Error AddObject(llvm::MemoryBufferRef file, const std::string& member);
  Error AddArchive(StringRef archive, const std::string& member,
                   unsigned depth);
  Error AddUniversal(llvm::MemoryBufferRef file, const std::string& member,
                     unsigned depth);
  Error AddSegments(const object::ObjectFile& file, const std::string& member);
  template <typename ElfType>
  Error AddSegmentsOf(const object::ELFObjectFile<ElfType>& file,
                      const std::string& member);
  void Add(const object::ObjectFile& file, const std::string& member,
           StringRef bytes, bool is_guess) {
    found_.push_back({member, file.getFileFormatName().str(), bytes,
                      file.isLittleEndian(), is_guess});
  }

  std::vector<Section> found_;
};

// Every place in the segment where a history may begin.
template <typename ElfType>
Error Finder::AddSegmentsOf(const object::ELFObjectFile<ElfType>& file,
                            const std::string& member) {
  auto headers = file.getELFFile().program_headers();
  if (!headers) {
    return headers.takeError();
  }
  const StringRef data = file.getData();
  for (const auto& header : *headers) {
    if (header.p_type != llvm::ELF::PT_LOAD) {
      continue;
    }
    const std::uint64_t offset = header.p_offset;
    const std::uint64_t size = header.p_filesz;
    if (offset > data.size() || size > data.size() - offset) {
      return Failed("a segment lies outside of it");
    }
    const StringRef segment = data.substr(offset, size);
    const StringRef magic(table::kMagic, sizeof(table::kMagic));
    for (std::size_t at = segment.find(magic); at != StringRef::npos;
         at = segment.find(magic, at + magic.size())) {
      Add(file, member, segment.drop_front(at), /*is_guess=*/true);
    }
  }
  return Error::success();
}

Error Finder::AddSegments(const object::ObjectFile& file,
                          const std::string& member) {
  if (const auto* elf = llvm::dyn_cast<object::ELF64LEObjectFile>(&file)) {
    return AddSegmentsOf(*elf, member);
  }
  if (const auto* elf = llvm::dyn_cast<object::ELF64BEObjectFile>(&file)) {
    return AddSegmentsOf(*elf, member);
  }
  if (const auto* elf = llvm::dyn_cast<object::ELF32LEObjectFile>(&file)) {
    return AddSegmentsOf(*elf, member);
  }
  if (const auto* elf = llvm::dyn_cast<object::ELF32BEObjectFile>(&file)) {
    return AddSegmentsOf(*elf, member);
  }
  return Error::success();
}

Error Finder::AddObject(llvm::MemoryBufferRef file, const std::string& member) {
  auto made = object::ObjectFile::createObjectFile(file);
  if (!made) {
    return made.takeError();
  }
  const object::ObjectFile& object = **made;
  bool has_sections = false;
  for (const object::SectionRef& section : object.sections()) {
    has_sections = true;
    Expected<StringRef> name = section.getName();
    if (!name) {
      return name.takeError();
    }
    if (!HoldsHistories(object, *name)) {
      continue;
    }
    Expected<StringRef> bytes = section.getContents();
    if (!bytes) {
      return bytes.takeError();
    }
    Add(object, member, *bytes, /*is_guess=*/false);
  }
  return has_sections ? Error::success() : AddSegments(object, member);
}

Error Finder::AddArchive(StringRef archive, const std::string& member,
                         unsigned depth) {
  if (archive.starts_with("!<thin>")) {
    return Failed(
        "it is a thin archive, which only names its members; inspect those");
  }
  if (!archive.starts_with("!<arch>\n")) {
    return Failed("it is an archive of a kind that only AIX has");
  }
  auto members = ReadArchive(archive);
  if (!members) {
    return members.takeError();
  }
  for (const Member& each : *members) {
    if (KindOf(each.bytes) == FileKind::kOther) {
      continue;
    }
    const std::string path =
        member.empty() ? each.name : member + "/" + each.name;
    if (Error error = AddFile({each.bytes, ""}, path, depth)) {
      return error;
    }
  }
  return Error::success();
}

Error Finder::AddUniversal(llvm::MemoryBufferRef file,
                           const std::string& member, unsigned depth) {
  // LLVM compares each architecture with each other.
  constexpr std::uint32_t kMostArchitectures = 64;
  constexpr std::size_t kCountOffset = 4;
  const StringRef bytes = file.getBuffer();
  if (bytes.size() < kCountOffset + sizeof(std::uint32_t) ||
      llvm::support::endian::read32be(bytes.data() + kCountOffset) >
          kMostArchitectures) {
    return Failed("it is no universal file of a few architectures");
  }
  auto universal = object::MachOUniversalBinary::create(file);
  if (!universal) {
    return universal.takeError();
  }
  for (const auto& slice : (*universal)->objects()) {
    const std::uint64_t offset = slice.getOffset();
    const std::uint64_t size = slice.getSize();
    if (offset > bytes.size() || size > bytes.size() - offset) {
      return Failed("an architecture lies outside of it");
    }
    if (Error error =
            AddFile({bytes.substr(offset, size), ""}, member, depth)) {
      return error;
    }
  }
  return Error::success();
}

Error Finder::AddFile(llvm::MemoryBufferRef file, const std::string& member,
                      unsigned depth) {
  // An archive of universal files of archives is made by nobody.
  constexpr unsigned kDeepest = 3;
  if (depth == kDeepest) {
    return Failed("there is a file in a file in a file in it");
  }
  switch (KindOf(file.getBuffer())) {
    case FileKind::kObject:
      return AddObject(file, member);
    case FileKind::kUniversal:
      return AddUniversal(file, member, depth + 1);
    case FileKind::kArchive:
      return AddArchive(file.getBuffer(), member, depth + 1);
    case FileKind::kBitcode:
      return Failed(
          "it is LLVM bitcode, as `-flto` makes it; inspect the program that "
          "is linked from it");
    case FileKind::kOther:
      return Failed("it is no ELF, Mach-O or COFF file and no archive of them");
  }
  llvm_unreachable("not a kind of file");
}

}  // namespace

Expected<std::vector<Section>> FindSections(llvm::MemoryBufferRef file) {
  Finder finder;
  if (Error error = finder.AddFile(file, "", 0)) {
    return error;
  }
  return finder.Take();
}

bool IsBinary(StringRef beginning) {
  return KindOf(beginning) != FileKind::kOther;
}

}  // namespace palindrome::inspect
