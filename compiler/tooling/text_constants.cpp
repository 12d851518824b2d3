// Expressions that Clang itself can work out.
#include <utility>

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/JSON.h"

#include "compiler/tooling/string_constant.h"
#include "compiler/tooling/text_walk.h"

namespace palindrome::tooling {

using llvm::dyn_cast;

namespace {

// The characters of a constant array, or of one in a constant object, to whose
// first the pointer leads. No value: it leads elsewhere.
std::optional<facts::Text> ReadArray(const clang::APValue& pointer,
                                     const clang::ASTContext& context) {
  const auto* base =
      pointer.getLValueBase().dyn_cast<const clang::ValueDecl*>();
  const clang::APValue* value = nullptr;
  if (const auto* object =
          llvm::dyn_cast_or_null<clang::TemplateParamObjectDecl>(base)) {
    value = &object->getValue();
  } else if (const auto* variable =
                 llvm::dyn_cast_or_null<clang::VarDecl>(base)) {
    value = variable->isConstexpr() ? variable->evaluateValue() : nullptr;
  }
  if (value == nullptr || !pointer.hasLValuePath() ||
      pointer.getLValuePath().empty()) {
    return std::nullopt;
  }
  const auto path = pointer.getLValuePath();
  for (const auto& step : path.drop_back()) {
    if (value->isArray()) {
      const std::uint64_t index = step.getAsArrayIndex();
      if (index >= value->getArrayInitializedElts()) {
        return std::nullopt;
      }
      value = &value->getArrayInitializedElt(static_cast<unsigned>(index));
      continue;
    }
    const auto* field = llvm::dyn_cast_or_null<clang::FieldDecl>(
        step.getAsBaseOrMember().getPointer());
    if (!value->isStruct() || field == nullptr) {
      return std::nullopt;
    }
    value = &value->getStructField(field->getFieldIndex());
  }
  if (!value->isArray() || path.back().getAsArrayIndex() != 0) {
    return std::nullopt;
  }
  facts::Text text;
  for (unsigned i = 0; i < value->getArrayInitializedElts(); ++i) {
    const clang::APValue& each = value->getArrayInitializedElt(i);
    if (!each.isInt() ||
        each.getInt().getBitWidth() != context.getCharWidth()) {
      return std::nullopt;
    }
    text.value += static_cast<char>(each.getInt().getExtValue());
  }
  return llvm::json::isUTF8(text.value) ? std::optional(text) : std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> Walk::NumberOf(
    const clang::Expr* expression) const {
  clang::Expr::EvalResult result;
  if (expression->isValueDependent() ||
      !expression->getType()->isIntegerType() ||
      !expression->EvaluateAsInt(result, context_)) {
    return std::nullopt;
  }
  const llvm::APSInt& number = result.Val.getInt();
  return number.isNegative() || number.getActiveBits() > 63
             ? std::nullopt
             : std::optional(number.getZExtValue());
}

// What Clang makes of a constant expression: a literal, from some byte on.
bool Walk::ReadFolded(const clang::Expr* expression) {
  clang::Expr::EvalResult result;
  if (expression->isValueDependent() ||
      !expression->getType()->isPointerType() ||
      !expression->EvaluateAsRValue(result, context_) ||
      result.HasSideEffects || !result.Val.isLValue()) {
    return false;
  }
  if (result.Val.isNullPointer()) {
    return true;
  }
  if (auto text = ReadArray(result.Val, context_)) {
    text->place = files_.PlaceOf(expression->getSourceRange());
    AddConstant(std::move(*text));
    return true;
  }
  const auto* base = result.Val.getLValueBase().dyn_cast<const clang::Expr*>();
  const auto* literal =
      base == nullptr ? nullptr : dyn_cast<clang::StringLiteral>(base);
  auto text = literal == nullptr ? std::nullopt
                                 : ReadLiteral(*literal, context_, files_);
  const auto offset = result.Val.getLValueOffset().getQuantity();
  if (!text || offset != 0) {
    return false;
  }
  AddConstant(std::move(*text));
  return true;
}

bool Walk::ReadConstantArray(const clang::Expr& array) {
  clang::Expr::EvalResult result;
  if (array.isValueDependent() || !array.isLValue() ||
      !array.EvaluateAsLValue(result, context_) || result.HasSideEffects ||
      !result.Val.isLValue() || !result.Val.hasLValuePath()) {
    return false;
  }
  // To its first element.
  llvm::SmallVector<clang::APValue::LValuePathEntry, 4> path(
      result.Val.getLValuePath());
  path.push_back(clang::APValue::LValuePathEntry::ArrayIndex(0));
  const clang::APValue first(result.Val.getLValueBase(),
                             result.Val.getLValueOffset(), path,
                             /*OnePastTheEnd=*/false);
  auto text = ReadArray(first, context_);
  if (!text) {
    return false;
  }
  text->place = files_.PlaceOf(array.getSourceRange());
  AddConstant(std::move(*text));
  return true;
}

}  // namespace palindrome::tooling
