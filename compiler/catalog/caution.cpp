#include "compiler/catalog/caution.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <variant>

#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {
namespace {

// Another name in it makes another sound statement, which destroys nothing and
// writes no row.
struct IsHarmless {
  bool operator()(const ast::CreateTable& /*node*/) const { return true; }
  bool operator()(const ast::CreateIndex& /*node*/) const { return true; }
  bool operator()(const ast::CreateView& /*node*/) const { return true; }
  bool operator()(const ast::CreateTrigger& /*node*/) const { return true; }
  bool operator()(const ast::AddColumn& /*node*/) const { return true; }
  bool operator()(const ast::AddConstraint& /*node*/) const { return true; }
  bool operator()(const ast::SetDefault& /*node*/) const { return true; }
  bool operator()(const ast::DropDefault& /*node*/) const { return true; }
  bool operator()(const auto& /*node*/) const { return false; }
};

std::string NameIn(const std::string& spelling) {
  return sql::FoldCase(sql::Unquote(sql::NextToken(spelling, 0)));
}

// The parentheses around the edit, such as a list of columns, hold the name
// already.
bool IsRepeated(const ast::Statement& statement,
                const diagnostics::Edit& edit) {
  const std::string name = NameIn(edit.text);
  const auto& tokens = statement.tokens.tokens;
  const auto found =
      std::find_if(tokens.begin(), tokens.end(), [&](const ast::Token& token) {
        return token.range.begin == edit.location.range.begin;
      });
  const auto ends = [](const ast::Token& token) {
    return token.spelling == "(" || token.spelling == ")";
  };
  const auto first =
      std::find_if(std::make_reverse_iterator(found), tokens.rend(), ends);
  const auto last = std::find_if(found, tokens.end(), ends);
  return found != tokens.end() && first != tokens.rend() &&
         std::any_of(first.base(), last, [&](const ast::Token& token) {
           return token.range.begin != found->range.begin &&
                  NameIn(token.spelling) == name;
         });
}

}  // namespace

void LeaveToPerson(const ast::Item& item, Applied& applied) {
  const bool may_mend = std::visit(IsHarmless(), item.statement.node) &&
                        item.preserve.begin == item.preserve.end;
  for (diagnostics::Diagnostic& problem : applied.problems) {
    for (diagnostics::Fix& fix : problem.fixes) {
      fix.mechanical = fix.mechanical && may_mend &&
                       std::none_of(fix.edits.begin(), fix.edits.end(),
                                    [&](const diagnostics::Edit& edit) {
                                      return IsRepeated(item.statement, edit);
                                    });
    }
  }
}

}  // namespace palindrome::catalog
