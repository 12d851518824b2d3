// What a statement under PRESERVE archives.

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "compiler/catalog/apply.h"
#include "compiler/catalog/backfill.h"
#include "compiler/catalog/effects.h"
#include "compiler/catalog/row_key.h"
#include "compiler/catalog/rowid.h"
#include "compiler/catalog/written.h"
#include "compiler/diagnostics/fixes.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

PALINDROME_TEXT(kKeepsNothing, kPreserveImpossible,
                "`PRESERVE` before `{0}`, which destroys nothing that could be "
                "kept; remove the word",
                std::string);
PALINDROME_TEXT(kNoTableOf, kPreserveImpossible,
                "`{0}` is {1}, and `PRESERVE` keeps the rows of tables alone",
                std::string, std::string);
PALINDROME_TEXT(kNoKey, kPreserveImpossible,
                "table `{0}` has no primary key{1} by which `PRESERVE` could "
                "find a row again, and no UNIQUE key over NOT NULL columns",
                std::string, std::string);
PALINDROME_TEXT(kReplaces, kPreserveImpossible,
                "`{0}` overwrites rows that nobody can name beforehand; under "
                "`PRESERVE` write an UPDATE and an INSERT",
                std::string);
PALINDROME_TEXT(kTableReplaces, kPreserveImpossible,
                "a key of table `{0}` has `ON CONFLICT REPLACE`, which "
                "overwrites rows that nobody can name beforehand; under "
                "`PRESERVE` write `{1} OR ABORT`",
                std::string, std::string);
PALINDROME_TEXT(kTriggers, kPreserveImpossible,
                "triggers that `{0}` fires {1} table `{2}` as well, which "
                "`PRESERVE` before it does not keep; drop them before the "
                "statement and create them again behind it",
                std::string, std::string, std::string);
PALINDROME_TEXT(kNoBackfill, kPreserveImpossible,
                "no UPDATE before it writes `{0}` alone, so that `PRESERVE` "
                "has nothing to keep; write the one that fills the column, or "
                "remove the word",
                std::string);

using Names = std::set<std::string>;  // Folded.

// What a trigger does to the rows of a table.
constexpr char kAdd[] = "add rows to";
constexpr char kUpdate[] = "update rows of";
constexpr char kDelete[] = "delete rows of";

class Preserver {
 public:
  explicit Preserver(const Simulation& simulation)
      : simulation_(simulation), step_(simulation.steps.back()) {}

  std::optional<ast::Archive> Make() {
    return std::visit([this](const auto& node) { return Of(node); },
                      step_.item->statement.node);
  }

  // No value: what is missing was told before.
  const std::optional<diagnostics::Diagnostic>& refusal() const {
    return refusal_;
  }
  // The steps that the archive is of as well, in order.
  const std::vector<std::size_t>& fills() const { return fills_; }
  void At(source::Location place) { place_ = place; }

 private:
  using Made = std::optional<ast::Archive>;

  template <typename... Arguments>
  Made Refuse(const diagnostics::Text<Arguments...>& text,
              std::type_identity_t<Arguments>... arguments) {
    refusal_ = diagnostics::Make(text, place_, std::move(arguments)...);
    return std::nullopt;
  }

  Made Nothing() {
    const ast::Statement& statement = step_.item->statement;
    const auto* opaque = std::get_if<ast::Opaque>(&statement.node);
    Refuse(kKeepsNothing,
           opaque != nullptr
               ? opaque->verb
               : std::string(ast::StatementKindName(statement.kind())));
    refusal_->Mended(
        diagnostics::Remove(diagnostics::By::kTool, place_, "the `PRESERVE`"));
    return std::nullopt;
  }

  // Null, and refused, where there is no table of rows that stay.
  const ast::Table* TableOf(const ast::Name& name) {
    const Catalog& before = step_.before;
    const ast::Table* table = before.FindTable(name.text);
    if (table != nullptr && !table->temporary) {
      return table;
    }
    if (table == nullptr && before.FindView(name.text) == nullptr &&
        !before.Find(ObjectKind::kVirtualTable, name.text)) {
      Nothing();
      return nullptr;
    }
    Refuse(kNoTableOf, name.text,
           table != nullptr                        ? "temporary"
           : before.FindView(name.text) != nullptr ? "a view"
                                                   : "a virtual table");
    return nullptr;
  }

