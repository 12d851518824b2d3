#include "compiler/tooling/slots.h"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Index/USRGeneration.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/JSON.h"

namespace palindrome::tooling {
namespace {

constexpr llvm::StringLiteral kMark("palindrome::query");
// `annotate` is for declarations alone.
constexpr llvm::StringLiteral kUnchecked("palindrome::unchecked");

std::optional<std::string> ReasonOf(const clang::Attr& attribute) {
  const auto* mark = llvm::dyn_cast<clang::SuppressAttr>(&attribute);
  if (mark == nullptr || mark->diagnosticIdentifiers_size() != 2 ||
      *mark->diagnosticIdentifiers_begin() != kUnchecked) {
    return std::nullopt;
  }
  const std::string reason =
      llvm::json::fixUTF8(mark->diagnosticIdentifiers_begin()[1]);
  return reason.empty() ? "without a reason" : reason;
}

const clang::CXXRecordDecl* StandardRecord(clang::QualType type) {
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  return record != nullptr && record->isInStdNamespace() &&
                 record->getIdentifier() != nullptr
             ? record
             : nullptr;
}

bool IsMarked(const clang::Decl& declaration) {
  return llvm::any_of(declaration.redecls(), [](const clang::Decl* each) {
    return llvm::any_of(each->specific_attrs<clang::AnnotateAttr>(),
                        [](const clang::AnnotateAttr* attribute) {
                          return attribute->getAnnotation() == kMark;
                        });
  });
}

std::optional<SqlParameter> FirstText(const clang::FunctionDecl& function) {
  for (unsigned i = 0; i < function.getNumParams(); ++i) {
    if (IsText(function.getParamDecl(i)->getType())) {
      return SqlParameter{i, facts::Sink::kSqlite};
    }
  }
  return std::nullopt;
}

std::optional<SqlParameter> FindMarked(const clang::FunctionDecl& function) {
  // A parameter's marks stay with its own declaration.
  for (const clang::FunctionDecl* each : function.redecls()) {
    for (unsigned i = 0; i < each->getNumParams(); ++i) {
      if (IsMarked(*each->getParamDecl(i))) {
        return SqlParameter{i, facts::Sink::kSqlite};
      }
    }
  }
  return IsMarked(function) ? FirstText(function) : std::nullopt;
}

std::optional<SqlParameter> FindNamed(const clang::FunctionDecl& function,
                                      const ParseOptions& options) {
  if (options.query_functions.empty()) {
    return std::nullopt;
  }
  const std::string name = function.getQualifiedNameAsString();
  for (const std::string& each : options.query_functions) {
    const llvm::StringRef wanted(each);
    if (wanted == name) {
      return FirstText(function);
    }
    const auto [prefix, number] = wanted.rsplit(':');
    unsigned index = 0;
    if (prefix == name && !number.getAsInteger(10, index) && index > 0 &&
        index <= function.getNumParams()) {
      return SqlParameter{index - 1, facts::Sink::kSqlite};
    }
  }
  return std::nullopt;
}

}  // namespace

bool IsText(clang::QualType type) {
  if (type.isNull()) {
    return false;
  }
  type = type.getNonReferenceType();
  const clang::QualType element =
      type->isPointerType() ? type->getPointeeType()
      : type->isConstantArrayType()
          ? clang::QualType(type->getArrayElementTypeNoTypeQual(), 0)
      : type->isIncompleteArrayType()
          ? clang::QualType(type->getArrayElementTypeNoTypeQual(), 0)
          : clang::QualType();
  if (!element.isNull()) {
    return element->isAnyCharacterType();
  }
  const clang::CXXRecordDecl* record = StandardRecord(type);
  return record != nullptr && (record->getName() == "basic_string" ||
                               record->getName() == "basic_string_view");
}

bool HoldsText(clang::QualType type) {
  if (IsText(type)) {
    return true;
  }
  if (type.isNull()) {
    return false;
  }
  type = type.getNonReferenceType();
  if (type->isArrayType()) {
    return HoldsText(clang::QualType(type->getArrayElementTypeNoTypeQual(), 0));
  }
  const clang::CXXRecordDecl* record = StandardRecord(type);
  const auto* list =
      llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(record);
  return list != nullptr &&
         llvm::StringSwitch<bool>(list->getName())
             .Cases("array", "vector", "initializer_list", true)
             .Default(false) &&
         list->getTemplateArgs().size() > 0 &&
         list->getTemplateArgs()[0].getKind() ==
             clang::TemplateArgument::Type &&
         IsText(list->getTemplateArgs()[0].getAsType());
}

// With its file where two units may mean two things by one name.
std::string Slots::Name(const clang::Decl& declaration, bool is_local) const {
  llvm::SmallString<128> name;
  clang::index::generateUSRForDecl(declaration.getCanonicalDecl(), name);
  if (!is_local) {
    return name.str().str();
  }
  const facts::Place place = files_.PlaceOf(
      context_.getSourceManager().getExpansionLoc(declaration.getLocation()));
  return name.str().str() + "@" + files_.files()[place.file].path + ":" +
         std::to_string(place.begin);
}

std::string Slots::Parameter(const clang::FunctionDecl& function,
                             unsigned index) const {
  return Name(*function.getCanonicalDecl(), !function.isExternallyVisible()) +
         "#" + std::to_string(index);
}

std::string Slots::Result(const clang::FunctionDecl& function) const {
  return Name(*function.getCanonicalDecl(), !function.isExternallyVisible()) +
         "#result";
}

std::string Slots::Variable(const clang::VarDecl& variable) const {
  return Name(*variable.getCanonicalDecl(), !variable.isExternallyVisible());
}

std::string Slots::Field(const clang::FieldDecl& field) const {
  return Name(field, /*is_local=*/true);
}

std::optional<std::string> FindUnchecked(const clang::Decl& declaration) {
  for (const clang::Decl* each : declaration.redecls()) {
    for (const clang::Attr* attribute : each->attrs()) {
      if (auto reason = ReasonOf(*attribute)) {
        return reason;
      }
    }
  }
  return std::nullopt;
}

std::optional<std::string> FindUnchecked(
    const clang::AttributedStmt& statement) {
  for (const clang::Attr* attribute : statement.getAttrs()) {
    if (auto reason = ReasonOf(*attribute)) {
      return reason;
    }
  }
  return std::nullopt;
}

std::optional<SqlParameter> FindEngineParameter(llvm::StringRef name) {
  using facts::Sink;
  return llvm::StringSwitch<std::optional<SqlParameter>>(name)
      .Cases("sqlite3_prepare", "sqlite3_prepare_v2", "sqlite3_prepare_v3",
             "sqlite3_exec", "sqlite3_get_table",
             SqlParameter{1, Sink::kSqlite})
      .Cases("sqlite3_prepare16", "sqlite3_prepare16_v2",
             "sqlite3_prepare16_v3", SqlParameter{1, Sink::kSqlite16})
      .Cases("PQexec", "PQexecParams", "PQsendQuery", "PQsendQueryParams",
             SqlParameter{1, Sink::kPostgres})
      .Cases("PQprepare", "PQsendPrepare", SqlParameter{2, Sink::kPostgres})
      .Default(std::nullopt);
}

std::optional<SqlParameter> FindSqlParameter(
    const clang::FunctionDecl& function, const ParseOptions& options) {
  if (const clang::IdentifierInfo* name = function.getIdentifier();
      name != nullptr &&
      function.getDeclContext()->getRedeclContext()->isTranslationUnit()) {
    if (const auto found = FindEngineParameter(name->getName());
        found && found->index < function.getNumParams()) {
      return found;
    }
  }
  if (const auto marked = FindMarked(function)) {
    return marked;
  }
  return FindNamed(function, options);
}

}  // namespace palindrome::tooling
