#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kStrictConversionRule = {
    .kind = diagnostics::Kind::kStrictConversion,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
