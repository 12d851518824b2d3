// CREATE INDEX and DROP INDEX.

#include "compiler/catalog/apply.h"
#include "compiler/catalog/expressions.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

PALINDROME_TEXT(kNoIndex, kUnknownObject, "there is no index `{0}` here{1}",
                std::string, diagnostics::Meant);

}  // namespace

void ApplyNode(const ast::CreateIndex& node, Application& application) {
  const ast::Index& index = node.index;
  if (node.if_not_exists &&
      application.before.Find(ObjectKind::kIndex, index.name.text)) {
    return;
  }
  const ObjectPtr table = application.RequireTable(index.table);
  if (!table || !application.RequireFree(index.name, ObjectKind::kIndex)) {
    return;
  }
  for (const ast::KeyPart& part : index.parts) {
    const ast::Table& of = std::get<ast::Table>(table->definition);
    if (part.column.empty() || FindColumn(of, part.column.text) != nullptr) {
      continue;
    }
    if (auto literal = FindDoubleQuoted(part.column.text, ColumnNamesOf(of),
                                        application)) {
      application.Refuse(std::move(*literal));
    } else {
      application.RequireColumn(of, part.column);
    }
  }
  if (application.result.applies) {
    ValidateExpressions(index, table, application);
  }
  if (application.result.applies) {
    application.result.after = application.before.With(
        Object{Unqualified(index), {}, application.At(index.name)});
  }
}

void ApplyNode(const ast::DropIndex& node, Application& application) {
  const ObjectPtr index =
      application.before.Find(ObjectKind::kIndex, node.index.text);
  if (index) {
    application.result.after = application.before.Without(index->key());
  } else if (!node.if_exists) {
    application.Refuse(diagnostics::Make(
        kNoIndex, application.At(node.index), node.index.text,
        diagnostics::MeantName(node.index.text,
                               application.before.Names(ObjectKind::kIndex))));
  }
}

}  // namespace palindrome::catalog
