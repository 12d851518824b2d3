#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kIdCounterNotPreservedRule = {
    .kind = diagnostics::Kind::kIdCounterNotPreserved,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
