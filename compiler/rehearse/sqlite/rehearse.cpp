#include "compiler/rehearse/rehearse.h"

#include <algorithm>
#include <utility>

#include "compiler/rehearse/sqlite/connection.h"
#include "compiler/rehearse/sqlite/contents.h"
#include "compiler/rehearse/sqlite/engine.h"
#include "compiler/rehearse/sqlite/keep.h"
#include "compiler/rehearse/sqlite/run.h"
#include "compiler/rehearse/sqlite/schema_changes.h"
#include "compiler/rehearse/sqlite/steps.h"
#include "compiler/rehearse/sqlite/synthesize.h"
#include "palindrome/migration.h"

namespace palindrome::rehearse {

namespace sqlite {

namespace {

using Error = std::optional<catalog::EngineError>;

// Of what a downgrade has changed besides, the compiler's catalogs know more.
std::vector<SchemaDifference> CompareDigested(const SchemaObjects& left,
                                              const SchemaObjects& right) {
  return CompareSchemas(AsDigested(left), AsDigested(right));
}

// Up, down and up again over given rows.
class RoundTrip {
 public:
  explicit RoundTrip(const Task& task)
      : task_(task),
        shapes_(ShapesOf(task.before)),
        after_shapes_(ShapesOf(task.after)),
        connection_(task.stand_ins),
        runner_(connection_) {}

  // False: the slice cannot be built.
  bool SetUp() {
    const bool built =
        Check(Phase::kSetUp, BuildFacts(task_.before, connection_, before_));
    if (built) {
      InsertAll(task_.rows_before, connection_);
    }
    return built;
  }

  Rows MakeRows(bool with_limits) {
    SyntheticRows made = Synthesize(task_.before, task_.literals, task_.seed,
                                    with_limits, connection_);
    result_.without_rows = std::move(made.empty);
    return std::move(made.rows);
  }

  void Insert(const Rows& rows) { InsertAll(rows, connection_); }

  Result Go() && {
    if (!result_.failure) {
      rows_ = ReadContents(shapes_, connection_);
    }
    if (!result_.failure && Up() && task_.down && Down()) {
      UpAgain();
    }
    return std::move(result_);
  }

 private:
  bool Check(Phase phase, Error error) {
    if (error) {
      result_.failure = Failure{phase, 0, std::move(*error)};
    }
    return !result_.failure;
  }

  // Runs the program and reads what has become of the schema.
  bool Run(const lower::Program& program, Phase phase, SchemaObjects& facts,
           const Runner::OnStep& on_step = nullptr) {
    connection_.random().Restart();
    result_.failure = runner_.Run(program, phase, on_step);
    return !result_.failure && Check(phase, ReadFacts(connection_, facts));
  }

  // The same, and looks at the steps on the way.
  bool RunSteps(const lower::Program& program, Phase phase,
                SchemaObjects& facts, const StepChanges& changes,
                std::optional<StepDifference>& difference) {
    SchemaTexts texts;
    if (!changes.empty()) {
      auto read = palindrome::sqlite::ReadSchemaTexts(connection_.handle());
      if (read.ok()) {
        texts = std::move(read).value();
      }
    }
    StepWitness witness(connection_, texts, changes);
    const bool done = Run(program, phase, facts,
                          [&](std::size_t step) { witness.After(step); });
    difference = witness.difference();
    return done;
  }

  bool Up() {
    if (!RunSteps(task_.up, Phase::kUp, after_, task_.up_changes,
                  result_.in_up)) {
      return false;
    }
    is_random_ = connection_.random().used() != 0;
    Connection expected(task_.stand_ins);
    SchemaObjects facts;
    if (!Check(Phase::kSetUp, BuildFacts(task_.after, expected, facts))) {
      return false;
    }
    result_.after_up = CompareSchemas(facts, after_);
    result_.after_digests = DigestsOf(task_.after, facts);
    rows_after_ = ReadContents(after_shapes_, connection_);
    return true;
  }

  bool Down() {
    SchemaObjects facts;
    if (!RunSteps(*task_.down, Phase::kDown, facts, task_.down_changes,
                  result_.in_down)) {
      return false;
    }
    result_.after_down = CompareDigested(before_, facts);
    result_.order_not_restored = ChangedOrder(before_, facts);
    result_.rows_not_restored =
        CompareContents(shapes_, rows_, ReadContents(shapes_, connection_));
    return true;
  }

  void UpAgain() {
    SchemaObjects facts;
    if (!Run(task_.up, Phase::kUpAgain, facts)) {
      return;
    }
    result_.after_up_again = CompareDigested(after_, facts);
    if (result_.rows_not_restored.empty() && !is_random_) {
      result_.rows_otherwise_again = CompareContents(
          after_shapes_, rows_after_, ReadContents(after_shapes_, connection_));
    }
  }

  const Task& task_;
  const std::vector<Shape> shapes_;
  const std::vector<Shape> after_shapes_;
  Connection connection_;
  Runner runner_;
  bool is_random_ = false;
  SchemaObjects before_;
  SchemaObjects after_;
  std::vector<TableRows> rows_;
  std::vector<TableRows> rows_after_;
  Result result_;
};

class Rehearsal {
 public:
  explicit Rehearsal(const Task& task) : task_(task) {}

