#include "compiler/driver/unwritten.h"

namespace palindrome::driver {
namespace {

PALINDROME_TEXT(kUnwritten, kNothingToUpgrade,
                "the upgrade of `{0}` is empty; write the upgrade here",
                std::string);

}  // namespace

void CheckWritten(const ast::Migration& migration,
                  diagnostics::Emitter& emitter) {
  if (migration.header_ok && migration.body_ok &&
      migration.upgrade.items.empty() && migration.header.parents.size() < 2) {
    emitter.Emit(kUnwritten, {migration.file, migration.upgrade.keyword},
                 migration.header.title.value);
  }
}

}  // namespace palindrome::driver
