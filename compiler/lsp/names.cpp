#include "compiler/lsp/names.h"

#include <algorithm>

namespace palindrome::lsp {
namespace {

using catalog::ObjectKind;
using catalog::ObjectPtr;

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

bool HasColumn(const catalog::Object& object, std::string_view name) {
  const auto columns = ColumnsOf(object);
  return std::any_of(columns.begin(), columns.end(),
                     [&](const std::string& column) {
                       return sql::EqualsIgnoringCase(column, name);
                     });
}

// Finds what the token at `at` of a statement means.
class Resolver {
 public:
  Resolver(const View& view, std::size_t at)
      : view_(view),
        at_(at),
        name_(sql::Unquote(view.tokens()[at])),
        schemas_(view.SchemasAt(view.tokens()[at].offset)),
        mentions_(MentionsIn(view, view.StatementAround(at), schemas_)) {}

  Meaning Resolve() {
    if (Is(1, ".")) {
      ResolveQualifier();
    } else if (Is(-1, ".") && at_ >= 2) {
      ResolveQualified();
    } else if (at_ > 0 && AnnouncesRelation(view_.tokens()[at_ - 1])) {
      meaning_.object = FindRelation(name_, schemas_);
      if (!meaning_.object) {
        ResolveColumn();
      }
    } else {
      ResolveColumn();
      if (!meaning_.object) {
        meaning_.object = FindRelation(name_, schemas_);
      }
    }
    if (!meaning_.object) {
      meaning_.object = FindObject(name_, schemas_,
                                   {ObjectKind::kIndex, ObjectKind::kTrigger});
    }
    return std::move(meaning_);
  }

 private:
  bool Is(int distance, std::string_view symbol) const {
    const auto at = static_cast<std::ptrdiff_t>(at_) + distance;
    return at >= 0 && at < std::ssize(view_.tokens()) &&
           IsSymbol(view_.tokens()[static_cast<std::size_t>(at)], symbol);
  }

  void ResolveQualifier() {
    const auto objects = Qualified(name_, mentions_);
    meaning_.object =
        objects.empty() ? FindRelation(name_, schemas_) : objects.front();
  }

  void ResolveQualified() {
    const auto objects =
        Qualified(sql::Unquote(view_.tokens()[at_ - 2]), mentions_);
    for (const ObjectPtr& object : objects) {
      if (HasColumn(*object, name_)) {
        meaning_.object = object;
        meaning_.column = name_;
        return;
      }
    }
    if (objects.empty()) {  // `main.tasks`
      meaning_.object = FindRelation(name_, schemas_);
    }
  }

  void ResolveColumn() {
    for (const Mention& mention : mentions_) {
      if (HasColumn(*mention.object, name_)) {
        meaning_.object = mention.object;
        meaning_.column = name_;
        return;
      }
      // A table as the statement leaves it.
      const ObjectPtr after =
          schemas_.after.Find(mention.object->kind(), mention.object->name());
      if (after && HasColumn(*after, name_)) {
        meaning_.object = after;
        meaning_.column = name_;
        return;
      }
    }
  }

  const View& view_;
  std::size_t at_;
  std::string name_;
  View::Schemas schemas_;
  std::vector<Mention> mentions_;
  Meaning meaning_;
};

std::optional<Meaning> RuleAt(const View& view, std::uint32_t offset) {
  for (const ast::Allow& allow : view.migration().allows) {
    const source::Range range = allow.rule.range;
    if (range.begin <= offset && offset <= range.end) {
      Meaning meaning;
      meaning.range = range;
      meaning.rule = diagnostics::FindKind(allow.rule.text);
      return meaning;
    }
  }
  return std::nullopt;
}

}  // namespace

bool AnnouncesRelation(const sql::Token& token) {
  for (const char* word : {"TABLE", "INTO", "FROM", "JOIN", "UPDATE", "VIEW",
                           "REFERENCES", "ON", "EXISTS", "TO"}) {
    if (IsWord(token, word)) {
      return true;
    }
  }
  return false;
}

std::vector<std::string> ColumnsOf(const catalog::Object& object) {
  std::vector<std::string> names;
  if (const auto* table = std::get_if<ast::Table>(&object.definition)) {
    for (const ast::Column& column : table->columns) {
      names.push_back(column.name.text);
    }
  } else if (const auto* view = std::get_if<ast::View>(&object.definition)) {
    for (const ast::Name& column : view->columns) {
      names.push_back(column.text);
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
  std::vector<Mention> mentions;
  for (std::size_t at = statement.begin; at < statement.end; ++at) {
    const auto& tokens = view.tokens();
    if (!IsName(tokens[at])) {
      continue;
    }
    const ObjectPtr object = FindRelation(sql::Unquote(tokens[at]), schemas);
    if (!object) {
      continue;
    }
    Mention mention{object, ""};
    std::size_t next = at + 1;
    next += next < statement.end && IsWord(tokens[next], "AS") ? 1 : 0;
    if (next < statement.end && IsName(tokens[next]) &&
        !(tokens[next].kind == sql::TokenKind::kWord &&
          sql::IsKeyword(tokens[next].spelling))) {
      mention.alias = sql::FoldCase(sql::Unquote(tokens[next]));
    }
    mentions.push_back(std::move(mention));
  }
  return mentions;
}

std::vector<ObjectPtr> Qualified(std::string_view name,
                                 const std::vector<Mention>& mentions) {
  const std::string folded = sql::FoldCase(name);
  const bool is_row = folded == "new" || folded == "old";  // Of a trigger.
  std::vector<ObjectPtr> objects;
  for (const Mention& mention : mentions) {
    if (is_row || mention.alias == folded ||
        mention.object->key().name == folded) {
      objects.push_back(mention.object);
    }
  }
  return objects;
}

std::optional<Meaning> MeaningAt(const View& view, std::uint32_t offset) {
  if (auto rule = RuleAt(view, offset)) {
    return rule->rule ? rule : std::nullopt;
  }
  const auto at = view.TokenAt(offset);
  if (!at || view.IsInComment(offset)) {
    return std::nullopt;
  }
  const sql::Token& token = view.tokens()[*at];
  const source::Range range{token.offset, EndOf(token)};
  Meaning meaning;
  if (view.IsInHeader(offset) || token.kind == sql::TokenKind::kString) {
    const auto revision = token.kind == sql::TokenKind::kString
                              ? view.snapshot().graph->Find(sql::Unquote(token))
                              : std::nullopt;
    if (revision) {
      meaning.revision = &view.snapshot().graph->revisions[*revision];
    }
  } else if (IsName(token)) {
    meaning = Resolver(view, *at).Resolve();
  }
  meaning.range = range;
  if (meaning.revision == nullptr && !meaning.object) {
    return std::nullopt;
  }
  return meaning;
}

}  // namespace palindrome::lsp
