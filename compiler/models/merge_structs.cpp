#include "compiler/models/merge_structs.h"

#include <algorithm>
#include <map>

namespace palindrome::models {
namespace {

PALINDROME_TEXT(kOtherwise, kModel,
                "struct `{0}` is defined otherwise than in another translation "
                "unit",
                std::string);

bool Same(const std::optional<facts::Text>& left,
          const std::optional<facts::Text>& right) {
  return left.has_value() == right.has_value() &&
         (!left || left->value == right->value);
}

bool Same(const std::vector<facts::Mark>& left,
          const std::vector<facts::Mark>& right) {
  return std::equal(
      left.begin(), left.end(), right.begin(), right.end(),
      [](const facts::Mark& one, const facts::Mark& other) {
        return one.name == other.name &&
               std::equal(one.arguments.begin(), one.arguments.end(),
                          other.arguments.begin(), other.arguments.end(),
                          [](const facts::Text& a, const facts::Text& b) {
                            return a.value == b.value;
                          });
      });
}

bool Same(const facts::FieldType& left, const facts::FieldType& right) {
  return left.kind == right.kind && left.spelling == right.spelling &&
         left.is_optional == right.is_optional &&
         Same(left.maps_to, right.maps_to) &&
         std::equal(
             left.enumerators.begin(), left.enumerators.end(),
             right.enumerators.begin(), right.enumerators.end(),
             [](const facts::Enumerator& one, const facts::Enumerator& other) {
               return one.name == other.name && one.value == other.value &&
                      Same(one.text, other.text);
             });
}

// Whether they say the same, wherever they stand.
bool Same(const facts::Struct& left, const facts::Struct& right) {
  return Same(left.marks, right.marks) &&
         left.bad_marks.size() == right.bad_marks.size() &&
         std::equal(left.fields.begin(), left.fields.end(),
                    right.fields.begin(), right.fields.end(),
                    [](const facts::Field& one, const facts::Field& other) {
                      return one.name == other.name &&
                             Same(one.type, other.type) &&
                             Same(one.marks, other.marks);
                    });
}

}  // namespace

std::vector<Found> MergeStructs(const std::vector<facts::Unit>& units,
                                const Locate& locate,
                                diagnostics::Emitter& emitter) {
  std::vector<Found> found;
  std::map<std::string, std::size_t> known;
  for (const facts::Unit& unit : units) {
    for (const facts::Struct& model : unit.structs) {
      const auto [entry, is_new] = known.try_emplace(model.name, found.size());
      if (is_new) {
        found.push_back({&unit, &model});
        continue;
      }
      const Found& first = found[entry->second];
      if (!Same(*first.model, model)) {
        emitter.Emit(
            diagnostics::Make(kOtherwise, Source{unit, locate}.At(model.place),
                              model.name)
                .With(Source{*first.unit, locate}.At(first.model->place),
                      "the other one is here"));
      }
    }
  }
  return found;
}

}  // namespace palindrome::models
