#include "compiler/catalog/expressions.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

PALINDROME_TEXT(kEmptyList, kInvalidDefinition,
                "`IN ()` is never true, and SQLite forgets the columns before "
                "it; write 0, or 1 for `NOT IN ()`");

// What the engine reads of a definition: the expressions, and the names of
// collations.
class Parts {
 public:
  explicit Parts(const ast::Table& table) {
    for (const ast::Column& column : table.columns) {
      Add(column.collation);
      if (column.generated) {
        Add(column.generated->expression);
      }
      if (column.default_in_parentheses) {
        Add(*column.default_value);
      }
    }
    for (const ast::Constraint& constraint : table.constraints) {
      Add(constraint.check);
      Add(constraint.columns);
    }
  }
  explicit Parts(const ast::Index& index) {
    Add(index.parts);
    Add(index.where);
  }

  explicit Parts(const ast::Expression& expression) { Add(expression); }

  bool empty() const { return names_.empty() && expressions_.empty(); }

  // The first that the statement itself spells so.
  std::optional<ast::Name> Find(std::string_view name,
                                source::Range statement) const {
    std::vector<ast::Name> names = names_;
    for (const ast::Expression* expression : expressions_) {
      for (const ast::Token& token : expression->tokens) {
        if (token.kind == sql::TokenKind::kWord ||
            token.kind == sql::TokenKind::kQuotedName) {
          names.push_back({ast::Meaning(token), token.range});
        }
      }
    }
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const ast::Name& other) {
          return other.range.begin != other.range.end &&
                 statement.contains(other.range) &&
                 sql::EqualsIgnoringCase(other.text, name);
        });
    return found == names.end() ? std::nullopt : std::optional(*found);
  }

  const std::vector<const ast::Expression*>& expressions() const {
    return expressions_;
  }

  // The word of the first `IN ()`.
  const ast::Token* FindEmptyList() const {
    for (const ast::Expression* expression : expressions_) {
      const auto& tokens = expression->tokens;
      for (std::size_t i = 2; i < tokens.size(); ++i) {
        if (tokens[i].spelling == ")" && tokens[i - 1].spelling == "(" &&
            sql::EqualsIgnoringCase(tokens[i - 2].spelling, "in")) {
          return &tokens[i - 2];
        }
      }
    }
    return nullptr;
  }

 private:
  void Add(const ast::Name& name) {
    if (!name.empty()) {
      names_.push_back(name);
    }
  }
  void Add(const ast::Expression& expression) {
    if (!expression.empty()) {
      expressions_.push_back(&expression);
    }
  }
  void Add(const std::vector<ast::KeyPart>& parts) {
    for (const ast::KeyPart& part : parts) {
      Add(part.expression);
      Add(part.collation);
    }
  }

  std::vector<ast::Name> names_;
  std::vector<const ast::Expression*> expressions_;
};

bool IsZero(const ast::Token& token) {
  return token.kind == sql::TokenKind::kNumber &&
         token.spelling.find_first_not_of("0_xX") == std::string::npos;
}

bool StandsBesideAnd(const ast::Expression& body, std::size_t at) {
  const auto& tokens = body.tokens;
  const auto is_and = [](const ast::Token& token) {
    return sql::EqualsIgnoringCase(token.spelling, "and");
  };
  std::size_t left = at;
  std::size_t right = at + 1;
  while (left > 0 && tokens[left - 1].spelling == "(") {
    --left;
  }
  while (right < tokens.size() && tokens[right].spelling == ")") {
    ++right;
  }
  return (left > 0 && is_and(tokens[left - 1])) ||
         (right < tokens.size() && is_and(tokens[right]));
}

ast::Table Probe(const ast::Table& table) {
  ast::Table probe = Unqualified(table);
  for (ast::Constraint& constraint : probe.constraints) {
    KeepBesideZero(constraint.check);
  }
  for (ast::Column& column : probe.columns) {
    if (column.generated) {
      KeepBesideZero(column.generated->expression);
    }
  }
  return probe;
}

ast::Index Probe(const ast::Index& index) {
  ast::Index probe = Unqualified(index);
  for (ast::KeyPart& part : probe.parts) {
    KeepBesideZero(part.expression);
  }
  KeepBesideZero(probe.where);
  return probe;
}

ObjectPtr ObjectOf(Definition definition) {
  return std::make_shared<const Object>(Object{std::move(definition), {}, {}});
}

// An engine reads some of a table when it is created, and the rest when a row
// comes.
std::optional<EngineError> ErrorOf(const Slice& slice, const ast::Name& table,
                                   Engine& engine) {
  return engine
      .Prepare(slice,
               "INSERT INTO " + sql::QuoteName(table.text) + " DEFAULT VALUES")
      .error;
}

