// Text that calls and constructors make.
#include "llvm/ADT/StringSwitch.h"

#include "compiler/tooling/text_walk.h"

namespace palindrome::tooling {

using llvm::dyn_cast;
using llvm::isa;

namespace {

// One after the other.
facts::Text Join(const facts::Text& left, const facts::Text& right,
                 facts::Place place) {
  facts::Text text = left;
  text.place = place;
  const auto size = static_cast<std::uint32_t>(left.value.size());
  text.value += right.value;
  for (facts::Run run : right.runs) {
    run.at += size;
    text.runs.push_back(run);
  }
  if (text.unchecked.empty()) {
    text.unchecked = right.unchecked;
  }
  return text;
}

// The parameters of a literal operator: the text and its length.
bool IsWholeLiteral(const clang::Expr* text, const clang::Expr* size) {
  const auto function = [](const clang::Expr* expression) {
    const auto* reference =
        dyn_cast<clang::DeclRefExpr>(expression->IgnoreParenImpCasts());
    const auto* parameter =
        reference == nullptr
            ? nullptr
            : dyn_cast<clang::ParmVarDecl>(reference->getDecl());
    return parameter == nullptr
               ? nullptr
               : dyn_cast<clang::FunctionDecl>(parameter->getDeclContext());
  };
  const clang::FunctionDecl* owner = function(text);
  return owner != nullptr && owner == function(size) &&
         owner->getLiteralIdentifier() != nullptr;
}

}  // namespace

void Walk::ReadSum(const clang::Expr* left, const clang::Expr* right,
                   const clang::Expr* sum) {
  if (!IsText(left->getType()) || !IsText(right->getType())) {
    Dynamic("it is put together", sum);
    return;
  }
  const auto read = [this](const clang::Expr* part) {
    Walk walk(context_, files_, slots_, uses_);
    walk.reading_ = reading_;
    walk.steps_ = steps_;
    walk.Read(part);
    steps_ = walk.steps_;
    return walk.Take();
  };
  const TextValue first = read(left);
  const TextValue second = read(right);
  for (const TextValue* part : {&first, &second}) {
    if (!part->from.empty() || !part->dynamic.empty() ||
        part->constants.empty()) {
      Dynamic("it is put together", sum);
      return;
    }
  }
  const facts::Place place = files_.PlaceOf(sum->getSourceRange());
  for (const facts::Text& each : first.constants) {
    for (const facts::Text& end : second.constants) {
      AddConstant(Join(each, end, place));
    }
  }
}

void Walk::ReadCall(const clang::CallExpr& call) {
  const clang::FunctionDecl* callee = call.getDirectCallee();
  if (callee == nullptr) {
    Dynamic("a function makes it that is called through a pointer", &call);
    return;
  }
  if (const auto* with_operator = dyn_cast<clang::CXXOperatorCallExpr>(&call)) {
    switch (with_operator->getOperator()) {
      case clang::OO_Plus:
        if (call.getNumArgs() == 2) {
          ReadSum(call.getArg(0), call.getArg(1), &call);
          return;
        }
        break;
      case clang::OO_Subscript:
        ReadElement(call.getArg(0), call.getArg(1));
        return;
      case clang::OO_Equal:
        Read(call.getArg(1));
        return;
      default:
        break;
    }
  }
  if (isa<clang::UserDefinedLiteral>(call) && call.getNumArgs() == 2 &&
      IsText(call.getType())) {
    Read(call.getArg(0));
    return;
  }
  if (const auto* member = dyn_cast<clang::CXXMemberCallExpr>(&call)) {
    const auto* method = member->getMethodDecl();
    const clang::Expr* object = member->getImplicitObjectArgument();
    const bool hands_on =
        isa<clang::CXXConversionDecl>(method) ||
        (method->getIdentifier() != nullptr &&
         llvm::StringSwitch<bool>(method->getName())
             .Cases("c_str", "data", "at", "front", "back", true)
             .Default(false));
    if (hands_on && object != nullptr && HoldsText(object->getType())) {
      Read(object);
      return;
    }
    if (method->isVirtual()) {
      Dynamic(
          "the virtual `" + method->getQualifiedNameAsString() + "` makes it",
          &call);
      return;
    }
  }
  if (callee->isInStdNamespace() && callee->getIdentifier() != nullptr &&
      call.getNumArgs() == 1 &&
      llvm::StringSwitch<bool>(callee->getName())
          .Cases("move", "forward", "as_const", "data", true)
          .Default(false)) {
    Read(call.getArg(0));
    return;
  }
  if (callee->isConstexpr() && ReadFolded(&call)) {
    return;
  }
  if (HoldsText(callee->getReturnType()) &&
      !context_.getSourceManager().isInSystemHeader(callee->getLocation()) &&
      !callee->getQualifiedNameAsString().starts_with("sqlite3_")) {
    value_.from.insert(slots_.Result(*callee));
    AddFragments(&call);
    return;
  }
  Dynamic("`" + callee->getQualifiedNameAsString() + "` makes it", &call);
}

void Walk::ReadConstruct(const clang::CXXConstructExpr& construct) {
  if (!HoldsText(construct.getType())) {
    Dynamic("it is no text that is followed", &construct);
    return;
  }
  unsigned count = construct.getNumArgs();
  while (count > 0 &&
         isa<clang::CXXDefaultArgExpr>(construct.getArg(count - 1))) {
    --count;
  }
  if (count == 0) {
    return;
  }
  const clang::Expr* first = construct.getArg(0);
  if (!HoldsText(first->getType()) || count > 2) {
    Dynamic("it is put together", &construct);
    return;
  }
  if (count == 1) {
    Read(first);
    return;
  }
  if (IsWholeLiteral(first, construct.getArg(1))) {
    Read(first);
    return;
  }
  const auto size = NumberOf(construct.getArg(1));
  if (!first->getType()->isPointerType() || !size) {
    Dynamic("it is put together", &construct);
    return;
  }
  const std::size_t before = value_.constants.size();
  Read(first);
  for (std::size_t i = before; i < value_.constants.size(); ++i) {
    Cut(value_.constants[i], *size);
  }
}

}  // namespace palindrome::tooling
