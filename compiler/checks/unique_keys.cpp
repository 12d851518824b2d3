#include "compiler/checks/unique_keys.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "compiler/checks/copies.h"
#include "compiler/checks/differences.h"
#include "compiler/checks/keys.h"
#include "compiler/checks/old_keys.h"
#include "compiler/checks/old_rows.h"
#include "compiler/checks/steps.h"
#include "compiler/lower/sqlite/native.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

using Reason = NewKey::Reason;

// The column of `lower(column)`, which takes as much for equal as NOCASE does;
// empty: it is another expression.
std::string ColumnWithoutCase(const ast::Expression& expression) {
  const auto& tokens = expression.tokens;
  const bool folds = tokens.size() == 4 && tokens[1].spelling == "(" &&
                     (sql::EqualsIgnoringCase(tokens[0].spelling, "lower") ||
                      sql::EqualsIgnoringCase(tokens[0].spelling, "upper"));
  return folds ? sql::FoldCase(ast::Meaning(tokens[2])) : "";
}

// A key that an upgrade asks for, and what is known of its columns.
struct Candidate {
  Reason reason = Reason::kUnique;
  std::size_t step = 0;
  source::Range range;
  const ast::Table* table = nullptr;
  const std::vector<ast::KeyPart>* parts = nullptr;
  const ast::Index* index = nullptr;  // Null: a constraint.
  const Copy* copy = nullptr;         // The copy whose target has it.
};

class Finder {
 public:
  explicit Finder(const MigrationContext& context)
      : context_(context),
        upgrade_(context.upgrade),
        copies_(CopiesOf(context.upgrade)) {}

  std::vector<NewKey> Find() {
    for (const std::size_t i : upgrade_.changes) {
      const catalog::Step& step = upgrade_.steps[i];
      if (const auto* create = As<ast::CreateIndex>(step)) {
        if (create->index.unique) {
          Judge({Reason::kUnique, i, step.item->statement.range,
                 step.before.FindTable(create->index.table.text),
                 &create->index.parts, &create->index, nullptr});
        }
      } else if (const auto* add = As<ast::AddConstraint>(step)) {
        if (IsKey(add->constraint)) {
          Judge({ReasonOf(add->constraint), i, add->constraint.range,
                 step.before.FindTable(add->table.text),
                 &add->constraint.columns, nullptr, nullptr});
        }
      } else if (const auto* column = As<ast::AddColumn>(step)) {
        for (const ast::Constraint& constraint : column->constraints) {
          if (IsKey(constraint)) {
            Judge({ReasonOf(constraint), i, constraint.range,
                   step.after.FindTable(column->table.text),
                   &constraint.columns, nullptr, nullptr});
          }
        }
      }
    }
    for (const Copy& copy : copies_) {
      for (const ast::Constraint& constraint : copy.target->constraints) {
        const bool gives_way =
            constraint.on_conflict == ast::ConflictAction::kIgnore ||
            constraint.on_conflict == ast::ConflictAction::kReplace;
        if (IsKey(constraint) && !gives_way) {
          JudgeCopied(copy, constraint);
        }
      }
    }
    return std::move(found_);
  }

 private:
  static Reason ReasonOf(const ast::Constraint& constraint) {
    return constraint.kind == ast::ConstraintKind::kPrimaryKey
               ? Reason::kPrimaryKey
               : Reason::kUnique;
  }

  void JudgeCopied(const Copy& copy, const ast::Constraint& constraint) {
    const Copy::Item* first =
        FindItem(copy, constraint.columns.front().column.text);
    if (first != nullptr) {
      Judge({ReasonOf(constraint), copy.step, first->range, copy.target,
             &constraint.columns, nullptr, &copy});
    }
  }

  std::optional<catalog::Use> Origin(const Candidate& key,
                                     const std::string& column) const {
    if (key.copy == nullptr) {
      return OriginOf(upgrade_, copies_, key.step,
                      {sql::FoldCase(key.table->name.text), column});
    }
    const Copy::Item* item = FindItem(*key.copy, column);
    return item == nullptr || item->from.empty()
               ? std::nullopt
               : OriginOf(
                     upgrade_, {}, key.step,
                     {sql::FoldCase(key.copy->source->name.text), item->from});
  }

  // Whether a column of the file has the same value in every old row, so that
  // it tells none of them apart.
  bool IsConstant(const Candidate& key, const std::string& column) const {
    const ast::Column* definition = FindColumn(*key.table, column);
    return key.copy == nullptr && definition != nullptr &&
           IsOldTable(upgrade_, key.step, key.table->name.text) &&
           !definition->generated &&
           !lower::sqlite::DefaultsToNull(*definition) &&
           lower::sqlite::IsConstantDefault(*definition) &&
           !IsMended(context_, key.step, key.table->name.text, {column});
  }

  // The columns as they were before, with their collations in the new key. No
  // value: the key may hold whatever the old rows are.
  std::optional<std::vector<OldPart>> OldColumns(const Candidate& key) {
    std::vector<OldPart> columns;
    table_.clear();
    is_constant_ = false;
    bool has_constant = false;
    for (const ast::KeyPart& part : *key.parts) {
      const bool is_column = !part.column.empty();
      const auto names =
          is_column ? std::vector<std::string>{sql::FoldCase(part.column.text)}
                    : ast::ColumnNames(part.expression);
      for (const std::string& name : names) {
        const auto origin = Origin(key, name);
        if (!origin) {
          if (IsConstant(key, name)) {
            has_constant = true;
            continue;
          }
          return std::nullopt;
        }
        table_ = origin->table;
        // By another expression, nothing is known to be unique.
        columns.push_back(
            {origin->column, is_column ? CollationOf(part, *key.table)
                             : ColumnWithoutCase(part.expression).empty()
                                 ? ""
                                 : "nocase"});
      }
    }
    if (key.index != nullptr) {
      for (const std::string& name : ast::ColumnNames(key.index->where)) {
        if (!Origin(key, name)) {
          return std::nullopt;
        }
      }
    }
    is_constant_ = has_constant && columns.empty() &&
                   (key.index == nullptr || key.index->where.empty());
    return columns.empty() ? std::nullopt : std::optional(std::move(columns));
  }

