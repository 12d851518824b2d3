#include "compiler/tooling/structs.h"

#include <algorithm>
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
      result_.bases.push_back(files_.PlaceOf(type->getLocation()));
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
         facts::Unit& unit)
      : context_(context), files_(files), unit_(unit) {}

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
      unit_.structs.push_back(StructReader(context_, files_).Read(*record));
    }
    return true;
  }

  bool VisitDecl(clang::Decl* declaration) {
    for (const clang::AnnotateAttr* mark :
         MarkReader::AttributesOf(*declaration)) {
      AddStray(*declaration, *mark);
    }
    return true;
  }

 private:
  void AddStray(const clang::Decl& declaration,
                const clang::AnnotateAttr& mark) {
    const std::string name = MarkReader::NameOf(mark);
    const bool maps = name == "maps_to";
    facts::StrayMark stray{name, files_.PlaceOf(mark.getRange()), "", {}};
    const clang::CXXRecordDecl* of = nullptr;
    if (const auto* record =
            llvm::dyn_cast<clang::CXXRecordDecl>(&declaration)) {
      of = maps ? nullptr : record;
    } else if (const auto* field =
                   llvm::dyn_cast<clang::FieldDecl>(&declaration)) {
      of = llvm::dyn_cast<clang::CXXRecordDecl>(field->getParent());
      stray.at = of == nullptr ? "a field of a struct of C" : "";
    } else if (llvm::isa<clang::RecordDecl>(declaration)) {
      stray.at = "a struct of C";
    } else if (llvm::isa<clang::EnumDecl>(declaration)) {
      stray.at = maps ? "" : "an enum";
    } else if (llvm::isa<clang::EnumConstantDecl>(declaration)) {
      stray.at = name == "value" ? "" : "an enumerator";
    } else if (llvm::isa<clang::TypedefNameDecl>(declaration)) {
      stray.at = maps ? "" : "another name of a type";
    } else if (const auto* variable =
                   llvm::dyn_cast<clang::VarDecl>(&declaration)) {
      stray.at = variable->isStaticDataMember()
                     ? "a static member, which is no column"
                     : "a variable";
    } else if (llvm::isa<clang::FunctionDecl>(declaration)) {
      stray.at = "a function";
    } else {
      stray.at = "what is no struct and no field";
    }
    if (of != nullptr && of->getDefinition() != nullptr) {
      of = of->getDefinition();
      if (of->isDependentContext() || MarkReader::IsMarked(*of, "table")) {
        return;
      }
      stray.of = files_.PlaceOf(of->getLocation());
      stray.at =
          (llvm::isa<clang::FieldDecl>(declaration) ? "a field of " : "") +
          ("struct `" + of->getQualifiedNameAsString()) +
          "`, which is no table";
    }
    if (!stray.at.empty() && std::find(unit_.strays.begin(), unit_.strays.end(),
                                       stray) == unit_.strays.end()) {
      unit_.strays.push_back(std::move(stray));
    }
  }

  const clang::ASTContext& context_;
  const FileTable& files_;
  facts::Unit& unit_;
};

}  // namespace

void ReadStructs(clang::ASTContext& context, const FileTable& files,
                 const ParseOptions&, facts::Unit& unit) {
  Finder(context, files, unit).TraverseAST(context);
}

}  // namespace palindrome::tooling
