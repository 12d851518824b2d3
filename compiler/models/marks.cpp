#include "compiler/models/marks.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <utility>

#include "runtime/src/printable.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::models {
namespace {

PALINDROME_TEXT(kUnknownMark, kModel,
                "`palindrome:{0}` is no mark that this Palindrome knows; its "
                "palindrome/model.h is another one",
                std::string);
PALINDROME_TEXT(kMisplaced, kModel,
                "`{0}` belongs to a {1}, and stands at a {2}", std::string,
                std::string, std::string);
PALINDROME_TEXT(kStray, kModel, "`{0}` says nothing here: it stands at {1}",
                std::string, std::string);
PALINDROME_TEXT(kTwice, kModel, "`{0}` stands there twice", std::string);
PALINDROME_TEXT(kCount, kModel,
                "`{0}` takes {1} string constants, and gets {2}", std::string,
                std::string, std::size_t);
PALINDROME_TEXT(kBadFragment, kModel, "`{0}` cannot stand in a definition: {1}",
                std::string, std::string);
PALINDROME_TEXT(kBadName, kModel,
                "a name has one byte of UTF-8 at least, and no control "
                "characters");

enum class Where : std::uint8_t { kStruct, kField, kBoth };

constexpr std::size_t kAny = std::numeric_limits<std::size_t>::max();

struct MarkInfo {
  MarkKind kind;
  std::string_view name;
  std::string_view macro;
  Where where;
  std::size_t least;
  std::size_t most;
};

constexpr std::array kInfos = {
#define PALINDROME_MODEL_MARK(Kind, Name, Macro, Place, Least, Most) \
  MarkInfo{MarkKind::Kind, Name, Macro, Where::Place, Least, Most},
#include "compiler/models/marks.def"
};

const MarkInfo* FindInfo(const std::string& name) {
  const auto found =
      std::find_if(kInfos.begin(), kInfos.end(),
                   [&](const MarkInfo& info) { return info.name == name; });
  return found == kInfos.end() ? nullptr : &*found;
}

bool MayRepeat(const MarkInfo& info) {
  return info.most > 1 || info.kind == MarkKind::kConstraint ||
         info.kind == MarkKind::kRequires || info.kind == MarkKind::kReferences;
}

// Why the tokens are none of a definition, or an empty string.
std::string FindFault(std::string_view text) {
  std::size_t depth = 0;
  bool is_empty = true;
  std::uint32_t at = 0;
  while (true) {
    const sql::Token token = sql::NextToken(text, at);
    at = token.offset + static_cast<std::uint32_t>(token.spelling.size());
    switch (token.kind) {
      case sql::TokenKind::kEnd:
        return depth > 0  ? "a parenthesis is left open"
               : is_empty ? "it is empty"
                          : "";
      case sql::TokenKind::kUnterminated:
        return "a string, name or comment is left open";
      case sql::TokenKind::kInvalid:
        return "it has a character that is none of SQL";
      case sql::TokenKind::kComment:
        return "it has a comment";
      case sql::TokenKind::kVariable:
        return "it has a parameter";
      case sql::TokenKind::kPunctuation:
        if (token.spelling == ";") {
          return "it has a `;`";
        }
        if (token.spelling == "(") {
          ++depth;
        } else if (token.spelling == ")" && depth-- == 0) {
          return "it closes a parenthesis that it does not open";
        }
        break;
      case sql::TokenKind::kWord:
      case sql::TokenKind::kQuotedName:
      case sql::TokenKind::kString:
      case sql::TokenKind::kBlob:
      case sql::TokenKind::kNumber:
        break;
    }
    is_empty = false;
  }
}

// The file and the byte of it.
std::pair<std::string, std::uint32_t> KeyOf(const facts::Unit& unit,
                                            const facts::Place& place) {
  return {unit.files[place.file].path, place.begin};
}

// "PALINDROME_TABLE", for the mark "table".
std::string MacroOf(const std::string& name) {
  const MarkInfo* info = FindInfo(name);
  return info != nullptr     ? std::string(info->macro)
         : name == "maps_to" ? "PALINDROME_MAPS_TO"
         : name == "value"   ? "PALINDROME_VALUE"
                             : "palindrome:" + Printable(name);
}

}  // namespace

std::string MacroOf(MarkKind kind) {
  return std::string(kInfos[static_cast<std::size_t>(kind)].macro);
}

