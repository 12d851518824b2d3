#include "compiler/models/mapped_text.h"

#include <algorithm>

namespace palindrome::models {

void MappedText::Add(std::string_view words, source::Location place) {
  parts_.push_back({size(), place, nullptr});
  text_ += words;
}

void MappedText::Add(const facts::Text& text) {
  parts_.push_back({size(), source_.At(text.place), &text});
  text_ += text.value;
}

source::Location MappedText::Find(source::Range range) const {
  const auto behind = std::upper_bound(
      parts_.begin(), parts_.end(), range.begin,
      [](std::uint32_t at, const Part& part) { return at < part.begin; });
  if (behind == parts_.begin()) {
    return {};
  }
  const Part& part = *(behind - 1);
  if (part.constant == nullptr) {
    return part.place;
  }
  const auto size = static_cast<std::uint32_t>(part.constant->value.size());
  const std::uint32_t begin = std::min(range.begin - part.begin, size);
  const std::uint32_t end = std::clamp(range.end - part.begin, begin, size);
  return source_.At(facts::PlaceOf(*part.constant, begin, end));
}

}  // namespace palindrome::models
