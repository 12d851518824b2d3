#include "compiler/checks/carried_rows.h"

#include <algorithm>
#include <map>
#include <utility>

#include "compiler/checks/copies.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

using sql::FoldCase;

// For each column of a table, the old columns that its values come from.
using Origins = std::map<std::string, std::set<std::string>>;

// Follows the rows of one table through the tables that hold all of them.
class Flow {
 public:
  Flow(const catalog::Simulation& section, const std::string& table)
      : section_(section) {
    Origins& own = holders_[FoldCase(table)];
    if (const ast::Table* definition = section.before.FindTable(table)) {
      for (const std::string& column : StoredColumns(*definition)) {
        own[FoldCase(column)] = {FoldCase(column)};
      }
    }
  }

  void Follow() {
    for (std::size_t i = 0; i < section_.steps.size(); ++i) {
      const catalog::Step& step = section_.steps[i];
      for (const std::string& table : EffectsOf(step).deletes) {
        holders_.erase(table);
      }
      if (const auto* rename = As<ast::RenameTable>(step)) {
        Move(holders_, rename->table, rename->to);
      } else if (const auto* drop = As<ast::DropTable>(step)) {
        holders_.erase(FoldCase(drop->table.text));
      } else if (const auto* column = As<ast::RenameColumn>(step)) {
        if (Origins* origins = Find(column->table.text)) {
          Move(*origins, column->column, column->to);
        }
      } else if (const auto* gone = As<ast::DropColumn>(step)) {
        if (Origins* origins = Find(gone->table.text)) {
          origins->erase(FoldCase(gone->column.text));
        }
      } else if (As<ast::Insert>(step) != nullptr) {
        FollowCopy(i);
      }
    }
  }

  Origins* Find(const std::string& table) {
    const auto found = holders_.find(FoldCase(table));
    return found == holders_.end() ? nullptr : &found->second;
  }

 private:
  template <typename Value>
  static void Move(std::map<std::string, Value>& map, const ast::Name& from,
                   const ast::Name& to) {
    if (auto node = map.extract(FoldCase(from.text)); !node.empty()) {
      node.key() = FoldCase(to.text);
      map.insert(std::move(node));
    }
  }

  void FollowCopy(std::size_t i) {
    const auto copy = ReadCopy(section_, i);
    const Origins* source = copy ? Find(copy->select.source) : nullptr;
    if (source == nullptr ||
        MayLeaveRowsOut(section_.steps[i].item->statement)) {
      return;
    }
    Origins target;
    for (const Copy::Item& item : copy->items) {
      for (const std::string& name : NamesIn(i, item)) {
        if (const auto from = source->find(name); from != source->end()) {
          target[item.to].insert(from->second.begin(), from->second.end());
        }
      }
    }
    holders_.try_emplace(FoldCase(copy->target->name.text), std::move(target));
  }

  // The column that is copied, or those that the value is computed from.
  std::set<std::string> NamesIn(std::size_t i, const Copy::Item& item) const {
    if (!item.from.empty()) {
      return {item.from};
    }
    std::set<std::string> names;
    for (const ast::Token& token :
         section_.steps[i].item->statement.tokens.tokens) {
      if (item.range.contains(token.range) && IsName(token)) {
        names.insert(NameOf(token));
      }
    }
    return names;
  }

  const catalog::Simulation& section_;
  std::map<std::string, Origins> holders_;  // By the name at the time.
};

}  // namespace

bool MayLeaveRowsOut(const ast::Statement& statement) {
  return HasWord(statement, {"where", "limit", "distinct", "group", "having",
                             "join", "except", "intersect"});
}

std::optional<std::set<std::string>> ColumnsCarriedOn(
    const catalog::Simulation& section, const std::string& table) {
  const bool is_dropped = std::any_of(
      section.changes.begin(), section.changes.end(), [&](std::size_t i) {
        const auto* drop = As<ast::DropTable>(section.steps[i]);
        return drop != nullptr &&
               OldName(section, i, drop->table.text) == FoldCase(table);
      });
  Flow flow(section, table);
  flow.Follow();
  const Origins* origins = is_dropped ? flow.Find(table) : nullptr;
  if (origins == nullptr) {
    return std::nullopt;
  }
  std::set<std::string> columns;
  for (const auto& [name, from] : *origins) {
    columns.insert(from.begin(), from.end());
  }
  return columns;
}

}  // namespace palindrome::checks
