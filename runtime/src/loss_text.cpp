#include "runtime/src/loss_text.h"

namespace palindrome {

std::string_view LossName(table::Loss loss) {
  switch (loss) {
#define PALINDROME_LOSS(Kind, Name, Text) \
  case table::Loss::Kind:                 \
    return Name;
#include "runtime/src/loss_kinds.def"
  }
  return "";
}

std::string_view LossText(table::Loss loss) {
  switch (loss) {
#define PALINDROME_LOSS(Kind, Name, Text) \
  case table::Loss::Kind:                 \
    return Text;
#include "runtime/src/loss_kinds.def"
  }
  return "";
}

}  // namespace palindrome
