#include "compiler/tooling/field_type.h"

#include <optional>
#include <string>
#include <utility>

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/PrettyPrinter.h"
#include "llvm/ADT/SmallString.h"

namespace palindrome::tooling {
namespace {

using clang::QualType;
using facts::FieldType;
using facts::ValueKind;

constexpr unsigned kWidestInteger = 64;

// `std::chrono::time_point`, without the inline namespaces of a library; empty
// if it is not of the standard library.
std::string StandardName(const clang::CXXRecordDecl& record) {
  std::string name = record.getNameAsString();
  const clang::DeclContext* scope = record.getDeclContext();
  for (; scope != nullptr && !scope->isTranslationUnit();
       scope = scope->getParent()) {
    const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(scope);
    if (space == nullptr) {
      return "";
    }
    if (!space->isInline()) {
      name = space->getNameAsString() + "::" + name;
    }
  }
  return llvm::StringRef(name).starts_with("std::") ? name : "";
}

// A type that is an argument of the template; null: there is none.
QualType Argument(const clang::CXXRecordDecl& record, unsigned index) {
  const auto* specialization =
      llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  if (specialization == nullptr ||
      specialization->getTemplateArgs().size() <= index) {
    return {};
  }
  const clang::TemplateArgument& argument =
      specialization->getTemplateArgs()[index];
  return argument.getKind() == clang::TemplateArgument::Type
             ? argument.getAsType()
             : QualType();
}

// The same, as it is written: the alias that it may be.
QualType WrittenArgument(QualType type, const clang::CXXRecordDecl& record) {
  const QualType argument = Argument(record, 0);
  const auto* written = type->getAs<clang::TemplateSpecializationType>();
  if (written == nullptr || written->isTypeAlias() ||
      written->template_arguments().empty()) {
    return argument;
  }
  const clang::TemplateArgument& first = written->template_arguments().front();
  const bool is_same =
      first.getKind() == clang::TemplateArgument::Type &&
      first.getAsType().getCanonicalType() == argument.getCanonicalType();
  return is_same ? first.getAsType() : argument;
}

bool IsCharacter(QualType type) {
  return !type.isNull() && (type->isCharType() || type->isChar8Type());
}

bool IsByte(QualType type) {
  if (type.isNull()) {
    return false;
  }
  const auto* builtin = type.getCanonicalType()->getAs<clang::BuiltinType>();
  return type->isStdByteType() ||
         (builtin != nullptr &&
          builtin->getKind() == clang::BuiltinType::UChar);
}

// Of a type that is no enum and declares nothing.
ValueKind KindOf(QualType type, const clang::ASTContext& context) {
  if (type->isBooleanType()) {
    return ValueKind::kBoolean;
  }
  if (type->isBuiltinType() && type->isIntegerType()) {
    return context.getTypeSize(type) <= kWidestInteger ? ValueKind::kInteger
                                                       : ValueKind::kUnknown;
  }
  if (type->isSpecificBuiltinType(clang::BuiltinType::Float) ||
      type->isSpecificBuiltinType(clang::BuiltinType::Double) ||
      type->isSpecificBuiltinType(clang::BuiltinType::LongDouble)) {
    return ValueKind::kReal;
  }
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  if (record == nullptr) {
    return ValueKind::kUnknown;
  }
  const std::string name = StandardName(*record);
  const QualType argument = Argument(*record, 0);
  if (name == "std::basic_string" || name == "std::basic_string_view") {
    return IsCharacter(argument) ? ValueKind::kText : ValueKind::kUnknown;
  }
  if (name == "std::vector" || name == "std::array") {
    return IsByte(argument) ? ValueKind::kBlob : ValueKind::kUnknown;
  }
  return name == "std::chrono::time_point" ? ValueKind::kTime
                                           : ValueKind::kUnknown;
}

void ReadEnumerators(const clang::EnumDecl& declaration,
                     const MarkReader& marks, FieldType& type) {
  for (const clang::EnumConstantDecl* each : declaration.enumerators()) {
    llvm::SmallString<24> value;
    each->getInitVal().toString(value, 10);
    type.enumerators.push_back({each->getNameAsString(), value.str().str(),
                                marks.ReadOne(*each, "value")});
  }
}

// What an alias, class or enum on the way to the type is declared to map to.
std::optional<facts::Text> FindMapping(QualType type, const MarkReader& marks) {
  QualType alias = type;
  while (const auto* sugar = alias->getAs<clang::TypedefType>()) {
    if (auto text = marks.ReadOne(*sugar->getDecl(), "maps_to")) {
      return text;
    }
    alias = sugar->getDecl()->getUnderlyingType();
  }
  if (const clang::TagDecl* tag = type->getAsTagDecl()) {
    if (auto text = marks.ReadOne(*tag, "maps_to")) {
      return text;
    }
    if (const auto* specialization =
            llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(tag)) {
      return marks.ReadOne(
          *specialization->getSpecializedTemplate()->getTemplatedDecl(),
          "maps_to");
    }
  }
  return std::nullopt;
}

}  // namespace

FieldType ReadFieldType(const clang::FieldDecl& field,
                        const MarkReader& marks) {
  FieldType result;
  QualType type = field.getType();
  clang::PrintingPolicy policy(marks.context().getLangOpts());
  policy.FullyQualifiedName = 1;
  result.spelling = type.getUnqualifiedType().getAsString(policy);
  result.maps_to = FindMapping(type, marks);
  if (!result.maps_to) {
    const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
    if (record != nullptr && StandardName(*record) == "std::optional" &&
        !Argument(*record, 0).isNull()) {
      result.is_optional = true;
      type = WrittenArgument(type, *record);
      result.maps_to = FindMapping(type, marks);
    }
  }
  if (const auto* enumeration =
          type.getCanonicalType()->getAs<clang::EnumType>()) {
    ReadEnumerators(*enumeration->getDecl(), marks, result);
    result.kind = result.enumerators.empty() ? ValueKind::kInteger
                                             : ValueKind::kEnumerator;
  } else {
    result.kind = KindOf(type.getCanonicalType(), marks.context());
  }
  if (result.maps_to && result.kind != ValueKind::kEnumerator) {
    result.kind = ValueKind::kDeclared;
  }
  return result;
}

}  // namespace palindrome::tooling
