#include "compiler/catalog/create_again.h"

#include <utility>

namespace palindrome::catalog {

ast::Statement CreateAgain(const Object& object) {
  ast::Statement statement;
  struct Visitor {
    ast::Statement& statement;
    void operator()(const ast::Table& table) const {
      statement.node = ast::CreateTable{table, false};
    }
    void operator()(const ast::VirtualTable& table) const {
      ast::Opaque opaque;
      opaque.verb = "CREATE VIRTUAL TABLE";
      statement.node = std::move(opaque);
      auto& tokens = statement.tokens.tokens;
      for (const char* word : {"CREATE", "VIRTUAL", "TABLE"}) {
        tokens.push_back({sql::TokenKind::kWord, word, true, {}});
      }
      tokens.push_back(ast::NameToken(table.name.text));
      tokens.insert(tokens.end(), table.module.tokens.begin(),
                    table.module.tokens.end());
    }
    void operator()(const ast::Index& index) const {
      statement.node = ast::CreateIndex{index, false};
    }
    void operator()(const ast::View& view) const {
      statement.node = ast::CreateView{view, false};
    }
    void operator()(const ast::Trigger& trigger) const {
      statement.node = ast::CreateTrigger{trigger, false};
    }
    void operator()(const ast::Archive& archive) const {
      statement.node = ast::CreateArchive{archive};
    }
  };
  std::visit(Visitor{statement}, object.definition);
  return statement;
}

}  // namespace palindrome::catalog
