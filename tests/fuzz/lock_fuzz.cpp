// Any bytes as a lock file: what was read of it is written and read again.
#include "compiler/graph/lock.h"
#include "tests/fuzz/fuzz.h"

namespace palindrome::graph {
namespace {

std::string FindLockFault(const std::string& text) {
  const source::File file("migrations.lock", text);
  diagnostics::Emitter emitter;
  const Lock lock = ParseLock(file, emitter);
  if (lock.complete != emitter.diagnostics().empty()) {
    return "complete and errors, or neither";
  }
  const source::File written("migrations.lock", FormatLock(lock.entries));
  diagnostics::Emitter again;
  const Lock read = ParseLock(written, again);
  if (!again.diagnostics().empty()) {
    return again.diagnostics().front().message;
  }
  if (FormatLock(read.entries) != written.text() ||
      read.entries.size() != lock.entries.size()) {
    return "written and read it differs";
  }
  for (std::size_t i = 0; i < lock.entries.size(); ++i) {
    if (read.entries[i].file_name != lock.entries[i].file_name) {
      return "another file name: " + lock.entries[i].file_name;
    }
  }
  return "";
}

}  // namespace
}  // namespace palindrome::graph

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using palindrome::graph::FindLockFault;
  palindrome::fuzz::RequireNone(
      FindLockFault(palindrome::fuzz::TextOf(bytes, size)));
  return 0;
}
