#include "compiler/tooling/calls.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "clang/AST/DeclCXX.h"

#include "compiler/tooling/conditionals.h"
#include "compiler/tooling/handed_on.h"
#include "compiler/tooling/slots.h"
#include "compiler/tooling/text_value.h"
#include "compiler/tooling/uses.h"

namespace palindrome::tooling {
namespace {

std::string NameOf(const clang::FunctionDecl* function) {
  return function == nullptr ? "" : function->getQualifiedNameAsString();
}

class Reader {
 public:
  Reader(clang::ASTContext& context, const FileTable& files,
         const ParseOptions& options, const Uses& uses)
      : context_(context),
        files_(files),
        options_(options),
        uses_(uses),
        slots_(context, files),
        text_(context, files, slots_, uses) {}

  std::vector<facts::Source> Read();

 private:
  struct Found {
    facts::Source source;
    // Other units may hand the slot's text on.
    bool is_open = false;
  };

  bool IsOfSystem(const clang::Decl& declaration) const {
    return context_.getSourceManager().isInSystemHeader(
        declaration.getLocation());
  }
  bool IsOpen(const clang::ValueDecl& declaration) const;
  facts::Source Make(const clang::Expr& value,
                     const clang::FunctionDecl* function,
                     const std::string& unchecked) const;
  facts::Source Make(const clang::Expr& argument, const Call& call) const;
  void ReadCall(const Call& call);
  void Give(const clang::FunctionDecl& callee,
            llvm::ArrayRef<const clang::Expr*> arguments,
            const std::optional<SqlParameter>& sql, const Call& call);
  void ReadTarget(const clang::ValueDecl& declaration);
  void ReadOverrides(const clang::FunctionDecl& definition);
  void ReadAddressed(const Change& addressed);
  void Limit(const Call& call, facts::Source& source) const;

