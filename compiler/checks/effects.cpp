#include "compiler/checks/effects.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

struct EffectSets {
  std::set<catalog::Use> updates;
  std::set<std::string> inserts;
  std::set<std::string> deletes;
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
      }
    } else if (Skip("update")) {
      SkipConflictAction();
      Assignments(Name());
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
          effects.updates.begin(), effects.updates.end(),
          [&](const catalog::Use& use) {
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

std::set<std::string> TablesOf(const EffectSets& effects) {
  std::set<std::string> tables = effects.inserts;
  tables.insert(effects.deletes.begin(), effects.deletes.end());
  for (const catalog::Use& use : effects.updates) {
    tables.insert(use.table);
  }
  return tables;
}

void AddTriggers(const catalog::Catalog& catalog, EffectSets& effects) {
  std::set<std::string> fired;
  bool grows = true;
  while (grows) {
    grows = false;
    for (const std::string& table : TablesOf(effects)) {
      for (const catalog::ObjectPtr& user : catalog.UsersOf(table)) {
        const auto* trigger = std::get_if<ast::Trigger>(&user->definition);
        if (trigger != nullptr && FiresOn(*trigger, effects) &&
            fired.insert(user->key().name).second) {
          EffectSets of_body = BodyReader(trigger->body.tokens).Read();
          effects.updates.merge(of_body.updates);
          effects.inserts.merge(of_body.inserts);
          effects.deletes.merge(of_body.deletes);
          grows = true;
        }
      }
    }
  }
}

EffectSets SetsOf(const catalog::Step& step) {
  if (!IsData(step)) {
    return {};
  }
  EffectSets effects;
  effects.updates.insert(step.access.updates.begin(),
                         step.access.updates.end());
  effects.inserts.insert(step.access.inserts.begin(),
                         step.access.inserts.end());
  effects.deletes.insert(step.access.deletes.begin(),
                         step.access.deletes.end());
  AddTriggers(step.before, effects);
  return effects;
}

Effects AsEffects(const EffectSets& sets) {
  return {{sets.updates.begin(), sets.updates.end()},
          {sets.inserts.begin(), sets.inserts.end()},
          {sets.deletes.begin(), sets.deletes.end()}};
}

}  // namespace

Effects EffectsOfBody(const ast::Trigger& trigger) {
  return AsEffects(BodyReader(trigger.body.tokens).Read());
}

Effects EffectsOf(const catalog::Step& step) {
  return AsEffects(SetsOf(step));
}

Effects EffectsOf(const catalog::Simulation& section) {
  EffectSets all;
  for (const catalog::Step& step : section.steps) {
    EffectSets effects = SetsOf(step);
    all.updates.merge(effects.updates);
    all.inserts.merge(effects.inserts);
    all.deletes.merge(effects.deletes);
  }
  return AsEffects(all);
}

}  // namespace palindrome::checks
