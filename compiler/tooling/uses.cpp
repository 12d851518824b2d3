#include "compiler/tooling/uses.h"

#include "clang/AST/DeclTemplate.h"

#include "compiler/tooling/slots.h"
#include "compiler/tooling/text_target.h"
#include "compiler/tooling/use_finder.h"

namespace palindrome::tooling {

using llvm::dyn_cast;
using llvm::dyn_cast_or_null;

Target& UseFinder::TargetOf(const clang::ValueDecl& declaration) {
  const auto* key =
      llvm::cast<clang::ValueDecl>(declaration.getCanonicalDecl());
  const auto [entry, is_new] = uses_.targets.try_emplace(key);
  if (is_new) {
    uses_.order.push_back(key);
  }
  return entry->second;
}

void UseFinder::Assign(const clang::ValueDecl& declaration,
                       const clang::Expr* value) {
  if (value == nullptr || IsOfTemplate(*value) ||
      llvm::isa<clang::CXXDefaultInitExpr, clang::ImplicitValueInitExpr>(
          value->IgnoreParenImpCasts())) {
    return;
  }
  auto& assignments = TargetOf(declaration).assignments;
  if (llvm::none_of(assignments, [value](const Assignment& each) {
        return each.value == value;
      })) {
    assignments.push_back({value, function_, unchecked_});
  }
}

void UseFinder::ChangeOf(const clang::ValueDecl* declaration,
                         const clang::Expr& place, const char* how) {
  if (declaration == nullptr) {
    return;
  }
  Target& target = TargetOf(*declaration);
  if (!target.change) {
    target.change = Change{"`" + declaration->getNameAsString() + "` is " + how,
                           place.getSourceRange(), function_};
  }
}

bool UseFinder::TraverseDecl(clang::Decl* declaration) {
  if (declaration == nullptr) {
    return true;
  }
  const clang::SourceLocation location = declaration->getLocation();
  if (location.isValid() &&
      sources_.isInSystemHeader(sources_.getExpansionLoc(location))) {
    return true;
  }
  auto* function = dyn_cast<clang::FunctionDecl>(declaration);
  const auto* record = dyn_cast<clang::CXXRecordDecl>(declaration);
  // Their instantiations are what runs.
  if ((function != nullptr && function->isDependentContext()) ||
      (record != nullptr && record->isDependentContext())) {
    return true;
  }
  const auto* function_before = function_;
  const auto* callable_before = callable_;
  const std::string unchecked_before = unchecked_;
  if (const auto reason = FindUnchecked(*declaration)) {
    unchecked_ = *reason;
  }
  if (function != nullptr) {
    callable_ = function;
    const auto* method = dyn_cast<clang::CXXMethodDecl>(function);
    if (method == nullptr || !method->getParent()->isLambda()) {
      function_ = function;
    }
  }
  const bool goes_on = RecursiveASTVisitor::TraverseDecl(declaration);
  unchecked_ = unchecked_before;
  function_ = function_before;
  callable_ = callable_before;
  return goes_on;
}

bool UseFinder::TraverseAttributedStmt(clang::AttributedStmt* statement) {
  const std::string unchecked_before = unchecked_;
  if (const auto reason = FindUnchecked(*statement)) {
    unchecked_ = *reason;
  }
  const bool goes_on = RecursiveASTVisitor::TraverseAttributedStmt(statement);
  unchecked_ = unchecked_before;
  return goes_on;
}

bool UseFinder::TraverseLambdaExpr(clang::LambdaExpr* lambda) {
  if (auto* pattern =
          lambda->getLambdaClass()->getDependentLambdaCallOperator()) {
    for (clang::FunctionDecl* each : pattern->specializations()) {
      TraverseDecl(each);
    }
    return true;
  }
  const auto* callable_before = callable_;
  callable_ = lambda->getCallOperator();
  uses_.definitions.push_back(lambda->getCallOperator());
  const bool goes_on = RecursiveASTVisitor::TraverseLambdaExpr(lambda);
  callable_ = callable_before;
  return goes_on;
}

// As it is understood, not as it is written.
bool UseFinder::TraverseInitListExpr(clang::InitListExpr* list) {
  if (!list->isSemanticForm() && list->getSemanticForm() != nullptr) {
    list = list->getSemanticForm();
  }
  VisitInitListExpr(list);
  for (clang::Stmt* child : list->children()) {
    TraverseStmt(child);
  }
  return true;
}

bool UseFinder::VisitFunctionDecl(clang::FunctionDecl* function) {
  if (function->isThisDeclarationADefinition()) {
    uses_.definitions.push_back(function);
    uses_.is_engine |= function->getIdentifier() != nullptr &&
                       function->getName() == "sqlite3_prepare_v2";
  }
  return true;
}

bool UseFinder::VisitCXXConstructorDecl(
    clang::CXXConstructorDecl* constructor) {
  for (const clang::CXXCtorInitializer* each : constructor->inits()) {
    if (each->isMemberInitializer()) {
      SetFlag(*each->getMember(), each->getInit());
    }
    if (each->isMemberInitializer() &&
        HoldsText(each->getMember()->getType())) {
      Assign(*each->getMember(), each->getInit());
    }
  }
  return true;
}

bool UseFinder::VisitVarDecl(clang::VarDecl* variable) {
  const clang::Expr* value = variable->getInit();
  if (value == nullptr || llvm::isa<clang::ParmVarDecl>(variable)) {
    return true;
  }
  SetFlag(*variable, value);
  if (IsStatement(variable->getType()) && !value->isValueDependent() &&
      !value->isNullPointerConstant(context_,
                                    clang::Expr::NPC_ValueDependentIsNotNull)) {
    uses_.statements[variable->getCanonicalDecl()].lost = true;
  }
  if (!HoldsText(variable->getType()) || loop_variables_.contains(variable)) {
    return true;
  }
  Assign(*variable, value);
  FindWrites(*value, variable->getType());
  return true;
}

bool UseFinder::VisitFieldDecl(clang::FieldDecl* field) {
  if (field->hasInClassInitializer()) {
    SetFlag(*field, field->getInClassInitializer());
    if (HoldsText(field->getType())) {
      Assign(*field, field->getInClassInitializer());
    }
  }
  return true;
}

bool UseFinder::VisitCXXForRangeStmt(clang::CXXForRangeStmt* loop) {
  const clang::VarDecl* variable = loop->getLoopVariable();
  if (variable != nullptr && HoldsText(variable->getType())) {
    loop_variables_.insert(variable);
    Assign(*variable, loop->getRangeInit());
  }
  return true;
}

bool UseFinder::VisitInitListExpr(clang::InitListExpr* list) {
  const auto* record =
      list->getType().isNull() ? nullptr : list->getType()->getAsRecordDecl();
  if (record == nullptr || record->isDependentContext() ||
      sources_.isInSystemHeader(record->getLocation())) {
    return true;
  }
  if (const clang::FieldDecl* field = list->getInitializedFieldInUnion()) {
    if (HoldsText(field->getType()) && list->getNumInits() > 0) {
      Assign(*field, list->getInit(0));
    }
    return true;
  }
  const auto* with_bases = dyn_cast<clang::CXXRecordDecl>(record);
  unsigned index = with_bases == nullptr ? 0 : with_bases->getNumBases();
  for (const clang::FieldDecl* field : record->fields()) {
    if (field->isUnnamedBitField()) {
      continue;
    }
    if (index >= list->getNumInits()) {
      break;
    }
    if (HoldsText(field->getType())) {
      Assign(*field, list->getInit(index));
    }
    ++index;
  }
  return true;
}

bool UseFinder::VisitBinaryOperator(clang::BinaryOperator* binary) {
  const bool null_check = binary->isComparisonOp();
  for (const clang::Expr* side : {binary->getLHS(), binary->getRHS()}) {
    if (null_check && StatementVariable(side) != nullptr) {
      Excuse(side);
    }
  }
  if (!binary->isAssignmentOp()) {
    return true;
  }
  if (const clang::ValueDecl* named = NamedBy(binary->getLHS())) {
    SetFlag(*named, binary->getRHS());
  }
  if (const auto* statement = StatementVariable(binary->getLHS())) {
    Excuse(binary->getLHS());
    uses_.statements[statement].lost |=
        !binary->getRHS()->isNullPointerConstant(
            context_, clang::Expr::NPC_ValueDependentIsNotNull);
  }
  const clang::ValueDecl* target = FindTarget(binary->getLHS());
  if (target == nullptr) {
    ChangeOf(FindWritten(binary->getLHS()), *binary, "written to");
  } else if (binary->isCompoundAssignmentOp()) {
    ChangeOf(target, *binary, "changed after it is set");
  } else {
    Assign(*target, binary->getRHS());
    FindWrites(*binary->getRHS(), binary->getLHS()->getType());
  }
  return true;
}

bool UseFinder::VisitUnaryOperator(clang::UnaryOperator* unary) {
  const clang::Expr* operand = unary->getSubExpr();
  if (unary->getOpcode() == clang::UO_LNot &&
      StatementVariable(operand) != nullptr) {
    Excuse(operand);
  }
  if (unary->isIncrementDecrementOp()) {
    ChangeOf(FindTarget(operand), *unary, "changed after it is set");
  }
  if (unary->getOpcode() == clang::UO_AddrOf && !excused_.contains(unary)) {
    if (const auto* statement = StatementVariable(operand)) {
      Excuse(operand);
      uses_.statements[statement].lost = true;
    }
    ChangeOf(FindTarget(operand), *unary, "reached through a pointer");
  }
  return true;
}

bool UseFinder::VisitImplicitCastExpr(clang::ImplicitCastExpr* cast) {
  if (cast->getCastKind() == clang::CK_PointerToBoolean &&
      StatementVariable(cast->getSubExpr()) != nullptr) {
    Excuse(cast->getSubExpr());
  }
  return true;
}

bool UseFinder::VisitReturnStmt(clang::ReturnStmt* statement) {
  const clang::Expr* value = statement->getRetValue();
  if (value != nullptr && callable_ != nullptr && !IsOfTemplate(*value) &&
      HoldsText(callable_->getReturnType())) {
    uses_.returns.push_back({callable_, value, unchecked_});
  }
  return true;
}

bool UseFinder::VisitDeclRefExpr(clang::DeclRefExpr* reference) {
  if (excused_.contains(reference)) {
    return true;
  }
  if (const clang::VarDecl* statement = StatementVariable(reference)) {
    uses_.statements[statement].complete = false;
  }
  if (const auto* function =
          dyn_cast<clang::FunctionDecl>(reference->getDecl())) {
    uses_.addressed.emplace_back();
    uses_.addressed.back().range = reference->getSourceRange();
    uses_.addressed.back().function = function;
  }
  return true;
}

const Target* Uses::Find(const clang::ValueDecl& declaration) const {
  const auto found = targets.find(
      llvm::cast<clang::ValueDecl>(declaration.getCanonicalDecl()));
  return found == targets.end() ? nullptr : &found->second;
}

Uses FindUses(clang::ASTContext& context) {
  Uses uses;
  UseFinder(context, uses).TraverseDecl(context.getTranslationUnitDecl());
  return uses;
}

}  // namespace palindrome::tooling
