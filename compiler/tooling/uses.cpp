#include "compiler/tooling/uses.h"

#include <algorithm>

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringSwitch.h"

#include "compiler/tooling/slots.h"

namespace palindrome::tooling {
namespace {

using llvm::dyn_cast;
using llvm::dyn_cast_or_null;

bool IsStatement(clang::QualType type) {
  const clang::QualType pointee = type->getPointeeType();
  const clang::RecordType* record =
      pointee.isNull() ? nullptr : pointee->getAs<clang::RecordType>();
  return record != nullptr && record->getDecl()->getName() == "sqlite3_stmt";
}

// A variable that no other function can see, but by a pointer to it.
const clang::VarDecl* StatementVariable(const clang::Expr* expression) {
  const auto* reference =
      dyn_cast<clang::DeclRefExpr>(expression->IgnoreParenCasts());
  const auto* variable = reference == nullptr
                             ? nullptr
                             : dyn_cast<clang::VarDecl>(reference->getDecl());
  return variable != nullptr && variable->hasLocalStorage() &&
                 !llvm::isa<clang::ParmVarDecl>(variable) &&
                 IsStatement(variable->getType())
             ? variable->getCanonicalDecl()
             : nullptr;
}

const clang::Expr* AddressedBy(const clang::Expr* expression) {
  const auto* unary =
      dyn_cast<clang::UnaryOperator>(expression->IgnoreParenCasts());
  return unary != nullptr && unary->getOpcode() == clang::UO_AddrOf
             ? unary->getSubExpr()
             : nullptr;
}

// The variable or field of text that the expression names; an element of a
// list is the list.
const clang::ValueDecl* FindTarget(const clang::Expr* expression) {
  expression = expression->IgnoreParenImpCasts();
  const clang::ValueDecl* found = nullptr;
  if (const auto* reference = dyn_cast<clang::DeclRefExpr>(expression)) {
    found = dyn_cast<clang::VarDecl>(reference->getDecl());
  } else if (const auto* member = dyn_cast<clang::MemberExpr>(expression)) {
    found = member->getMemberDecl();
    if (!llvm::isa<clang::FieldDecl, clang::VarDecl>(found)) {
      return nullptr;
    }
  } else {
    const clang::Expr* list = nullptr;
    if (const auto* element = dyn_cast<clang::ArraySubscriptExpr>(expression)) {
      list = element->getBase();
    } else if (const auto* call =
                   dyn_cast<clang::CXXOperatorCallExpr>(expression);
               call != nullptr && call->getOperator() == clang::OO_Subscript) {
      list = call->getArg(0);
    }
    const clang::ValueDecl* target =
        list == nullptr ? nullptr : FindTarget(list);
    return target != nullptr && !IsText(target->getType()) ? target : nullptr;
  }
  return found != nullptr && HoldsText(found->getType())
             ? llvm::cast<clang::ValueDecl>(found->getCanonicalDecl())
             : nullptr;
}

// What the characters belong to that the expression is or points to.
const clang::ValueDecl* FindWritten(const clang::Expr* expression) {
  expression = expression->IgnoreParenImpCasts();
  if (const auto* element = dyn_cast<clang::ArraySubscriptExpr>(expression)) {
    return FindTarget(element->getBase());
  }
  if (const auto* unary = dyn_cast<clang::UnaryOperator>(expression)) {
    return FindTarget(unary->getSubExpr());
  }
  if (const auto* call = dyn_cast<clang::CXXOperatorCallExpr>(expression)) {
    return call->getNumArgs() > 0 ? FindTarget(call->getArg(0)) : nullptr;
  }
  return nullptr;
}

bool IsReader(const clang::CXXMethodDecl& method) {
  if (method.isConst() || method.isStatic()) {
    return true;
  }
  if (method.isOverloadedOperator()) {
    return method.getOverloadedOperator() == clang::OO_Subscript;
  }
  return method.getIdentifier() != nullptr &&
         llvm::StringSwitch<bool>(method.getName())
             .Cases("c_str", "data", "begin", "end", "rbegin", "rend", "at",
                    "front", "back", true)
             .Default(false);
}

bool IsMove(const clang::FunctionDecl& function) {
  return function.isInStdNamespace() && function.getIdentifier() != nullptr &&
         llvm::StringSwitch<bool>(function.getName())
             .Cases("move", "forward", "as_const", "begin", "end", true)
             .Default(false);
}

// Where Clang could not read something, the rest still means what it says.
bool IsOfTemplate(const clang::Expr& expression) {
  return expression.isInstantiationDependent() && !expression.containsErrors();
}

class Finder : public clang::RecursiveASTVisitor<Finder> {
 public:
  Finder(clang::ASTContext& context, Uses& uses)
      : context_(context), sources_(context.getSourceManager()), uses_(uses) {}

