#include "compiler/tooling/string_constant.h"

#include "clang/Basic/TargetInfo.h"
#include "clang/Lex/Lexer.h"
#include "llvm/Support/JSON.h"

namespace palindrome::tooling {
namespace {

bool Continues(const facts::Text& text, std::uint32_t at,
               const facts::Place& byte) {
  if (text.runs.empty()) {
    return false;
  }
  const facts::Run& last = text.runs.back();
  return last.file == byte.file && last.offset + (at - last.at) == byte.begin;
}

// Some are written by Clang itself, such as the text of `__func__`.
bool IsWritten(const clang::StringLiteral& literal,
               const clang::ASTContext& context) {
  const clang::SourceManager& sources = context.getSourceManager();
  for (unsigned i = 0; i < literal.getNumConcatenated(); ++i) {
    const clang::SourceLocation location = literal.getStrTokenLoc(i);
    clang::Token token;
    if (location.isInvalid() ||
        clang::Lexer::getRawToken(sources.getSpellingLoc(location), token,
                                  sources, context.getLangOpts()) ||
        !clang::tok::isStringLiteral(token.getKind())) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::optional<facts::Text> ReadLiteral(const clang::StringLiteral& literal,
                                       const clang::ASTContext& context,
                                       const FileTable& files) {
  if (literal.getCharByteWidth() != 1) {
    return std::nullopt;
  }
  const llvm::StringRef value = literal.getString();
  if (!llvm::json::isUTF8(value)) {
    return std::nullopt;
  }
  facts::Text text;
  text.value = value.str();
  text.place = files.PlaceOf(literal.getSourceRange());
  if (!IsWritten(literal, context)) {
    return text;
  }
  unsigned token = 0;
  unsigned token_offset = 0;
  for (unsigned at = 0; at < value.size(); ++at) {
    const clang::SourceLocation location = literal.getLocationOfByte(
        at, context.getSourceManager(), context.getLangOpts(),
        context.getTargetInfo(), &token, &token_offset);
    const auto byte = files.ByteAt(location);
    if (byte && !Continues(text, at, *byte)) {
      text.runs.push_back({at, byte->file, byte->begin});
    }
  }
  return text;
}

}  // namespace palindrome::tooling
