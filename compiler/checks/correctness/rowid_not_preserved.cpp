#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kRowidNotPreservedRule = {
    .kind = diagnostics::Kind::kRowidNotPreserved,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
