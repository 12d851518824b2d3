#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kEdited, kLockedRevisionEdited,
                "revision `{0}` was edited after it was locked; restore it and "
                "write a new migration for the change",
                std::string);
PALINDROME_TEXT(kRemoved, kLockedRevisionEdited,
                "locked revision `{0}` is gone; bring back `{1}`", std::string,
                std::string);
PALINDROME_TEXT(kMoved, kLockedRevisionEdited,
                "revision `{0}` was locked as `{1}`, and its file is called "
                "`{2}`; give the file its name back",
                std::string, std::string, std::string);
PALINDROME_TEXT(kReordered, kLockedRevisionEdited,
                "revision `{0}` is locked before `{1}`, which it builds on; "
                "restore the order of the lock file",
                std::string, std::string);
PALINDROME_TEXT(kOnUnlocked, kLockedRevisionEdited,
                "locked revision `{0}` builds on `{1}`, which is not locked; "
                "restore the lock file",
                std::string, std::string);

using Places = std::unordered_map<std::size_t, std::size_t>;

struct Check {
  const graph::Graph& graph;
  diagnostics::Emitter& emitter;
  Places places;  // Of an index of All(): its place in the lock file.
  std::vector<const graph::Revision*> all = graph.All();

  std::optional<std::size_t> Find(const std::string& id) const {
    const auto found = graph.Find(id);
    const graph::Squash* squash = found ? nullptr : graph.FindSquash(id);
    return squash == nullptr
               ? found
               : std::optional(
                     graph.revisions.size() +
                     static_cast<std::size_t>(squash - graph.squashes.data()));
  }

  source::Location LineOf(const graph::LockEntry& entry) const {
    return {graph.lock.file, entry.range};
  }

  bool HasFileWithoutId(const graph::LockEntry& entry) const {
    return std::any_of(
        all.begin(), all.end(), [&](const graph::Revision* revision) {
          return revision->id.empty() && revision->file_name == entry.file_name;
        });
  }

  void Entry(const graph::LockEntry& entry) {
    const auto index = Find(entry.revision);
    if (!index && HasFileWithoutId(entry)) {
      return;  // What is wrong with its header is said there.
    }
    if (!index) {
      emitter.Emit(kRemoved, LineOf(entry), entry.revision, entry.file_name);
      return;
    }
    const graph::Revision& revision = *all[*index];
    const source::File* file = revision.migration.file;
    const ast::Header& header = revision.migration.header;
    const source::Location location{
        file, header.revision ? header.revision->range : header.range};
    if (revision.checksum != entry.checksum) {
      emitter.Emit(diagnostics::Make(kEdited, location, revision.id)
                       .With(LineOf(entry), "it is locked here"));
    }
    if (revision.file_name != entry.file_name) {
      emitter.Emit(diagnostics::Make(kMoved, location, revision.id,
                                     entry.file_name, revision.file_name)
                       .With(LineOf(entry), "it is locked here"));
    }
    Order(revision, places.at(*index), entry);
  }

  void OnUnlocked(const graph::Revision& revision,
                  const graph::Reference& reference,
                  const graph::Revision& needed,
                  const graph::LockEntry& entry) {
    if (!graph.lock.complete) {
      return;  // A line that could not be read may lock it.
    }
    emitter.Emit(
        diagnostics::Make(kOnUnlocked,
                          {revision.migration.file, reference.text.range},
                          revision.id, needed.id)
            .With(LineOf(entry), "it is locked here"));
  }

  void Order(const graph::Revision& revision, std::size_t place,
             const graph::LockEntry& entry) {
    for (const graph::Reference& reference : revision.references) {
      if (!reference.target) {
        continue;
      }
      const graph::Revision& needed = graph.revisions[*reference.target];
      const auto needed_place = places.find(*reference.target);
      if (needed_place == places.end()) {
        OnUnlocked(revision, reference, needed, entry);
      } else if (needed_place->second > place) {
        emitter.Emit(
            diagnostics::Make(kReordered, LineOf(entry), revision.id, needed.id)
                .With({revision.migration.file, reference.text.range},
                      "it says so here"));
      }
    }
  }
};

void CheckLock(const graph::Graph& graph, diagnostics::Emitter& emitter) {
  Check check{graph, emitter, {}};
  for (std::size_t i = 0; i < graph.lock.entries.size(); ++i) {
    if (const auto index = check.Find(graph.lock.entries[i].revision)) {
      check.places.emplace(*index, i);
    }
  }
  for (const graph::LockEntry& entry : graph.lock.entries) {
    check.Entry(entry);
  }
}

}  // namespace

constinit const Rule kLockedRevisionEditedRule = {
    .kind = diagnostics::Kind::kLockedRevisionEdited,
    .summary = "a locked migration was edited, removed, moved or reordered",
    .rationale = R"md(
A locked migration has been reviewed, and databases out in the world have run
it. They will never run it again: what is edited into it reaches new databases
only, and from that day there are two schemas under one revision.

A change is a migration of its own. Comments, white space and the reasons of
ALLOW are not part of the checksum and may be improved at any time. The lock
file is under version control; its lines are only ever added to, by
`palindrome lock`.
)md",
    .bad = R"sql(=== migrations.lock
palindrome-lock 1
a1 t1:0000000000000000000000000000000000000000000000000000000000000000 20250115_143022_create_users.sql
=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== migrations.lock
palindrome-lock 1
a1 t1:d6848385ed4c3f67aa76287804af0ef44d6178a3267384ee85dcae5ad8e00e8c 20250115_143022_create_users.sql
=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_user_name.sql
MIGRATION 'add user name'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN name TEXT;
END;

DOWNGRADE AUTO;
)sql",
    .check_graph = CheckLock,
};

}  // namespace palindrome::checks
