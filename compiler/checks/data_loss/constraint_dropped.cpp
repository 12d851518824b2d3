#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kConstraintDroppedRule = {
    .kind = diagnostics::Kind::kConstraintDropped,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
