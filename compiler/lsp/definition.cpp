#include <iterator>
#include <limits>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/lsp/names.h"
#include "compiler/lsp/positions.h"
#include "compiler/lsp/requests.h"

namespace palindrome::lsp {
namespace {

// The column's own place in the statement that made its table, if it is there
// still.
std::optional<source::Location> FindInTable(const catalog::Object& object,
                                            const std::string& name) {
  const ast::Column* column = FindColumn(object, name);
  const source::Location& created = object.created;
  if (column == nullptr || created.file == nullptr) {
    return std::nullopt;
  }
  const source::Range range = column->name.range;
  const bool is_there = range.begin < range.end &&
                        range.end <= created.file->text().size() &&
                        created.file->text(range).find(column->name.text) !=
                            std::string_view::npos;
  return is_there ? std::optional(source::Location{created.file, range})
                  : std::nullopt;
}

// A history read from a place back to where a table was made: what it and a
// column of it were called.
class Renames {
 public:
  Renames(std::string table, std::string column)
      : table_(std::move(table)), column_(std::move(column)) {}

  // Where a RENAME gave the column its name; no value: not in these.
  std::optional<source::Location> Find(const source::File& file,
                                       const std::vector<ast::Item>& items,
                                       std::uint32_t before) {
    for (auto item = items.rbegin(); item != items.rend() && !is_made_;
         ++item) {
      const ast::StatementNode& node = item->statement.node;
      if (item->statement.range.begin > before) {
        continue;
      }
      if (const auto* create = std::get_if<ast::CreateTable>(&node)) {
        is_made_ = sql::EqualsIgnoringCase(create->table.name.text, table_);
      } else if (const auto* table = std::get_if<ast::RenameTable>(&node)) {
        if (sql::EqualsIgnoringCase(table->to.text, table_)) {
          table_ = table->table.text;
        }
      } else if (const auto* column = std::get_if<ast::RenameColumn>(&node)) {
        if (sql::EqualsIgnoringCase(column->table.text, table_) &&
            sql::EqualsIgnoringCase(column->to.text, column_)) {
          return source::Location{&file, column->to.range};
        }
      } else if (const auto* added = std::get_if<ast::AddColumn>(&node)) {
        is_made_ = sql::EqualsIgnoringCase(added->table.text, table_) &&
                   sql::EqualsIgnoringCase(added->column.name.text, column_);
      }
    }
    return std::nullopt;
  }

  bool is_made() const { return is_made_; }

 private:
  std::string table_;
  std::string column_;
  bool is_made_ = false;
};

// In the document up to the place, and then in what it rests on.
std::optional<source::Location> FindRename(const View& view,
                                           std::uint32_t offset,
                                           const Meaning& meaning) {
  constexpr std::uint32_t kAll = std::numeric_limits<std::uint32_t>::max();
  Renames renames(meaning.object->name(), meaning.column);
  const ast::Migration& own = view.migration();
  const bool in_downgrade =
      own.downgrade && own.downgrade->keyword.begin <= offset;
  std::optional<source::Location> found;
  if (in_downgrade) {
    found = renames.Find(view.file(), own.downgrade->items, offset);
  }
  if (!found && !renames.is_made()) {
    found = renames.Find(view.file(), own.upgrade.items,
                         in_downgrade ? kAll : offset);
  }
  const graph::Graph& graph = *view.snapshot().graph;
  std::set<std::size_t> needed;
  for (const auto* texts : {&own.header.parents, &own.header.depends_on}) {
    for (const ast::Text& text : *texts) {
      if (const auto parent = graph.Find(text.value)) {
        needed.insert(*parent);
      }
    }
  }
  // Parents stand before their children.
  while (!found && !renames.is_made() && !needed.empty()) {
    const graph::Revision& last = graph.revisions[*needed.rbegin()];
    needed.erase(std::prev(needed.end()));
    found =
        renames.Find(*last.migration.file, last.migration.upgrade.items, kAll);
    needed.insert(last.parents.begin(), last.parents.end());
    needed.insert(last.depends_on.begin(), last.depends_on.end());
  }
  return found;
}

source::Location PlaceOf(const View& view, std::uint32_t offset,
                         const Meaning& meaning) {
  if (meaning.revision != nullptr) {
    return LocationOf(*meaning.revision);
  }
  const catalog::Object& object = *meaning.object;
  if (meaning.column.empty()) {
    return object.created;
  }
  if (const auto renamed = FindRename(view, offset, meaning)) {
    return *renamed;
  }
  const auto added = object.added_columns.find(sql::FoldCase(meaning.column));
  if (added != object.added_columns.end()) {
    return added->second;
  }
  return FindInTable(object, meaning.column).value_or(object.created);
}

}  // namespace

llvm::json::Value Definition(const View& view, std::uint32_t offset) {
  const auto meaning = MeaningAt(view, offset);
  if (!meaning || meaning->rule) {
    return nullptr;
  }
  const source::Location place = PlaceOf(view, offset, *meaning);
  return place.file == nullptr ? llvm::json::Value(nullptr)
                               : JsonLocation(*place.file, place.range);
}

}  // namespace palindrome::lsp
