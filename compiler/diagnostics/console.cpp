#include "compiler/diagnostics/console.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>

#include "llvm/Support/ConvertUTF.h"

namespace palindrome::diagnostics {

namespace {

// Code points of a source line that are shown before and after the caret.
constexpr std::size_t kShownBefore = 100;
constexpr std::size_t kShownAfter = 60;
constexpr std::string_view kEllipsis = "...";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

bool Continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

bool IsControl(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return value < 0x20U || value == 0x7FU;
}

// A terminal gets no control characters from a migration, and nothing that is
// not UTF-8; a tab is `tab`.
void WriteClean(std::string_view text, char tab, llvm::raw_ostream& out) {
  const auto* at = reinterpret_cast<const llvm::UTF8*>(text.data());
  const llvm::UTF8* const end = at + text.size();
  while (at != end) {
    const std::ptrdiff_t size = llvm::getNumBytesForUTF8(*at);
    const bool is_control = IsControl(static_cast<char>(*at)) && *at != '\t';
    if (size > end - at || !llvm::isLegalUTF8Sequence(at, at + size) ||
        is_control) {
      out << kReplacement;
      ++at;
    } else if (*at == '\t') {
      out << tab;
      ++at;
    } else {
      out.write(reinterpret_cast<const char*>(at),
                static_cast<std::size_t>(size));
      at += size;
    }
  }
}

// Bytes [begin, end) of a line that are shown, on code point borders.
struct Window {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Window WindowAround(std::string_view line, std::size_t caret) {
  Window window{caret, caret};
  for (std::size_t shown = 0; shown < kShownBefore && window.begin > 0;
       ++shown) {
    do {
      --window.begin;
    } while (window.begin > 0 && Continues(line[window.begin]));
  }
  for (std::size_t shown = 0; shown < kShownAfter && window.end < line.size();
       ++shown) {
    do {
      ++window.end;
    } while (window.end < line.size() && Continues(line[window.end]));
  }
  return window;
}

// Spaces as wide as `shown`; tabs stay, so that both lines agree wherever
// the tab stops are.
void WritePadding(std::string_view shown, llvm::raw_ostream& out) {
  for (const char byte : shown) {
    if (byte == '\t') {
      out << '\t';
    } else if (!Continues(byte)) {
      out << ' ';
    }
  }
}

using Colors = llvm::raw_ostream::Colors;

// What follows is in the colour, as Clang has it, up to the end of the scope.
class Colored {
 public:
  Colored(llvm::raw_ostream& out, Colors color, bool bold) : out_(out) {
    out_.changeColor(color, bold);
  }
  Colored(const Colored&) = delete;
  Colored& operator=(const Colored&) = delete;
  ~Colored() { out_.resetColor(); }