Marks::Marks(const std::vector<facts::Mark>& marks, bool of_struct,
             const Source& source, diagnostics::Emitter& emitter) {
  const std::string here = of_struct ? "struct" : "field";
  for (const facts::Mark& mark : marks) {
    const source::Location place = source.At(mark.place);
    const MarkInfo* info = FindInfo(mark.name);
    if (info == nullptr) {
      // These are of types, which may be fields' and tables alike.
      if (mark.name != "maps_to") {
        emitter.Emit(kUnknownMark, place, Printable(mark.name));
      }
      continue;
    }
    const std::string macro(info->macro);
    if (info->where == (of_struct ? Where::kField : Where::kStruct)) {
      emitter.Emit(kMisplaced, place, macro, of_struct ? "field" : "struct",
                   here);
    } else if (mark.arguments.size() < info->least ||
               mark.arguments.size() > info->most) {
      emitter.Emit(kCount, place, macro,
                   info->most == kAny ? std::to_string(info->least) + " or more"
                                      : std::to_string(info->least),
                   mark.arguments.size());
    } else if (!MayRepeat(*info) && Has(info->kind)) {
      emitter.Emit(kTwice, place, macro);
    } else {
      known_.push_back({info->kind, &mark});
    }
  }
}

const facts::Mark* Marks::Find(MarkKind kind) const {
  for (const Known& known : known_) {
    if (known.kind == kind) {
      return known.mark;
    }
  }
  return nullptr;
}

std::vector<const facts::Mark*> Marks::FindAll(MarkKind kind) const {
  std::vector<const facts::Mark*> found;
  for (const Known& known : known_) {
    if (known.kind == kind) {
      found.push_back(known.mark);
    }
  }
  return found;
}

void ReportStrayMarks(const std::vector<facts::Unit>& units,
                      const Locate& locate, diagnostics::Emitter& emitter) {
  using Key = std::pair<std::string, std::uint32_t>;
  std::set<Key> bases;
  for (const facts::Unit& unit : units) {
    for (const facts::Struct& model : unit.structs) {
      for (const facts::Place& base : model.bases) {
        bases.insert(KeyOf(unit, base));
      }
    }
  }
  std::set<std::pair<Key, std::string>> reported;
  for (const facts::Unit& unit : units) {
    for (const facts::StrayMark& stray : unit.strays) {
      const bool is_of_base =
          stray.of && bases.contains(KeyOf(unit, *stray.of));
      if (!is_of_base &&
          reported.emplace(KeyOf(unit, stray.place), stray.name).second) {
        emitter.Emit(kStray, Source{unit, locate}.At(stray.place),
                     MacroOf(stray.name), Printable(stray.at));
      }
    }
  }
}

bool CheckFragment(const facts::Text& text, const Source& source,
                   diagnostics::Emitter& emitter) {
  const std::string fault = FindFault(text.value);
  if (!fault.empty()) {
    emitter.Emit(kBadFragment, source.At(text.place), Printable(text.value),
                 fault);
  }
  return fault.empty();
}

bool CheckName(const facts::Text& text, const Source& source,
               diagnostics::Emitter& emitter) {
  const bool is_name = !text.value.empty() && source::IsPlainName(text.value);
  if (!is_name) {
    emitter.Emit(kBadName, source.At(text.place));
  }
  return is_name;
}

bool CheckArguments(const Marks& marks, const Source& source,
                    diagnostics::Emitter& emitter) {
  bool is_good = true;
  const auto check = [&](MarkKind kind, std::size_t first) {
    for (const facts::Mark* mark : marks.FindAll(kind)) {
      for (std::size_t i = 0; i < mark->arguments.size(); ++i) {
        is_good &= i < first
                       ? mark->arguments[i].value.empty() ||
                             CheckName(mark->arguments[i], source, emitter)
                       : CheckFragment(mark->arguments[i], source, emitter);
      }
    }
  };
  for (const MarkKind kind :
       {MarkKind::kForeign, MarkKind::kConstraint, MarkKind::kDefault,
        MarkKind::kRequires, MarkKind::kReferences, MarkKind::kGenerated,
        MarkKind::kStored, MarkKind::kKey, MarkKind::kUnique}) {
    check(kind, 0);
  }
  for (const MarkKind kind :
       {MarkKind::kCheck, MarkKind::kIndex, MarkKind::kUniqueIndex,
        MarkKind::kIndexWhere, MarkKind::kUniqueIndexWhere}) {
    check(kind, 1);
  }
  for (const MarkKind kind : {MarkKind::kTable, MarkKind::kColumn,
                              MarkKind::kCollate, MarkKind::kRenamedFrom}) {
    if (const facts::Mark* mark = marks.Find(kind)) {
      is_good &= CheckName(mark->arguments[0], source, emitter);
    }
  }
  return is_good;
}

}  // namespace palindrome::models
