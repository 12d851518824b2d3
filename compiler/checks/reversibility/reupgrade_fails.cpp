#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kReupgradeFailsRule = {
    .kind = diagnostics::Kind::kReupgradeFails,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
