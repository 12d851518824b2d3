// Data statements, which the engine understands, and opaque statements, whose
// effect is learnt from it.

#include <set>

#include "llvm/ADT/StringRef.h"

#include "compiler/catalog/apply.h"
#include "compiler/parse/parse.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

PALINDROME_TEXT(
    kUnverifiable, kOpaqueSqlUnverifiable,
    "`{0}` changes the schema in a way that cannot be verified: {1}",
    std::string, std::string);

PALINDROME_TEXT(kLimit, kEngineError,
                "`{0}` in an UPDATE or DELETE is a build option of SQLite, "
                "which a program may lack; choose the rows in the WHERE, as by "
                "`rowid IN (SELECT …)`",
                std::string);

std::string Text(const Application& application) {
  if (application.file == nullptr) {
    return ast::Print(application.statement);
  }
  return std::string(application.file->text(application.statement.range));
}

void ApplyData(Application& application) {
  const Catalog& before = application.before;
  application.result.access = application.engine.Prepare(
      SliceAround(before, MentionsOf(application.statement)),
      Text(application));
  if (const auto& error = application.result.access.error) {
    RefuseFor(*error, application.Here(), application.statement.range.begin,
              application);
  }
}

// The ORDER BY or LIMIT of an UPDATE or DELETE. It stands outside of
// parentheses, where nothing else is called so.
const ast::Token* FindLimit(const ast::Statement& statement) {
  int depth = 0;
  for (const ast::Token& token : statement.tokens.tokens) {
    depth += token.spelling == "(" ? 1 : (token.spelling == ")" ? -1 : 0);
    if (depth == 0 && token.kind == sql::TokenKind::kWord &&
        (sql::EqualsIgnoringCase(token.spelling, "limit") ||
         sql::EqualsIgnoringCase(token.spelling, "order"))) {
      return &token;
    }
  }
  return nullptr;
}

void ApplyWithoutLimit(Application& application) {
  if (const ast::Token* limit = FindLimit(application.statement)) {
    application.Refuse(diagnostics::Make(
        kLimit, application.At(limit->range),
        sql::EqualsIgnoringCase(limit->spelling, "limit") ? "LIMIT"
                                                          : "ORDER BY"));
    return;
  }
  ApplyData(application);
}

// CREATE VIRTUAL TABLE name USING …, as sqlite_master holds it.
std::optional<Definition> ReadVirtual(const ast::Statement& statement) {
  constexpr std::size_t kName = 3;
  const auto& tokens = statement.tokens.tokens;
  const auto* opaque = std::get_if<ast::Opaque>(&statement.node);
  if (opaque == nullptr || opaque->verb != "CREATE VIRTUAL TABLE" ||
      tokens.size() <= kName) {
    return std::nullopt;
  }
  ast::VirtualTable table;
  table.name.text =
      sql::Unquote({tokens[kName].kind, 0, tokens[kName].spelling});
  table.module.tokens.assign(tokens.begin() + kName + 1, tokens.end());
  return table;
}

// The definition that the engine reports, if it is one of ours.
std::optional<Definition> Read(const EngineObject& object) {
  diagnostics::Emitter ignored;
  const source::File text("engine", object.sql);
  auto statement = parse::ParseStatement(text, ignored);
  if (!statement) {
    return std::nullopt;
  }
  if (auto* table = std::get_if<ast::CreateTable>(&statement->node)) {
    table->table.temporary = object.temporary;
    return Unqualified(table->table);
  }
  if (const auto* index = std::get_if<ast::CreateIndex>(&statement->node)) {
    return Unqualified(index->index);
  }
  if (auto* view = std::get_if<ast::CreateView>(&statement->node)) {
    view->view.temporary = object.temporary;
    return view->view;
  }
  if (auto* trigger = std::get_if<ast::CreateTrigger>(&statement->node)) {
    trigger->trigger.temporary = object.temporary;
    return trigger->trigger;
  }
  return object.temporary ? std::nullopt : ReadVirtual(*statement);
}

}  // namespace

void ApplyNode(const ast::Insert&, Application& application) {
  ApplyData(application);
}

void ApplyNode(const ast::Update&, Application& application) {
  ApplyWithoutLimit(application);
}

void ApplyNode(const ast::Delete&, Application& application) {
  ApplyWithoutLimit(application);
}

void ApplyNode(const ast::Opaque& node, Application& application) {
  const Catalog& before = application.before;
  const Slice slice = SliceAround(before, MentionsOf(application.statement));
  const RunResult run = application.engine.Run(slice, Text(application));
  // A module that the engine does not come with may do anything.
  if (run.error && run.error->error_class == EngineError::Class::kForbidden &&
      llvm::StringRef(run.error->name).starts_with("module ")) {
    application.Refuse(diagnostics::Make(
        kUnverifiable, application.Here(), node.verb,
        run.error->name + " is not one that a rehearsal runs"));
    return;
  }
  if (run.error) {
    application.Refuse(DescribeEngineError(*run.error, application.Here(),
                                           before,
                                           application.statement.range.begin));
    return;
  }
  std::set<Key> gone;
  for (const ObjectPtr& object : slice) {
    gone.insert(object->key());
  }
  Catalog after = before;
  std::vector<ObjectPtr> bodies;
  for (const EngineObject& engine_object : run.objects) {
    std::optional<Definition> definition = Read(engine_object);
    if (!definition) {
      application.Refuse(diagnostics::Make(
          kUnverifiable, application.Here(), node.verb,
          "the compiler cannot represent " + engine_object.type + " `" +
              engine_object.name + "`"));
      return;
    }
    const Key key{ObjectKind(definition->index()),
                  sql::FoldCase(engine_object.name)};
    gone.erase(key);
    const ObjectPtr known = before.Find(key.kind, key.name);
    Object object{std::move(*definition),
                  known ? known->uses : std::vector<Use>(),
                  known ? known->created : application.Here()};
    const Catalog changed = after.With(object);
    if (!(changed == after)) {
      after = changed;
      bodies.push_back(after.Find(key.kind, key.name));
    }
  }
  for (const Key& key : gone) {
    after = after.Without(key);
  }
  application.result.after = after;
  RefreshUses(bodies, application);
}

}  // namespace palindrome::catalog
