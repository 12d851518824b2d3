#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "compiler/catalog/rowid.h"
#include "compiler/checks/differences.h"
#include "compiler/checks/lost_constraints.h"
#include "compiler/checks/replacements.h"
#include "compiler/checks/rule.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(
    kForgets, kIncompleteRawRebuild,
    "table `{0}` is replaced without {1}; write again what is still "
    "wanted, and drop the rest by a statement of its own before",
    std::string, std::string);

using catalog::ObjectKind;

class Comparison {
 public:
  Comparison(const catalog::Simulation& upgrade, const Replacement& replacement)
      : section_(upgrade),
        before_(upgrade.steps[replacement.drop].before),
        after_(upgrade.after),
        replacement_(replacement) {}

  // What is missing, each as a message calls it.
  std::vector<std::string> Find() {
    Indexes();
    Triggers();
    for (const LostConstraint& lost : LostConstraints(
             {*replacement_.before, before_}, {*replacement_.after, after_})) {
      if (!IsPurpose(lost)) {
        missing_.push_back(lost.text);
      }
    }
    Options();
    return std::move(missing_);
  }

 private:
  // A table is also replaced to get rid of a constraint: where nothing else
  // changes, and the file has not made the constraint itself.
  bool IsPurpose(const LostConstraint& lost) const {
    const ast::Table* original = section_.before.FindTable(replacement_.name);
    if (original == nullptr || lost.constraint == nullptr) {
      return false;
    }
    const bool is_old =
        std::any_of(original->constraints.begin(), original->constraints.end(),
                    [&](const ast::Constraint& constraint) {
                      return ast::SameDefinition(constraint, *lost.constraint);
                    });
    ast::Table with = *replacement_.after;
    with.constraints = replacement_.before->constraints;
    with.name = replacement_.before->name;
    return is_old && ast::SameDefinition(with, *replacement_.before) &&
           PairConstraints({*replacement_.before, before_},
                           {*replacement_.after, after_})
               .only_right.empty();
  }

  void Indexes() {
    for (const auto& object :
         before_.UsersOf(replacement_.old_name, ObjectKind::kIndex)) {
      const auto& index = std::get<ast::Index>(object->definition);
      if (!index.unique && !after_.Find(ObjectKind::kIndex, index.name.text) &&
          HasColumns(index.parts) && !IsServed(index.parts)) {
        missing_.push_back("index `" + index.name.text + "`");
      }
    }
  }

  bool HasColumns(const std::vector<ast::KeyPart>& parts) const {
    return std::all_of(
        parts.begin(), parts.end(), [&](const ast::KeyPart& part) {
          return part.column.empty() || HasColumn(part.column.text);
        });
  }

  bool HasColumn(const std::string& name) const {
    return FindColumn(*replacement_.after, name) != nullptr;
  }

  // Another index or key of the new table begins with the columns.
  bool IsServed(const std::vector<ast::KeyPart>& parts) const {
    const auto begins = [&](const std::vector<ast::KeyPart>& others) {
      return others.size() >= parts.size() &&
             std::equal(
                 parts.begin(), parts.end(), others.begin(),
                 [](const ast::KeyPart& left, const ast::KeyPart& right) {
                   return sql::EqualsIgnoringCase(left.column.text,
                                                  right.column.text);
                 });
    };
    const auto indexes = after_.UsersOf(replacement_.name, ObjectKind::kIndex);
    const auto& constraints = replacement_.after->constraints;
    return std::any_of(
               indexes.begin(), indexes.end(),
               [&](const auto& other) {
                 return begins(std::get<ast::Index>(other->definition).parts);
               }) ||
           std::any_of(constraints.begin(), constraints.end(),
                       [&](const ast::Constraint& constraint) {
                         return constraint.kind !=
                                    ast::ConstraintKind::kForeignKey &&
                                begins(constraint.columns);
                       });
  }

  void Triggers() {
    for (const auto& object :
         before_.UsersOf(replacement_.old_name, ObjectKind::kTrigger)) {
      const auto& trigger = std::get<ast::Trigger>(object->definition);
      if (sql::EqualsIgnoringCase(trigger.table.text, replacement_.old_name) &&
          !after_.Find(ObjectKind::kTrigger, trigger.name.text)) {
        missing_.push_back("trigger `" + trigger.name.text + "`");
      }
    }
  }

  void Options() {
    const ast::Table& old = *replacement_.before;
    const ast::Table& now = *replacement_.after;
    if (catalog::IsAutoincrement(old) && !catalog::IsAutoincrement(now)) {
      missing_.push_back("`AUTOINCREMENT`");
    }
    if (old.strict && !now.strict) {
      missing_.push_back("`STRICT`");
    }
    if (old.without_rowid && !now.without_rowid) {
      missing_.push_back("`WITHOUT ROWID`");
    }
  }

  const catalog::Simulation& section_;
  const catalog::Catalog& before_;
  const catalog::Catalog& after_;
  const Replacement& replacement_;
  std::vector<std::string> missing_;
};

std::string Join(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    text += i == 0 ? "" : (i + 1 == parts.size() ? " and " : ", ");
    text += parts[i];
  }
  return text;
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const Replacement& replacement : FindReplacements(context.upgrade)) {
    const auto missing = Comparison(context.upgrade, replacement).Find();
    if (!missing.empty()) {
      auto finding =
          diagnostics::Make(kForgets, LocationOf(context, replacement),
                            replacement.name, Join(missing));
      finding.subject = KeySubject(replacement.name);
      emitter.Emit(std::move(finding));
    }
  }
}

}  // namespace

constinit const Rule kIncompleteRawRebuildRule = {
    .kind = diagnostics::Kind::kIncompleteRawRebuild,
    .summary = "a table is replaced by hand without something that it had",
    .rationale = R"md(
DROP TABLE drops the indexes and triggers of the table as well, and the table
that takes its place has only what its own CREATE TABLE says. What was forgotten
is missed much later: when two rows are alike, or a query is slow.

Let ALTER TABLE change the table: the compiler rebuilds it where SQLite cannot
alter it, and keeps everything. In a replacement by hand, create the indexes and
triggers again, and write all constraints. What is meant to go is dropped by a
statement of its own before, or signed with `ALLOW incomplete-raw-rebuild
BECAUSE '…'`. A constraint that is the only difference is
not reported: it is why the table is replaced.
)md",
    .bad = R"sql(=== 20250115_143022_create_products.sql
MIGRATION 'create products'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE products (id INTEGER PRIMARY KEY, code TEXT);
  CREATE INDEX ix_products_code ON products (code);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_weight.sql
MIGRATION 'add weight'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE new_products (
    id INTEGER PRIMARY KEY,
    code TEXT,
    weight INTEGER
  );
  INSERT INTO new_products (id, code) SELECT id, code FROM products;
  DROP TABLE products;
  ALTER TABLE new_products RENAME TO products;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_products.sql
MIGRATION 'create products'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE products (id INTEGER PRIMARY KEY, code TEXT);
  CREATE INDEX ix_products_code ON products (code);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_weight.sql
MIGRATION 'add weight'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE new_products (
    id INTEGER PRIMARY KEY,
    code TEXT,
    weight INTEGER
  );
  INSERT INTO new_products (id, code) SELECT id, code FROM products;
  DROP TABLE products;
  ALTER TABLE new_products RENAME TO products;
  CREATE INDEX ix_products_code ON products (code);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
