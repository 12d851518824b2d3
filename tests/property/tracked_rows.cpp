#include "tests/property/tracked_rows.h"

#include <algorithm>

#include "runtime/src/sql_lexer.h"

namespace palindrome::property {

namespace {

// No generated column has this name.
constexpr char kRowid[] = "rowid";

bool MakesKey(const ast::Constraint& constraint) {
  return constraint.kind == ast::ConstraintKind::kPrimaryKey;
}

bool HasSequence(const ast::Table& table) {
  return std::any_of(table.constraints.begin(), table.constraints.end(),
                     [](const ast::Constraint& constraint) {
                       return constraint.autoincrement;
                     });
}

// As SQL keeps it for the table; empty: not at all.
std::string SequenceOf(const std::string& table, Database& database) {
  std::vector<Database::Row> rows;
  database.Read("sqlite_sequence", {"name", "seq"}, rows);
  std::string text;
  for (const Database::Row& row : rows) {
    if (sql::EqualsIgnoringCase(row[0], sql::QuoteString(table))) {
      text += row[1] + ";";
    }
  }
  return text;
}

std::string Text(const std::vector<Database::Row>& rows) {
  std::string text;
  for (const Database::Row& row : rows) {
    text += "\n  (";
    for (const std::string& value : row) {
      text += " " + value;
    }
    text += " )";
  }
  return text;
}

}  // namespace

TrackedRows::TrackedRows(const catalog::Catalog& catalog, Database& database) {
  for (const std::string& name : catalog.Names(catalog::ObjectKind::kTable)) {
    Table table{name, name, {}, {}, ""};
    if (HasSequence(*catalog.FindTable(name))) {
      table.sequence = SequenceOf(name, database);
    }
    Database::Row names;
    for (const ast::Column& column : catalog.FindTable(name)->columns) {
      if (!column.generated) {
        table.columns.emplace_back(column.name.text, column.name.text);
        names.push_back(column.name.text);
      }
    }
    if (!catalog.FindTable(name)->without_rowid) {
      table.columns.emplace_back(kRowid, kRowid);
      names.emplace_back(kRowid);
    }
    database.Read(name, names, table.rows);
    tables_.push_back(std::move(table));
  }
}

TrackedRows::Table* TrackedRows::Find(const std::string& now) {
  const auto found =
      std::find_if(tables_.begin(), tables_.end(), [&](const Table& table) {
        return sql::EqualsIgnoringCase(table.now, now);
      });
  return found == tables_.end() ? nullptr : &*found;
}

void TrackedRows::Follow(const catalog::Step& step) {
  const ast::Statement& statement = step.item->statement;
  if (!ast::IsSchemaStatement(statement.kind())) {
    tables_.clear();  // It may fire triggers.
    return;
  }
  Table* table = Find(std::string(ast::TableOf(statement)));
  if (table == nullptr) {
    return;
  }
  const auto forget = [&](const std::string& column) {
    for (std::size_t i = 0; i < table->columns.size(); ++i) {
      if (sql::EqualsIgnoringCase(table->columns[i].second, column)) {
        table->columns.erase(table->columns.begin() +
                             static_cast<std::ptrdiff_t>(i));
        for (Database::Row& row : table->rows) {
          row.erase(row.begin() + static_cast<std::ptrdiff_t>(i));
        }
        return;
      }
    }
  };
  const ast::StatementNode& node = statement.node;
  if (std::holds_alternative<ast::DropTable>(node)) {
    tables_.erase(tables_.begin() + (table - tables_.data()));
    return;
  }
  if (const auto* to = std::get_if<ast::RenameTable>(&node)) {
    table->now = to->to.text;
  } else if (const auto* drop = std::get_if<ast::DropColumn>(&node)) {
    forget(drop->column.text);
    // It may have been the rowid, and is so again when it comes back.
    const auto& constraints =
        step.before.FindTable(drop->table.text)->constraints;
    if (std::any_of(constraints.begin(), constraints.end(),
                    [drop](const ast::Constraint& constraint) {
                      return MakesKey(constraint) && constraint.is_inline &&
                             sql::EqualsIgnoringCase(constraint.owner.text,
                                                     drop->column.text);
                    })) {
      forget(kRowid);
    }
  } else if (const auto* type = std::get_if<ast::AlterColumnType>(&node)) {
    forget(type->column.text);
    forget(kRowid);  // The column may have become it, or no longer be it.
  } else if (const auto* add = std::get_if<ast::AddColumn>(&node)) {
    if (std::any_of(add->constraints.begin(), add->constraints.end(),
                    MakesKey)) {
      forget(kRowid);
    }
  } else if (const auto* key = std::get_if<ast::AddConstraint>(&node)) {
    if (MakesKey(key->constraint)) {
      forget(kRowid);
    }
  } else if (const auto* rename = std::get_if<ast::RenameColumn>(&node)) {
    for (auto& [then, now] : table->columns) {
      if (sql::EqualsIgnoringCase(now, rename->column.text)) {
        now = rename->to.text;
        break;
      }
    }
  }
  const ast::Table* after = step.after.FindTable(table->now);
  if (after == nullptr || !HasSequence(*after)) {
    table->sequence.clear();
  }
}

std::string TrackedRows::Changed(Database& database, bool now) const {
  std::string wrong;
  for (const Table& table : tables_) {
    Database::Row names;
    for (const auto& column : table.columns) {
      names.push_back(now ? column.second : column.first);
    }
    const std::string& name = now ? table.now : table.then;
    std::vector<Database::Row> rows;
    std::vector<Database::Row> expected = table.rows;
    const bool readable = database.Read(name, names, rows);
    std::sort(rows.begin(), rows.end());
    std::sort(expected.begin(), expected.end());
    if (const std::string sequence =
            table.sequence.empty() ? "" : SequenceOf(name, database);
        sequence != table.sequence) {
      wrong += "the sequence of `" + name + "` was " + table.sequence +
               " and is " + sequence + "\n";
    }
    if (!readable) {
      wrong += "the rows of `" + name + "` cannot be read\n";
    } else if (rows != expected) {
      wrong += "the rows of `" + name + "` were" + Text(expected) +
               "\nand are" + Text(rows) + "\n";
    }
  }
  return wrong;
}

}  // namespace palindrome::property