  clang::ASTContext& context_;
  const FileTable& files_;
  const ParseOptions& options_;
  const Uses& uses_;
  const Slots slots_;
  const TextReader text_;
  std::vector<Found> found_;
};

bool Reader::IsOpen(const clang::ValueDecl& declaration) const {
  if (const auto* function =
          llvm::dyn_cast<clang::FunctionDecl>(&declaration)) {
    const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(function);
    return !function->hasBody() || (method != nullptr && method->isVirtual());
  }
  if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(&declaration)) {
    return variable->isExternallyVisible();
  }
  const clang::SourceManager& sources = context_.getSourceManager();
  return !sources.isInMainFile(
      sources.getExpansionLoc(declaration.getLocation()));
}

facts::Source Reader::Make(const clang::Expr& value,
                           const clang::FunctionDecl* function,
                           const std::string& unchecked) const {
  TextValue text = text_.Read(value);
  facts::Source source;
  source.function = NameOf(function);
  source.unchecked = unchecked;
  source.place = files_.PlaceOf(value.getSourceRange());
  source.constants = std::move(text.constants);
  source.from.assign(text.from.begin(), text.from.end());
  source.dynamic = std::move(text.dynamic);
  source.fragments = std::move(text.fragments);
  return source;
}

facts::Source Reader::Make(const clang::Expr& argument,
                           const Call& call) const {
  facts::Source source = Make(argument, call.function, call.unchecked);
  source.branches = ReadBranches(call.conditionals, uses_, context_, files_);
  return source;
}

// What the arguments beside the SQL say: how long it is, and what is bound.
void Reader::Limit(const Call& call, facts::Source& source) const {
  const llvm::StringRef name(call.name);
  const auto number = [&](std::size_t index) -> std::optional<std::uint32_t> {
    clang::Expr::EvalResult value;
    if (index >= call.arguments.size() ||
        call.arguments[index]->isValueDependent() ||
        !call.arguments[index]->getType()->isIntegerType() ||
        !call.arguments[index]->EvaluateAsInt(value, context_) ||
        value.Val.getInt().isNegative() ||
        value.Val.getInt().getActiveBits() > 31) {
      return std::nullopt;
    }
    return static_cast<std::uint32_t>(value.Val.getInt().getZExtValue());
  };
  if (name.starts_with("sqlite3_prepare")) {
    if (const auto size = number(2)) {
      for (facts::Text& text : source.constants) {
        if (*size < text.value.size()) {
          text.value.resize(*size);
        }
      }
    }
    const clang::VarDecl* variable = PreparedVariable(call);
    const auto statement = variable == nullptr
                               ? uses_.statements.end()
                               : uses_.statements.find(variable);
    if (statement != uses_.statements.end() && !statement->second.lost &&
        statement->second.prepared == 1) {
      const auto& bound = statement->second.bound;
      source.binds = facts::Binds{{bound.begin(), bound.end()},
                                  statement->second.complete};
    }
  }
}

// What the callee's parameters are given, but for that of `sql`.
void Reader::Give(const clang::FunctionDecl& callee,
                  llvm::ArrayRef<const clang::Expr*> arguments,
                  const std::optional<SqlParameter>& sql, const Call& call) {
  for (unsigned i = 0;
       i < std::min<std::size_t>(callee.getNumParams(), arguments.size());
       ++i) {
    if ((sql && i == sql->index) ||
        !HoldsText(callee.getParamDecl(i)->getType())) {
      continue;
    }
    Found found;
    found.source = Make(*arguments[i], call);
    found.source.callee = NameOf(&callee);
    found.source.slot = slots_.Parameter(callee, i);
    found.is_open = IsOpen(callee);
    found_.push_back(std::move(found));
  }
}

void Reader::ReadCall(const Call& call) {
  const auto sql = call.callee != nullptr
                       ? FindSqlParameter(*call.callee, options_)
                       : FindEngineParameter(call.name);
  if (sql && sql->index < call.arguments.size()) {
    Found found;
    found.source = Make(*call.arguments[sql->index], call);
    found.source.callee = call.name;
    found.source.sink = sql->sink;
    Limit(call, found.source);
    found_.push_back(std::move(found));
  }
  if (call.callee == nullptr) {
    return;
  }
  if (!IsOfSystem(*call.callee)) {
    Give(*call.callee, call.arguments, sql, call);
    return;
  }
  for (const HandedOn& each : FindHandedOn(call)) {
    const auto own = FindSqlParameter(*each.constructor, options_);
    if (own && own->index < each.arguments.size()) {
      Found found;
      found.source = Make(*each.arguments[own->index], call);
      found.source.callee = NameOf(each.constructor);
      found.source.sink = own->sink;
      found_.push_back(std::move(found));
    }
    if (!IsOfSystem(*each.constructor)) {
      Give(*each.constructor, each.arguments, own, call);
    }
  }
}

void Reader::ReadTarget(const clang::ValueDecl& declaration) {
  const Target& target = *uses_.Find(declaration);
  const auto* variable = llvm::dyn_cast<clang::VarDecl>(&declaration);
  const auto* parameter = llvm::dyn_cast<clang::ParmVarDecl>(&declaration);
  const auto* function =
      parameter == nullptr
          ? nullptr
          : llvm::dyn_cast<clang::FunctionDecl>(parameter->getDeclContext());
  // What else a parameter is set to is read with it.
  if (parameter != nullptr
          ? function == nullptr || !target.change
          : variable != nullptr && !variable->hasExternalFormalLinkage()) {
    return;
  }
  const std::string slot =
      parameter != nullptr
          ? slots_.Parameter(*function, parameter->getFunctionScopeIndex())
      : variable != nullptr
          ? slots_.Variable(*variable)
          : slots_.Field(llvm::cast<clang::FieldDecl>(declaration));
  const auto add = [&](facts::Source source) {
    source.slot = slot;
    source.callee = declaration.getQualifiedNameAsString();
    found_.push_back({std::move(source), IsOpen(declaration)});
  };
  for (const Assignment& each : target.assignments) {
    if (parameter == nullptr) {
      add(Make(*each.value, each.function, each.unchecked));
    }
  }
  if (target.change) {
    facts::Source source;
    source.function = NameOf(target.change->function);
    source.place = files_.PlaceOf(target.change->range);
    source.dynamic = target.change->how;
    source.is_change = true;
    add(std::move(source));
  }
}

// What is given to the function that it overrides is given to it.
void Reader::ReadOverrides(const clang::FunctionDecl& definition) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&definition);
  if (method == nullptr) {
    return;
  }
  for (const clang::CXXMethodDecl* base : method->overridden_methods()) {
    for (unsigned i = 0; i < method->getNumParams(); ++i) {
      if (HoldsText(method->getParamDecl(i)->getType())) {
        Found found;
        found.source.slot = slots_.Parameter(*method, i);
        found.source.from.push_back(slots_.Parameter(*base, i));
        found.is_open = true;
        found_.push_back(std::move(found));
      }
    }
  }
}

