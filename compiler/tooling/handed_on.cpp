#include "compiler/tooling/handed_on.h"

#include <algorithm>
#include <set>

#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/StringSwitch.h"

#include "compiler/tooling/slots.h"
#include "compiler/tooling/text_target.h"

namespace palindrome::tooling {
namespace {

using llvm::dyn_cast;

// Places, allocators and keys stand before what is handed on.
constexpr std::size_t kMostBefore = 2;

bool IsMaker(const clang::FunctionDecl& function) {
  const auto* method = dyn_cast<clang::CXXMethodDecl>(&function);
  if (!(method == nullptr ? function.isInStdNamespace()
                          : method->getParent()->isInStdNamespace())) {
    return false;
  }
  if (llvm::isa<clang::CXXConstructorDecl>(function)) {
    const clang::CXXRecordDecl& type = *method->getParent();
    return type.getIdentifier() != nullptr &&
           llvm::StringSwitch<bool>(type.getName())
               .Cases("optional", "variant", "any", "pair", "tuple", true)
               .Default(false);
  }
  return function.getIdentifier() != nullptr &&
         llvm::StringSwitch<bool>(function.getName())
             .Cases("make_unique", "make_shared", "allocate_shared", true)
             .Cases("make_optional", "construct_at", true)
             .Cases("emplace", "emplace_back", "emplace_front", true)
             .Cases("emplace_hint", "emplace_after", "try_emplace", true)
             .Default(false);
}

void AddTypes(const clang::TemplateArgument& argument,
              std::vector<const clang::CXXRecordDecl*>& types) {
  if (argument.getKind() == clang::TemplateArgument::Pack) {
    for (const clang::TemplateArgument& each : argument.pack_elements()) {
      AddTypes(each, types);
    }
  } else if (argument.getKind() == clang::TemplateArgument::Type) {
    const clang::QualType type = argument.getAsType().getNonReferenceType();
    const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
    if (record != nullptr && !record->isInStdNamespace() &&
        record->hasDefinition()) {
      types.push_back(record->getDefinition());
    }
  }
}

// What may be made: classes that the function, or the container that it is of,
// is a template of.
std::vector<const clang::CXXRecordDecl*> Types(
    const clang::FunctionDecl& function) {
  std::vector<const clang::CXXRecordDecl*> types;
  const auto add = [&](llvm::ArrayRef<clang::TemplateArgument> arguments) {
    for (const clang::TemplateArgument& each : arguments) {
      AddTypes(each, types);
    }
  };
  const auto* method = dyn_cast<clang::CXXMethodDecl>(&function);
  const auto* container =
      method == nullptr ? nullptr
                        : dyn_cast<clang::ClassTemplateSpecializationDecl>(
                              method->getParent());
  if (container != nullptr) {
    add(container->getTemplateArgs().asArray());
  }
  if (const auto* own = function.getTemplateSpecializationArgs();
      own != nullptr && own->size() > 0 &&
      (container == nullptr ||
       llvm::isa<clang::CXXConstructorDecl>(function))) {
    // Of `make_unique<T, Arguments...>` the first alone is made.
    add(own->asArray().take_front(container == nullptr ? 1 : own->size()));
  }
  return types;
}

std::vector<const clang::CXXConstructorDecl*> Constructors(
    const clang::CXXRecordDecl& record) {
  std::vector<const clang::CXXConstructorDecl*> found;
  const auto add = [&](const clang::Decl* declaration) {
    if (const auto* one = dyn_cast<clang::CXXConstructorDecl>(declaration)) {
      found.push_back(&Inherited(*one));
    } else if (const auto* shadow =
                   dyn_cast<clang::ConstructorUsingShadowDecl>(declaration)) {
      const auto* target =
          dyn_cast<clang::CXXConstructorDecl>(shadow->getTargetDecl());
      if (target != nullptr) {
        found.push_back(&Inherited(*target));
      }
    }
  };
  for (const clang::Decl* each : record.decls()) {
    add(each);
    if (const auto* several = dyn_cast<clang::FunctionTemplateDecl>(each)) {
      for (const clang::FunctionDecl* made : several->specializations()) {
        add(made);
      }
    }
  }
  return found;
}

// Whether these arguments are what the constructor takes, as far as text goes.
bool Fits(const clang::CXXConstructorDecl& constructor,
          llvm::ArrayRef<const clang::Expr*> arguments) {
  if (constructor.isCopyOrMoveConstructor() ||
      arguments.size() < constructor.getMinRequiredArguments() ||
      arguments.size() > constructor.getNumParams()) {
    return false;
  }
  bool has_text = false;
  for (unsigned i = 0; i < arguments.size(); ++i) {
    const bool is_text =
        HoldsText(arguments[i]->IgnoreParenImpCasts()->getType());
    if (is_text && !HoldsText(constructor.getParamDecl(i)->getType())) {
      return false;
    }
    has_text |= is_text;
  }
  return has_text;
}

}  // namespace

std::vector<HandedOn> FindHandedOn(const Call& call) {
  std::vector<HandedOn> found;
  if (call.callee == nullptr || !IsMaker(*call.callee)) {
    return found;
  }
  const llvm::ArrayRef<const clang::Expr*> all(call.arguments);
  for (const clang::CXXRecordDecl* type : Types(*call.callee)) {
    std::set<const clang::CXXConstructorDecl*> seen;
    for (const clang::CXXConstructorDecl* each : Constructors(*type)) {
      if (!seen.insert(each).second) {
        continue;
      }
      for (std::size_t before = 0; before <= std::min(kMostBefore, all.size());
           ++before) {
        const auto arguments = all.drop_front(before);
        if (Fits(*each, arguments)) {
          found.push_back({each, arguments.vec()});
          break;
        }
      }
    }
  }
  return found;
}

}  // namespace palindrome::tooling
