// Inside models: the marks of a struct or field by their kinds.
//
// Pure functions of values but for the emitter; one thread.
#ifndef PALINDROME_COMPILER_MODELS_MARKS_H_
#define PALINDROME_COMPILER_MODELS_MARKS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/emitter.h"
#include "compiler/facts/unit.h"
#include "compiler/models/models.h"

namespace palindrome::models {

enum class MarkKind : std::uint8_t {
#define PALINDROME_MODEL_MARK(Kind, ...) Kind,
#include "compiler/models/marks.def"
};

// A unit and how its places are found.
struct Source {
  const facts::Unit& unit;
  const Locate& locate;

  source::Location At(facts::Place place) const {
    return locate(unit.files[place.file].path, {place.begin, place.end});
  }
};

// "PALINDROME_TABLE".
std::string MacroOf(MarkKind kind);

// Reports those that stand where they say nothing.
void ReportStrayMarks(const std::vector<facts::Unit>& units,
                      const Locate& locate, diagnostics::Emitter& emitter);

// Reports marks that stand in the wrong place, too often, or with the wrong
// number of arguments, and leaves them out.
class Marks {
 public:
  Marks(const std::vector<facts::Mark>& marks, bool of_struct,
        const Source& source, diagnostics::Emitter& emitter);

  const facts::Mark* Find(MarkKind kind) const;
  std::vector<const facts::Mark*> FindAll(MarkKind kind) const;
  bool Has(MarkKind kind) const { return Find(kind) != nullptr; }

 private:
  struct Known {
    MarkKind kind;
    const facts::Mark* mark;
  };
  std::vector<Known> known_;
};

// Whether the text can stand in a statement without reaching out of its place:
// whole tokens, closed parentheses, no comment, no parameter and no `;`.
// Reports what is wrong.
bool CheckFragment(const facts::Text& text, const Source& source,
                   diagnostics::Emitter& emitter);
// Whether it can be the name of something.
bool CheckName(const facts::Text& text, const Source& source,
               diagnostics::Emitter& emitter);
// Both, of every argument that becomes SQL as it is.
bool CheckArguments(const Marks& marks, const Source& source,
                    diagnostics::Emitter& emitter);

}  // namespace palindrome::models

#endif  // PALINDROME_COMPILER_MODELS_MARKS_H_
