#include "compiler/tooling/marks.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "clang/AST/Expr.h"

#include "compiler/tooling/string_constant.h"

namespace palindrome::tooling {
namespace {

// The mark's name; empty if the attribute is somebody else's, or one of
// palindrome/query.h.
llvm::StringRef ReadName(const clang::AnnotateAttr& attribute) {
  llvm::StringRef name = attribute.getAnnotation();
  return name.consume_front("palindrome:") && !name.starts_with(":")
             ? name
             : llvm::StringRef();
}

// The literal that the expression is, or that a constant of that name is.
const clang::StringLiteral* FindLiteral(const clang::Expr& argument,
                                        const clang::ASTContext& context) {
  const clang::Expr* bare = argument.IgnoreParenImpCasts();
  if (const auto* literal = llvm::dyn_cast<clang::StringLiteral>(bare)) {
    return literal;
  }
  clang::Expr::EvalResult result;
  if (argument.isValueDependent() ||
      !argument.EvaluateAsConstantExpr(result, context) ||
      !result.Val.isLValue() || !result.Val.getLValueOffset().isZero()) {
    return nullptr;
  }
  const clang::APValue::LValueBase base = result.Val.getLValueBase();
  const auto* expression = base.dyn_cast<const clang::Expr*>();
  if (const auto* declaration = base.dyn_cast<const clang::ValueDecl*>()) {
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration);
    expression = variable == nullptr ? nullptr : variable->getAnyInitializer();
  }
  return expression == nullptr ? nullptr
                               : llvm::dyn_cast<clang::StringLiteral>(
                                     expression->IgnoreParenImpCasts());
}

}  // namespace

std::vector<const clang::AnnotateAttr*> MarkReader::AttributesOf(
    const clang::Decl& declaration) {
  std::vector<const clang::AnnotateAttr*> marks;
  for (const auto* attribute :
       declaration.specific_attrs<clang::AnnotateAttr>()) {
    if (!attribute->isInherited() && !ReadName(*attribute).empty()) {
      marks.push_back(attribute);
    }
  }
  return marks;
}

std::string MarkReader::NameOf(const clang::AnnotateAttr& mark) {
  return ReadName(mark).str();
}

bool MarkReader::IsMarked(const clang::Decl& declaration,
                          llvm::StringRef name) {
  const auto attributes = declaration.specific_attrs<clang::AnnotateAttr>();
  return std::any_of(attributes.begin(), attributes.end(),
                     [&](const clang::AnnotateAttr* attribute) {
                       return ReadName(*attribute) == name;
                     });
}

std::optional<facts::Text> MarkReader::ReadArgument(
    const clang::Expr& argument) const {
  const clang::StringLiteral* literal = FindLiteral(argument, context_);
  return literal == nullptr ? std::nullopt
                            : ReadLiteral(*literal, context_, files_);
}

std::vector<facts::Mark> MarkReader::Read(
    const clang::Decl& declaration) const {
  std::vector<facts::Mark> marks;
  for (const clang::AnnotateAttr* attribute :
       declaration.specific_attrs<clang::AnnotateAttr>()) {
    facts::Mark mark;
    mark.name = ReadName(*attribute).str();
    mark.place = files_.PlaceOf(attribute->getRange());
    bool is_read = !mark.name.empty();
    for (const clang::Expr* argument : attribute->args()) {
      auto text = is_read ? ReadArgument(*argument) : std::nullopt;
      if (!text && is_read) {
        bad_.push_back({files_.PlaceOf(argument->getSourceRange()),
                        "what is given to a mark of a model is a string "
                        "constant in UTF-8"});
      }
      is_read = text.has_value();
      if (is_read) {
        mark.arguments.push_back(std::move(*text));
      }
    }
    if (is_read) {
      marks.push_back(std::move(mark));
    }
  }
  std::stable_sort(marks.begin(), marks.end(),
                   [](const facts::Mark& left, const facts::Mark& right) {
                     return std::tie(left.place.file, left.place.begin) <
                            std::tie(right.place.file, right.place.begin);
                   });
  return marks;
}

std::optional<facts::Text> MarkReader::ReadOne(const clang::Decl& declaration,
                                               llvm::StringRef name) const {
  if (!IsMarked(declaration, name)) {
    return std::nullopt;
  }
  for (facts::Mark& mark : Read(declaration)) {
    if (mark.name == name && mark.arguments.size() == 1) {
      return std::move(mark.arguments.front());
    }
  }
  return std::nullopt;
}

}  // namespace palindrome::tooling
