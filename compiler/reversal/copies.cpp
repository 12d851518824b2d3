#include "compiler/reversal/copies.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/catalog/effects.h"
#include "compiler/checks/insert_select.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::reversal {

namespace {

using catalog::Simulation;
using checks::InsertSelect;
using checks::IsName;
using checks::IsWord;
using checks::NameOf;
using checks::ReadInsertSelect;
using checks::Tokens;
using sql::EqualsIgnoringCase;

// What a selected value is: a column as it is, all of them, or something else.
struct Value {
  std::string column;  // Folded; "*": all.
  std::set<std::string> computed_from;
};

Value ValueOf(Tokens tokens, const ast::Table& source) {
  const std::size_t size = tokens.size();
  if (size > 2 && IsWord(tokens[size - 2], "as")) {
    tokens.resize(size - 2);
  }
  const bool is_qualified = tokens.size() == 3 && tokens[1].spelling == ".";
  if (tokens.size() == 1 || is_qualified) {
    const ast::Token& last = tokens.back();
    if (last.spelling == "*") {
      return {"*", {}};
    }
    if (IsName(last) && checks::FindColumn(source, NameOf(last)) != nullptr) {
      return {NameOf(last), {}};
    }
  }
  Value value;
  for (const ast::Token& token : tokens) {
    if (IsName(token) && checks::FindColumn(source, NameOf(token)) != nullptr) {
      value.computed_from.insert(NameOf(token));
    }
  }
  return value;
}

// Where each column of the source went, and what was computed from others.
struct Mapping {
  std::map<std::string, std::string> copied_to;
  std::set<std::string> computed_from;
};

Mapping MapColumns(const InsertSelect& copy, const ast::Table& source,
                   const ast::Table& target) {
  std::vector<Value> values;
  for (const Tokens& tokens : copy.values) {
    Value value = ValueOf(tokens, source);
    if (value.column != "*") {
      values.push_back(std::move(value));
      continue;
    }
    for (const ast::Column& column : source.columns) {
      values.push_back({sql::FoldCase(column.name.text), {}});
    }
  }
  const std::vector<std::string> targets =
      copy.targets.empty() ? checks::StoredColumns(target) : copy.targets;
  Mapping mapping;
  for (std::size_t i = 0; i < std::min(values.size(), targets.size()); ++i) {
    if (!values[i].column.empty()) {
      mapping.copied_to.emplace(values[i].column, targets[i]);
    }
    mapping.computed_from.merge(values[i].computed_from);
  }
  return mapping;
}

Inverse Refuse(const std::string& table, const std::string& why) {
  return {{},
          "it copies rows of `" + table + "`, which is dropped, and " + why};
}

std::string Called(const std::string& table, const Aliases& aliases) {
  const auto alias = aliases.find(sql::FoldCase(table));
  return alias == aliases.end() ? table : alias->second;
}

ast::Statement CopyBack(const ast::Table& source, const std::string& target,
                        const Mapping& mapping, const Aliases& aliases) {
  const std::string source_name = Called(source.name.text, aliases);
  ast::Statement statement;
  statement.node = ast::Insert{{source_name, {}}};
  Tokens& tokens = statement.tokens.tokens;
  const auto add = [&](sql::TokenKind kind, std::string spelling) {
    tokens.push_back({kind, std::move(spelling), true, {}});
  };
  Tokens values;
  add(sql::TokenKind::kWord, "INSERT");
  add(sql::TokenKind::kWord, "INTO");
  tokens.push_back(ast::NameToken(source_name));
  char before = '(';
  for (const ast::Column& column : source.columns) {
    const auto copied = mapping.copied_to.find(sql::FoldCase(column.name.text));
    if (copied == mapping.copied_to.end() || column.generated) {
      continue;
    }
    add(sql::TokenKind::kPunctuation, std::string(1, before));
    tokens.push_back(ast::NameToken(column.name.text));
    if (before == ',') {
      values.push_back({sql::TokenKind::kPunctuation, ",", false, {}});
    }
    values.push_back(ast::NameToken(copied->second));
    before = ',';
  }
  add(sql::TokenKind::kPunctuation, ")");
  add(sql::TokenKind::kWord, "SELECT");
  tokens.insert(tokens.end(), values.begin(), values.end());
  add(sql::TokenKind::kWord, "FROM");
  tokens.push_back(ast::NameToken(Called(target, aliases)));
  return statement;
}

// Why the rows that are copied back would not be what they were; empty if they
// are.
std::string WhatIsLost(const ast::Table& source, const Mapping& mapping) {
  const std::vector<std::string> key = ast::PrimaryKey(source);
  for (const ast::Column& column : source.columns) {
    const std::string name = sql::FoldCase(column.name.text);
    if (column.generated || mapping.copied_to.contains(name)) {
      continue;
    }
    const std::string quoted = "`" + column.name.text + "`";
    if (mapping.computed_from.contains(name)) {
      return "nothing computes the values of " + quoted + " back";
    }
    const bool is_key =
        std::any_of(key.begin(), key.end(), [&](const std::string& part) {
          return EqualsIgnoringCase(part, name);
        });
    if (is_key || (column.not_null && !column.default_value)) {
      return "not its column " + quoted + ", which has no default";
    }
  }
  return mapping.copied_to.empty() ? "none of its columns" : "";
}

bool Reads(const catalog::Step& step, const std::string& table) {
  return checks::As<ast::Insert>(step) != nullptr &&
         std::any_of(
             step.access.reads.begin(), step.access.reads.end(),
             [&](const catalog::Use& use) { return use.table == table; });
}

// What becomes of a table that rows are copied from.
struct Source {
  struct Reader {
    std::size_t step = 0;
    std::string name;  // Of the table then, folded.
  };
  std::vector<Reader> readers;          // INSERTs that read it.
  const catalog::Step* drop = nullptr;  // Null: it stays.
  std::string name_at_drop;
};

Source Follow(const Simulation& upgrade, std::size_t step,
              const std::string& table) {
  Source source;
  std::string name = table;
  // Back to where it comes from.
  std::size_t first = step;
  for (; first > 0; --first) {
    const catalog::Step& earlier = upgrade.steps[first - 1];
    const auto* rename = checks::As<ast::RenameTable>(earlier);
    if (earlier.before.FindTable(name) == nullptr && rename == nullptr) {
      break;
    }
    if (rename != nullptr && EqualsIgnoringCase(rename->to.text, name)) {
      name = sql::FoldCase(rename->table.text);
    }
  }
  for (std::size_t i = first; i < upgrade.steps.size(); ++i) {
    const catalog::Step& at = upgrade.steps[i];
    if (Reads(at, name)) {
      source.readers.push_back({i, name});
    }
    if (const auto* rename = checks::As<ast::RenameTable>(at)) {
      if (EqualsIgnoringCase(rename->table.text, name)) {
        name = sql::FoldCase(rename->to.text);
      }
    } else if (at.after.FindTable(name) == nullptr) {
      source.drop = &at;
      source.name_at_drop = name;
      break;
    }
  }
  return source;
}

// What fires when a row comes back into the table that the step drops.
const std::string* InsertTrigger(const catalog::Step& drop,
                                 const std::string& table) {
  for (const catalog::ObjectPtr& user : drop.before.UsersOf(table)) {
    const auto* trigger = std::get_if<ast::Trigger>(&user->definition);
    if (trigger != nullptr && trigger->event == ast::TriggerEvent::kInsert &&
        EqualsIgnoringCase(trigger->table.text, table)) {
      return &trigger->name.text;
    }
  }
  return nullptr;
}

// A copy that can be turned round, or why it cannot.
struct Reversible {
  ast::Statement back;
  std::string refusal;
  bool is_whole = false;  // Every row is copied.
};

Reversible Reverse(const catalog::Step& step, const std::string& table,
                   const Aliases& aliases) {
  const auto copy = ReadInsertSelect(step.item->statement.tokens.tokens);
  const ast::Table* source = step.before.FindTable(table);
  const std::string& name =
      std::get<ast::Insert>(step.item->statement.node).table.text;
  const ast::Table* target = step.before.FindTable(name);
  if (!copy || copy->source != table || source == nullptr ||
      target == nullptr) {
    return {{}, "not row by row", false};
  }
  const Mapping mapping = MapColumns(*copy, *source, *target);
  return {CopyBack(*source, name, mapping, aliases),
          WhatIsLost(*source, mapping), copy->is_whole};
}

Inverse InvertCopy(const Simulation& upgrade, std::size_t step,
                   const std::string& table, const Source& source,
                   const Aliases& aliases) {
  Reversible reversible = Reverse(upgrade.steps[step], table, aliases);
  if (source.readers.size() > 1) {
    // Where one has everything, the others only look.
    std::vector<std::size_t> whole;
    for (const Source::Reader& reader : source.readers) {
      const Reversible other =
          Reverse(upgrade.steps[reader.step], reader.name, aliases);
      if (other.is_whole && other.refusal.empty()) {
        whole.push_back(reader.step);
      }
    }
    if (whole.size() != 1) {
      return Refuse(table, "to more than one place");
    }
    if (whole.front() != step) {
      return {};
    }
  }
  if (!reversible.refusal.empty()) {
    return Refuse(table, reversible.refusal);
  }
  const std::string* trigger = InsertTrigger(*source.drop, source.name_at_drop);
  if (trigger != nullptr && source.name_at_drop != table) {
    return Refuse(
        table, "its trigger `" + *trigger + "` would fire when they come back");
  }
  return {{std::move(reversible.back)}, ""};
}

}  // namespace