// Of an expression alone the engine says where its words make no sense. True:
// refused.
bool RefuseSyntax(const Parts& parts, Application& application) {
  constexpr std::string_view kBefore = "SELECT (";
  for (const ast::Expression* expression : parts.expressions()) {
    const source::Range range{expression->tokens.front().range.begin,
                              expression->tokens.back().range.end};
    if (application.file == nullptr || range.begin < kBefore.size() ||
        !application.statement.range.contains(range)) {
      continue;
    }
    const Access access = application.engine.Prepare(
        {}, std::string(kBefore) + std::string(application.file->text(range)) +
                ")");
    if (access.error &&
        access.error->error_class == EngineError::Class::kSyntax) {
      application.Refuse(DescribeEngineError(
          *access.error, application.At(range), application.before,
          range.begin - static_cast<std::uint32_t>(kBefore.size())));
      return true;
    }
  }
  return false;
}

void RefuseFor(const EngineError& error, const Parts& parts,
               const ast::Table& table, Application& application) {
  const source::Range statement = application.statement.range;
  if (error.error_class == EngineError::Class::kSyntax &&
      RefuseSyntax(parts, application)) {
    return;
  }
  std::optional<ast::Name> name = parts.Find(error.name, statement);
  const bool is_qualified = !name && error.name.find('.') != std::string::npos;
  if (error.error_class == EngineError::Class::kUnknownColumn &&
      !is_qualified && FindColumn(table, error.name) == nullptr) {
    if (auto literal =
            FindDoubleQuoted(error.name, ColumnNamesOf(table), application)) {
      application.Refuse(std::move(*literal));
      return;
    }
    application.RequireColumn(
        table, {error.name, name ? name->range : source::Range()});
    return;
  }
  if (is_qualified) {
    name = parts.Find(error.name.substr(error.name.rfind('.') + 1), statement);
  }
  application.Refuse(DescribeEngineError(
      error,
      name ? application.At(*name)
           : PlaceOf(error, application.Here(), application),
      application.before, std::nullopt));
}

// A rename passes such a column by, and would leave its old name there.
bool RefuseEmptyList(const Parts& parts, Application& application) {
  const ast::Token* word = parts.FindEmptyList();
  if (word != nullptr) {
    application.Refuse(
        diagnostics::Make(kEmptyList, application.At(word->range)));
  }
  return word != nullptr;
}

}  // namespace

bool KeepBesideZero(ast::Expression& body) {
  bool found = false;
  for (std::size_t i = 0; i < body.tokens.size(); ++i) {
    if (IsZero(body.tokens[i]) && StandsBesideAnd(body, i)) {
      body.tokens[i].spelling = "0.0";
      found = true;
    }
  }
  return found;
}

void ValidateExpressions(const ast::Table& table, Application& application) {
  const Parts parts(table);
  if (parts.empty() || RefuseEmptyList(parts, application)) {
    return;
  }
  if (const auto error =
          ErrorOf({ObjectOf(Probe(table))}, table.name, application.engine)) {
    RefuseFor(*error, parts, table, application);
  }
}

void ValidateExpressions(const ast::Index& index, const ObjectPtr& table,
                         Application& application) {
  const Parts parts(index);
  if (parts.empty() || RefuseEmptyList(parts, application)) {
    return;
  }
  if (const auto error = ErrorOf({table, ObjectOf(Probe(index))}, index.table,
                                 application.engine)) {
    RefuseFor(*error, parts, std::get<ast::Table>(table->definition),
              application);
  }
}

void ValidateConversion(const ast::AlterColumnType& node,
                        const ast::Table& table, Application& application) {
  const ast::Expression& expression = node.using_expression;
  if (expression.empty()) {
    return;
  }
  const auto names = ast::AllNames(expression);
  Mentions mentions{{}, {names.begin(), names.end()}};
  mentions.needed.insert(sql::FoldCase(table.name.text));
  // In a WHERE the engine takes what has a value for each row alone.
  const Access access = application.engine.Prepare(
      SliceAround(application.before, mentions),
      "SELECT 1 FROM " + sql::QuoteName(table.name.text) + " WHERE (" +
          ast::Print(expression) + ")");
  if (access.error) {
    RefuseFor(*access.error, Parts(expression), table, application);
  }
}

std::optional<EngineError> ErrorWithIndexes(const ast::Table& table,
                                            const Application& application) {
  Slice slice = application.before.UsersOf(table.name.text, ObjectKind::kIndex);
  slice.insert(slice.begin(), ObjectOf(Probe(table)));
  return ErrorOf(slice, table.name, application.engine);
}

}  // namespace palindrome::catalog
