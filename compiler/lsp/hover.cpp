#include <string>

#include "compiler/checks/rule.h"
#include "compiler/lsp/names.h"
#include "compiler/lsp/positions.h"
#include "compiler/lsp/requests.h"

namespace palindrome::lsp {
namespace {

struct Printer {
  std::string operator()(const ast::Table& table) const { return Print(table); }
  std::string operator()(const ast::VirtualTable& table) const {
    return Print(table);
  }
  std::string operator()(const ast::Index& index) const { return Print(index); }
  std::string operator()(const ast::View& view) const { return Print(view); }
  std::string operator()(const ast::Trigger& trigger) const {
    return Print(trigger);
  }
  std::string operator()(const ast::Archive& archive) const {
    return Print(archive);
  }
};

std::string SqlOf(const catalog::Object& object) {
  return std::visit(Printer{}, object.definition) + ";\n";
}

// In Markdown. What has grave accents within takes a longer fence.
std::string Fenced(const std::string& sql) {
  std::string fence = "```";
  while (sql.find(fence) != std::string::npos) {
    fence += '`';
  }
  return fence + "sql\n" + sql + fence + "\n";
}

std::string Describe(const Meaning& meaning, const catalog::Catalog& schema) {
  if (meaning.rule) {
    const checks::Rule* rule = checks::FindRule(*meaning.rule);
    return rule == nullptr
               ? diagnostics::Info(*meaning.rule).meaning.str()
               : rule->summary.str() + "\n\n" +
                     llvm::StringRef(rule->rationale).trim('\n').str();
  }
  if (meaning.revision != nullptr) {
    const ast::Header& header = meaning.revision->migration.header;
    return header.title.value + "\n\n" + header.documentation;
  }
  const catalog::Object& object = *meaning.object;
  std::string sql = SqlOf(object);
  for (const catalog::ObjectPtr& index :
       schema.UsersOf(object.name(), catalog::ObjectKind::kIndex)) {
    sql += SqlOf(*index);
  }
  return (meaning.column.empty()
              ? ""
              : "column `" + meaning.column + "` of " +
                    std::string(ObjectKindName(object.kind())) + " `" +
                    object.name() + "`\n\n") +
         Fenced(sql);
}

}  // namespace

llvm::json::Value Hover(const View& view, std::uint32_t offset) {
  const auto meaning = MeaningAt(view, offset);
  if (!meaning) {
    return nullptr;
  }
  const View::Schemas schemas =
      meaning->object ? view.SchemasAt(meaning->range.begin) : View::Schemas();
  const bool is_before =
      meaning->object &&
      schemas.before.Find(meaning->object->kind(), meaning->object->name()) !=
          nullptr;
  const std::string text =
      Describe(*meaning, is_before ? schemas.before : schemas.after);
  return llvm::json::Object{
      {"contents", llvm::json::Object{{"kind", "markdown"},
                                      {"value", llvm::json::fixUTF8(text)}}},
      {"range", JsonRange(view.file(), meaning->range)}};
}

}  // namespace palindrome::lsp
