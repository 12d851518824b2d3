#include "runtime/src/printable.h"

#include <algorithm>
#include <utility>

namespace palindrome {

std::string Printable(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
  constexpr unsigned char kFirstPrintable = 0x20;
  constexpr char kDelete = 0x7F;
  std::string printable;
  for (const char byte : text) {
    if (byte == '\t') {
      printable += ' ';
    } else if (static_cast<unsigned char>(byte) < kFirstPrintable ||
               byte == kDelete) {
      printable += kReplacement;
    } else {
      printable += byte;
    }
  }
  return printable;
}

std::string PrintableLines(std::string_view text) {
  std::string lines;
  while (true) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    lines += Printable(line);
    if (end == text.size()) {
      return lines;
    }
    lines += "\n    ";
    text.remove_prefix(end + 1);
  }
}

std::string PrintableError(const Status& status) {
  StatusDetails details = status.details();
  details.revision = Printable(details.revision);
  details.file_name = Printable(details.file_name);
  details.statement = PrintableLines(details.statement);
  details.engine_message = Printable(details.engine_message);
  return Status(status.code(), Printable(status.message()), std::move(details))
      .ToString();
}

}  // namespace palindrome
