#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kDefaultRemovedWhileRequiredRule = {
    .kind = diagnostics::Kind::kDefaultRemovedWhileRequired,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