 private:
  llvm::raw_ostream& out_;
};

Colors ColorOf(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return Colors::RED;
    case Severity::kWarning:
      return Colors::MAGENTA;
    case Severity::kNote:
    case Severity::kOff:
      return Colors::CYAN;
  }
  llvm_unreachable("not a severity");
}

// Null: nothing is mended without being asked.
const Fix* MechanicalFix(const Diagnostic& diagnostic) {
  const auto fix =
      std::find_if(diagnostic.fixes.begin(), diagnostic.fixes.end(),
                   [](const Fix& each) { return each.mechanical; });
  return fix == diagnostic.fixes.end() ? nullptr : &*fix;
}

// The one text that the fix writes, on the caret's line as it is shown.
const Edit* EditOnLine(const Fix& fix, const source::Location& caret,
                       std::uint32_t line, std::size_t begin, std::size_t end) {
  if (fix.edits.size() != 1) {
    return nullptr;
  }
  const Edit& edit = fix.edits.front();
  const bool is_shown =
      edit.location.file == caret.file && !edit.text.empty() &&
      edit.text.find('\n') == std::string::npos &&
      caret.file->Resolve(edit.location.range.begin).line == line &&
      begin <= edit.location.range.begin && edit.location.range.begin <= end;
  return is_shown ? &edit : nullptr;
}

void WriteFix(const Fix& fix, const source::Location& caret,
              std::uint32_t line_number, std::size_t line_begin, Window window,
              llvm::raw_ostream& out) {
  const Edit* edit =
      EditOnLine(fix, caret, line_number, line_begin + window.begin,
                 line_begin + window.end);
  if (edit != nullptr) {
    const std::string_view line = caret.file->Line(line_number);
    if (window.begin > 0) {
      out << "   ";
    }
    WritePadding(line.substr(window.begin, edit->location.range.begin -
                                               line_begin - window.begin),
                 out);
  }
  const Colored color(out, Colors::GREEN, /*bold=*/false);
  if (edit == nullptr) {
    out << "  fix: ";
  }
  WriteClean(edit != nullptr ? edit->text : fix.title, ' ', out);
  out << '\n';
}

void WriteSnippet(const source::Location& location, std::uint32_t line_number,
                  const Fix* fix, llvm::raw_ostream& out) {
  const std::string_view line = location.file->Line(line_number);
  const auto line_begin =
      static_cast<std::size_t>(line.data() - location.file->text().data());
  // A place at a line's end, or on its CR, is shown behind its last character.
  const std::size_t caret =
      std::min<std::size_t>(location.range.begin - line_begin, line.size());
  const Window window = WindowAround(line, caret);
  if (window.begin > 0) {
    out << kEllipsis;
  }
  WriteClean(line.substr(window.begin, window.end - window.begin), '\t', out);
  if (window.end < line.size()) {
    out << kEllipsis;
  }
  out << '\n';
  if (window.begin > 0) {
    out << "   ";
  }
  WritePadding(line.substr(window.begin, caret - window.begin), out);
  const std::size_t end = std::min<std::size_t>(
      std::max<std::size_t>(location.range.end, location.range.begin) -
          line_begin,
      window.end);
  {
    const Colored color(out, Colors::GREEN, /*bold=*/true);
    out << '^';
    bool first = true;
    for (std::size_t at = caret; at < end; ++at) {
      if (!Continues(line[at])) {
        if (!first) {
          out << '~';
        }
        first = false;
      }
    }
  }
  out << '\n';
  if (fix != nullptr) {
    WriteFix(*fix, location, line_number, line_begin, window, out);
  }
}

void WriteMessage(const source::Location& location, Severity severity,
                  std::string_view message, llvm::StringRef tag, const Fix* fix,
                  llvm::raw_ostream& out) {
  source::LineColumn place;
  {
    const Colored color(out, Colors::SAVEDCOLOR, /*bold=*/true);
    if (location.file == nullptr) {
      out << "palindrome: ";
    } else {
      place = location.file->Resolve(location.range.begin);
      WriteClean(location.file->name(), ' ', out);
      out << ':' << place.line << ':' << place.column << ": ";
    }
  }
  {
    const Colored color(out, ColorOf(severity), /*bold=*/true);
    out << SeverityName(severity) << ": ";
  }
  if (tag.empty()) {
    WriteClean(message, ' ', out);  // A note is quieter.
  } else {
    {
      const Colored color(out, Colors::SAVEDCOLOR, /*bold=*/true);
      WriteClean(message, ' ', out);
    }
    const Colored color(out, ColorOf(severity), /*bold=*/false);
    out << " [" << tag << ']';
  }
  out << '\n';
  if (location.file != nullptr) {
    WriteSnippet(location, place.line, fix, out);
  } else if (fix != nullptr) {
    out << "  fix: ";
    WriteClean(fix->title, ' ', out);
    out << '\n';
  }
}

// Diagnostics of the history as a whole come after those of its files.
auto Key(const Diagnostic& diagnostic) {
  const source::File* file = diagnostic.location.file;
  return std::make_tuple(
      file == nullptr, file == nullptr ? std::string_view() : file->name(),
      diagnostic.location.range.begin, diagnostic.location.range.end,
      diagnostic.kind, std::string_view(diagnostic.message));
}

void WriteCount(std::size_t count, llvm::StringRef noun,
                llvm::raw_ostream& out) {
  out << count << ' ' << noun << (count == 1 ? "" : "s");
}

}  // namespace

void Sort(std::vector<Diagnostic>& diagnostics) {
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [](const Diagnostic& left, const Diagnostic& right) {
                     return Key(left) < Key(right);
                   });
  diagnostics.erase(
      std::unique(diagnostics.begin(), diagnostics.end(),
                  [](const Diagnostic& left, const Diagnostic& right) {
                    return Key(left) == Key(right);
                  }),
      diagnostics.end());
}

void WriteConsole(const std::vector<Diagnostic>& diagnostics,
                  llvm::raw_ostream& out) {
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity == Severity::kOff) {
      continue;
    }
    WriteMessage(diagnostic.location, diagnostic.severity, diagnostic.message,
                 Info(diagnostic.kind).tag, MechanicalFix(diagnostic), out);
    for (const Note& note : diagnostic.notes) {
      WriteMessage(note.location, Severity::kNote, note.message, "",
                   /*fix=*/nullptr, out);
    }
  }
}

void WriteSummary(const std::vector<Diagnostic>& diagnostics,
                  llvm::raw_ostream& out) {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  for (const Diagnostic& diagnostic : diagnostics) {
    errors += diagnostic.severity == Severity::kError ? 1 : 0;
    warnings += diagnostic.severity == Severity::kWarning ? 1 : 0;
  }
  if (errors == 0 && warnings == 0) {
    return;
  }
  if (errors != 0) {
    WriteCount(errors, "error", out);
  }
  if (errors != 0 && warnings != 0) {
    out << " and ";
  }
  if (warnings != 0) {
    WriteCount(warnings, "warning", out);
  }
  out << " generated.\n";
}

}  // namespace palindrome::diagnostics
