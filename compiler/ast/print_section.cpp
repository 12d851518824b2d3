#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "compiler/ast/migration.h"

namespace palindrome::ast {

namespace {

constexpr std::string_view kNotAtItsPlace =
    "  -- `DOWNGRADE AUTO` puts the column back at its place; this, at the "
    "end.\n";
constexpr std::string_view kFromArchive =
    "  -- `DOWNGRADE AUTO` takes the values from the archive.\n";
// What no other statement of the language says.
constexpr std::string_view kOnlyAuto = "  -- `DOWNGRADE AUTO` alone: ";
constexpr std::string_view kOpaque =
    "  -- The language has no statement for it.\n";

// Moves the lines in, but for those that begin inside a token.
std::string Indent(std::string_view text, std::string_view indent) {
  std::string result(indent);
  std::uint32_t at = 0;
  while (at < text.size()) {
    const sql::Token token = sql::NextToken(text, at);
    for (const char space : text.substr(at, token.offset - at)) {
      result += space;
      if (space == '\n') {
        result += indent;
      }
    }
    result += token.spelling;
    at = token.offset + static_cast<std::uint32_t>(token.spelling.size());
  }
  return result;
}

}  // namespace

std::string PrintDowngrade(const std::vector<Item>& items) {
  std::string text = "DOWNGRADE BEGIN\n";
  bool in_block = false;
  for (const Item& item : items) {
    const bool is_opaque = std::holds_alternative<Opaque>(item.statement.node);
    if (is_opaque && !in_block) {
      text += kOpaque;
      text += "  FOR sqlite BEGIN\n";
    } else if (in_block && !is_opaque) {
      text += "  END;\n";
    }
    in_block = is_opaque;
    const StatementKind kind = item.statement.kind();
    if (kind == StatementKind::kRestore ||
        kind == StatementKind::kDropArchive ||
        kind == StatementKind::kCreateArchive) {
      text += kOnlyAuto;
      text += Print(item.statement) + ";\n";
      continue;
    }
    const auto* add = std::get_if<AddColumn>(&item.statement.node);
    if (add != nullptr && !add->before.empty()) {
      text += kNotAtItsPlace;
    }
    if (!item.restores.empty()) {
      text += kFromArchive;
    }
    text += Indent(Print(item.statement), in_block ? "    " : "  ") + ";\n";
  }
  return text + (in_block ? "  END;\nEND;\n" : "END;\n");
}

}  // namespace palindrome::ast
