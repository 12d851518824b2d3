#include "compiler/lsp/mentions.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "compiler/checks/view_columns.h"

namespace palindrome::lsp {
namespace {

using catalog::ObjectKind;
using catalog::ObjectPtr;

// A name that no keyword is.
bool IsPlainName(const sql::Token& token) {
  return IsName(token) && !(token.kind == sql::TokenKind::kWord &&
                            sql::IsKeyword(token.spelling));
}

std::vector<std::string> ColumnsOfView(const ast::View& view,
                                       const catalog::Catalog& schema) {
  std::vector<std::string> names =
      checks::OutputColumns(view, schema).value_or(std::vector<std::string>());
  // An expression without a name has its text for one.
  std::erase_if(names, [](const std::string& name) {
    return name.empty() || name.back() == ' ';
  });
  return names;
}

class Reader {
 public:
  Reader(const View& view, TokenRange statement, const View::Schemas& schemas)
      : tokens_(view.tokens()),
        statement_(statement),
        schemas_(schemas),
        scope_(schemas.before) {}

  std::vector<Mention> Read() {
    FindLocals();
    std::vector<Mention> mentions;
    for (std::size_t at = statement_.begin; at < statement_.end; ++at) {
      if (!IsName(tokens_[at])) {
        AddSubquery(at, mentions);
        continue;
      }
      const std::string name = sql::FoldCase(sql::Unquote(tokens_[at]));
      const auto local = std::find_if(
          locals_.begin(), locals_.end(),
          [&](const auto& each) { return each->key().name == name; });
      Mention mention;
      mention.is_local = local != locals_.end();
      mention.object = mention.is_local ? *local : FindRelation(name, schemas_);
      if (mention.object) {
        mention.alias = AliasAt(at + 1);
        mention.columns = ColumnsOf(*mention.object, scope_);
        mention.has_trigger = IsOfTrigger(at);
        mentions.push_back(std::move(mention));
      }
    }
    return mentions;
  }

 private:
  using ObjectPtrs = std::vector<ObjectPtr>;

  bool Is(std::size_t at, std::string_view text) const {
    return at < statement_.end &&
           (IsWord(tokens_[at], text) || IsSymbol(tokens_[at], text));
  }

  // Behind what matches the `(` at the place, or at the end.
  std::size_t BehindMatch(std::size_t at) const {
    int depth = 0;
    for (; at < statement_.end; ++at) {
      depth += Is(at, "(") ? 1 : 0;
      depth -= Is(at, ")") ? 1 : 0;
      if (depth == 0) {
        return at + 1;
      }
    }
    return at;
  }

  bool IsQuery(std::size_t open) const {
    return Is(open, "(") && (Is(open + 1, "SELECT") || Is(open + 1, "VALUES") ||
                             Is(open + 1, "WITH"));
  }

  ObjectPtr MakeLocal(const std::string& name, std::vector<ast::Name> columns,
                      std::size_t open) const {
    ast::View view;
    view.name.text = name;
    view.columns = std::move(columns);
    const std::size_t behind = BehindMatch(open);
    const std::size_t end = Is(behind - 1, ")") ? behind - 1 : behind;
    for (std::size_t at = open + 1; at < end; ++at) {
      ast::Token token;
      token.kind = tokens_[at].kind;
      token.spelling = std::string(tokens_[at].spelling);
      view.body.tokens.push_back(std::move(token));
    }
    if (view.columns.empty()) {
      for (std::string& column : ColumnsOfView(view, scope_)) {
        view.columns.emplace_back().text = std::move(column);
      }
    }
    catalog::Object object;
    object.definition = std::move(view);
    return std::make_shared<const catalog::Object>(std::move(object));
  }

  // `name [(columns)] AS [[NOT] MATERIALIZED] (SELECT …)` of a WITH.
  void FindLocals() {
    for (std::size_t at = statement_.begin + 1; at < statement_.end; ++at) {
      if (!IsName(tokens_[at]) ||
          !(Is(at - 1, "WITH") || Is(at - 1, "RECURSIVE") || Is(at - 1, ","))) {
        continue;
      }
      std::size_t next = at + 1;
      std::vector<ast::Name> columns;
      if (Is(next, "(")) {
        const std::size_t behind = BehindMatch(next);
        for (++next; next + 1 < behind; ++next) {
          if (IsName(tokens_[next])) {
            columns.emplace_back().text = sql::Unquote(tokens_[next]);
          }
        }
        next = behind;
      }
      if (!Is(next, "AS")) {
        continue;
      }
      ++next;
      next += Is(next, "NOT") ? 1 : 0;
      next += Is(next, "MATERIALIZED") ? 1 : 0;
      if (IsQuery(next)) {
        locals_.push_back(
            MakeLocal(sql::Unquote(tokens_[at]), std::move(columns), next));
        scope_ = scope_.With(*locals_.back());
      }
    }
  }

