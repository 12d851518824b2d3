#include <string>

#include "compiler/checks/file_names.h"
#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kBefore, kTimestampBeforeParent,
                "the file has an earlier time than `{0}`, which it revises; "
                "give it a later one, so that files sort as they follow one "
                "another",
                std::string);

void Check(const graph::Graph& graph, diagnostics::Emitter& emitter) {
  if (!graph.cycles.empty() || !graph.duplicates.empty()) {
    return;
  }
  for (const graph::Revision& revision : graph.revisions) {
    const llvm::StringRef time = TimeOf(revision.migration.file->base_name());
    // A locked file keeps its name.
    if (revision.locked || time.empty()) {
      continue;
    }
    for (const graph::Reference& reference : revision.references) {
      if (reference.is_dependency || !reference.target) {
        continue;
      }
      const graph::Revision& parent = graph.revisions[*reference.target];
      const llvm::StringRef before = TimeOf(parent.migration.file->base_name());
      if (!before.empty() && IsRealTime(before) && time < before) {
        emitter.Emit(
            diagnostics::Make(kBefore,
                              {revision.migration.file, reference.text.range},
                              std::string(parent.migration.file->base_name()))
                .With(graph::LocationOf(parent), "it is here"));
        break;
      }
    }
  }
}

}  // namespace

constinit const Rule kTimestampBeforeParentRule = {
    .kind = diagnostics::Kind::kTimestampBeforeParent,
    .summary = "a file is older by its name than the one that it revises",
    .rationale = R"md(
The order of migrations is that of REVISES, and the names of files are for people
and for tools that sort them. When a migration is moved onto a newer one and keeps
its time, the two orders disagree: the folder shows it in the wrong place, and
whoever reads it from top to bottom reads another history.

Give the file a new time (and `CREATED`, if it has one). A locked file keeps its
name and is not reported.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
END;

DOWNGRADE AUTO;
=== 20250117_100000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_create_labels.sql
MIGRATION 'create labels'
  REVISION 'c3'
  REVISES 'b2';

UPGRADE BEGIN
  CREATE TABLE labels (id INTEGER PRIMARY KEY, word TEXT);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
END;

DOWNGRADE AUTO;
=== 20250117_100000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT);
END;

DOWNGRADE AUTO;
=== 20250118_110000_create_labels.sql
MIGRATION 'create labels'
  REVISION 'c3'
  REVISES 'b2';

UPGRADE BEGIN
  CREATE TABLE labels (id INTEGER PRIMARY KEY, word TEXT);
END;

DOWNGRADE AUTO;
)sql",
    .check_graph = Check,
};

}  // namespace palindrome::checks
