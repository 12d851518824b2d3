#include "tests/property/rows_replay.h"

#include <algorithm>
#include <utility>

#include "compiler/driver/loss.h"
#include "tests/property/random_rows.h"

namespace palindrome::property {

namespace {

using diagnostics::Kind;

constexpr std::size_t kRows = 12;  // The rehearsal has six.

// SQLite keeps 'abc' in an INTEGER column, where no program means it; the
// rehearsal has no such rows, since then each change of a number's type would
// be refused. The way back stops at one, and nothing is lost.
constexpr char kConverts[] = ", which the conversion to ";

// SQLite looks at a UNIQUE key after each row: values that come back to one may
// meet those that are still to go. It stops, and nothing is lost.
constexpr char kExchanges[] = "\nin: UPDATE OR ABORT";

bool Has(const Compiled& compiled, std::size_t number, Kind kind) {
  const auto findings = compiled.Findings(number);
  return std::any_of(
      findings.begin(), findings.end(),
      [&](const auto* finding) { return finding->kind == kind; });
}

// Rules whose reason is in the text of the migration, and not in a row that the
// rehearsal has.
constexpr Kind kSeenByHand[] = {
    Kind::kDmlWithoutInverse,          // Nothing matches the WHERE, and might.
    Kind::kDeleteRowsUnarchived,       // The same.
    Kind::kDropColumnUnarchived,       // All rows have the default, or there is
                                       // none.
    Kind::kDropTableUnarchived,        // No row could be made.
    Kind::kAddNotNullColumnNoDefault,  // The same.
    Kind::kReliesOnCascade,            // No row refers to another.
};

bool IsSeenByHand(Kind kind) {
  return std::find(std::begin(kSeenByHand), std::end(kSeenByHand), kind) !=
         std::end(kSeenByHand);
}

bool IsArchive(const std::string& table) {
  return table.starts_with("palindrome_archive_");
}

std::vector<std::string> AllInserts(
    const std::map<std::string, TableDump>& tables) {
  std::vector<std::string> inserts;
  for (const auto& [name, table] : tables) {
    const auto more = InsertsOf(table);
    inserts.insert(inserts.end(), more.begin(), more.end());
  }
  return inserts;
}

// The tables of `all` that `some` has.
std::map<std::string, TableDump> Common(
    const std::map<std::string, TableDump>& all,
    const std::map<std::string, TableDump>& some) {
  std::map<std::string, TableDump> common;
  for (const auto& [name, table] : all) {
    if (some.contains(name)) {
      common.emplace(name, table);
    }
  }
  return common;
}

}  // namespace

RowsReplay::RowsReplay(const std::vector<std::string>& texts,
                       std::uint64_t seed, catalog::Engine& engine,
                       RowCounts& counts)
    : random_(seed),
      counts_(counts),
      compiled_(texts, config::RehearseMode::kData, engine) {
  const driver::MigrationAnalysis* first = compiled_.analysis(0);
  if (first == nullptr || !first->task || !live_.Run(first->task->up).empty()) {
    return;
  }
  InsertRandomRows(kRows, random_, live_.connection());
  DeleteOrphans();
  for (std::size_t i = 1; i < texts.size(); ++i) {
    at_ = "migration " + std::to_string(i);
    if (!Judge(i) || !failure_.empty()) {
      return;
    }
    InsertRandomRows(2, random_, live_.connection());
    DeleteOrphans();
  }
}

void RowsReplay::Fail(const std::string& what) {
  if (failure_.empty()) {
    failure_ = at_ + "\n" + what;
  }
}

// A row whose parent is not there is no row of a sound database, and does not
// come back where it was archived.
void RowsReplay::DeleteOrphans() {
  const rehearse::sqlite::Connection::WithoutTriggers quiet(live_.connection());
  constexpr int kMost = 20;  // One may be another's parent.
  for (int i = 0; i < kMost; ++i) {
    const auto orphans =
        Query(live_.handle(),
              "SELECT DISTINCT \"table\", rowid FROM pragma_foreign_key_check");
    if (orphans.empty()) {
      return;
    }
    for (const auto& orphan : orphans) {
      live_.connection().RunTrusted(
          "DELETE FROM main." + sql::QuoteName(orphan[0]) +
          (orphan[1].empty() ? "" : " WHERE rowid = " + orphan[1]));
    }
  }
}

bool RowsReplay::UpWithRows(const lower::Program& up, Trip& trip) {
  constexpr int kTries = 6;
  for (int tries = 0; tries <= kTries; ++tries) {
    trip.before = DumpOf(live_.handle(), {});
    trip.sequences = Sequences(live_.handle());
    if (live_.Run(up).empty()) {
      return true;
    }
    trip.stops_rows = true;
    // At last there are none.
    std::vector<std::string> fewer;
    for (const std::string& insert : AllInserts(trip.before.tables)) {
      if (tries + 1 < kTries && random_.Percent(60)) {
        fewer.push_back(insert);
      }
    }
    {
      const rehearse::sqlite::Connection::WithoutTriggers quiet(
          live_.connection());
      for (const auto& [name, table] : trip.before.tables) {
        live_.connection().RunTrusted("DELETE FROM main." +
                                      sql::QuoteName(table.name));
      }
    }
    live_.InsertAll(fewer);
    DeleteOrphans();
  }
  return false;
}

void RowsReplay::DownAndUp(const rehearse::Task& task, bool with_order,
                           Trip& trip) {
  trip.after = DumpOf(live_.handle(), {});
  trip.has_down = task.down.has_value();
  if (!trip.has_down) {
    return;
  }
  trip.failure = live_.Run(*task.down);
  if (!trip.failure.empty()) {
    return;
  }
  trip.restored = DumpOf(live_.handle(), {.order = with_order});
  trip.again = live_.Run(task.up);
  if (!trip.again.empty()) {
    return;
  }
  auto again = RowsOf(live_.handle());
  // What an archive holds follows from the rows.
  std::erase_if(again,
                [](const auto& table) { return IsArchive(table.first); });
  trip.again = RowDifferences(Common(trip.after.tables, again), again,
                              trip.again_tables);
}

bool RowsReplay::Judge(std::size_t number) {
  const driver::MigrationAnalysis* analysis = compiled_.analysis(number);
  if (analysis == nullptr || !analysis->task) {
    return false;
  }
  const rehearse::Task& task = *analysis->task;
  ++counts_.migrations;
  Trip trip;
  if (!UpWithRows(task.up, trip)) {
    ++counts_.stopped_up;
    return false;
  }
  const bool with_order =
      !Has(compiled_, number, Kind::kColumnOrderNotRestored);
  if (!with_order) {
    trip.before.schema.clear();
  }
  DownAndUp(task, with_order, trip);
  if (!with_order) {
    trip.restored.schema.clear();
  }
  JudgeSlice(task, trip);
  if (compiled_.Error(number) != nullptr) {
    JudgeRefused(number, trip);
    // Its downgrade may have left anything.
    return false;
  }
  JudgeAccepted(number, trip);
  if (failure_.empty() && trip.failure.empty()) {
    Edit(number, trip);
  }
  return trip.failure.empty() && trip.again.empty();
}

void RowsReplay::JudgeSlice(const rehearse::Task& task, const Trip& trip) {
  Live slice;
  if (const auto error = slice.connection().Create(task.before)) {
    Fail("the slice cannot be built: " + error->message);
    return;
  }
  slice.InsertAll(
      AllInserts(Common(trip.before.tables, RowsOf(slice.handle()))));
  slice.InsertAll(trip.sequences);
  std::set<std::string> different;
  if (!RowDifferences(RowsOf(slice.handle()), trip.before.tables, different)
           .empty()) {
    ++counts_.unsliced;
    return;
  }
  const auto compare = [&](const Dump& full, const char* when) {
    const Dump dump = DumpOf(slice.handle(), {});
    const std::string rows =
        RowDifferences(dump.tables, full.tables, different);
    // A name in other case is the same name.
    std::set<std::string> lines;
    for (const std::string& line : full.schema) {
      lines.insert(sql::FoldCase(line));
    }
    std::string missing;
    for (const std::string& line : dump.schema) {
      if (!lines.empty() && !lines.contains(sql::FoldCase(line))) {
        missing += line + "\n";
      }
    }
    if (!rows.empty() || !missing.empty()) {
      Fail(std::string("the slice differs ") + when + ":\n" + missing + rows);
    }
  };
  compare(trip.before, "from the beginning");
  if (const std::string wrong = slice.Run(task.up); !wrong.empty()) {
    Fail("the slice cannot go up: " + wrong);
    return;
  }
  compare(trip.after, "after the upgrade");
  if (task.down) {
    const std::string wrong = slice.Run(*task.down);
    if (wrong.empty() != trip.failure.empty()) {
      Fail("down on the slice: " + wrong + "\non all: " + trip.failure);
    } else if (wrong.empty()) {
      compare(trip.restored, "after the downgrade");
    }
  }
  ++counts_.sliced;
}

void RowsReplay::JudgeAccepted(std::size_t number, const Trip& trip) {
  const std::string messages = "\n" + compiled_.Messages(number);
  if (!trip.has_down) {
    Fail("has no downgrade, and no error");
    return;
  }
  if (!trip.failure.empty()) {
    if (trip.failure.find(kConverts) != std::string::npos) {
      ++counts_.not_converted;
    } else if (trip.failure.find(kExchanges) != std::string::npos) {
      ++counts_.not_exchanged;
    } else if (Has(compiled_, number, Kind::kDowngradeMayFailOnNewData)) {
      ++counts_.announced;
    } else {
      Fail("the downgrade fails: " + trip.failure + messages);
    }
    return;
  }
  if (const std::string wrong = SchemaDifferences(trip.before, trip.restored);
      !wrong.empty()) {
    Fail("the schema does not come back:\n" + wrong + messages);
  }
  for (const auto& [name, table] : trip.restored.tables) {
    if (!trip.before.tables.contains(name)) {
      Fail("table `" + name + "` is left behind" + messages);
    }
  }
  auto before = trip.before.tables;
  auto restored = trip.restored.tables;
  for (auto& [name, table] : before) {
    const auto up = trip.after.tables.find(name);
    const auto down = restored.find(name);
    // A key that takes the place of the hidden number does not give it back.
    if ((up == trip.after.tables.end() || !up->second.has_hidden) &&
        down != restored.end()) {
      ForgetHidden(table);
      ForgetHidden(down->second);
    }
  }
  std::set<std::string> tables;
  const std::string lost = RowDifferences(before, restored, tables);
  tables.insert(trip.again_tables.begin(), trip.again_tables.end());
  if (!std::all_of(tables.begin(), tables.end(), [&](const auto& table) {
        return compiled_.Announces(number, table);
      })) {
    Fail("rows do not come back, and no message tells of it:\n" + lost +
         "or are others after the second upgrade:\n" + trip.again + messages);
  } else if (!trip.again.empty() && trip.again_tables.empty()) {
    Fail("the second upgrade fails: " + trip.again + messages);
  }
  const table::Loss loss = driver::ClassifyLoss(compiled_.migration(number),
                                                *compiled_.analysis(number));
  if (loss == table::Loss::kUnclassified) {
    Fail("is not classified" + messages);
  }
  ++(tables.empty() ? counts_.lossless : counts_.announced);
  counts_.archived += loss == table::Loss::kLosslessByArchive ? 1U : 0U;
}

void RowsReplay::JudgeRefused(std::size_t number, const Trip& trip) {
  const diagnostics::Diagnostic& error = *compiled_.Error(number);
  const std::string tag = diagnostics::Info(error.kind).tag.str();
  std::set<std::string> tables;
  const bool shown =
      trip.stops_rows || !trip.has_down || !trip.failure.empty() ||
      !trip.again.empty() ||
      !RowDifferences(trip.before.tables, trip.restored.tables, tables)
           .empty() ||
      !SchemaDifferences(trip.before, trip.restored).empty();
  if (shown) {
    ++counts_.shown[tag];
  } else if (OwnRowsShow(*compiled_.analysis(number)->task)) {
    ++counts_.shown_by_own[tag];
  } else if (IsSeenByHand(error.kind)) {
    ++counts_.by_hand[tag];
  } else {
    Fail("is refused, and no row shows why:\n" + compiled_.Messages(number));
  }
}

}  // namespace palindrome::property
