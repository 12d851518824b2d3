#include "compiler/catalog/aftermath.h"

#include <algorithm>
#include <variant>

#include "compiler/catalog/slice.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Kind;

using Names = std::set<std::string>;

// Folded: of objects, columns and constraints.
Names NamesIn(const ast::Statement& statement) {
  Names names = MentionedNames(statement);
  for (const ast::Token& token : statement.tokens.tokens) {
    const bool is_name = token.kind == sql::TokenKind::kQuotedName ||
                         (token.kind == sql::TokenKind::kWord &&
                          !sql::IsKeyword(token.spelling));
    if (is_name) {
      names.insert(
          sql::FoldCase(sql::Unquote({token.kind, 0, token.spelling})));
    }
  }
  return names;
}

// The name that the statement gives to something; empty: none.
struct NameMade {
  std::string operator()(const ast::CreateTable& node) const {
    return node.table.name.text;
  }
  std::string operator()(const ast::CreateIndex& node) const {
    return node.index.name.text;
  }
  std::string operator()(const ast::CreateView& node) const {
    return node.view.name.text;
  }
  std::string operator()(const ast::CreateTrigger& node) const {
    return node.trigger.name.text;
  }
  std::string operator()(const ast::AddColumn& node) const {
    return node.column.name.text;
  }
  std::string operator()(const ast::AddConstraint& node) const {
    return node.constraint.name.text;
  }
  std::string operator()(const ast::RenameTable& node) const {
    return node.to.text;
  }
  std::string operator()(const ast::RenameColumn& node) const {
    return node.to.text;
  }
  std::string operator()(const ast::RenameConstraint& node) const {
    return node.to.text;
  }
  std::string operator()(const auto& /*node*/) const { return ""; }
};

bool Drops(const ast::Statement& statement) {
  return std::holds_alternative<ast::DropTable>(statement.node) ||
         std::holds_alternative<ast::DropIndex>(statement.node) ||
         std::holds_alternative<ast::DropView>(statement.node) ||
         std::holds_alternative<ast::DropTrigger>(statement.node) ||
         std::holds_alternative<ast::DropColumn>(statement.node) ||
         std::holds_alternative<ast::DropConstraint>(statement.node);
}

// An error that nothing silences, and that leaves the name without a thing.
bool IsHard(const Diagnostic& problem) {
  return problem.kind != Kind::kObjectExists &&
         problem.kind != Kind::kDuplicateColumn &&
         diagnostics::Info(problem.kind).group == diagnostics::Group::kLanguage;
}

}  // namespace

bool Aftermath::Follows(const ast::Statement& statement,
                        const Diagnostic& problem) const {
  if (problem.kind == Kind::kDropWithLiveDependents) {
    return a_drop_failed_;
  }
  if (problem.kind != Kind::kUnknownObject || lost_.empty()) {
    return false;
  }
  const Names names = NamesIn(statement);
  return std::any_of(names.begin(), names.end(),
                     [this](const auto& name) { return lost_.contains(name); });
}

// A table that is not there is said to be so once.
void Aftermath::NoteUnknown(const ast::Statement& statement,
                            const Applied& applied) {
  const std::string_view table = ast::TableOf(statement);
  const bool is_unknown =
      std::any_of(applied.problems.begin(), applied.problems.end(),
                  [](const Diagnostic& problem) {
                    return problem.kind == Kind::kUnknownObject;
                  });
  if (is_unknown && !table.empty() && !applied.after.FindRelation(table)) {
    lost_.insert(sql::FoldCase(table));
  }
}

void Aftermath::Settle(const ast::Statement& statement, Applied& applied) {
  const bool is_hard =
      std::any_of(applied.problems.begin(), applied.problems.end(), IsHard);
  std::erase_if(applied.problems, [&](const Diagnostic& problem) {
    return Follows(statement, problem);
  });
  // A table that stands twice in itself is not there either.
  const bool is_lost =
      is_hard || (std::holds_alternative<ast::CreateTable>(statement.node) &&
                  std::any_of(applied.problems.begin(), applied.problems.end(),
                              [](const Diagnostic& problem) {
                                return problem.kind == Kind::kDuplicateColumn;
                              }));
  NoteUnknown(statement, applied);
  if (!applied.applies && is_lost) {
    lost_.insert(sql::FoldCase(std::visit(NameMade(), statement.node)));
    a_drop_failed_ = a_drop_failed_ || Drops(statement);
  }
}

}  // namespace palindrome::catalog
