#include "compiler/catalog/aftermath.h"

#include <algorithm>
#include <variant>

#include "compiler/catalog/apply.h"
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

// Its own way, or by what it has swallowed where a `;` is missing.
bool FreesName(const ast::Statement& statement) {
  const auto& tokens = statement.tokens.tokens;
  return std::any_of(tokens.begin(), tokens.end(), [](const ast::Token& token) {
    return token.kind == sql::TokenKind::kWord &&
           (sql::EqualsIgnoringCase(token.spelling, "drop") ||
            sql::EqualsIgnoringCase(token.spelling, "rename"));
  });
}

// An error that nothing silences, and that leaves the name without a thing.
bool IsHard(const Diagnostic& problem) {
  return problem.kind != Kind::kObjectExists &&
         problem.kind != Kind::kDuplicateColumn &&
         (diagnostics::Info(problem.kind).group ==
              diagnostics::Group::kLanguage ||
          diagnostics::Info(problem.kind).policy == diagnostics::Policy::kLaw);
}

}  // namespace

bool Aftermath::Follows(const ast::Statement& statement,
                        const Diagnostic& problem) const {
  if (problem.kind == Kind::kDropWithLiveDependents) {
    return a_drop_failed_;
  }
  if (problem.kind == Kind::kObjectExists ||
      problem.kind == Kind::kDuplicateColumn) {
    return a_name_stays_;
  }
  if (problem.kind != Kind::kUnknownObject ||
      (lost_.empty() && lost_columns_.empty())) {
    return false;
  }
  Names tables = NamedTables(statement.tokens);
  tables.insert(sql::FoldCase(ast::TableOf(statement)));
  const Names names = NamesIn(statement);
  return std::any_of(names.begin(), names.end(), [&](const auto& name) {
    return lost_.contains(name) ||
           std::any_of(tables.begin(), tables.end(), [&](const auto& table) {
             return lost_columns_.contains({table, name});
           });
  });
}

// A table that is not there is said to be so once, and a column of a table.
void Aftermath::NoteUnknown(const ast::Statement& statement,
                            const Applied& applied) {
  if (std::none_of(applied.problems.begin(), applied.problems.end(),
                   [](const Diagnostic& problem) {
                     return problem.kind == Kind::kUnknownObject;
                   })) {
    return;
  }
  const Catalog& catalog = applied.after;
  const std::string table = sql::FoldCase(ast::TableOf(statement));
  Names tables = NamedTables(statement.tokens);
  tables.insert(table);
  for (const std::string& name : tables) {
    if (!name.empty() && !catalog.FindRelation(name)) {
      lost_.insert(name);
    }
  }
  // Of a body the error tells which name it is.
  for (const Diagnostic& problem : applied.problems) {
    const source::Location& place = problem.location;
    if (problem.kind != Kind::kUnknownObject || place.file == nullptr) {
      continue;
    }
    const std::string name = sql::FoldCase(
        sql::Unquote(sql::NextToken(place.file->text(place.range), 0)));
    for (const std::string& each : tables) {
      const ast::Table* known = catalog.FindTable(each);
      if (known != nullptr && FindColumn(*known, name) == nullptr) {
        lost_columns_.insert({each, name});
      }
    }
  }
  const bool has_body =
      std::holds_alternative<ast::CreateTrigger>(statement.node) ||
      std::holds_alternative<ast::CreateView>(statement.node);
  if (const ast::Table* known = catalog.FindTable(table);
      known != nullptr && !has_body) {
    for (const std::string& name : NamesIn(statement)) {
      if (FindColumn(*known, name) == nullptr && !catalog.FindRelation(name)) {
        lost_columns_.insert({table, name});
      }
    }
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
    a_name_stays_ = a_name_stays_ || FreesName(statement);
    if (std::holds_alternative<ast::Opaque>(statement.node)) {
      lost_.merge(NamesIn(statement));
    }
  }
}

}  // namespace palindrome::catalog
