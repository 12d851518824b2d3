#include "compiler/config/places.h"

#include "compiler/config/toml.h"

namespace palindrome::config {

source::Location FindUnmodelled(const source::File& file,
                                std::string_view name) {
  const toml::parse_result result = toml::parse(file.text());
  const toml::array* names =
      result ? result.table()["models"]["unmodelled"].as_array() : nullptr;
  if (names != nullptr) {
    for (const toml::node& each : *names) {
      if (each.value_exact<std::string_view>() == name) {
        return PlaceOf(file, each.source());
      }
    }
  }
  return {&file, {0, 0}};
}

}  // namespace palindrome::config