  ast::Archive Begin(ast::ArchiveKind kind, const ast::Table& table) const {
    ast::Archive archive;
    archive.name.text = step_.item->archive;
    archive.revision = ast::RevisionOfArchive(archive.name.text);
    archive.kind = kind;
    archive.table = table.name.text;
    archive.copies_table = !ast::IsDataStatement(step_.item->statement.kind());
    return archive;
  }

  // Whole rows, with the number that the engine hides.
  ast::Archive Whole(ast::ArchiveKind kind, const ast::Table& table) const {
    ast::Archive archive = Begin(kind, table);
    archive.columns = Stored(table, {});
    archive.with_rowid =
        RowidAlias(table) == nullptr && !RowidName(table).empty();
    return archive;
  }

  static std::vector<std::string> Stored(const ast::Table& table,
                                         const Names& without) {
    std::vector<std::string> columns;
    for (const ast::Column& column : table.columns) {
      if (!column.generated &&
          !without.contains(sql::FoldCase(column.name.text))) {
        columns.push_back(column.name.text);
      }
    }
    return columns;
  }

  // The type whose values compare in the archive as the table's own do there.
  static std::string KeyType(const ast::Table& table,
                             const std::string& column) {
    const std::string& type = FindColumn(table, column)->type;
    if (sql::EqualsIgnoringCase(type, "INTEGER")) {
      return "INT";  // It must not become the rowid.
    }
    return table.strict && sql::EqualsIgnoringCase(type, "ANY") ? "" : type;
  }

  // Refused where the table has no key but of columns that are no help.
  Made WithKey(ast::Archive archive, const ast::Table& table,
               const std::vector<std::string>& changed) {
    Names without;
    for (const std::string& column : changed) {
      without.insert(sql::FoldCase(column));
    }
    const auto key = FindRowKey(step_.before, table, without);
    if (!key) {
      const bool has_primary = !ast::PrimaryKey(table).empty();
      return Refuse(kNoKey, table.name.text,
                    has_primary ? " that stays as it is," : "");
    }
    for (const RowKey::Part& part : key->parts) {
      archive.key.push_back(
          {part.column, KeyType(table, part.column), part.collation});
    }
    archive.key_is_nullable = key->is_nullable;
    return archive;
  }

  // Refused where the statement overwrites rows. `verb` is INSERT or UPDATE.
  bool Overwrites(const ast::Table& table, const std::string& verb) {
    switch (OverwriteOf(step_.item->statement, table, verb)) {
      case Overwrite::kNever:
        return false;
      case Overwrite::kByClause:
        Refuse(kReplaces, verb == "UPDATE" ? "UPDATE OR REPLACE" : "REPLACE");
        return true;
      case Overwrite::kByKey:
        Refuse(kTableReplaces, table.name.text, verb);
        return true;
    }
    return false;
  }

  // Of the names, the table's.
  static bool Has(const std::vector<std::string>& names,
                  const ast::Table& table) {
    return std::binary_search(names.begin(), names.end(),
                              sql::FoldCase(table.name.text));
  }

  // True, and refused, where triggers do to the table what `verb` says.
  bool RefuseTriggers(bool do_so, const char* verb, const ast::Table& table) {
    if (do_so) {
      Refuse(kTriggers,
             std::string(ast::StatementKindName(step_.item->statement.kind())),
             verb, table.name.text);
    }
    return do_so;
  }

  Made Of(const ast::DropTable& node) {
    const ast::Table* table = TableOf(node.table);
    if (table == nullptr) {
      return std::nullopt;
    }
    ast::Archive archive = Whole(ast::ArchiveKind::kTable, *table);
    archive.with_sequence = IsAutoincrement(*table);
    return archive;
  }

  Made Of(const ast::DropColumn& node) {
    return OfColumn(ast::ArchiveKind::kColumn, node.table, node.column);
  }

  Made Of(const ast::AlterColumnType& node) {
    return OfColumn(ast::ArchiveKind::kValues, node.table, node.column);
  }

  // What a generated column has is computed again.
  Made OfColumn(ast::ArchiveKind kind, const ast::Name& table_name,
                const ast::Name& name) {
    const ast::Table* table = TableOf(table_name);
    if (table == nullptr) {
      return std::nullopt;
    }
    const ast::Column* column = FindColumn(*table, name.text);
    return column->generated ? Nothing()
                             : OfColumns(kind, *table, {column->name.text});
  }

