#include "compiler/rehearse/sqlite/contents.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include <sqlite3.h>

#include "llvm/ADT/StringRef.h"

#include "compiler/rehearse/sqlite/literal.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::rehearse::sqlite {

namespace {

using palindrome::sql::EqualsIgnoringCase;
using palindrome::sql::QuoteName;

using Row = std::vector<std::string>;

std::optional<std::size_t> Position(const std::vector<std::string>& columns,
                                    std::string_view name) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (EqualsIgnoringCase(columns[i], name)) {
      return i;
    }
  }
  return std::nullopt;
}

// The key, if all its columns are among those that are read.
std::vector<std::size_t> KeyOf(const ast::Table& table,
                               const std::vector<std::string>& columns) {
  std::vector<std::size_t> key;
  for (const std::string& name : ast::PrimaryKey(table)) {
    const auto position = Position(columns, name);
    if (!position) {
      return {};
    }
    key.push_back(*position);
  }
  return key;
}

Shape ShapeOf(const ast::Table& table) {
  Shape shape;
  shape.table = table.name.text;
  for (const ast::Column& column : table.columns) {
    if (!column.generated) {
      shape.columns.push_back(column.name.text);
    }
  }
  shape.key = KeyOf(table, shape.columns);
  return shape;
}

const ast::Table* FindTable(const catalog::Slice& slice,
                            std::string_view name) {
  for (const catalog::ObjectPtr& object : slice) {
    const auto* table = std::get_if<ast::Table>(&object->definition);
    if (table != nullptr && EqualsIgnoringCase(table->name.text, name)) {
      return table;
    }
  }
  return nullptr;
}

std::string TypeOf(const ast::Table& table, std::string_view column) {
  for (const ast::Column& each : table.columns) {
    if (EqualsIgnoringCase(each.name.text, column)) {
      return each.type;
    }
  }
  return "";
}

template <typename Make>
std::string NameList(const std::vector<std::string>& names, const Make& make) {
  std::string list;
  for (const std::string& name : names) {
    list += (list.empty() ? "" : ", ") + make(QuoteName(name));
  }
  return list;
}

TableRows ReadRows(const Shape& shape, Connection& connection) {
  TableRows result;
  sqlite3_stmt* prepared = nullptr;
  const std::string sql =
      "SELECT " +
      (shape.columns.empty() ? std::string("NULL")
                             : NameList(shape.columns, LiteralOf)) +
      " FROM " + QuoteName(shape.table);
  const int compiled = sqlite3_prepare_v2(connection.handle(), sql.c_str(), -1,
                                          &prepared, nullptr);
  const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(
      prepared, &sqlite3_finalize);
  result.readable = compiled == SQLITE_OK;
  if (!result.readable) {
    return result;
  }
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(prepared)) == SQLITE_ROW) {
    Row& row = result.rows.emplace_back();
    for (int i = 0; i < static_cast<int>(shape.columns.size()); ++i) {
      const auto* bytes = sqlite3_column_text(prepared, i);
      const auto size =
          static_cast<std::size_t>(sqlite3_column_bytes(prepared, i));
      row.emplace_back(reinterpret_cast<const char*>(bytes),
                       bytes == nullptr ? 0 : size);
    }
  }
  result.readable = code == SQLITE_DONE;
  std::sort(result.rows.begin(), result.rows.end());
  return result;
}

// What tells the row from others: its key, or all of it.
std::string Describe(const Shape& shape, const Row& row) {
  std::string text;
  const auto add = [&](std::size_t i) {
    text += (text.empty() ? "" : ", ") + shape.columns[i] + " = " +
            Shortened(row[i]);
  };
  if (!shape.key.empty()) {
    std::for_each(shape.key.begin(), shape.key.end(), add);
    return text;
  }
  for (std::size_t i = 0; i < row.size(); ++i) {
    add(i);
  }
  return text;
}

// Whether the literals are one number: as integer and real, or as the text that
// it is printed as, so that `'007'` is not 7.
bool IsSameNumber(llvm::StringRef left, llvm::StringRef right) {
  const bool is_text = left.starts_with("'") || right.starts_with("'");
  left = left.trim("'");
  right = right.trim("'");
  double one = 0;
  double other = 0;
  return is_text ? left == right && !left.getAsDouble(one)
                 : !left.getAsDouble(one) && !right.getAsDouble(other) &&
                       !(one < other) && !(other < one);
}

bool IsSame(const Shape& shape, std::size_t i, const Row& left,
            const Row& right) {
  return left[i] == right[i] || (shape.converted.contains(shape.columns[i]) &&
                                 IsSameNumber(left[i], right[i]));
}

bool HasKeyOf(const Shape& shape, const Row& left, const Row& right) {
  return std::all_of(shape.key.begin(), shape.key.end(), [&](std::size_t i) {
    return IsSame(shape, i, left, right);
  });
}

std::size_t CountEqual(const Shape& shape, const Row& left, const Row& right) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    count += IsSame(shape, i, left, right) ? 1 : 0;
  }
  return count;
}

// The row of `candidates` that `row` has most likely become; null if none.
const Row* FindPartner(const Shape& shape, const Row& row,
                       const std::vector<Row>& candidates) {
  const Row* best = nullptr;
  std::size_t most = 0;
  for (const Row& candidate : candidates) {
    const std::size_t equal = CountEqual(shape, row, candidate);
    if ((shape.key.empty() || HasKeyOf(shape, row, candidate)) &&
        (best == nullptr ? equal > 0 || !shape.key.empty() : equal > most)) {
      best = &candidate;
      most = equal;
    }
  }
  return best;
}