  bool shouldVisitTemplateInstantiations() const { return true; }

  bool TraverseDecl(clang::Decl* declaration);
  bool TraverseLambdaExpr(clang::LambdaExpr* lambda);
  bool TraverseInitListExpr(clang::InitListExpr* list);
  bool VisitFunctionDecl(clang::FunctionDecl* function);
  bool VisitCXXConstructorDecl(clang::CXXConstructorDecl* constructor);
  bool VisitVarDecl(clang::VarDecl* variable);
  bool VisitFieldDecl(clang::FieldDecl* field);
  bool VisitCXXForRangeStmt(clang::CXXForRangeStmt* loop);
  bool VisitInitListExpr(clang::InitListExpr* list);
  bool VisitBinaryOperator(clang::BinaryOperator* binary);
  bool VisitUnaryOperator(clang::UnaryOperator* unary);
  bool VisitImplicitCastExpr(clang::ImplicitCastExpr* cast);
  bool VisitReturnStmt(clang::ReturnStmt* statement);
  bool VisitCallExpr(clang::CallExpr* call);
  bool VisitCXXConstructExpr(clang::CXXConstructExpr* construct);
  bool VisitDeclRefExpr(clang::DeclRefExpr* reference);

 private:
  Target& TargetOf(const clang::ValueDecl& declaration);
  void Assign(const clang::ValueDecl& declaration, const clang::Expr* value);
  void ChangeOf(const clang::ValueDecl* declaration, const clang::Expr& place,
                const char* how);
  void FindWrites(const clang::Expr& argument, clang::QualType parameter);
  void FindObject(const clang::CallExpr& call);
  void ReadArguments(const clang::FunctionDecl& callee,
                     llvm::ArrayRef<const clang::Expr*> arguments);
  void UseStatements(const Call& call);
  void Excuse(const clang::Expr* expression) {
    excused_.insert(expression->IgnoreParenCasts());
  }

