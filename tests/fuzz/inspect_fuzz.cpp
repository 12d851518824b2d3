// Any bytes as a program: what `inspect` reads of them is sound, no more than
// there is, and no update of itself.
#include <span>
#include <string>

#include "compiler/inspect/compare.h"
#include "compiler/inspect/histories.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/read_table.h"

namespace palindrome {
namespace {

std::string FindInspectFault(llvm::StringRef bytes) {
  auto histories =
      inspect::ReadHistories(llvm::MemoryBufferRef(bytes, "program"));
  if (!histories) {
    return llvm::toString(histories.takeError()).empty()
               ? "an error says nothing"
               : "";
  }
  std::size_t total = 0;
  for (const inspect::History& history : *histories) {
    total += history.bytes->size();
    testing::ReadAll(history.loaded.table);
    if (!history.loaded.table.Validate().ok() || history.places.empty()) {
      return "a history is not sound";
    }
  }
  if (total > bytes.size()) {
    return "there is more in it than it has";
  }
  auto updates = inspect::CompareHistories(*histories, *histories);
  if (!updates) {
    // Two of one name.
    llvm::consumeError(updates.takeError());
    return "";
  }
  for (const inspect::HistoryUpdate& update : *updates) {
    if (update.after == nullptr || !update.rewritten.empty() ||
        !update.steps.empty()) {
      return "a history differs from itself";
    }
  }
  return "";
}

}  // namespace
}  // namespace palindrome

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  palindrome::fuzz::RequireNone(palindrome::FindInspectFault(
      {reinterpret_cast<const char*>(bytes), size}));
  return 0;
}
