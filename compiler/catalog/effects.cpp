#include "compiler/catalog/effects.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/catalog/apply.h"
#include "compiler/catalog/rowid.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

struct EffectSets {
  std::set<Use> updates;
  std::set<std::string> inserts;
  std::set<std::string> deletes;
  std::set<std::string> rewrites;
  // Columns that an UPDATE finds its rows by alone, as in `id = NEW.id`.
  std::set<Use> found_by_new;

  void Merge(EffectSets&& other) {
    updates.merge(other.updates);
    inserts.merge(other.inserts);
    deletes.merge(other.deletes);
    rewrites.merge(other.rewrites);
  }
};

// Reads the statements of a trigger's body token by token. The engine has
// accepted the body, so that only its shape matters.
class BodyReader {
 public:
  explicit BodyReader(const std::vector<ast::Token>& tokens)
      : tokens_(tokens) {}

  EffectSets Read() {
    Skip("begin");
    while (at_ < tokens_.size()) {
      Statement();
      ++at_;  // Past its `;`.
    }
    return std::move(found_);
  }

 private:
  bool Is(std::string_view spelling) const {
    return at_ < tokens_.size() && tokens_[at_].spelling == spelling;
  }

  bool IsWord(std::string_view word) const {
    return at_ < tokens_.size() && tokens_[at_].kind == sql::TokenKind::kWord &&
           sql::EqualsIgnoringCase(tokens_[at_].spelling, word);
  }

  bool Skip(std::string_view word) {
    const bool is = IsWord(word);
    at_ += is ? 1 : 0;
    return is;
  }

  void SkipConflictAction() {
    if (Skip("or")) {
      ++at_;
    }
  }

  // A name without its schema, folded.
  std::string Name() {
    std::string name;
    if (at_ < tokens_.size()) {
      const ast::Token& token = tokens_[at_];
      name = sql::FoldCase(sql::Unquote({token.kind, 0, token.spelling}));
      ++at_;
    }
    if (Is(".")) {
      ++at_;
      return Name();
    }
    return name;
  }

  // Stops at the `;` behind the statement, or at what is no statement that
  // writes.
  void Statement() {
    if (Skip("insert") || Skip("replace")) {
      SkipConflictAction();
      Skip("into");
      const std::string table = Name();
      found_.inserts.insert(table);
      SkipTo("do");  // ON CONFLICT … DO UPDATE SET …
      if (Skip("do") && Skip("update")) {
        Assignments(table);
        found_.rewrites.insert(table);
      }
    } else if (Skip("update")) {
      SkipConflictAction();
      const std::string table = Name();
      Assignments(table);
      const std::string key = KeyOfNew();
      if (key.empty()) {
        found_.rewrites.insert(table);
      } else {
        found_.found_by_new.insert({table, key});
      }
    } else if (Skip("delete")) {
      Skip("from");
      found_.deletes.insert(Name());
    }
    SkipTo("");
  }

  // To the word outside of parentheses and CASE, or to the end of the
  // statement.
  void SkipTo(std::string_view word) {
    for (int depth = 0; at_ < tokens_.size() && !Is(";"); ++at_) {
      depth += Is("(") ? 1 : (Is(")") ? -1 : 0);
      if (depth == 0 && !word.empty() && IsWord(word)) {
        return;
      }
    }
  }

  // From SET on: each name before a `=`, alone or in a list in parentheses.
  void Assignments(const std::string& table) {
    SkipTo("set");
    bool expects_target = Skip("set");
    for (int depth = 0; at_ < tokens_.size() && !Is(";"); ++at_) {
      if (expects_target) {
        Target(table);
      }
      depth += Is("(") ? 1 : (Is(")") ? -1 : 0);
      if (depth == 0 && (IsWord("where") || IsWord("from"))) {
        return;
      }
      expects_target = depth == 0 && Is(",");
    }
  }

  // Stops at the `=`.
  void Target(const std::string& table) {
    const bool is_list = Is("(");
    at_ += is_list ? 1 : 0;
    do {
      found_.updates.insert({table, Name()});
    } while (is_list && Is(",") && ++at_ < tokens_.size());
    at_ += is_list && Is(")") ? 1 : 0;
  }

  // The column of `WHERE column = NEW.column;`, if it is that.
  std::string KeyOfNew() {
    if (!Skip("where")) {
      return "";
    }
    std::string column = Name();
    if (!Is("=")) {
      return "";
    }
    ++at_;
    if (!Skip("new") || !Is(".")) {
      return "";
    }
    ++at_;
    return Name() == column && Is(";") ? column : "";
  }