void Reader::ReadAddressed(const Change& addressed) {
  const clang::FunctionDecl& function = *addressed.function;
  if (IsOfSystem(function) || function.isDependentContext()) {
    return;
  }
  for (unsigned i = 0; i < function.getNumParams(); ++i) {
    if (HoldsText(function.getParamDecl(i)->getType())) {
      Found found;
      found.source.slot = slots_.Parameter(function, i);
      found.source.callee = NameOf(&function);
      found.source.function = found.source.callee;
      found.source.place = files_.PlaceOf(addressed.range);
      found.source.dynamic =
          "`" + NameOf(&function) + "` is called through a pointer";
      found.is_open = IsOpen(function);
      found_.push_back(std::move(found));
    }
  }
}

std::vector<facts::Source> Reader::Read() {
  for (const Call& call : uses_.calls) {
    ReadCall(call);
  }
  for (const clang::ValueDecl* declaration : uses_.order) {
    ReadTarget(*declaration);
  }
  for (const Return& each : uses_.returns) {
    Found found;
    found.source = Make(*each.value, each.callable, each.unchecked);
    found.source.slot = slots_.Result(*each.callable);
    found.source.callee = NameOf(each.callable);
    found.is_open = each.callable->isExternallyVisible();
    found_.push_back(std::move(found));
  }
  for (const clang::FunctionDecl* definition : uses_.definitions) {
    ReadOverrides(*definition);
  }
  for (const Change& addressed : uses_.addressed) {
    ReadAddressed(addressed);
  }
  // What neither ends at an engine nor leaves the unit concerns nobody.
  std::set<std::string> needed;
  std::vector<bool> is_kept(found_.size());
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      const facts::Source& source = found_[i].source;
      if (!is_kept[i] && (source.sink != facts::Sink::kNone ||
                          found_[i].is_open || needed.contains(source.slot))) {
        is_kept[i] = changed = true;
        needed.insert(source.from.begin(), source.from.end());
      }
    }
  }
  std::vector<facts::Source> sources;
  for (std::size_t i = 0; i < found_.size(); ++i) {
    const facts::Source& source = found_[i].source;
    const bool says_something = !source.constants.empty() ||
                                !source.from.empty() || !source.dynamic.empty();
    if (is_kept[i] && says_something &&
        std::find(sources.begin(), sources.end(), source) == sources.end()) {
      sources.push_back(std::move(found_[i].source));
    }
  }
  return sources;
}

}  // namespace

void ReadCalls(clang::ASTContext& context, const FileTable& files,
               const ParseOptions& options, facts::Unit& unit) {
  const Uses uses = FindUses(context);
  if (!uses.is_engine) {
    unit.calls.sources = Reader(context, files, options, uses).Read();
  }
}

}  // namespace palindrome::tooling
