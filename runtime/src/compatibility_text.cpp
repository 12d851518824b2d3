#include "runtime/src/compatibility_text.h"

#include <palindrome/migration.h>

namespace palindrome {
namespace {

struct Words {
  std::string_view name;
  std::string_view text;
};

Words WordsOf(std::uint32_t compatibility) {
  switch (compatibility) {
    case table::kClassified:
      return {"additive", ""};
    case table::kClassified | table::kBreaksReads:
      return {"breaks-reads",
              "may break reads of programs that were built before it"};
    case table::kClassified | table::kBreaksWrites:
      return {"breaks-writes",
              "may break writes of programs that were built before it"};
    case table::kKnownCompatibility:
      return {"breaks-reads-and-writes",
              "may break programs that were built before it"};
    default:
      return {"unclassified", ""};
  }
}

}  // namespace

std::string_view CompatibilityName(std::uint32_t compatibility) {
  return WordsOf(compatibility).name;
}

std::string_view CompatibilityText(std::uint32_t compatibility) {
  return WordsOf(compatibility).text;
}

}  // namespace palindrome
