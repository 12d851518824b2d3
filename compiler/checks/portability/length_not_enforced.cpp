#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kLengthNotEnforcedRule = {
    .kind = diagnostics::Kind::kLengthNotEnforced,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