  clang::ASTContext& context_;
  const clang::SourceManager& sources_;
  Uses& uses_;
  const clang::FunctionDecl* function_ = nullptr;  // Named.
  const clang::FunctionDecl* callable_ = nullptr;  // Or a lambda's.
  // References that were judged with what they stand in.
  llvm::DenseSet<const clang::Expr*> excused_;
  llvm::DenseSet<const clang::VarDecl*> loop_variables_;
  llvm::DenseSet<const clang::Expr*> seen_;
};

Target& Finder::TargetOf(const clang::ValueDecl& declaration) {
  const auto* key =
      llvm::cast<clang::ValueDecl>(declaration.getCanonicalDecl());
  const auto [entry, is_new] = uses_.targets.try_emplace(key);
  if (is_new) {
    uses_.order.push_back(key);
  }
  return entry->second;
}

void Finder::Assign(const clang::ValueDecl& declaration,
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
    assignments.push_back({value, function_});
  }
}

void Finder::ChangeOf(const clang::ValueDecl* declaration,
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

bool Finder::TraverseDecl(clang::Decl* declaration) {
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
  if (function != nullptr) {
    callable_ = function;
    const auto* method = dyn_cast<clang::CXXMethodDecl>(function);
    if (method == nullptr || !method->getParent()->isLambda()) {
      function_ = function;
    }
  }
  const bool goes_on = RecursiveASTVisitor::TraverseDecl(declaration);
  function_ = function_before;
  callable_ = callable_before;
  return goes_on;
}

bool Finder::TraverseLambdaExpr(clang::LambdaExpr* lambda) {
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
bool Finder::TraverseInitListExpr(clang::InitListExpr* list) {
  if (!list->isSemanticForm() && list->getSemanticForm() != nullptr) {
    list = list->getSemanticForm();
  }
  VisitInitListExpr(list);
  for (clang::Stmt* child : list->children()) {
    TraverseStmt(child);
  }
  return true;
}

bool Finder::VisitFunctionDecl(clang::FunctionDecl* function) {
  if (function->isThisDeclarationADefinition()) {
    uses_.definitions.push_back(function);
    uses_.is_engine |= function->getIdentifier() != nullptr &&
                       function->getName() == "sqlite3_prepare_v2";
  }
  return true;
}

bool Finder::VisitCXXConstructorDecl(clang::CXXConstructorDecl* constructor) {
  for (const clang::CXXCtorInitializer* each : constructor->inits()) {
    if (each->isMemberInitializer() &&
        HoldsText(each->getMember()->getType())) {
      Assign(*each->getMember(), each->getInit());
    }
  }
  return true;
}

bool Finder::VisitVarDecl(clang::VarDecl* variable) {
  const clang::Expr* value = variable->getInit();
  if (value == nullptr || llvm::isa<clang::ParmVarDecl>(variable)) {
    return true;
  }
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

bool Finder::VisitFieldDecl(clang::FieldDecl* field) {
  if (field->hasInClassInitializer() && HoldsText(field->getType())) {
    Assign(*field, field->getInClassInitializer());
  }
  return true;
}

bool Finder::VisitCXXForRangeStmt(clang::CXXForRangeStmt* loop) {
  const clang::VarDecl* variable = loop->getLoopVariable();
  if (variable != nullptr && HoldsText(variable->getType())) {
    loop_variables_.insert(variable);
    Assign(*variable, loop->getRangeInit());
  }
  return true;
}

bool Finder::VisitInitListExpr(clang::InitListExpr* list) {
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

bool Finder::VisitBinaryOperator(clang::BinaryOperator* binary) {
  const bool null_check = binary->isComparisonOp();
  for (const clang::Expr* side : {binary->getLHS(), binary->getRHS()}) {
    if (null_check && StatementVariable(side) != nullptr) {
      Excuse(side);
    }
  }
  if (!binary->isAssignmentOp()) {
    return true;
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

bool Finder::VisitUnaryOperator(clang::UnaryOperator* unary) {
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

bool Finder::VisitImplicitCastExpr(clang::ImplicitCastExpr* cast) {
  if (cast->getCastKind() == clang::CK_PointerToBoolean &&
      StatementVariable(cast->getSubExpr()) != nullptr) {
    Excuse(cast->getSubExpr());
  }
  return true;
}

bool Finder::VisitReturnStmt(clang::ReturnStmt* statement) {
  const clang::Expr* value = statement->getRetValue();
  if (value != nullptr && callable_ != nullptr && !IsOfTemplate(*value) &&
      HoldsText(callable_->getReturnType())) {
    uses_.returns.push_back({callable_, value});
  }
  return true;
}

// Whether what is given to a parameter or variable of the type may be changed
// through it.
void Finder::FindWrites(const clang::Expr& argument,
                        clang::QualType parameter) {
  if (parameter->isLValueReferenceType()) {
    if (!parameter->getPointeeType().isConstQualified()) {
      ChangeOf(FindTarget(&argument), argument, "handed on to be changed");
    }
    return;
  }
  if (!parameter->isPointerType() ||
      parameter->getPointeeType().isConstQualified()) {
    return;
  }
  // Characters behind a pointer are a literal's, or are seen where it is set.
  const clang::ValueDecl* target = FindTarget(&argument);
  if (target != nullptr && target->getType()->isArrayType() &&
      IsText(target->getType())) {
    ChangeOf(target, argument, "handed on to be changed");
  }
}

void Finder::ReadArguments(const clang::FunctionDecl& callee,
                           llvm::ArrayRef<const clang::Expr*> arguments) {
  if (IsMove(callee)) {
    return;
  }
  for (unsigned i = 0;
       i < std::min<std::size_t>(arguments.size(), callee.getNumParams());
       ++i) {
    FindWrites(*arguments[i], callee.getParamDecl(i)->getType());
  }
}

void Finder::FindObject(const clang::CallExpr& call) {
  const auto* method =
      dyn_cast_or_null<clang::CXXMethodDecl>(call.getDirectCallee());
  if (method == nullptr || method->isStatic()) {
    return;
  }
  const clang::Expr* object = nullptr;
  if (const auto* member = dyn_cast<clang::CXXMemberCallExpr>(&call)) {
    object = member->getImplicitObjectArgument();
  } else if (const auto* with_operator =
                 dyn_cast<clang::CXXOperatorCallExpr>(&call)) {
    object = call.getArg(0);
    if (with_operator->getOperator() == clang::OO_Equal) {
      if (const clang::ValueDecl* target = FindTarget(object)) {
        Assign(*target, call.getArg(1));
      }
      return;
    }
  }
  if (object != nullptr && !IsReader(*method)) {
    ChangeOf(FindTarget(object), call, "changed after it is set");
  }
}

void Finder::UseStatements(const Call& call) {
  const llvm::StringRef name(call.name);
  if (!name.starts_with("sqlite3_")) {
    return;
  }
  if (const clang::VarDecl* prepared = PreparedVariable(call)) {
    const clang::Expr* address = call.arguments[name.ends_with("v3") ? 4 : 3];
    Excuse(address);
    Excuse(AddressedBy(address));
    ++uses_.statements[prepared].prepared;
  }
  if (name.starts_with("sqlite3_prepare") && call.arguments.size() > 3) {
    // The rest of the text is SQL as well.
    if (const clang::Expr* tail = AddressedBy(call.arguments.back())) {
      Excuse(call.arguments.back());
      if (const clang::ValueDecl* target = FindTarget(tail)) {
        Assign(*target, call.arguments[1]);
      }
    }
  }
  const clang::VarDecl* used = call.arguments.empty()
                                   ? nullptr
                                   : StatementVariable(call.arguments.front());
  if (used == nullptr || name == "sqlite3_transfer_bindings") {
    return;
  }
  Excuse(call.arguments.front());
  if (!name.starts_with("sqlite3_bind_") ||
      name.starts_with("sqlite3_bind_parameter_") ||
      call.arguments.size() < 2) {
    return;
  }
  Statement& statement = uses_.statements[used];
  const clang::Expr* index = call.arguments[1];
  clang::Expr::EvalResult value;
  if (!index->isValueDependent() && index->EvaluateAsInt(value, context_) &&
      value.Val.getInt().isNonNegative() &&
      value.Val.getInt().getActiveBits() < 32) {
    statement.highest =
        std::max(statement.highest,
                 static_cast<std::uint32_t>(value.Val.getInt().getZExtValue()));
  } else {
    statement.complete = false;
  }
}

bool Finder::VisitCallExpr(clang::CallExpr* call) {
  if (IsOfTemplate(*call) || !seen_.insert(call).second) {
    return true;
  }
  Call found;
  found.expression = call;
  found.callee = call->getDirectCallee();
  found.function = function_;
  Excuse(call->getCallee());
  llvm::ArrayRef<clang::Expr*> arguments(call->getArgs(), call->getNumArgs());
  const auto* method = dyn_cast_or_null<clang::CXXMethodDecl>(found.callee);
  if (llvm::isa<clang::CXXOperatorCallExpr>(call) && method != nullptr &&
      !method->isStatic()) {
    arguments = arguments.drop_front();
  }
  found.arguments.assign(arguments.begin(), arguments.end());
  if (found.callee != nullptr) {
    found.name = found.callee->getQualifiedNameAsString();
    FindObject(*call);
    ReadArguments(*found.callee, found.arguments);
  } else if (const auto* member = dyn_cast<clang::MemberExpr>(
                 call->getCallee()->IgnoreParenImpCasts())) {
    // As the extensions of SQLite call it.
    const auto* field = dyn_cast<clang::FieldDecl>(member->getMemberDecl());
    if (field != nullptr &&
        field->getParent()->getName() == "sqlite3_api_routines") {
      found.name = "sqlite3_" + field->getNameAsString();
    }
  }
  UseStatements(found);
  uses_.calls.push_back(std::move(found));
  return true;
}

bool Finder::VisitCXXConstructExpr(clang::CXXConstructExpr* construct) {
  if (IsOfTemplate(*construct) || !seen_.insert(construct).second) {
    return true;
  }
  Call found;
  found.expression = construct;
  found.callee = construct->getConstructor();
  found.name = found.callee->getQualifiedNameAsString();
  found.function = function_;
  for (const clang::Expr* argument : construct->arguments()) {
    found.arguments.push_back(argument);
  }
  ReadArguments(*found.callee, found.arguments);
  uses_.calls.push_back(std::move(found));
  return true;
}

bool Finder::VisitDeclRefExpr(clang::DeclRefExpr* reference) {
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

}  // namespace

const Target* Uses::Find(const clang::ValueDecl& declaration) const {
  const auto found = targets.find(
      llvm::cast<clang::ValueDecl>(declaration.getCanonicalDecl()));
  return found == targets.end() ? nullptr : &found->second;
}

const clang::VarDecl* PreparedVariable(const Call& call) {
  const llvm::StringRef name(call.name);
  if (!name.starts_with("sqlite3_prepare")) {
    return nullptr;
  }
  const std::size_t index = name.ends_with("v3") ? 4 : 3;
  const clang::Expr* variable = index < call.arguments.size()
                                    ? AddressedBy(call.arguments[index])
                                    : nullptr;
  return variable == nullptr ? nullptr : StatementVariable(variable);
}

Uses FindUses(clang::ASTContext& context) {
  Uses uses;
  Finder(context, uses).TraverseDecl(context.getTranslationUnitDecl());
  return uses;
}

}  // namespace palindrome::tooling
