#include "compiler/config/toml.h"

#include <algorithm>

namespace palindrome::config {
namespace {

PALINDROME_TEXT(kNoToml, kConfiguration, "{0}", std::string);
PALINDROME_TEXT(kUnknownKey, kConfiguration, "unknown key `{0}`{1}",
                std::string, diagnostics::Meant);
PALINDROME_TEXT(kWrongType, kConfiguration, "`{0}` must be {1}", std::string,
                std::string);
PALINDROME_TEXT(kWrongValue, kConfiguration, "{0}{1}", std::string,
                diagnostics::Meant);

// The byte of a line and column of toml++, which counts both from 1 and
// columns in code points, as source::File does.
std::uint32_t OffsetOf(const source::File& file, toml::source_position place) {
  std::uint32_t line = 1;
  std::size_t offset = 0;
  const std::string_view text = file.text();
  while (line < place.line && offset < text.size()) {
    const std::size_t end = text.find('\n', offset);
    if (end == std::string_view::npos) {
      break;
    }
    offset = end + 1;
    ++line;
  }
  for (std::uint32_t column = 1;
       column < place.column && offset < text.size() && text[offset] != '\n';
       ++column) {
    ++offset;
    while (offset < text.size() &&
           (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U) {
      ++offset;
    }
  }
  return static_cast<std::uint32_t>(offset);
}

}  // namespace

source::Location PlaceOf(const source::File& file,
                         const toml::source_region& region) {
  const std::uint32_t begin = OffsetOf(file, region.begin);
  return {&file, {begin, std::max(begin, OffsetOf(file, region.end))}};
}

void TomlReader::WrongType(const toml::key& key, const toml::node& node,
                           std::string_view type) {
  emitter_.Emit(kWrongType, At(node.source()), std::string(key.str()),
                std::string(type));
}

template <typename Value>
std::optional<Value> TomlReader::As(const toml::key& key,
                                    const toml::node& node,
                                    std::string_view type) {
  std::optional<Value> value = node.value_exact<Value>();
  if (!value) {
    WrongType(key, node, type);
  }
  return value;
}

std::optional<std::string> TomlReader::AsString(const toml::key& key,
                                                const toml::node& node,
                                                std::string_view type) {
  return As<std::string>(key, node, type);
}

std::optional<std::int64_t> TomlReader::AsNumber(const toml::key& key,
                                                 const toml::node& node,
                                                 std::string_view type) {
  return As<std::int64_t>(key, node, type);
}

std::optional<bool> TomlReader::AsBool(const toml::key& key,
                                       const toml::node& node) {
  return As<bool>(key, node, "true or false");
}

const toml::table* TomlReader::AsTable(const toml::key& key,
                                       const toml::node& node) {
  const toml::table* table = node.as_table();
  if (table == nullptr) {
    WrongType(key, node, "a table");
  }
  return table;
}

std::vector<std::pair<std::string, const toml::node*>> TomlReader::AsStrings(
    const toml::key& key, const toml::node& node) {
  constexpr std::string_view kType = "an array of strings";
  const toml::array* array = node.as_array();
  if (array == nullptr) {
    WrongType(key, node, kType);
    return {};
  }
  std::vector<std::pair<std::string, const toml::node*>> strings;
  for (const toml::node& element : *array) {
    if (const auto text = AsString(key, element, kType)) {
      strings.emplace_back(*text, &element);
    }
  }
  return strings;
}

void TomlReader::Check(const Problem& problem,
                       const toml::source_region& place) {
  if (!problem.empty()) {
    emitter_.Emit(kWrongValue, At(place), problem.text, problem.meant);
  }
}

void TomlReader::UnknownKey(const toml::table& table, const toml::key& key,
                            const std::vector<std::string>& known) {
  auto meant = diagnostics::MeantWord(key.str(), known);
  // No key may stand twice.
  meant.is_plain = meant.is_plain && !table.contains(meant.name);
  emitter_.Emit(kUnknownKey, At(key.source()), std::string(key.str()), meant);
}

void TomlReader::NoToml(const toml::parse_error& error) {
  emitter_.Emit(kNoToml, At(error.source()), std::string(error.description()));
}

}  // namespace palindrome::config