  Result Go() && {
    Rows rows;
    Result result = Fresh(rows, /*with_limits=*/true);
    if (result.failure && !rows.empty()) {
      result = WithoutRefused(rows, std::move(result));
    } else if (HasChanges(result) && !rows.empty()) {
      TellLimits(result);
    }
    if (!result.failure && task_.down && task_.with_rows) {
      Later(result);
    }
    return result;
  }

 private:
  // Over all rows that can be made, which are returned.
  Result Fresh(Rows& rows, bool with_limits) {
    RoundTrip trip(task_);
    if (trip.SetUp() && task_.with_rows) {
      rows = trip.MakeRows(with_limits);
      return std::move(trip).Go();
    }
    return std::move(trip).Go();
  }

  Result Over(const Rows& rows) {
    RoundTrip trip(task_);
    if (trip.SetUp()) {
      trip.Insert(rows);
    }
    return std::move(trip).Go();
  }

  static bool HasChanges(const Result& result) {
    return !result.rows_not_restored.empty() ||
           !result.rows_otherwise_again.empty();
  }

  Result WithoutRefused(const Rows& rows, Result failed) {
    Result bare = Over({});
    if (bare.failure) {
      // It fails without them too.
      bare.without_rows = std::move(failed.without_rows);
      return bare;
    }
    Refused refused;
    const Rows kept = Keep(
        rows, [this](const Rows& some) { return Over(some).failure; }, refused);
    Result result = Over(kept);
    result.without_rows = std::move(failed.without_rows);
    result.refused = std::move(refused);
    return result;
  }

  // If ordinary rows show a loss, they are the better example.
  void TellLimits(Result& result) {
    Rows rows;
    Result plain = Fresh(rows, /*with_limits=*/false);
    if (plain.failure) {
      return;
    }
    if (HasChanges(plain)) {
      result.rows_not_restored = std::move(plain.rows_not_restored);
      result.rows_otherwise_again = std::move(plain.rows_otherwise_again);
      return;
    }
    for (auto* changes :
         {&result.rows_not_restored, &result.rows_otherwise_again}) {
      for (RowChange& change : *changes) {
        change.at_limits = true;
      }
    }
  }

  // Down over rows that were written after the upgrade.
  void Later(Result& result) {
    Connection connection(task_.stand_ins);
    if (connection.Create(task_.after)) {
      return;
    }
    InsertAll(task_.rows_after, connection);
    const Rows rows = Synthesize(task_.after, task_.literals, task_.seed + 1,
                                 /*with_limits=*/false, connection)
                          .rows;
    const auto shapes =
        CommonShapes(task_.after, task_.before, task_.exchanged);
    if (!DownOver(connection, shapes, result)) {
      return;
    }
    Refused refused;
    const Rows kept = Keep(
        rows, [this](const Rows& some) { return DownOver(some); }, refused);
    if (refused.count == 0) {
      return;
    }
    result.refused_later = std::move(refused);
    Connection again(task_.stand_ins);
    if (!again.Create(task_.after)) {
      InsertAll(task_.rows_after, again);
      InsertAll(kept, again);
      DownOver(again, shapes, result);
    }
  }

  std::optional<Failure> DownOver(Connection& connection,
                                  const std::vector<Shape>& shapes,
                                  Result& result) {
    const auto before = ReadContents(shapes, connection);
    Runner runner(connection);
    if (auto failure = runner.Run(*task_.down, Phase::kDown)) {
      return failure;
    }
    result.changed_later =
        CompareContents(shapes, before, ReadContents(shapes, connection));
    return std::nullopt;
  }

  std::optional<Failure> DownOver(const Rows& rows) {
    Connection connection(task_.stand_ins);
    if (auto error = connection.Create(task_.after)) {
      return Failure{Phase::kSetUp, 0, std::move(*error)};
    }
    InsertAll(task_.rows_after, connection);
    InsertAll(rows, connection);
    return Runner(connection).Run(*task_.down, Phase::kDown);
  }

  const Task& task_;
};

}  // namespace

std::vector<NamedDigest> SliceDigests(const catalog::Slice& slice,
                                      const StandIns& stand_ins) {
  Connection connection(&stand_ins);
  SchemaObjects facts;
  if (BuildFacts(slice, connection, facts)) {
    return {};
  }
  return DigestsOf(slice, facts);
}

}  // namespace sqlite

Result Rehearse(const Task& task) {
  return sqlite::Rehearsal(task).Go();
}

std::optional<std::vector<TableInserts>> RunForRows(const Task& task) {
  sqlite::Connection connection(task.stand_ins);
  if (connection.Create(task.before)) {
    return std::nullopt;
  }
  sqlite::InsertAll(task.rows_before, connection);
  if (sqlite::Runner(connection).Run(task.up, Phase::kUp)) {
    return std::nullopt;
  }
  const auto shapes = sqlite::ShapesOf(task.after);
  return sqlite::InsertsOf(shapes, sqlite::ReadContents(shapes, connection));
}

}  // namespace palindrome::rehearse
