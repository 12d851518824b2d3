#include "compiler/catalog/aftermath.h"

#include <algorithm>
#include <optional>
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

// The kind of object that the statement makes; none: what it makes is part of a
// table.
struct KindMade {
  using Kind = std::optional<ObjectKind>;
  Kind operator()(const ast::CreateTable& /*node*/) const {
    return ObjectKind::kTable;
  }
  Kind operator()(const ast::RenameTable& /*node*/) const {
    return ObjectKind::kTable;
  }
  Kind operator()(const ast::CreateIndex& /*node*/) const {
    return ObjectKind::kIndex;
  }
  Kind operator()(const ast::CreateView& /*node*/) const {
    return ObjectKind::kView;
  }
  Kind operator()(const ast::CreateTrigger& /*node*/) const {
    return ObjectKind::kTrigger;
  }
  Kind operator()(const auto& /*node*/) const { return std::nullopt; }
};

// The kind of object that the statement takes.
struct KindTaken {
  ObjectKind operator()(const ast::DropIndex& /*node*/) const {
    return ObjectKind::kIndex;
  }
  ObjectKind operator()(const ast::DropView& /*node*/) const {
    return ObjectKind::kView;
  }
  ObjectKind operator()(const ast::DropTrigger& /*node*/) const {
    return ObjectKind::kTrigger;
  }
  ObjectKind operator()(const auto& /*node*/) const {
    return ObjectKind::kTable;
  }
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

// Folded.
Names TablesOf(const ast::Statement& statement) {
  Names tables = NamedTables(statement.tokens);
  tables.insert(sql::FoldCase(ast::TableOf(statement)));
  tables.erase("");
  return tables;
}

bool HasBody(const ast::Statement& statement) {
  return std::holds_alternative<ast::CreateTrigger>(statement.node) ||
         std::holds_alternative<ast::CreateView>(statement.node);
}

bool IsTaken(const Diagnostic& problem) {
  return problem.kind == Kind::kObjectExists ||
         problem.kind == Kind::kDuplicateColumn;
}

// An error that nothing silences, and that leaves the name without a thing.
bool IsHard(const Diagnostic& problem) {
  return !IsTaken(problem) &&
         (diagnostics::Info(problem.kind).group ==
              diagnostics::Group::kLanguage ||
          diagnostics::Info(problem.kind).policy == diagnostics::Policy::kLaw);
}

}  // namespace

bool Aftermath::MissesMisnamed(const ast::Statement& statement,
                               const std::set<std::string>& tables,
                               const Diagnostic& problem) const {
  if (tables.empty() || tables.contains(problem.subject)) {
    return misnamed_.contains(std::visit(KindTaken(), statement.node));
  }
  return std::any_of(tables.begin(), tables.end(), [&](const auto& table) {
    return misnamed_in_.contains(table);
  });
}

bool Aftermath::Follows(const ast::Statement& statement,
                        const Diagnostic& problem) const {
  if (problem.kind == Kind::kDropWithLiveDependents) {
    return a_drop_failed_;
  }
  if (IsTaken(problem)) {
    return a_name_stays_;
  }
  // Of bodies, and of what the language has no statement for, the engine may
  // say it in its words.
  const bool is_engines =
      problem.kind == Kind::kEngineError &&
      (std::holds_alternative<ast::Opaque>(statement.node) ||
       HasBody(statement));
  if (problem.kind != Kind::kUnknownObject &&
      problem.kind != Kind::kDoubleQuotedLiteral && !is_engines) {
    return false;
  }
  const Names tables = TablesOf(statement);
  if (!is_engines && MissesMisnamed(statement, tables, problem)) {
    return true;
  }
  const Names names = NamesIn(statement);
  return std::any_of(names.begin(), names.end(), [&](const auto& name) {
    return lost_.contains(name) ||
           std::any_of(tables.begin(), tables.end(), [&](const auto& table) {
             return lost_columns_.contains({table, name});
           });
  });
}

// What was to be made should have another name, which later statements miss.
void Aftermath::NoteTaken(const ast::Statement& statement) {
  const std::optional<ObjectKind> kind = std::visit(KindMade(), statement.node);
  if (kind) {
    misnamed_.insert(*kind);
  }
  if (kind == ObjectKind::kView) {
    misnamed_.insert(ObjectKind::kTable);  // As most statements take it.
  }
  if (!kind || kind == ObjectKind::kTable) {
    misnamed_in_.insert(sql::FoldCase(ast::TableOf(statement)));
  }
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
  const Names tables = TablesOf(statement);
  for (const std::string& name : tables) {
    if (!catalog.FindRelation(name)) {
      lost_.insert(name);
    }
  }
  // Of a body the error tells which name it is.
  for (const Diagnostic& problem : applied.problems) {
    if (problem.kind != Kind::kUnknownObject || problem.subject.empty()) {
      continue;
    }
    for (const std::string& each : tables) {
      const ast::Table* known = catalog.FindTable(each);
      if (known != nullptr && FindColumn(*known, problem.subject) == nullptr) {
        lost_columns_.insert({each, problem.subject});
      }
    }
  }
  if (const ast::Table* known = catalog.FindTable(table);
      known != nullptr && !HasBody(statement)) {
    for (const std::string& name : NamesIn(statement)) {
      if (FindColumn(*known, name) == nullptr && !catalog.FindRelation(name)) {
        lost_columns_.insert({table, name});
      }
    }
  }
}

void Aftermath::Settle(const ast::Statement& statement, Applied& applied) {
  const auto& problems = applied.problems;
  const bool is_hard = std::any_of(problems.begin(), problems.end(), IsHard);
  const bool was_taken = std::any_of(problems.begin(), problems.end(), IsTaken);
  std::erase_if(applied.problems, [&](const Diagnostic& problem) {
    return Follows(statement, problem);
  });
  // A table that stands twice in itself is not there either.
  const bool is_lost =
      is_hard || (std::holds_alternative<ast::CreateTable>(statement.node) &&
                  std::any_of(problems.begin(), problems.end(),
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
  } else if (std::any_of(problems.begin(), problems.end(), IsTaken)) {
    NoteTaken(statement);
  } else if (was_taken) {
    lost_.insert(sql::FoldCase(std::visit(NameMade(), statement.node)));
  }
  // It has other columns than the rows have values.
  if (std::holds_alternative<ast::Insert>(statement.node) &&
      std::any_of(problems.begin(), problems.end(), [](const auto& problem) {
        return problem.kind == Kind::kEngineError;
      })) {
    misnamed_in_.insert(sql::FoldCase(ast::TableOf(statement)));
  }
}

}  // namespace palindrome::catalog