  bool IsMendedFor(const Candidate& key) const {
    std::vector<std::string> columns;
    for (const ast::KeyPart& part : *key.parts) {
      for (std::string& name :
           part.column.empty()
               ? ast::ColumnNames(part.expression)
               : std::vector<std::string>{sql::FoldCase(part.column.text)}) {
        const Copy::Item* item =
            key.copy == nullptr ? nullptr : FindItem(*key.copy, name);
        if (item != nullptr && key.copy->select.filtered.contains(item->from)) {
          return true;
        }
        columns.push_back(item == nullptr ? std::move(name) : item->from);
      }
    }
    const ast::Table& table =
        key.copy == nullptr ? *key.table : *key.copy->source;
    return IsMended(context_, key.step, table.name.text, columns);
  }

  // Of an index that the file drops, and which was not unique.
  std::string ReplacedBy(const Candidate& key,
                         const std::vector<OldPart>& columns) const {
    for (const std::size_t i : upgrade_.changes) {
      const auto* drop = As<ast::DropIndex>(upgrade_.steps[i]);
      const catalog::ObjectPtr old =
          drop == nullptr ? nullptr
                          : upgrade_.before.Find(catalog::ObjectKind::kIndex,
                                                 drop->index.text);
      if (!old) {
        continue;
      }
      const auto& index = std::get<ast::Index>(old->definition);
      const bool same_name =
          sql::EqualsIgnoringCase(index.name.text, key.index->name.text);
      if (!index.unique && sql::FoldCase(index.table.text) == table_ &&
          (same_name || HasColumns(index, columns))) {
        return index.name.text;
      }
    }
    return "";
  }

  static bool HasColumns(const ast::Index& index,
                         const std::vector<OldPart>& columns) {
    return std::equal(
        index.parts.begin(), index.parts.end(), columns.begin(), columns.end(),
        [](const ast::KeyPart& part, const OldPart& column) {
          return sql::EqualsIgnoringCase(part.column.text, column.column);
        });
  }

  void Judge(const Candidate& key) {
    if (key.table == nullptr) {
      return;
    }
    const auto columns = OldColumns(key);
    if (!columns) {
      if (is_constant_) {
        found_.push_back({Reason::kConstant, key.step, key.range,
                          key.table->name.text, Spelt(*key.parts), "", "", ""});
      }
      return;
    }
    const ast::Table* before = upgrade_.before.FindTable(table_);
    if (before == nullptr || (key.index != nullptr &&
                              WasUnique(upgrade_.before, table_, *key.index))) {
      return;
    }
    NewKey found{
        key.reason,
        key.step,
        key.range,
        (key.copy == nullptr ? key.table : key.copy->source)->name.text,
        Spelt(*key.parts),
        "",
        "",
        ""};
    for (const OldKey& old : OldKeysOf(upgrade_.before, *before)) {
      std::string collation;
      const OldPart* part = Covers(old, *columns, key.index, collation);
      if (part != nullptr && collation.empty()) {
        return;
      }
      if (part != nullptr) {
        found.reason = Reason::kCollation;
        found.old_collation = std::move(collation);
        found.new_collation = part->collation;
      }
    }
    if (IsMendedFor(key) || (key.index != nullptr &&
                             HadUniqueIndex(context_, key.index->name.text))) {
      return;
    }
    if (key.index != nullptr && found.reason == Reason::kUnique) {
      found.replaced = ReplacedBy(key, *columns);
      found.reason =
          found.replaced.empty() ? Reason::kUnique : Reason::kWasIndex;
    }
    found_.push_back(std::move(found));
  }

  static std::vector<std::string> Spelt(
      const std::vector<ast::KeyPart>& parts) {
    std::vector<std::string> texts;
    for (const ast::KeyPart& part : parts) {
      texts.push_back(part.column.empty() ? ast::Print(part.expression)
                                          : part.column.text);
    }
    return texts;
  }

  const MigrationContext& context_;
  const catalog::Simulation& upgrade_;
  const std::vector<Copy> copies_;
  // Of the key at hand: its table before the file, and whether the file gives
  // all old rows the same one.
  std::string table_;
  bool is_constant_ = false;
  std::vector<NewKey> found_;
};

}  // namespace

std::vector<NewKey> NewKeysOf(const MigrationContext& context) {
  return Finder(context).Find();
}

void ReportNewKeys(const MigrationContext& context, NewKey::Reason reason,
                   const diagnostics::Text<std::string, std::string>& text,
                   diagnostics::Emitter& emitter) {
  for (const NewKey& key : NewKeysOf(context)) {
    if (key.reason == reason) {
      auto finding = diagnostics::Make(text, context.At(key.range), key.table,
                                       QuotedList(key.key));
      finding.subject = KeySubject(key.table);
      emitter.Emit(WithRefusedRow(context, key.step, std::move(finding)));
    }
  }
}

}  // namespace palindrome::checks
