// The rehearsal's own rows as a counter-example.

#include "compiler/rehearse/sqlite/synthesize.h"
#include "tests/property/rows_replay.h"

namespace palindrome::property {

namespace {

// The task's own rows before the upgrade, and those of `rows`.
void Fill(const rehearse::Task& task, const std::vector<std::string>& rows,
          Live& live) {
  live.connection().Create(task.before);
  for (const rehearse::Inserts& inserts : task.rows_before) {
    live.InsertAll(*inserts);
  }
  live.InsertAll(rows);
}

bool GoesUp(const rehearse::Task& task, const std::vector<std::string>& rows) {
  Live live;
  Fill(task, rows, live);
  return live.Run(task.up).empty();
}

// Those that the upgrade takes of the rows that the rehearsal makes up.
std::vector<std::string> OwnRows(const rehearse::Task& task, bool with_limits) {
  Live live;
  Fill(task, {}, live);
  std::vector<std::string> kept;
  for (const auto& row :
       rehearse::sqlite::Synthesize(task.before, task.literals, task.seed,
                                    with_limits, live.connection())
           .rows) {
    kept.push_back(row.insert);
    if (!GoesUp(task, kept)) {
      kept.pop_back();
    }
  }
  return kept;
}

}  // namespace

bool RowsReplay::OwnRowsShow(const rehearse::Task& task) const {
  if (!GoesUp(task, {})) {
    return true;
  }
  for (const bool with_limits : {false, true}) {
    Live live;
    Fill(task, OwnRows(task, with_limits), live);
    const Dump before = DumpOf(live.handle(), {});
    live.Run(task.up);
    const Dump after = DumpOf(live.handle(), {});
    if (!task.down || !live.Run(*task.down).empty()) {
      return true;
    }
    const Dump restored = DumpOf(live.handle(), {});
    std::set<std::string> tables;
    if (!SchemaDifferences(before, restored).empty() ||
        !RowDifferences(before.tables, restored.tables, tables).empty() ||
        !live.Run(task.up).empty() ||
        !RowDifferences(after.tables, RowsOf(live.handle()), tables).empty()) {
      return true;
    }
  }
  return false;
}

}  // namespace palindrome::property
