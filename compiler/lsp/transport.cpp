#include "compiler/lsp/transport.h"

#include <optional>

#include "llvm/Support/FormatVariadic.h"

namespace palindrome::lsp {
namespace {

constexpr std::size_t kLongestMessage = 64U << 20U;
constexpr std::size_t kLongestHeaderLine = 4096;

// A line of the header without its end. No value: it does not end.
std::optional<std::string> ReadLine(std::istream& in) {
  std::string line;
  for (int byte = in.get(); byte != std::istream::traits_type::eof();
       byte = in.get()) {
    if (byte == '\n') {
      if (!line.empty() && line.back() == '\r') {
        line.pop_back();
      }
      return line;
    }
    if (line.size() == kLongestHeaderLine) {
      return std::nullopt;
    }
    line += static_cast<char>(byte);
  }
  return std::nullopt;
}

// The length that the header tells. No value: none, or nonsense.
std::optional<std::size_t> ReadHeader(std::istream& in) {
  std::optional<std::size_t> length;
  for (;;) {
    const auto line = ReadLine(in);
    if (!line) {
      return std::nullopt;
    }
    if (line->empty()) {
      return length;
    }
    const auto [name, value] = llvm::StringRef(*line).split(':');
    std::size_t number = 0;
    if (name.trim().equals_insensitive("Content-Length")) {
      if (value.trim().getAsInteger(10, number) || number > kLongestMessage) {
        return std::nullopt;
      }
      length = number;
    }
  }
}

bool NestsTooDeeply(llvm::StringRef text) {
  constexpr std::size_t kDeepest = 200;
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    if (in_string) {
      at += byte == '\\' ? 1 : 0;
      in_string = byte != '"';
    } else if (byte == '"') {
      in_string = true;
    } else if (byte == '[' || byte == '{') {
      if (++depth > kDeepest) {
        return true;
      }
    } else if ((byte == ']' || byte == '}') && depth > 0) {
      --depth;
    }
  }
  return false;
}

}  // namespace

llvm::Expected<llvm::json::Value> ParseJson(llvm::StringRef text) {
  if (NestsTooDeeply(text)) {
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "the message nests too deeply");
  }
  return llvm::json::parse(text);
}

Received ReadMessage(std::istream& in, llvm::json::Value& message) {
  const auto length = ReadHeader(in);
  if (!length) {
    return Received::kEnd;
  }
  std::string text(*length, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (static_cast<std::size_t>(in.gcount()) != text.size()) {
    return Received::kEnd;
  }
  auto parsed = ParseJson(text);
  if (!parsed) {
    message = llvm::json::fixUTF8(llvm::toString(parsed.takeError()));
    return Received::kMalformed;
  }
  message = std::move(*parsed);
  return Received::kMessage;
}

void WriteMessage(const llvm::json::Value& message, llvm::raw_ostream& out) {
  const std::string text = llvm::formatv("{0}", message).str();
  out << "Content-Length: " << text.size() << "\r\n\r\n" << text;
  out.flush();
}

}  // namespace palindrome::lsp
