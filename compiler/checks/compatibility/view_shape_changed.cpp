#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kViewShapeChangedRule = {
    .kind = diagnostics::Kind::kViewShapeChanged,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
