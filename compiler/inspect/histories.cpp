#include "compiler/inspect/histories.h"

#include <algorithm>
#include <cstring>
#include <set>
#include <span>
#include <utility>

#include "llvm/ADT/Twine.h"
#include "llvm/Support/Endian.h"

#include "compiler/inspect/byte_order.h"
#include "compiler/inspect/sections.h"
#include "runtime/src/chain.h"

namespace palindrome::inspect {
namespace {

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

Error Failed(const llvm::Twine& message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

Error Failed(const Status& status) {
  const std::string& revision = status.details().revision;
  return Failed(status.message() +
                (revision.empty() ? "" : " (revision `" + revision + "`)"));
}

Error Damaged(const History& history, std::size_t index, StringRef what) {
  return Failed("the compiled history `" + history.name() + "` is damaged: " +
                what + " of revision `" + history.loaded.graph.node(index).id +
                "` is not that of what is there");
}

bool HasDigests(const History& history, const table::Row& row) {
  const HistoryTable& table = history.loaded.table;
  for (const auto dialect :
       {table::Dialect::kSqlite, table::Dialect::kPostgresql}) {
    const auto program = table.FindProgram(row, dialect);
    if (program && (table.Text(program->up_digest) !=
                        ProgramDigest(table.Statements(program->up)) ||
                    table.Text(program->down_digest) !=
                        ProgramDigest(table.Statements(program->down)))) {
      return false;
    }
  }
  return true;
}

// A bit that was turned in the file shows here.
Error CheckDigests(const History& history) {
  const RevisionGraph& graph = history.loaded.graph;
  for (std::size_t index = 0; index < graph.size(); ++index) {
    const table::Row row = history.row(index);
    if (!HasDigests(history, row)) {
      return Damaged(history, index, "the digest of a program");
    }
    std::vector<std::string> needed;
    for (const std::size_t need : graph.needs(index)) {
      needed.push_back(history.text(history.row(need).chain));
    }
    const std::string chain =
        ChainDigest(history.text(row.revision), history.text(row.checksum),
                    std::move(needed));
    if (chain != history.text(row.chain)) {
      return Damaged(history, index, "the chain");
    }
  }
  return Error::success();
}

// Reads the tables of one file.
class Reader {
 public:
  explicit Reader(std::size_t file_size) : budget_(file_size) {}
  // All tables of a section; the linker aligns them with zeros between.
  Error ReadSection(const Section& section);
  // One that may be there, and what is not sound is not there.
  void ReadCandidate(const Section& section);
  std::vector<History> Take() { return std::move(histories_); }

 private:
  Expected<History> ReadTable(StringRef bytes, const Section& section);
  void Keep(History history);

  std::vector<History> histories_;
  std::set<const char*> seen_;  // Where the tables begin.
  // Bytes that tables may still take: those of one file share none.
  std::size_t budget_;
};

// The table that `bytes` begin with.
Expected<History> Reader::ReadTable(StringRef bytes, const Section& section) {
  const bool is_foreign = section.little_endian != (llvm::endianness::native ==
                                                    llvm::endianness::little);
  const std::string swapped =
      is_foreign ? SwapTable(bytes.take_front(budget_)) : "";
  budget_ -= swapped.size();
  const StringRef native = is_foreign ? StringRef(swapped) : bytes;
  const auto open = HistoryTable::Open(
      std::as_bytes(std::span(native.data(), native.size())));
  if (!open.ok()) {
    return Failed(open.status());
  }
  table::Header header = {};
  std::memcpy(&header, native.data(), sizeof(header));
  if (!is_foreign && header.length > budget_) {
    return Failed("its histories lie over one another");
  }
  budget_ -= is_foreign ? 0 : header.length;
  auto copy =
      std::make_shared<const std::string>(native.take_front(header.length));
  auto loaded = LoadHistory(palindrome::History{
      reinterpret_cast<const table::Header*>(copy->data())});
  if (!loaded.ok()) {
    return Failed(loaded.status());
  }
  History history{
      {{section.member, section.format}}, std::move(copy), std::move(*loaded)};
  if (Error error = CheckDigests(history)) {
    return error;
  }
  return history;
}

void Reader::Keep(History history) {
  const auto same = std::find_if(
      histories_.begin(), histories_.end(),
      [&](const History& other) { return *other.bytes == *history.bytes; });
  if (same == histories_.end()) {
    histories_.push_back(std::move(history));
  } else {
    same->places.push_back(std::move(history.places.front()));
  }
}

Error Reader::ReadSection(const Section& section) {
  StringRef rest = section.bytes.ltrim('\0');
  while (!rest.empty()) {
    // Sections that share their bytes are read once.
    if (!seen_.insert(rest.data()).second) {
      break;
    }
    auto history = ReadTable(rest, section);
    if (!history) {
      return history.takeError();
    }
    rest = rest.drop_front(history->bytes->size()).ltrim('\0');
    Keep(std::move(*history));
  }
  return Error::success();
}

void Reader::ReadCandidate(const Section& section) {
  if (!seen_.insert(section.bytes.data()).second) {
    return;
  }
  auto history = ReadTable(section.bytes, section);
  if (history) {
    Keep(std::move(*history));
  } else {
    llvm::consumeError(history.takeError());
  }
}

}  // namespace

Expected<std::vector<History>> ReadHistories(llvm::MemoryBufferRef file) {
  auto found = FindSections(file);
  if (!found) {
    return found.takeError();
  }
  Reader reader(file.getBufferSize());
  for (const Section& section : *found) {
    if (section.is_guess) {
      reader.ReadCandidate(section);
    } else if (Error error = reader.ReadSection(section)) {
      return error;
    }
  }
  return reader.Take();
}

}  // namespace palindrome::inspect
