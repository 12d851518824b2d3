#include "compiler/rehearse/task_digest.h"

#include <concepts>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/src/sha256.h"

namespace palindrome::rehearse {

namespace {

constexpr char kPrefix[] = "r1:";

}  // namespace

// Adds values to a digest, lists with their length. What is bound by name here
// has to be bound whole, so that a new member is not forgotten.
class TaskDigests::Fields {
 public:
  Fields(TaskDigests& known, std::string_view domain)
      : known_(known), digest_(kPrefix, domain) {
    digest_.Add(known.maker_);
  }

  std::string Finish() { return digest_.Finish(); }

  void Add(std::string_view text) { digest_.Add(text); }
  void Add(std::integral auto number) { digest_.Add(std::to_string(number)); }

  template <typename T>
  void Add(const std::vector<T>& list) {
    Add(list.size());
    for (const T& element : list) {
      Add(element);
    }
  }
  template <typename Key, typename T>
  void Add(const std::map<Key, T>& map) {
    Add(map.size());
    for (const auto& entry : map) {
      Add(entry);
    }
  }
  template <typename First, typename Second>
  void Add(const std::pair<First, Second>& pair) {
    Add(pair.first);
    Add(pair.second);
  }
  template <typename T>
  void Add(const std::optional<T>& value) {
    Add(value.has_value());
    if (value) {
      Add(*value);
    }
  }

  // An object that is not there has no digest.
  void Add(const catalog::ObjectPtr& object) {
    Add(object ? std::string_view(known_.Of(object)) : std::string_view());
  }
  void Add(const Inserts& inserts) {
    Add(std::string_view(known_.Of(inserts)));
  }
  void Add(const catalog::Catalog::Change& change) {
    const auto& [key, before, after] = change;
    Add(catalog::ObjectKindName(key.kind));
    Add(key.name);
    Add(before);
    Add(after);
  }
  void Add(const lower::Program& program) {
    const auto& [statements, minimum_engine] = program;
    Add(statements);
    Add(minimum_engine);
  }
  // Where the statement stands in its file is no matter of the engine's.
  void Add(const lower::Statement& statement) {
    const auto& [flags, sql, step, source_offset] = statement;
    Add(flags);
    Add(sql);
    Add(step);
  }
  void Add(const catalog::Use& use) {
    const auto& [table, column] = use;
    Add(std::string_view(table));
    Add(std::string_view(column));
  }
  void Add(const StandIns* stand_ins) {
    const StandIns none;
    const auto& [functions, collations] =
        stand_ins != nullptr ? *stand_ins : none;
    Add(functions);
    Add(collations);
  }

 private:
  TaskDigests& known_;
  FieldDigest digest_;
};

// The engine gets the text of an object, and the values of its rows follow from
// what the text says; who uses it and where it was made is known by the slice.
const std::string& TaskDigests::Of(const catalog::ObjectPtr& object) {
  std::string& digest = objects_[object];
  if (digest.empty()) {
    FieldDigest fields(kPrefix, "object");
    fields.Add(catalog::CreateStatement(*object));
    digest = fields.Finish();
  }
  return digest;
}

const std::string& TaskDigests::Of(const Inserts& inserts) {
  std::string& digest = inserts_[inserts];
  if (digest.empty()) {
    FieldDigest fields(kPrefix, "rows");
    for (const std::string& insert : *inserts) {
      fields.Add(insert);
    }
    digest = fields.Finish();
  }
  return digest;
}

std::string TaskDigests::OfRehearsal(const Task& task) {
  const auto& [seed, with_rows, literals, rows_before, rows_after, before,
               after, up, down, up_changes, down_changes, exchanged,
               stand_ins] = task;
  Fields fields(*this, "rehearsal");
  fields.Add(seed);
  fields.Add(with_rows);
  fields.Add(literals);
  fields.Add(rows_before);
  fields.Add(rows_after);
  fields.Add(before);
  fields.Add(after);
  fields.Add(up);
  fields.Add(down);
  fields.Add(up_changes);
  fields.Add(down_changes);
  fields.Add(exchanged);
  fields.Add(stand_ins);
  return fields.Finish();
}

std::string TaskDigests::OfProof(const SquashTask& task) {
  const auto& [before, chain, squash, with_rows, after, literals, seed,
               stand_ins] = task;
  Fields fields(*this, "squash");
  for (const auto* programs : {&before, &chain}) {
    fields.Add(std::uint64_t{programs->size()});
    for (const lower::Program* program : *programs) {
      fields.Add(*program);
    }
  }
  fields.Add(*squash);
  fields.Add(with_rows);
  fields.Add(after);
  fields.Add(literals);
  fields.Add(seed);
  fields.Add(stand_ins);
  return fields.Finish();
}

std::string TaskDigests::OfRows(const Task& task) {
  Fields fields(*this, "rows after");
  fields.Add(task.before);
  fields.Add(task.after);
  fields.Add(task.rows_before);
  fields.Add(task.up);
  fields.Add(task.stand_ins);
  return fields.Finish();
}

}  // namespace palindrome::rehearse
