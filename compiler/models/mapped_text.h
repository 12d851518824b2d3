// Inside models: text that is made from parts of C++ files, and where each of
// its bytes comes from.
//
// It refers to the facts that it was made from, which outlive it; one thread.
#ifndef PALINDROME_COMPILER_MODELS_MAPPED_TEXT_H_
#define PALINDROME_COMPILER_MODELS_MAPPED_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/facts/text.h"
#include "compiler/models/marks.h"

namespace palindrome::models {

class MappedText {
 public:
  explicit MappedText(Source source) : source_(source) {}

  // Words of our own, which come from a place as a whole.
  void Add(std::string_view words, source::Location place);
  // A constant, byte for byte.
  void Add(const facts::Text& text);

  // Where the range comes from: that of the part in which it begins.
  source::Location Find(source::Range range) const;

  const std::string& text() const { return text_; }
  std::uint32_t size() const {
    return static_cast<std::uint32_t>(text_.size());
  }

 private:
  struct Part {
    std::uint32_t begin = 0;
    source::Location place;
    const facts::Text* constant = nullptr;
  };

  Source source_;
  std::string text_;
  std::vector<Part> parts_;
};

}  // namespace palindrome::models

#endif  // PALINDROME_COMPILER_MODELS_MAPPED_TEXT_H_
