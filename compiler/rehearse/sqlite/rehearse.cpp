#include "compiler/rehearse/rehearse.h"

#include <algorithm>
#include <utility>

#include "compiler/rehearse/sqlite/connection.h"
#include "compiler/rehearse/sqlite/contents.h"
#include "compiler/rehearse/sqlite/engine.h"
#include "compiler/rehearse/sqlite/run.h"
#include "compiler/rehearse/sqlite/steps.h"
#include "palindrome/migration.h"
#include "runtime/drivers/sqlite/sqlite_schema_facts.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::rehearse {

namespace sqlite {

namespace {

using palindrome::sql::EqualsIgnoringCase;

const SchemaObject* Find(const SchemaObjects& objects, std::string_view kind,
                         std::string_view name) {
  const auto found = std::find_if(
      objects.begin(), objects.end(), [&](const SchemaObject& object) {
        return object.kind == kind && EqualsIgnoringCase(object.name, name);
      });
  return found == objects.end() ? nullptr : &*found;
}

using Error = std::optional<catalog::EngineError>;

Error ReadFacts(Connection& connection, SchemaObjects& facts) {
  auto read = palindrome::sqlite::ReadSchema(connection.handle());
  if (!read.ok()) {
    return catalog::EngineError{
        catalog::EngineError::Class::kOther, read.status().ToString(), "", {}};
  }
  facts = std::move(read).value();
  return std::nullopt;
}

// Builds the slice and reads its facts.
Error BuildFacts(const catalog::Slice& slice, Connection& connection,
                 SchemaObjects& facts) {
  if (auto error = connection.Create(slice)) {
    return error;
  }
  return ReadFacts(connection, facts);
}

std::vector<NamedDigest> DigestsOf(const catalog::Slice& slice,
                                   const SchemaObjects& facts) {
  std::vector<NamedDigest> digests;
  for (const catalog::ObjectPtr& object : slice) {
    const std::string_view kind = catalog::ObjectKindName(object->kind());
    const SchemaObject* found = Find(facts, kind, object->name());
    if (found == nullptr) {
      return {};
    }
    digests.push_back({found->kind, found->name, ObjectDigest(*found)});
  }
  return digests;
}

bool MayWriteRows(const lower::Program& program) {
  return std::any_of(
      program.statements.begin(), program.statements.end(),
      [](const lower::Statement& statement) {
        return (statement.flags &
                (table::kDataStatement | table::kCheckForeignKeys)) != 0 &&
               (statement.flags & table::kCopiesRows) == 0;
      });
}

std::vector<std::string> ChangedRows(const std::vector<TableRows>& before,
                                     const std::vector<TableRows>& after) {
  std::vector<std::string> tables;
  for (std::size_t i = 0; i < before.size(); ++i) {
    // A table that is gone is a difference of the schema.
    if (after[i].readable && before[i].rows != after[i].rows) {
      tables.push_back(before[i].table);
    }
  }
  return tables;
}

std::vector<std::string> ChangedOrder(const SchemaObjects& before,
                                      const SchemaObjects& after) {
  std::vector<std::string> tables;
  for (const SchemaObject& object : before) {
    const SchemaObject* now = Find(after, object.kind, object.name);
    if (now == nullptr) {
      continue;
    }
    const auto& old_order = object.column_order;
    const auto& new_order = now->column_order;
    const bool is_permutation = std::is_permutation(
        old_order.begin(), old_order.end(), new_order.begin(), new_order.end(),
        EqualsIgnoringCase);
    // Columns that are missing or new are differences of their own.
    if (is_permutation &&
        !std::equal(old_order.begin(), old_order.end(), new_order.begin(),
                    new_order.end(), EqualsIgnoringCase)) {
      tables.push_back(object.name);
    }
  }
  return tables;
}

class Rehearsal {
 public:
  explicit Rehearsal(const Task& task)
      : task_(task),
        connection_(task.stand_ins),
        runner_(connection_),
        writes_rows_(MayWriteRows(task.up) ||
                     (task.down && MayWriteRows(*task.down))) {}

  Result Go() && {
    if (SetUp() && Up() && task_.down && Down()) {
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
    result_.failure = runner_.Run(program, phase, on_step);
    return !result_.failure && Check(phase, ReadFacts(connection_, facts));
  }

  // The same, and looks at the steps on the way.
  bool RunSteps(const lower::Program& program, Phase phase,
                SchemaObjects& facts, const StepChanges& changes,
                std::optional<StepDifference>& difference) {
    const auto texts =
        changes.empty()
            ? SchemaTexts()
            : palindrome::sqlite::ReadSchemaTexts(connection_.handle()).value();
    StepWitness witness(connection_, texts, changes);
    const bool done = Run(program, phase, facts,
                          [&](std::size_t step) { witness.After(step); });
    difference = witness.difference();
    return done;
  }

  bool SetUp() {
    if (!Check(Phase::kSetUp, BuildFacts(task_.before, connection_, before_))) {
      return false;
    }
    if (writes_rows_) {
      rows_ = ReadContents(task_.before, connection_);
    }
    return true;
  }

  bool Up() {
    if (!RunSteps(task_.up, Phase::kUp, after_, task_.up_changes,
                  result_.in_up)) {
      return false;
    }
    Connection expected(task_.stand_ins);
    SchemaObjects facts;
    if (!Check(Phase::kSetUp, BuildFacts(task_.after, expected, facts))) {
      return false;
    }
    result_.after_up = CompareSchemas(facts, after_);
    result_.after_digests = DigestsOf(task_.after, facts);
    return true;
  }

  bool Down() {
    SchemaObjects facts;
    if (!RunSteps(*task_.down, Phase::kDown, facts, task_.down_changes,
                  result_.in_down)) {
      return false;
    }
    result_.after_down = CompareSchemas(before_, facts);
    result_.order_not_restored = ChangedOrder(before_, facts);
    if (writes_rows_) {
      result_.rows_not_restored =
          ChangedRows(rows_, ReadContents(task_.before, connection_));
    }
    return true;
  }

  void UpAgain() {
    SchemaObjects facts;
    if (Run(task_.up, Phase::kUpAgain, facts)) {
      result_.after_up_again = CompareSchemas(after_, facts);
    }
  }

  const Task& task_;
  Connection connection_;
  Runner runner_;
  bool writes_rows_;
  SchemaObjects before_;
  SchemaObjects after_;
  std::vector<TableRows> rows_;
  Result result_;
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

}  // namespace palindrome::rehearse