  // `FROM (SELECT …) AS name`.
  void AddSubquery(std::size_t at, std::vector<Mention>& mentions) const {
    if (!IsQuery(at)) {
      return;
    }
    Mention mention;
    mention.alias = AliasAt(BehindMatch(at));
    if (mention.alias.empty()) {
      return;
    }
    mention.object = MakeLocal(mention.alias, {}, at);
    mention.columns = ColumnsOf(*mention.object, scope_);
    mention.is_local = true;
    mentions.push_back(std::move(mention));
  }

  // Behind a relation; empty: there is none.
  std::string AliasAt(std::size_t at) const {
    at += Is(at, "AS") ? 1 : 0;
    return at < statement_.end && IsPlainName(tokens_[at])
               ? sql::FoldCase(sql::Unquote(tokens_[at]))
               : "";
  }

  // The name behind the first ON of CREATE TRIGGER.
  bool IsOfTrigger(std::size_t at) const {
    const std::size_t on = Is(at - 1, ".") ? at - 3 : at - 1;
    if (!Is(on, "ON")) {
      return false;
    }
    bool is_trigger = false;
    for (std::size_t i = statement_.begin; i < on; ++i) {
      is_trigger = is_trigger || Is(i, "TRIGGER");
      if (is_trigger && (Is(i, "ON") || Is(i, "BEGIN"))) {
        return false;
      }
    }
    return is_trigger;
  }

  const std::vector<sql::Token>& tokens_;
  TokenRange statement_;
  const View::Schemas& schemas_;
  catalog::Catalog scope_;  // With the locals that were found.
  ObjectPtrs locals_;
};

}  // namespace

ObjectPtr FindObject(std::string_view name, const View::Schemas& schemas,
                     const std::vector<ObjectKind>& kinds) {
  for (const catalog::Catalog* schema : {&schemas.before, &schemas.after}) {
    for (const ObjectKind kind : kinds) {
      if (ObjectPtr object = schema->Find(kind, name)) {
        return object;
      }
    }
  }
  return nullptr;
}

ObjectPtr FindRelation(std::string_view name, const View::Schemas& schemas) {
  return FindObject(
      name, schemas,
      {ObjectKind::kTable, ObjectKind::kView, ObjectKind::kVirtualTable});
}

std::vector<std::string> ColumnsOf(const catalog::Object& object,
                                   const catalog::Catalog& schema) {
  if (const auto* view = std::get_if<ast::View>(&object.definition)) {
    return ColumnsOfView(*view, schema);
  }
  std::vector<std::string> names;
  if (const auto* table = std::get_if<ast::Table>(&object.definition)) {
    for (const ast::Column& column : table->columns) {
      names.push_back(column.name.text);
    }
  }
  return names;
}

const ast::Column* FindColumn(const catalog::Object& object,
                              std::string_view name) {
  const auto* table = std::get_if<ast::Table>(&object.definition);
  if (table == nullptr) {
    return nullptr;
  }
  const auto found =
      std::find_if(table->columns.begin(), table->columns.end(),
                   [&](const ast::Column& column) {
                     return sql::EqualsIgnoringCase(column.name.text, name);
                   });
  return found == table->columns.end() ? nullptr : &*found;
}

std::vector<Mention> MentionsIn(const View& view, TokenRange statement,
                                const View::Schemas& schemas) {
  return Reader(view, statement, schemas).Read();
}

std::vector<Mention> Qualified(std::string_view name,
                               const std::vector<Mention>& mentions) {
  const std::string folded = sql::FoldCase(name);
  const bool is_row = folded == "new" || folded == "old";  // Of a trigger.
  std::vector<Mention> found;
  for (const Mention& mention : mentions) {
    if ((is_row && mention.has_trigger) || mention.alias == folded ||
        mention.object->key().name == folded) {
      found.push_back(mention);
    }
  }
  return found;
}

}  // namespace palindrome::lsp
