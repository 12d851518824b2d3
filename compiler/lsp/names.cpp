#include "compiler/lsp/names.h"

#include <algorithm>

namespace palindrome::lsp {
namespace {

using catalog::ObjectKind;
using catalog::ObjectPtr;

bool Has(const std::vector<std::string>& columns, std::string_view name) {
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
    const auto found = Qualified(name_, mentions_);
    if (found.empty()) {
      meaning_.object = FindRelation(name_, schemas_);
    } else if (!found.front().is_local) {
      meaning_.object = found.front().object;
    }
  }

  void ResolveQualified() {
    const auto found =
        Qualified(sql::Unquote(view_.tokens()[at_ - 2]), mentions_);
    for (const Mention& mention : found) {
      if (!mention.is_local && Has(mention.columns, name_)) {
        meaning_.object = mention.object;
        meaning_.column = name_;
        return;
      }
    }
    if (found.empty()) {  // `main.tasks`
      meaning_.object = FindRelation(name_, schemas_);
    }
  }

  void ResolveColumn() {
    for (const Mention& mention : mentions_) {
      if (mention.is_local) {
        continue;
      }
      if (Has(mention.columns, name_)) {
        meaning_.object = mention.object;
        meaning_.column = name_;
        return;
      }
      // A table as the statement leaves it.
      const ObjectPtr after =
          schemas_.after.Find(mention.object->kind(), mention.object->name());
      if (after && Has(ColumnsOf(*after, schemas_.after), name_)) {
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
