#include "compiler/tooling/text_value.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include "compiler/tooling/string_constant.h"
#include "compiler/tooling/text_walk.h"

namespace palindrome::tooling {

using llvm::dyn_cast;
using llvm::isa;

namespace {

constexpr unsigned kMostSteps = 2000;
constexpr std::size_t kMostConstants = 256;
constexpr std::size_t kMostFragments = 16;

// A keyword that makes or renames something, which other SQL may then use.
bool MakesSomething(llvm::StringRef text) {
  return text.contains_insensitive("create") ||
         text.contains_insensitive("rename") ||
         text.contains_insensitive("attach") ||
         text.contains_insensitive("add ");
}

}  // namespace

void Cut(facts::Text& text, std::size_t size) {
  if (size >= text.value.size()) {
    return;
  }
  text.value.resize(size);
  llvm::erase_if(text.runs,
                 [size](const facts::Run& run) { return run.at >= size; });
}

void Walk::AddConstant(facts::Text text) {
  // A literal's end is also that of its text for functions of C.
  Cut(text, text.value.find('\0'));
  if (text.unchecked.empty()) {
    text.unchecked = unchecked_;
  }
  if (value_.constants.size() == kMostConstants) {
    value_.dynamic = "there are more constants than are followed";
  } else if (!llvm::is_contained(value_.constants, text)) {
    value_.constants.push_back(std::move(text));
  }
}

void Walk::AddFragments(const clang::Stmt* statement) {
  if (statement == nullptr || value_.fragments.size() == kMostFragments ||
      ++steps_ > kMostSteps) {
    return;
  }
  if (const auto* literal = dyn_cast<clang::StringLiteral>(statement)) {
    const auto text = ReadLiteral(*literal, context_, files_);
    if (text && MakesSomething(text->value) &&
        !llvm::is_contained(value_.fragments, text->value)) {
      value_.fragments.push_back(text->value);
    }
  } else if (const auto* reference = dyn_cast<clang::DeclRefExpr>(statement)) {
    const Target* target = uses_.Find(*reference->getDecl());
    if (target != nullptr &&
        fragments_of_.insert(reference->getDecl()).second) {
      for (const Assignment& each : target->assignments) {
        AddFragments(each.value);
      }
    }
  }
  for (const clang::Stmt* child : statement->children()) {
    AddFragments(child);
  }
}

void Walk::Dynamic(const std::string& why, const clang::Expr* expression) {
  if (value_.dynamic.empty()) {
    value_.dynamic = why;
  }
  AddFragments(expression);
}

void Walk::ReadAssigned(const clang::Expr* value,
                        const std::string& unchecked) {
  const std::string before = unchecked_;
  if (!unchecked.empty()) {
    unchecked_ = unchecked;
  }
  Read(value);
  unchecked_ = before;
}

void Walk::ReadTarget(const clang::ValueDecl& declaration) {
  const Target* target = uses_.Find(declaration);
  if (target == nullptr) {
    return;
  }
  if (target->change) {
    Dynamic(target->change->how, nullptr);
    for (const Assignment& each : target->assignments) {
      AddFragments(each.value);
    }
    return;
  }
  for (const Assignment& each : target->assignments) {
    ReadAssigned(each.value, each.unchecked);
  }
}

void Walk::ReadVariable(const clang::VarDecl& variable,
                        const clang::Expr* expression) {
  const clang::VarDecl* key = variable.getCanonicalDecl();
  if (!HoldsText(variable.getType())) {
    Dynamic("`" + variable.getNameAsString() + "` is no text that is followed",
            expression);
    return;
  }
  if (!reading_.insert(key).second) {
    return;
  }
  if (const auto* parameter = dyn_cast<clang::ParmVarDecl>(&variable)) {
    const auto* function =
        dyn_cast<clang::FunctionDecl>(parameter->getDeclContext());
    if (function != nullptr) {
      value_.from.insert(
          slots_.Parameter(*function, parameter->getFunctionScopeIndex()));
    }
    // A change of it is a source of its slot.
    const Target* target = uses_.Find(variable);
    if (function == nullptr || target == nullptr || !target->change) {
      ReadTarget(variable);
    }
  } else if (variable.hasLocalStorage() || variable.isStaticLocal() ||
             !variable.isExternallyVisible() ||
             (variable.getAnyInitializer() != nullptr &&
              (variable.getType().isConstQualified() ||
               variable.isConstexpr()))) {
    const Target* target = uses_.Find(variable);
    const clang::Expr* value = variable.getAnyInitializer();
    if (target != nullptr) {
      ReadTarget(variable);
    } else if (value != nullptr) {
      Read(value);  // Of a header of the system.
    } else {
      Dynamic("`" + variable.getNameAsString() + "` is set where nobody looks",
              nullptr);
    }
    if (value == nullptr && variable.getType()->isArrayType() &&
        value_.dynamic.empty() && target != nullptr) {
      Dynamic("`" + variable.getNameAsString() + "` is filled somewhere",
              nullptr);
    }
  } else {
    value_.from.insert(slots_.Variable(variable));
  }
  reading_.erase(key);
}

void Walk::ReadElement(const clang::Expr* list, const clang::Expr* index) {
  if (IsText(list->IgnoreParenImpCasts()->getType())) {
    Dynamic("it is no constant", list);
    return;
  }
  const auto* reference =
      dyn_cast<clang::DeclRefExpr>(list->IgnoreParenImpCasts());
  const auto* variable = reference == nullptr
                             ? nullptr
                             : dyn_cast<clang::VarDecl>(reference->getDecl());
  const auto number = NumberOf(index);
  if (number && variable != nullptr && variable->getType()->isArrayType() &&
      context_.getBaseElementType(variable->getType()).isConstQualified()) {
    const auto* values = llvm::dyn_cast_or_null<clang::InitListExpr>(
        variable->getAnyInitializer());
    if (values != nullptr && *number < values->getNumInits()) {
      const Target* target = uses_.Find(*variable);
      ReadAssigned(values->getInit(static_cast<unsigned>(*number)),
                   target == nullptr || target->assignments.empty()
                       ? ""
                       : target->assignments.front().unchecked);
      return;
    }
  }
  Read(list);
}

void Walk::ReadMember(const clang::MemberExpr& member) {
  const clang::ValueDecl* declaration = member.getMemberDecl();
  if (const auto* variable = dyn_cast<clang::VarDecl>(declaration)) {
    ReadVariable(*variable, &member);
    return;
  }
  // An array of a constant, such as a template's argument.
  if (member.getType()->isConstantArrayType() && ReadConstantArray(member)) {
    return;
  }
  const auto* field = dyn_cast<clang::FieldDecl>(declaration);
  if (field == nullptr || !HoldsText(field->getType())) {
    Dynamic("it is no constant", &member);
    return;
  }
  if (context_.getSourceManager().isInSystemHeader(field->getLocation())) {
    Dynamic("`" + field->getNameAsString() + "` is of a library", nullptr);
    return;
  }
  value_.from.insert(slots_.Field(*field));
}

void Walk::Read(const clang::Expr* expression) {
  if (expression == nullptr || !value_.dynamic.empty()) {
    return;
  }
  if (++steps_ > kMostSteps) {
    Dynamic("it is followed no further", nullptr);
    return;
  }
  if (expression->isInstantiationDependent()) {
    Dynamic(expression->containsErrors()
                ? "Clang cannot read it"
                : "it depends on a template's arguments",
            nullptr);
    return;
  }
  expression = expression->IgnoreParenCasts();
  if (expression->isNullPointerConstant(
          context_, clang::Expr::NPC_ValueDependentIsNotNull)) {
    return;
  }
  if (const auto* literal = dyn_cast<clang::StringLiteral>(expression)) {
    if (auto text = ReadLiteral(*literal, context_, files_)) {
      AddConstant(std::move(*text));
    } else {
      Dynamic("it is not in UTF-8", nullptr);
    }
  } else if (const auto* wrapper = dyn_cast<clang::FullExpr>(expression)) {
    Read(wrapper->getSubExpr());
  } else if (const auto* temporary =
                 dyn_cast<clang::MaterializeTemporaryExpr>(expression)) {
    Read(temporary->getSubExpr());
  } else if (const auto* bound =
                 dyn_cast<clang::CXXBindTemporaryExpr>(expression)) {
    Read(bound->getSubExpr());
  } else if (const auto* list =
                 dyn_cast<clang::CXXStdInitializerListExpr>(expression)) {
    Read(list->getSubExpr());
  } else if (const auto* values = dyn_cast<clang::InitListExpr>(expression)) {
    for (const clang::Expr* each : values->inits()) {
      Read(each);
    }
  } else if (isa<clang::ImplicitValueInitExpr, clang::CXXScalarValueInitExpr>(
                 expression)) {
    return;
  } else if (const auto* fallback =
                 dyn_cast<clang::CXXDefaultArgExpr>(expression)) {
    Read(fallback->getExpr());
  } else if (const auto* replaced =
                 dyn_cast<clang::SubstNonTypeTemplateParmExpr>(expression)) {
    Read(replaced->getReplacement());
  } else if (const auto* opaque =
                 dyn_cast<clang::OpaqueValueExpr>(expression)) {
    Read(opaque->getSourceExpr());
  } else if (const auto* choice =
                 dyn_cast<clang::AbstractConditionalOperator>(expression)) {
    bool is_true = false;
    const bool is_known =
        !choice->getCond()->isValueDependent() &&
        choice->getCond()->EvaluateAsBooleanCondition(is_true, context_);
    if (!is_known || is_true) {
      Read(choice->getTrueExpr());
    }
    if (!is_known || !is_true) {
      Read(choice->getFalseExpr());
    }
  } else if (const auto* binary = dyn_cast<clang::BinaryOperator>(expression)) {
    if (binary->getOpcode() == clang::BO_Comma ||
        binary->getOpcode() == clang::BO_Assign) {
      Read(binary->getRHS());
    } else if (!ReadFolded(expression)) {
      Dynamic("it is no constant", expression);
    }
  } else if (const auto* unary = dyn_cast<clang::UnaryOperator>(expression)) {
    // `&text[0]` is the text; what a pointer to text points to is not known.
    const auto* element = dyn_cast<clang::ArraySubscriptExpr>(
        unary->getSubExpr()->IgnoreParenImpCasts());
    if (unary->getOpcode() == clang::UO_AddrOf && element != nullptr &&
        NumberOf(element->getIdx()) == 0U) {
      Read(element->getBase());
    } else if (!ReadFolded(expression)) {
      Dynamic("it is no constant", expression);
    }
  } else if (const auto* reference = dyn_cast<clang::DeclRefExpr>(expression)) {
    if (const auto* variable = dyn_cast<clang::VarDecl>(reference->getDecl())) {
      ReadVariable(*variable, expression);
    } else {
      Dynamic("it is no constant", nullptr);
    }
  } else if (const auto* member = dyn_cast<clang::MemberExpr>(expression)) {
    ReadMember(*member);
  } else if (const auto* element =
                 dyn_cast<clang::ArraySubscriptExpr>(expression)) {
    ReadElement(element->getBase(), element->getIdx());
  } else if (const auto* call = dyn_cast<clang::CallExpr>(expression)) {
    ReadCall(*call);
  } else if (const auto* construct =
                 dyn_cast<clang::CXXConstructExpr>(expression)) {
    ReadConstruct(*construct);
  } else if (!ReadFolded(expression)) {
    Dynamic("it is no constant", expression);
  }
}

TextValue TextReader::Read(const clang::Expr& expression) const {
  Walk walk(context_, files_, slots_, uses_);
  walk.Read(&expression);
  return walk.Take();
}

}  // namespace palindrome::tooling
