#include "compiler/checks/view_columns.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

using Columns = std::vector<std::string>;

// Of views that read views; more would be a cycle, which the engine refuses.
constexpr int kDeepest = 16;

std::optional<Columns> ColumnsOf(const ast::View& view,
                                 const catalog::Catalog& catalog, int depth);

bool IsIdentifier(const ast::Token& token) {
  return token.kind == sql::TokenKind::kQuotedName ||
         (token.kind == sql::TokenKind::kWord &&
          !sql::IsKeyword(token.spelling));
}

// What a SELECT reads from: a table or view and the name that it has there.
struct Source {
  std::string relation;
  std::string alias;
};

class Select {
 public:
  Select(const ast::Expression& body, const catalog::Catalog& catalog,
         int depth)
      : tokens_(body.tokens), catalog_(catalog), depth_(depth) {}

  std::optional<Columns> Read() {
    SkipToSelect();
    if (!Is("select")) {
      return std::nullopt;
    }
    ++at_;
    if (Is("distinct") || Is("all")) {
      ++at_;
    }
    const std::size_t begin = at_;
    std::vector<std::size_t> ends;
    for (; !AtEnd() && !IsClause(); Skip()) {
      if (Is(",")) {
        ends.push_back(at_);
      }
    }
    ends.push_back(at_);
    ReadSources();
    Columns columns;
    std::size_t from = begin;
    for (const std::size_t end : ends) {
      if (from >= end || !AddItem(from, end, columns)) {
        return std::nullopt;
      }
      from = end + 1;
    }
    return columns;
  }

 private:
  bool AtEnd() const { return at_ >= tokens_.size(); }
  bool Is(std::string_view word) const {
    return !AtEnd() && sql::EqualsIgnoringCase(tokens_[at_].spelling, word);
  }
  bool IsOneOf(std::initializer_list<std::string_view> words) const {
    return std::any_of(words.begin(), words.end(),
                       [this](std::string_view word) { return Is(word); });
  }
  bool IsClause() const {
    return IsOneOf({"from", "where", "group", "having", "window", "order",
                    "limit", "union", "intersect", "except"});
  }

  // Past a token, or all between parentheses.
  void Skip() {
    int depth = 0;
    do {
      depth += Is("(") ? 1 : 0;
      depth -= Is(")") ? 1 : 0;
      ++at_;
    } while (!AtEnd() && depth > 0);
  }

  void SkipToSelect() {
    has_with_ = Is("with");
    while (!AtEnd() && !Is("select") && !Is("values")) {
      Skip();
    }
  }

  // Leaves `sources_known_` false for what only the engine can tell.
  void ReadSources() {
    sources_known_ = Is("from") && !has_with_;
    if (!sources_known_) {
      return;
    }
    ++at_;
    while (sources_known_) {
      ReadSource();
      // To the next table, over the ON of a join.
      while (!AtEnd() && !Is(",") && !Is("join") && !IsClause()) {
        sources_known_ = sources_known_ && !Is("using") && !Is("natural");
        Skip();
      }
      if (AtEnd() || IsClause()) {
        return;
      }
      ++at_;
    }
  }

  void ReadSource() {
    if (AtEnd() || !IsIdentifier(tokens_[at_])) {
      sources_known_ = false;
      return;
    }
    Source source;
    source.relation = ast::Meaning(tokens_[at_++]);
    if (Is(".")) {
      if (++at_ >= tokens_.size()) {
        sources_known_ = false;
        return;
      }
      source.relation = ast::Meaning(tokens_[at_++]);
    }
    source.alias = source.relation;
    if (Is("as")) {
      ++at_;
    }
    if (!AtEnd() && IsIdentifier(tokens_[at_])) {
      source.alias = ast::Meaning(tokens_[at_++]);
    }
    if (Is("(")) {  // A function.
      sources_known_ = false;
    }
    sources_.push_back(std::move(source));
  }

  bool AddItem(std::size_t begin, std::size_t end, Columns& columns) {
    const ast::Token& last = tokens_[end - 1];
    if (last.spelling == "*") {
      return AddStar(begin, end, columns);
    }
    columns.push_back(NameOf(begin, end));
    return true;
  }

  bool AddStar(std::size_t begin, std::size_t end, Columns& columns) {
    if (!sources_known_ || (end - begin != 1 && end - begin != 3)) {
      return false;
    }
    const std::string of = end - begin == 1 ? "" : ast::Meaning(tokens_[begin]);
    bool found = false;
    for (const Source& source : sources_) {
      if (!of.empty() && !sql::EqualsIgnoringCase(of, source.alias)) {
        continue;
      }
      found = true;
      if (!AddColumnsOf(source.relation, columns)) {
        return false;
      }
    }
    return found;
  }

  bool AddColumnsOf(const std::string& relation, Columns& columns) {
    if (const ast::Table* table = catalog_.FindTable(relation)) {
      for (const ast::Column& column : table->columns) {
        columns.push_back(column.name.text);
      }
      return true;
    }
    const ast::View* view = catalog_.FindView(relation);
    const auto of_view =
        view == nullptr ? std::nullopt : ColumnsOf(*view, catalog_, depth_ + 1);
    if (!of_view) {
      return false;
    }
    columns.insert(columns.end(), of_view->begin(), of_view->end());
    return true;
  }

  std::string NameOf(std::size_t begin, std::size_t end) const {
    const ast::Token& last = tokens_[end - 1];
    const bool may_be_name = last.kind == sql::TokenKind::kWord ||
                             last.kind == sql::TokenKind::kQuotedName ||
                             last.kind == sql::TokenKind::kString;
    if (may_be_name && (end - begin == 1 || NamesItem(tokens_[end - 2]))) {
      return ast::Meaning(last);
    }
    std::string text;
    for (std::size_t i = begin; i < end; ++i) {
      text += tokens_[i].spelling + " ";
    }
    return text;
  }

  // What stands behind the token is the name of the item: an alias, or the
  // column of `t.column`.
  static bool NamesItem(const ast::Token& token) {
    return token.spelling == "." || token.spelling == ")" ||
           sql::EqualsIgnoringCase(token.spelling, "as") ||
           sql::EqualsIgnoringCase(token.spelling, "end") ||
           token.kind == sql::TokenKind::kNumber ||
           token.kind == sql::TokenKind::kString || IsIdentifier(token);
  }

  const std::vector<ast::Token>& tokens_;
  const catalog::Catalog& catalog_;
  const int depth_;
  std::size_t at_ = 0;
  bool has_with_ = false;
  bool sources_known_ = false;
  std::vector<Source> sources_;
};

std::optional<Columns> ColumnsOf(const ast::View& view,
                                 const catalog::Catalog& catalog, int depth) {
  if (depth > kDeepest) {
    return std::nullopt;
  }
  if (view.columns.empty()) {
    return Select(view.body, catalog, depth).Read();
  }
  Columns columns;
  for (const ast::Name& name : view.columns) {
    columns.push_back(name.text);
  }
  return columns;
}

}  // namespace

std::optional<Columns> OutputColumns(const ast::View& view,
                                     const catalog::Catalog& catalog) {
  return ColumnsOf(view, catalog, 0);
}

}  // namespace palindrome::checks
