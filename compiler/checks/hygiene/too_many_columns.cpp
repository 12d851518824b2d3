#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kTooManyColumnsRule = {
    .kind = diagnostics::Kind::kTooManyColumns,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
