#include "compiler/driver/unwritten.h"

namespace palindrome::driver {
namespace {

PALINDROME_TEXT(kUnwritten, kNothingToUpgrade,
                "the upgrade of `{0}` is empty; write the upgrade here",
                std::string);

}  // namespace

void CheckWritten(const graph::Graph& graph, diagnostics::Emitter& emitter) {
  for (const graph::Revision& revision : graph.revisions) {
    const ast::Migration& migration = revision.migration;
    if (migration.header_ok && migration.body_ok &&
        migration.upgrade.items.empty() &&
        migration.header.parents.size() < 2) {
      emitter.Emit(kUnwritten, {migration.file, migration.upgrade.keyword},
                   migration.header.title.value);
    }
  }
}

}  // namespace palindrome::driver
