// Diagnostics and the emitter that collects them.
//
// A phase makes a `Diagnostic` from a text that stands beside the one place
// that emits it, and hands it to the `Emitter`, which keeps it; nothing is
// printed before `Finish`. An emitter belongs to one thread; phases that run on
// several return their diagnostics as values. The fixes of a diagnostic are
// made where it is made, and are the only ones: `check --fix`, the machine
// formats and the editor show the same.
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
#include "compiler/diagnostics/meant.h"
#include "compiler/source/source.h"

namespace palindrome::diagnostics {

struct Note {
  source::Location location;
  std::string message;
};

// Puts `text` where `location` is.
struct Edit {
  source::Location location;
  std::string text;
};

struct Fix {
  std::string title;  // As a command, in lower case: "remove the `ALLOW`".
  std::vector<Edit> edits;
  // It keeps what the text means, or is plainly what was meant, so that
  // `check --fix` may make it. Else it is offered, for a person to choose.
  bool mechanical = false;
};

struct Diagnostic {
  Kind kind = Kind::kSyntaxError;
  Severity severity = Severity::kError;
  source::Location location;
  std::string message;
  std::vector<Note> notes = {};
  // The rule that found it, where another one reports it as its own; an ALLOW
  // of the rule lets it pass.
  std::optional<Kind> found_by = std::nullopt;
  std::vector<Fix> fixes = {};  // The best first.
  // What it is about, where others may be about the same or follow from it: a
  // name that is not known, a key, a row. Empty: it is alone.
  std::string subject = {};

  Diagnostic& With(source::Location where, std::string text) {
    notes.push_back({where, std::move(text)});
    return *this;
  }
  Diagnostic& Mended(Fix fix) {
    fixes.push_back(std::move(fix));
    return *this;
  }
  Diagnostic& Mended(std::optional<Fix> fix) {
    return fix ? Mended(std::move(*fix)) : *this;
  }
  // What was found is missing if it is a name; with the fix that writes what
  // was meant, where its place can be told.
  Diagnostic& Mended(const Meant& meant);
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
  Diagnostic diagnostic = {text.kind, Info(text.kind).severity, location,
                           llvm::formatv(text.format.data(), args...).str()};
  // What is said to be meant has its fix.
  [[maybe_unused]] const auto mend = [&diagnostic](const auto& arg) {
    if constexpr (std::is_same_v<std::decay_t<decltype(arg)>, Meant>) {
      diagnostic.Mended(arg);
    }
  };
  (mend(args), ...);
  return diagnostic;
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

}  // namespace palindrome::diagnostics

#endif  // PALINDROME_COMPILER_DIAGNOSTICS_EMITTER_H_