bool WritesOnlyItsOwn(const Simulation& upgrade, std::size_t step) {
  const catalog::Step& at = upgrade.steps[step];
  if (!checks::IsData(at)) {
    return false;
  }
  const catalog::Effects effects = catalog::EffectsOf(at);
  const auto is_own = [&](const std::string& table) {
    return !checks::IsOldTable(upgrade, step, table) &&
           !upgrade.before.Find(catalog::ObjectKind::kVirtualTable, table);
  };
  return std::all_of(effects.inserts.begin(), effects.inserts.end(), is_own) &&
         std::all_of(effects.deletes.begin(), effects.deletes.end(), is_own) &&
         std::all_of(effects.updates.begin(), effects.updates.end(),
                     [&](const catalog::Use& use) {
                       return is_own(use.table) ||
                              !checks::IsOldColumn(upgrade, step, use.table,
                                                   use.column);
                     });
}

Inverse InvertOwnData(const Simulation& upgrade, std::size_t step,
                      const Aliases& aliases) {
  std::set<std::string> tables;
  for (const catalog::Use& use : upgrade.steps[step].access.reads) {
    if (Reads(upgrade.steps[step], use.table)) {
      tables.insert(use.table);
    }
  }
  for (const std::string& table : tables) {
    const Source source = Follow(upgrade, step, table);
    if (source.drop != nullptr) {
      return InvertCopy(upgrade, step, table, source, aliases);
    }
  }
  return {};
}

}  // namespace palindrome::reversal
