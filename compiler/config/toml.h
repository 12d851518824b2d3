// Values of palindrome.toml by their types, and what is wrong with them. The
// only header that includes toml++, which is large.
//
// A reader belongs to one call, on one thread.
#ifndef PALINDROME_COMPILER_CONFIG_TOML_H_
#define PALINDROME_COMPILER_CONFIG_TOML_H_

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/config/settings.h"
#include "compiler/diagnostics/emitter.h"
#include "compiler/source/source.h"
#include <toml++/toml.h>

namespace palindrome::config {

source::Location PlaceOf(const source::File& file,
                         const toml::source_region& region);

class TomlReader {
 public:
  TomlReader(const source::File& file, diagnostics::Emitter& emitter)
      : file_(file), emitter_(emitter) {}

  source::Location At(const toml::source_region& region) const {
    return PlaceOf(file_, region);
  }

  // A value of a type, or nothing and a diagnostic.
  std::optional<std::string> AsString(const toml::key& key,
                                      const toml::node& node,
                                      std::string_view type = "a string");
  std::optional<std::int64_t> AsNumber(const toml::key& key,
                                       const toml::node& node,
                                       std::string_view type = "a number");
  std::optional<bool> AsBool(const toml::key& key, const toml::node& node);
  const toml::table* AsTable(const toml::key& key, const toml::node& node);
  // Strings with the nodes that they stand in.
  std::vector<std::pair<std::string, const toml::node*>> AsStrings(
      const toml::key& key, const toml::node& node);

  // Reports the problem, if there is one, at the place.
  void Check(const Problem& problem, const toml::source_region& place);
  void Check(const Problem& problem, const toml::node& node) {
    Check(problem, node.source());
  }
  void UnknownKey(const toml::table& table, const toml::key& key,
                  const std::vector<std::string>& known);
  void NoToml(const toml::parse_error& error);

 private:
  template <typename Value>
  std::optional<Value> As(const toml::key& key, const toml::node& node,
                          std::string_view type);
  void WrongType(const toml::key& key, const toml::node& node,
                 std::string_view type);

  const source::File& file_;
  diagnostics::Emitter& emitter_;
};

}  // namespace palindrome::config

#endif  // PALINDROME_COMPILER_CONFIG_TOML_H_
