// Where the bytes of a text stood before it was edited.
//
// A value; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_ORIGIN_H_
#define PALINDROME_COMPILER_DRIVER_ORIGIN_H_

#include <cstdint>
#include <vector>

#include "compiler/driver/edit_text.h"

namespace palindrome::driver {

class Origin {
 public:
  // Of a text that nobody has edited yet.
  explicit Origin(std::uint32_t size) : pieces_{{0, 0, size}} {}

  // The edits are of the text as it is now.
  void Apply(std::vector<TextEdit> edits);
  // Of what was inserted: where it was.
  std::uint32_t Of(std::uint32_t offset) const;

 private:
  // What has stayed as it was, in its order.
  struct Piece {
    std::uint32_t now = 0;
    std::uint32_t then = 0;
    std::uint32_t size = 0;
  };

  std::vector<Piece> pieces_;
};

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_ORIGIN_H_