  const std::vector<ast::Token>& tokens_;
  std::size_t at_ = 0;
  EffectSets found_;
};

bool FiresOn(const ast::Trigger& trigger, const EffectSets& effects) {
  const std::string table = sql::FoldCase(trigger.table.text);
  switch (trigger.event) {
    case ast::TriggerEvent::kInsert:
      return effects.inserts.contains(table);
    case ast::TriggerEvent::kDelete:
      return effects.deletes.contains(table);
    case ast::TriggerEvent::kUpdate:
      return std::any_of(
          effects.updates.begin(), effects.updates.end(), [&](const Use& use) {
            return use.table == table &&
                   (trigger.columns.empty() ||
                    std::any_of(trigger.columns.begin(), trigger.columns.end(),
                                [&](const ast::Name& column) {
                                  return sql::EqualsIgnoringCase(column.text,
                                                                 use.column);
                                }));
          });
  }
  return false;
}

// Whether the column alone tells the rows of its table apart.
bool IsKey(const Use& column, const Catalog& catalog) {
  const ast::Table* table = catalog.FindTable(column.table);
  if (table == nullptr) {
    return false;
  }
  if (IsRowidName(*table, column.column)) {
    return true;
  }
  const auto key = ast::PrimaryKey(*table);
  return key.size() == 1 && sql::EqualsIgnoringCase(key.front(), column.column);
}

EffectSets SetsOfBody(const ast::Trigger& trigger, const Catalog& catalog) {
  EffectSets sets = BodyReader(trigger.body.tokens).Read();
  for (const Use& column : sets.found_by_new) {
    if (trigger.event != ast::TriggerEvent::kInsert ||
        trigger.timing != ast::TriggerTiming::kAfter ||
        column.table != sql::FoldCase(trigger.table.text) ||
        !IsKey(column, catalog)) {
      sets.rewrites.insert(column.table);
    }
  }
  return sets;
}

std::set<std::string> TablesOf(const EffectSets& effects) {
  std::set<std::string> tables = effects.inserts;
  tables.insert(effects.deletes.begin(), effects.deletes.end());
  for (const Use& use : effects.updates) {
    tables.insert(use.table);
  }
  return tables;
}

void AddTriggers(const Catalog& catalog, EffectSets& effects) {
  std::set<std::string> fired;
  bool grows = true;
  while (grows) {
    grows = false;
    for (const std::string& table : TablesOf(effects)) {
      for (const ObjectPtr& user : catalog.UsersOf(table)) {
        const auto* trigger = std::get_if<ast::Trigger>(&user->definition);
        if (trigger != nullptr && FiresOn(*trigger, effects) &&
            fired.insert(user->key().name).second) {
          effects.Merge(SetsOfBody(*trigger, catalog));
          grows = true;
        }
      }
    }
  }
}

EffectSets SetsOf(const Step& step) {
  if (!step.applies || !ast::IsDataStatement(step.item->statement.kind())) {
    return {};
  }
  EffectSets effects;
  effects.updates.insert(step.access.updates.begin(),
                         step.access.updates.end());
  effects.inserts.insert(step.access.inserts.begin(),
                         step.access.inserts.end());
  effects.deletes.insert(step.access.deletes.begin(),
                         step.access.deletes.end());
  for (const Use& use : effects.updates) {
    effects.rewrites.insert(use.table);
  }
  AddTriggers(step.before, effects);
  return effects;
}

Effects AsEffects(const EffectSets& sets) {
  return {{sets.updates.begin(), sets.updates.end()},
          {sets.inserts.begin(), sets.inserts.end()},
          {sets.deletes.begin(), sets.deletes.end()},
          {sets.rewrites.begin(), sets.rewrites.end()}};
}

}  // namespace

Effects EffectsOfBody(const ast::Trigger& trigger) {
  return AsEffects(SetsOfBody(trigger, {}));
}

Effects EffectsOf(const ast::Trigger& trigger, const Catalog& catalog) {
  EffectSets sets = SetsOfBody(trigger, catalog);
  AddTriggers(catalog, sets);
  return AsEffects(sets);
}

Effects EffectsOf(const Step& step) {
  return AsEffects(SetsOf(step));
}

Effects EffectsOf(const Simulation& section) {
  EffectSets all;
  for (const Step& step : section.steps) {
    all.Merge(SetsOf(step));
  }
  return AsEffects(all);
}

}  // namespace palindrome::catalog