  // With the UPDATEs before it that fill the column.
  Made Of(const ast::SetNotNull& node) {
    const ast::Table* table = TableOf(node.table);
    if (table == nullptr) {
      return std::nullopt;
    }
    fills_ = FillsOf(simulation_, node);
    if (fills_.empty() && !simulation_.applies) {
      return std::nullopt;  // It may be one of those that do not apply.
    }
    if (fills_.empty()) {
      return Refuse(kNoBackfill, node.column.text);
    }
    return OfColumns(ast::ArchiveKind::kValues, *table,
                     {FindColumn(*table, node.column.text)->name.text});
  }

  Made Of(const ast::Update& node) {
    const ast::Table* table = TableOf(node.table);
    if (table == nullptr) {
      return std::nullopt;
    }
    if (Overwrites(*table, "UPDATE")) {
      return std::nullopt;
    }
    const Effects effects = EffectsOf(step_);
    if (RefuseTriggers(Has(effects.inserts, *table), kAdd, *table) ||
        RefuseTriggers(Has(effects.deletes, *table), kDelete, *table)) {
      return std::nullopt;
    }
    auto columns = UpdatedColumns(effects, *table);
    return columns.empty() ? Nothing()
                           : OfColumns(ast::ArchiveKind::kValues, *table,
                                       std::move(columns));
  }

  Made OfColumns(ast::ArchiveKind kind, const ast::Table& table,
                 std::vector<std::string> columns) {
    ast::Archive archive = Begin(kind, table);
    archive.columns = columns;
    return WithKey(std::move(archive), table, columns);
  }

  Made Of(const ast::Delete& node) {
    const ast::Table* table = TableOf(node.table);
    if (table == nullptr) {
      return std::nullopt;
    }
    const Effects effects = EffectsOf(step_);
    if (RefuseTriggers(Has(effects.inserts, *table), kAdd, *table) ||
        RefuseTriggers(Has(effects.rewrites, *table), kUpdate, *table)) {
      return std::nullopt;
    }
    return WithKey(Whole(ast::ArchiveKind::kDeleted, *table), *table, {});
  }

  Made Of(const ast::Insert& node) {
    const ast::Table* table = TableOf(node.table);
    if (table == nullptr) {
      return std::nullopt;
    }
    if (Overwrites(*table, "INSERT")) {
      return std::nullopt;
    }
    if (!step_.access.updates.empty()) {
      return Refuse(kReplaces, "ON CONFLICT DO UPDATE");
    }
    const Effects effects = EffectsOf(step_);
    if (RefuseTriggers(Has(effects.rewrites, *table), kUpdate, *table) ||
        RefuseTriggers(Has(effects.deletes, *table), kDelete, *table)) {
      return std::nullopt;
    }
    auto archive = WithKey(Begin(ast::ArchiveKind::kAdded, *table), *table, {});
    if (archive) {
      Names key;
      for (const auto& column : archive->key) {
        key.insert(sql::FoldCase(column.name));
      }
      archive->columns = Stored(*table, key);
    }
    return archive;
  }

  template <typename Node>
  Made Of(const Node&) {
    return Nothing();
  }

  const Simulation& simulation_;
  const Step& step_;
  std::vector<std::size_t> fills_;
  source::Location place_;
  std::optional<diagnostics::Diagnostic> refusal_;
};

}  // namespace

void Preserve(const source::File* file, Simulation& simulation) {
  Step& last = simulation.steps.back();
  Preserver preserver(simulation);
  preserver.At({file, last.item->preserve});
  auto archive = preserver.Make();
  if (!archive) {
    if (preserver.refusal()) {
      simulation.problems.push_back(*preserver.refusal());
    }
    simulation.applies = false;
    last.applies = false;
    return;
  }
  Object object{std::move(*archive), {}, {file, last.item->preserve}};
  last.after = last.after.With(std::move(object));
  const ObjectPtr made =
      last.after.Find(ObjectKind::kArchive, last.item->archive);
  for (const std::size_t fill : preserver.fills()) {
    simulation.steps[fill].archive = made;
  }
  Step& first = preserver.fills().empty()
                    ? last
                    : simulation.steps[preserver.fills().front()];
  first.opens_archive = true;
  last.closes_archive = true;
  last.archive = made;
}

}  // namespace palindrome::catalog
