#include "tests/golden/cpp_reader.h"

#include <regex>

namespace palindrome::testing {

facts::Unit ReadFewCpp(const std::string& path, const std::string& text) {
  static const std::regex kWords(
      R"re(void (\w+)\(|Run\((?:(?:"([^"]*)"|R"\((.*?)\)")(?:, (\d+))?|(\w+))\))re");
  facts::Unit unit;
  unit.files = {{path, ""}};
  std::string function;
  for (std::sregex_iterator match(text.begin(), text.end(), kWords), end;
       match != end; ++match) {
    if ((*match)[1].matched) {
      function = (*match)[1];
      continue;
    }
    const bool is_constant = !(*match)[5].matched;
    const std::size_t group = !is_constant ? 5 : (*match)[2].matched ? 2 : 3;
    const auto begin = static_cast<std::uint32_t>(match->position(group));
    const auto size = static_cast<std::uint32_t>(match->length(group));
    facts::Source source;
    source.sink = facts::Sink::kSqlite;
    source.callee = "Run";
    source.function = function;
    if (is_constant) {
      source.place = {0, begin - 1, begin + size + 1};
      source.constants = {{(*match)[group], source.place, {{0, 0, begin}}}};
    } else {
      source.place = {0, begin, begin + size};
      source.dynamic = "`" + (*match)[5].str() + "` makes it";
    }
    if ((*match)[4].matched) {
      source.binds = facts::Binds{
          static_cast<std::uint32_t>(std::stoul((*match)[4].str())), true};
    }
    unit.calls.sources.push_back(std::move(source));
  }
  return unit;
}

}  // namespace palindrome::testing
