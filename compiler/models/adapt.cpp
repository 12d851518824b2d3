#include "compiler/models/adapt.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "compiler/catalog/rowid.h"
#include "compiler/lower/sqlite/table_facts.h"
#include "compiler/models/kept.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::models {
namespace {

using ast::Column;
using ast::Constraint;
using ast::Table;
using facts::ValueKind;
using lower::sqlite::Affinity;
using lower::sqlite::AffinityOf;

bool Same(std::string_view left, std::string_view right) {
  return sql::EqualsIgnoringCase(left, right);
}

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& each) { return Same(each, name); });
}

// Whether a column of the type holds the values of the field as the model's
// own type would.
bool Holds(const std::string& type, bool strict, const std::string& own_type,
           ValueKind kind) {
  if (strict) {
    const auto is_integer = [](const std::string& name) {
      return Same(name, "INT") || Same(name, "INTEGER");
    };
    return Same(type, own_type) || (is_integer(type) && is_integer(own_type));
  }
  const Affinity affinity = AffinityOf(type, /*strict=*/false);
  if (affinity == AffinityOf(own_type, /*strict=*/false)) {
    return true;
  }
  switch (kind) {
    case ValueKind::kBoolean:
      return affinity == Affinity::kNumeric;
    case ValueKind::kTime:
      return affinity != Affinity::kBlob;
    case ValueKind::kUnknown:
    case ValueKind::kInteger:
    case ValueKind::kReal:
    case ValueKind::kText:
    case ValueKind::kBlob:
    case ValueKind::kEnumerator:
    case ValueKind::kDeclared:
      break;
  }
  return false;
}

// `name IN (…)`: the name's token, and the values, sorted.
std::optional<std::vector<std::string>> ReadList(
    const ast::Expression& expression) {
  const auto& tokens = expression.tokens;
  if (tokens.size() < 5 || tokens.size() % 2 == 0 ||
      !Same(tokens[1].spelling, "IN") || tokens[2].spelling != "(" ||
      tokens.back().spelling != ")") {
    return std::nullopt;
  }
  std::vector<std::string> values;
  for (std::size_t i = 3; i + 1 < tokens.size(); ++i) {
    const bool is_value = i % 2 == 1;
    if (is_value) {
      values.push_back(tokens[i].spelling);
    } else if (tokens[i].spelling != ",") {
      return std::nullopt;
    }
  }
  std::sort(values.begin(), values.end());
  values.insert(values.begin(), sql::FoldCase(ast::Meaning(tokens[0])));
  return values;
}

bool SameList(const ast::Expression& left, const ast::Expression& right) {
  const auto list = ReadList(left);
  return list && list == ReadList(right);
}

// Makes one table of the models as the history spells it.
class Adapter {
 public:
  Adapter(const Models& models, const ModelTable& model, Table table,
          const catalog::Catalog& schema)
      : models_(models),
        model_(model),
        table_(std::move(table)),
        schema_(schema),
        history_(schema.FindTable(table_.name.text)) {}

  Table Take() {
    if (history_ != nullptr) {
      for (Column& column : table_.columns) {
        if (const Column* old = FindColumn(*history_, column.name.text)) {
          AdaptColumn(column, *old);
        }
      }
    }
    AdaptConstraints();
    return std::move(table_);
  }

 private:
  static const Column* FindColumn(const Table& table, const std::string& name) {
    return lower::sqlite::FindColumn(table, name);
  }
  bool IsRowid(const std::string& name) const;
  void AdaptColumn(Column& column, const Column& old) const;
  void AdaptConstraints();
  bool Matches(Constraint& constraint, const Constraint& old) const;
  ast::References Resolved(ast::References references) const;
  std::string NameFor(const Constraint& constraint) const;

  const Models& models_;
  const ModelTable& model_;
  Table table_;
  const catalog::Catalog& schema_;
  const Table* history_;  // In the schema; null: it is new.
};

bool Adapter::IsRowid(const std::string& name) const {
  const Column* rowid = catalog::RowidAlias(table_);
  return rowid != nullptr && Same(rowid->name.text, name);
}

void Adapter::AdaptColumn(Column& column, const Column& old) const {
  const auto model = model_.columns.find(sql::FoldCase(column.name.text));
  const bool is_rowid = IsRowid(column.name.text);
  if (model != model_.columns.end() && !model->second.has_type && !is_rowid &&
      Holds(old.type, table_.strict && history_->strict, column.type,
            model->second.kind)) {
    column.type = old.type;
  }
  const bool is_key = Contains(ast::PrimaryKey(table_), column.name.text);
  if (is_rowid || (is_key && table_.without_rowid && history_->without_rowid)) {
    column.not_null = old.not_null;
  }
  if (column.not_null && old.not_null) {
    column.not_null_name = old.not_null_name;
    column.not_null_conflict = old.not_null_conflict;
  }
  if (column.collation.empty() && Same(old.collation.text, "BINARY")) {
    column.collation = old.collation;
  }
}

