#include "compiler/models/drift.h"

#include <algorithm>

#include "compiler/ast/statement.h"
#include "compiler/autogenerate/operations.h"
#include "runtime/src/printable.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::models {
namespace {

PALINDROME_TEXT(
    kDrift, kModelDrift,
    "{0}; `palindrome revision --autogenerate` writes the migration",
    std::string);

using ast::Column;
using ast::Constraint;
using ast::Table;
using catalog::ObjectKind;
using Change = catalog::Catalog::Change;

std::string Quote(const std::string& text) {
  return "`" + Printable(text) + "`";
}

const Column* FindColumn(const Table& table, const std::string& name) {
  const auto found = std::find_if(
      table.columns.begin(), table.columns.end(), [&](const Column& column) {
        return sql::EqualsIgnoringCase(column.name.text, name);
      });
  return found == table.columns.end() ? nullptr : &*found;
}

bool Has(const Table& table, const Constraint& constraint) {
  return std::any_of(table.constraints.begin(), table.constraints.end(),
                     [&](const Constraint& other) {
                       return SameDefinition(other, constraint);
                     });
}

class Reporter {
 public:
  Reporter(const Models& models, source::Location fallback,
           diagnostics::Emitter& emitter)
      : models_(models), fallback_(fallback), emitter_(emitter) {}

  void Report(const Change& change);

 private:
  void Emit(source::Location place, const std::string& text) {
    emitter_.Emit(kDrift, place.file == nullptr ? fallback_ : place, text);
  }
  source::Location PlaceOf(const std::string& table) const;
  source::Location PlaceOf(const std::string& table,
                           const std::string& column) const;
  source::Location PlaceOf(const Constraint& constraint,
                           const std::string& table) const;
  void ReportTable(const Table& before, const Table& after);
  void ReportColumns(const Table& before, const Table& after);
  void ReportConstraints(const Table& before, const Table& after);

  const Models& models_;
  source::Location fallback_;
  diagnostics::Emitter& emitter_;
};

source::Location Reporter::PlaceOf(const std::string& table) const {
  const auto model = models_.tables.find(sql::FoldCase(table));
  return model == models_.tables.end() ? source::Location()
                                       : model->second.place;
}

source::Location Reporter::PlaceOf(const std::string& table,
                                   const std::string& column) const {
  const auto model = models_.tables.find(sql::FoldCase(table));
  if (model != models_.tables.end()) {
    const auto field = model->second.columns.find(sql::FoldCase(column));
    if (field != model->second.columns.end()) {
      return field->second.place;
    }
  }
  return PlaceOf(table);
}

source::Location Reporter::PlaceOf(const Constraint& constraint,
                                   const std::string& table) const {
  return constraint.is_inline ? PlaceOf(table, constraint.owner.text)
                              : PlaceOf(table);
}

void Reporter::ReportColumns(const Table& before, const Table& after) {
  const std::string of = " of table " + Quote(after.name.text);
  for (const Column& column : after.columns) {
    const Column* old = FindColumn(before, column.name.text);
    const source::Location place = PlaceOf(after.name.text, column.name.text);
    const std::string name = "column " + Quote(column.name.text) + of;
    if (old == nullptr) {
      Emit(place, name + " is not in the history");
    } else if (!SameDefinition(*old, column)) {
      Emit(place, name + " is " + Quote(ast::Print(column, {})) +
                      ", and in the history " + Quote(ast::Print(*old, {})));
    }
  }
  for (const Column& old : before.columns) {
    if (FindColumn(after, old.name.text) == nullptr) {
      Emit(PlaceOf(after.name.text),
           "column " + Quote(old.name.text) + of + " is in the history alone");
    }
  }
}

void Reporter::ReportConstraints(const Table& before, const Table& after) {
  const std::string of = " of table " + Quote(after.name.text);
  // What is written with a column that only one has comes and goes with it.
  const auto goes_along = [](const Constraint& constraint, const Table& other) {
    return constraint.is_inline &&
           FindColumn(other, constraint.owner.text) == nullptr;
  };
  for (const Constraint& constraint : after.constraints) {
    if (!Has(before, constraint) && !goes_along(constraint, before)) {
      Emit(PlaceOf(constraint, after.name.text),
           Quote(ast::Print(constraint)) + of + " is not in the history");
    }
  }
  for (const Constraint& constraint : before.constraints) {
    if (!Has(after, constraint) && !goes_along(constraint, after)) {
      Emit(PlaceOf(constraint, after.name.text),
           Quote(ast::Print(constraint)) + of + " is in the history alone");
    }
  }
}

void Reporter::ReportTable(const Table& before, const Table& after) {
  ReportColumns(before, after);
  ReportConstraints(before, after);
  const auto report_option = [&](bool old, bool now, const std::string& what) {
    if (old != now) {
      Emit(PlaceOf(after.name.text),
           "table " + Quote(after.name.text) + " is " + (now ? "" : "not ") +
               what + ", and in the history it is" + (old ? "" : " not"));
    }
  };
  report_option(before.strict, after.strict, "STRICT");
  report_option(before.without_rowid, after.without_rowid, "WITHOUT ROWID");
}

void Reporter::Report(const Change& change) {
  const catalog::Object& present =
      change.after ? *change.after : *change.before;
  const std::string* owner = present.table();
  const auto index = models_.indexes.find(change.key.name);
  const source::Location place =
      change.key.kind == ObjectKind::kIndex && index != models_.indexes.end()
          ? index->second
          : PlaceOf(owner != nullptr ? *owner : present.name());
  const std::string name =
      std::string(catalog::ObjectKindName(present.kind())) + " " +
      Quote(present.name());
  if (!change.before) {
    Emit(place, name + " is not in the history");
    return;
  }
  if (!change.after) {
    const bool goes_along =
        !models_.is_sql && (change.key.kind == ObjectKind::kView ||
                            change.key.kind == ObjectKind::kTrigger);
    if (goes_along) {
      return;
    }
    // An index goes with its table.
    if (owner == nullptr || PlaceOf(*owner).file != nullptr ||
        models_.tables.empty()) {
      Emit(place, name + " is in the history alone");
    }
    return;
  }
  const auto* before = std::get_if<Table>(&change.before->definition);
  const auto* after = std::get_if<Table>(&change.after->definition);
  if (before != nullptr && after != nullptr) {
    ReportTable(*before, *after);
    return;
  }
  const auto print = [](const catalog::Object& object) {
    return Quote(std::visit(
        [](const auto& definition) { return ast::Print(definition); },
        object.definition));
  };
  Emit(place, name + " is " + print(*change.after) + ", and in the history " +
                  print(*change.before));
}

}  // namespace

void ReportDrift(const Models& models, const catalog::Catalog& history,
                 const catalog::Catalog& wanted, source::Location fallback,
                 diagnostics::Emitter& emitter) {
  Reporter reporter(models, fallback, emitter);
  for (const Change& change : autogenerate::SchemaChanges(history, wanted)) {
    reporter.Report(change);
  }
}

}  // namespace palindrome::models
