// The statements about archives.

#include "compiler/catalog/apply.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

PALINDROME_TEXT(kNoArchive, kUnknownObject,
                "there is no archive of revision `{0}` here{1}", std::string,
                diagnostics::Meant);

std::vector<std::string> ArchivedRevisions(const Catalog& catalog) {
  std::vector<std::string> revisions;
  for (const std::string& name : catalog.Names(ObjectKind::kArchive)) {
    revisions.push_back(ast::RevisionOfArchive(name));
  }
  return revisions;
}

}  // namespace

void ApplyNode(const ast::PurgeArchive& node, Application& application) {
  Catalog after = application.before;
  const auto archives = after.ArchivesOf(node.revision.text);
  for (const ObjectPtr& archive : archives) {
    after = after.Without(archive->key());
  }
  if (archives.empty()) {
    application.Refuse(diagnostics::Make(
        kNoArchive, application.At(node.revision), node.revision.text,
        diagnostics::MeantName(node.revision.text,
                               ArchivedRevisions(application.before))));
  }
  application.result.after = std::move(after);
}

void ApplyNode(const ast::Restore& node, Application& application) {
  application.RequireTable(node.table);
}

void ApplyNode(const ast::DropArchive& node, Application& application) {
  application.result.after = application.before.Without(
      {ObjectKind::kArchive, sql::FoldCase(node.archive)});
}

void ApplyNode(const ast::CreateArchive& node, Application& application) {
  application.result.after =
      application.before.With({node.archive, {}, application.Here()});
}

}  // namespace palindrome::catalog
