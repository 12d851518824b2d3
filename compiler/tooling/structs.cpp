#include "compiler/tooling/structs.h"

#include <set>
#include <string>
#include <utility>

#include "clang/AST/DeclCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"

#include "compiler/tooling/field_type.h"
#include "compiler/tooling/marks.h"

namespace palindrome::tooling {
namespace {

// What a base class says of itself, and not of its fields.
bool IsOwn(const facts::Mark& mark) {
  return mark.name == "table" || mark.name == "renamed_from" ||
         mark.name == "strict" || mark.name == "rowid";
}

// Reads one struct with its bases.
class StructReader {
 public:
  StructReader(const clang::ASTContext& context, const FileTable& files)
      : context_(context),
        files_(files),
        marks_(context, files, result_.bad_marks) {}

  facts::Struct Read(const clang::CXXRecordDecl& record) {
    llvm::raw_string_ostream name(result_.name);
    record.getNameForDiagnostic(name,
                                clang::PrintingPolicy(context_.getLangOpts()),
                                /*Qualified=*/true);
    name.flush();
    result_.place = files_.PlaceOf(record.getLocation());
    result_.marks = marks_.Read(record);
    AddFields(record);
    return std::move(result_);
  }

 private:
  void AddFields(const clang::CXXRecordDecl& record) {
    for (const clang::CXXBaseSpecifier& base : record.bases()) {
      const clang::CXXRecordDecl* type = base.getType()->getAsCXXRecordDecl();
      if (type == nullptr || type->getDefinition() == nullptr) {
        continue;
      }
      type = type->getDefinition();
      if (base.isVirtual() && !virtual_bases_.insert(type).second) {
        continue;
      }
      for (facts::Mark& mark : marks_.Read(*type)) {
        if (!IsOwn(mark)) {
          result_.marks.push_back(std::move(mark));
        }
      }
      AddFields(*type);
    }
    for (const clang::FieldDecl* each : record.fields()) {
      if (!each->isUnnamedBitField()) {
        result_.fields.push_back(
            {each->getNameAsString(), files_.PlaceOf(each->getLocation()),
             ReadFieldType(*each, marks_), marks_.Read(*each)});
      }
    }
  }

  const clang::ASTContext& context_;
  const FileTable& files_;
  facts::Struct result_;
  MarkReader marks_;
  std::set<const clang::CXXRecordDecl*> virtual_bases_;
};

class Finder : public clang::RecursiveASTVisitor<Finder> {
 public:
  Finder(const clang::ASTContext& context, const FileTable& files,
         std::vector<facts::Struct>& structs)
      : context_(context), files_(files), structs_(structs) {}

  // NOLINTBEGIN(readability-identifier-naming): the visitor calls them so.
  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldWalkTypesOfTypeLocs() const { return false; }
  // NOLINTEND(readability-identifier-naming)

  bool TraverseDecl(clang::Decl* declaration) {
    if (declaration != nullptr && context_.getSourceManager().isInSystemHeader(
                                      declaration->getLocation())) {
      return true;
    }
    return RecursiveASTVisitor::TraverseDecl(declaration);
  }

  bool VisitCXXRecordDecl(clang::CXXRecordDecl* record) {
    if (record->isThisDeclarationADefinition() &&
        !record->isDependentContext() &&
        MarkReader::IsMarked(*record, "table")) {
      structs_.push_back(StructReader(context_, files_).Read(*record));
    }
    return true;
  }

 private:
  const clang::ASTContext& context_;
  const FileTable& files_;
  std::vector<facts::Struct>& structs_;
};

}  // namespace

void ReadStructs(clang::ASTContext& context, const FileTable& files,
                 const ParseOptions&, facts::Unit& unit) {
  Finder(context, files, unit.structs).TraverseAST(context);
}

}  // namespace palindrome::tooling
