#include "tests/golden/cpp_reader.h"

#include <regex>

namespace palindrome::testing {
namespace {

facts::Place PlaceOf(const std::smatch& match, std::size_t group,
                     std::size_t offset = 0) {
  const auto begin = static_cast<std::uint32_t>(offset) +
                     static_cast<std::uint32_t>(match.position(group));
  return {0, begin, begin + static_cast<std::uint32_t>(match.length(group))};
}

facts::ValueKind KindOf(const std::string& type) {
  return type == "int"      ? facts::ValueKind::kInteger
         : type == "string" ? facts::ValueKind::kText
                            : facts::ValueKind::kUnknown;
}

void ReadFields(const std::smatch& body, std::size_t group,
                facts::Struct& result) {
  static const std::regex kField(R"((\w+) (\w+);)");
  const std::string text = body[group];
  const auto offset = static_cast<std::size_t>(body.position(group));
  for (std::sregex_iterator match(text.begin(), text.end(), kField), end;
       match != end; ++match) {
    facts::Field field;
    field.name = (*match)[2];
    field.place = PlaceOf(*match, 2, offset);
    field.type.spelling = (*match)[1];
    field.type.kind = KindOf(field.type.spelling);
    result.fields.push_back(std::move(field));
  }
}

void ReadStructs(const std::string& text, facts::Unit& unit) {
  static const std::regex kStruct(
      R"re(struct TABLE\("(\w+)"\) (\w+) \{([^}]*)\})re");
  for (std::sregex_iterator match(text.begin(), text.end(), kStruct), end;
       match != end; ++match) {
    facts::Struct result;
    result.name = (*match)[2];
    result.place = PlaceOf(*match, 2);
    const facts::Place name = PlaceOf(*match, 1);
    result.marks = {
        {"table", {{(*match)[1], name, {{0, 0, name.begin}}, ""}}, name}};
    ReadFields(*match, 3, result);
    unit.structs.push_back(std::move(result));
  }
  static const std::regex kError("#error (.*)");
  for (std::sregex_iterator match(text.begin(), text.end(), kError), end;
       match != end; ++match) {
    unit.errors.push_back({PlaceOf(*match, 0), (*match)[1]});
  }
}

}  // namespace

facts::Unit ReadFewCpp(const std::string& path, const std::string& text) {
  static const std::regex kWords(
      R"re(void (\w+)\(|Run\((?:(?:"([^"]*)"|R"\((.*?)\)")(?:, (\d+))?|(\w+))\))re");
  facts::Unit unit;
  unit.files = {{path, ""}};
  ReadStructs(text, unit);
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
      source.constants = {{(*match)[group], source.place, {{0, 0, begin}}, ""}};
    } else {
      source.place = {0, begin, begin + size};
      source.dynamic = "`" + (*match)[5].str() + "` makes it";
    }
    if ((*match)[4].matched) {
      source.binds = facts::Binds{{}, /*complete=*/true};
      const auto last =
          static_cast<std::uint32_t>(std::stoul((*match)[4].str()));
      for (std::uint32_t number = 1; number <= last; ++number) {
        source.binds->bound.push_back(number);
      }
    }
    unit.calls.sources.push_back(std::move(source));
  }
  return unit;
}

}  // namespace palindrome::testing
