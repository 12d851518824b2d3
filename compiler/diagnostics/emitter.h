// Diagnostics and the emitter that collects them.
//
// A phase makes a `Diagnostic` from a text that stands beside the one place
// that emits it, and hands it to the `Emitter`, which keeps it; nothing is
// printed before `Finish`. An emitter belongs to one thread; phases that run on
// several return their diagnostics as values.
#ifndef PALINDROME_COMPILER_DIAGNOSTICS_EMITTER_H_
#define PALINDROME_COMPILER_DIAGNOSTICS_EMITTER_H_

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FormatVariadic.h"

#include "compiler/diagnostics/kind.h"
#include "compiler/source/source.h"

namespace palindrome::diagnostics {

struct Note {
  source::Location location;
  std::string message;
};

struct Diagnostic {
  Kind kind = Kind::kSyntaxError;
  Severity severity = Severity::kError;
  source::Location location;
  std::string message;
  std::vector<Note> notes;
  // The rule that found it, where another one reports it as its own; an ALLOW
  // of the rule lets it pass.
  std::optional<Kind> found_by = std::nullopt;

  Diagnostic& With(source::Location where, std::string text) {
    notes.push_back({where, std::move(text)});
    return *this;
  }
};

// A message with its kind; `Args` are the types of its {0}, {1}, …
template <typename... Args>
struct Text {
  Kind kind;
  llvm::StringLiteral format;
};

#define PALINDROME_TEXT(Id, KindId, Format, ...)                         \
  constexpr ::palindrome::diagnostics::Text<__VA_ARGS__> Id {            \
    ::palindrome::diagnostics::Kind::KindId, llvm::StringLiteral(Format) \
  }

template <typename... Args>
Diagnostic Make(const Text<Args...>& text, source::Location location,
                std::type_identity_t<Args>... args) {
  return {
      text.kind, Info(text.kind).severity,
      location,  llvm::formatv(text.format.data(), std::move(args)...).str(),
      {},        std::nullopt};
}

class Emitter {
 public:
  void Emit(Diagnostic diagnostic) {
    diagnostics_.push_back(std::move(diagnostic));
  }
  template <typename... Args>
  void Emit(const Text<Args...>& text, source::Location location,
            std::type_identity_t<Args>... args) {
    Emit(Make(text, location, std::move(args)...));
  }

  std::vector<Diagnostic>& diagnostics() { return diagnostics_; }
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  bool HasErrors() const;

 private:
  std::vector<Diagnostic> diagnostics_;
};

// The candidate nearest to `name` by edit distance without regard to case, if
// one is near enough to be a slip of the pen; else empty.
std::string Nearest(llvm::StringRef name,
                    const std::vector<std::string>& candidates);
// "; did you mean `…`?" or nothing.
std::string Suggestion(llvm::StringRef name,
                       const std::vector<std::string>& candidates);

}  // namespace palindrome::diagnostics

#endif  // PALINDROME_COMPILER_DIAGNOSTICS_EMITTER_H_