// Only what changed of one table: a column at a time, or rows as a whole.
void Compare(const Shape& shape, const TableRows& before,
             const TableRows& after, std::vector<RowChange>& changes) {
  std::vector<Row> lost;
  std::vector<Row> added;
  std::set_difference(before.rows.begin(), before.rows.end(),
                      after.rows.begin(), after.rows.end(),
                      std::back_inserter(lost));
  std::set_difference(after.rows.begin(), after.rows.end(), before.rows.begin(),
                      before.rows.end(), std::back_inserter(added));
  // The shortest example is the best one.
  const auto shorter = [](const Row& left, const Row& right) {
    const auto size = [](const Row& row) {
      return std::accumulate(row.begin(), row.end(), std::size_t{0},
                             [](std::size_t sum, const std::string& value) {
                               return sum + value.size();
                             });
    };
    return size(left) < size(right);
  };
  std::stable_sort(lost.begin(), lost.end(), shorter);
  std::stable_sort(added.begin(), added.end(), shorter);
  std::set<std::size_t> told;
  const auto tell = [&](std::size_t what) { return told.insert(what).second; };
  for (const Row& row : lost) {
    const Row* partner = FindPartner(shape, row, added);
    if (partner == nullptr) {
      if (tell(shape.columns.size())) {
        changes.push_back({shape.table, "", Describe(shape, row), "there", ""});
      }
      continue;
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!IsSame(shape, i, row, *partner) && tell(i)) {
        changes.push_back({shape.table, shape.columns[i], Describe(shape, row),
                           Shortened(row[i]), Shortened((*partner)[i])});
      }
    }
    added.erase(added.begin() + (partner - added.data()));
  }
  for (const Row& row : added) {
    if (tell(shape.columns.size() + 1)) {
      changes.push_back({shape.table, "", Describe(shape, row), "", "there"});
    }
  }
}

}  // namespace

std::vector<Shape> ShapesOf(const catalog::Slice& slice) {
  std::vector<Shape> shapes;
  for (const catalog::ObjectPtr& object : slice) {
    if (const auto* table = std::get_if<ast::Table>(&object->definition)) {
      shapes.push_back(ShapeOf(*table));
    }
  }
  return shapes;
}

std::vector<Shape> CommonShapes(const catalog::Slice& left,
                                const catalog::Slice& right,
                                const std::vector<catalog::Use>& exchanged) {
  const auto is_exchanged = [&](std::string_view table,
                                std::string_view column) {
    const catalog::Use use = {palindrome::sql::FoldCase(table),
                              palindrome::sql::FoldCase(column)};
    return std::find(exchanged.begin(), exchanged.end(), use) !=
           exchanged.end();
  };
  std::vector<Shape> common;
  for (const catalog::ObjectPtr& object : left) {
    const auto* table = std::get_if<ast::Table>(&object->definition);
    const ast::Table* other =
        table == nullptr ? nullptr : FindTable(right, table->name.text);
    if (other == nullptr || is_exchanged(table->name.text, "")) {
      continue;
    }
    Shape shape = ShapeOf(*table);
    const std::vector<std::string> kept = ShapeOf(*other).columns;
    std::erase_if(shape.columns, [&](const std::string& name) {
      return !Position(kept, name) || is_exchanged(table->name.text, name);
    });
    shape.key = KeyOf(*table, shape.columns);
    for (const std::string& name : shape.columns) {
      if (!EqualsIgnoringCase(TypeOf(*table, name), TypeOf(*other, name))) {
        shape.converted.insert(name);
      }
    }
    common.push_back(std::move(shape));
  }
  return common;
}

std::vector<TableRows> ReadContents(const std::vector<Shape>& shapes,
                                    Connection& connection) {
  std::vector<TableRows> contents;
  for (const Shape& shape : shapes) {
    contents.push_back(ReadRows(shape, connection));
  }
  return contents;
}

std::vector<RowChange> CompareContents(const std::vector<Shape>& shapes,
                                       const std::vector<TableRows>& before,
                                       const std::vector<TableRows>& after) {
  std::vector<RowChange> changes;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    // A table that is gone is a difference of the schema.
    if (before[i].readable && after[i].readable) {
      Compare(shapes[i], before[i], after[i], changes);
    }
  }
  return changes;
}

std::vector<TableInserts> InsertsOf(const std::vector<Shape>& shapes,
                                    const std::vector<TableRows>& contents) {
  std::vector<TableInserts> tables;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const Shape& shape = shapes[i];
    TableInserts& table = tables.emplace_back();
    table.table = shape.table;
    const std::string into =
        "INSERT OR ABORT INTO " + QuoteName(shape.table) +
        (shape.columns.empty()
             ? std::string(" DEFAULT VALUES")
             : " (" + NameList(shape.columns, [](std::string name) {
                 return name;
               }) + ") VALUES (");
    for (const Row& row : contents[i].rows) {
      std::string insert = into;
      for (std::size_t column = 0; column < row.size(); ++column) {
        insert += (column == 0 ? "" : ", ") + row[column];
      }
      table.inserts.push_back(row.empty() ? insert : insert + ")");
    }
  }
  return tables;
}

std::string Shortened(std::string_view literal) {
  constexpr std::size_t kLongest = 40;
  std::string text;
  for (const char byte : literal) {
    const bool is_continuation =
        (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
    if (text.size() >= kLongest && !is_continuation) {
      return text + "…";
    }
    text += static_cast<unsigned char>(byte) < ' ' ? ' ' : byte;
  }
  return text;
}

}  // namespace palindrome::rehearse::sqlite
