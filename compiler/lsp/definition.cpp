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

source::Location PlaceOf(const Meaning& meaning) {
  if (meaning.revision != nullptr) {
    return LocationOf(*meaning.revision);
  }
  const catalog::Object& object = *meaning.object;
  if (meaning.column.empty()) {
    return object.created;
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
  const source::Location place = PlaceOf(*meaning);
  return place.file == nullptr ? llvm::json::Value(nullptr)
                               : JsonLocation(*place.file, place.range);
}

}  // namespace palindrome::lsp