// With the columns of the parent's key where none are named.
ast::References Adapter::Resolved(ast::References references) const {
  const Table* parent = Same(references.table.text, table_.name.text)
                            ? &table_
                            : models_.catalog.FindTable(references.table.text);
  if (models_.unmodelled.contains(sql::FoldCase(references.table.text))) {
    parent = schema_.FindTable(references.table.text);
  }
  if (references.columns.empty() && parent != nullptr) {
    for (const std::string& column : ast::PrimaryKey(*parent)) {
      references.columns.push_back({column, {}});
    }
  }
  return references;
}

// Whether the history's constraint is this one, which then takes its spelling.
bool Adapter::Matches(Constraint& constraint, const Constraint& old) const {
  if (constraint.kind != old.kind) {
    return false;
  }
  Constraint same = constraint;
  if (same.name.empty()) {
    same.name = old.name;
  }
  if (same.on_conflict == ast::ConflictAction::kUnspecified) {
    same.on_conflict = old.on_conflict;
  }
  Constraint other = old;
  same.references = Resolved(same.references);
  other.references = Resolved(other.references);
  if (constraint.is_inline && SameList(same.check, old.check)) {
    same.check = old.check;
  }
  if (!SameDefinition(same, other)) {
    return false;
  }
  // Where it is written does not count; the diff shows what the history has.
  constraint = old;
  return true;
}

std::string Adapter::NameFor(const Constraint& constraint) const {
  std::string name = constraint.kind == ast::ConstraintKind::kCheck    ? "ck"
                     : constraint.kind == ast::ConstraintKind::kUnique ? "uq"
                     : constraint.kind == ast::ConstraintKind::kForeignKey
                         ? "fk"
                         : "pk";
  name += "_" + table_.name.text;
  if (constraint.kind == ast::ConstraintKind::kCheck) {
    const auto used = ast::ColumnNames(constraint.check);
    for (const Column& column : table_.columns) {
      if (Contains(used, column.name.text)) {
        name += "_" + column.name.text;
      }
    }
  } else if (constraint.kind != ast::ConstraintKind::kPrimaryKey) {
    for (const ast::KeyPart& part : constraint.columns) {
      name += "_" + part.column.text;
    }
  }
  const auto is_taken = [&](const std::string& candidate) {
    const auto has = [&](const Table& table) {
      return std::any_of(table.constraints.begin(), table.constraints.end(),
                         [&](const Constraint& other) {
                           return Same(other.name.text, candidate);
                         });
    };
    return has(table_) || (history_ != nullptr && has(*history_));
  };
  std::string candidate = name;
  for (int number = 2; is_taken(candidate); ++number) {
    candidate = name + "_" + std::to_string(number);
  }
  return candidate;
}

void Adapter::AdaptConstraints() {
  static const std::vector<Constraint> kNone;
  const std::vector<Constraint>& olds =
      history_ == nullptr ? kNone : history_->constraints;
  std::set<const Constraint*> taken;
  std::vector<Constraint*> left;
  // Those that are the same to the letter first.
  for (Constraint& constraint : table_.constraints) {
    const auto same =
        std::find_if(olds.begin(), olds.end(), [&](const Constraint& old) {
          return !taken.contains(&old) && SameDefinition(constraint, old);
        });
    if (same == olds.end()) {
      left.push_back(&constraint);
    } else {
      taken.insert(&*same);
    }
  }
  for (Constraint* constraint : left) {
    const auto same =
        std::find_if(olds.begin(), olds.end(), [&](const Constraint& old) {
          return !taken.contains(&old) && Matches(*constraint, old);
        });
    if (same != olds.end()) {
      taken.insert(&*same);
    } else if (constraint->name.empty() &&
               (history_ != nullptr ||
                constraint->kind != ast::ConstraintKind::kPrimaryKey)) {
      constraint->name.text = NameFor(*constraint);
    }
  }
}

// In an order in which a foreign key's parent comes before its child, where
// that is possible.
class ParentsFirst {
 public:
  explicit ParentsFirst(const catalog::Catalog& catalog) : catalog_(catalog) {
    for (const catalog::ObjectPtr& object : catalog.Objects()) {
      Add(object);
    }
  }
  std::vector<catalog::ObjectPtr> Take() { return std::move(order_); }

 private:
  void Add(const catalog::ObjectPtr& object) {
    if (!seen_.insert(object->key()).second) {
      return;
    }
    for (const std::string& parent : catalog::UsedTables(*object)) {
      if (const auto table =
              catalog_.Find(catalog::ObjectKind::kTable, parent)) {
        Add(table);
      }
    }
    order_.push_back(object);
  }

  const catalog::Catalog& catalog_;
  std::set<catalog::Key> seen_;
  std::vector<catalog::ObjectPtr> order_;
};

}  // namespace

catalog::Catalog Adapt(const Models& models, const catalog::Catalog& history) {
  catalog::Catalog result;
  for (const catalog::ObjectPtr& object : ParentsFirst(models.catalog).Take()) {
    catalog::Object copy = *object;
    copy.number = 0;
    const auto model = models.tables.find(object->key().name);
    if (const auto* table = std::get_if<Table>(&copy.definition);
        table != nullptr && model != models.tables.end()) {
      copy.definition = Adapter(models, model->second, *table, history).Take();
    }
    result = result.With(std::move(copy));
  }
  return WithKept(models, history, std::move(result));
}

}  // namespace palindrome::models
