#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kNonImmutableExpressionRule = {
    .kind = diagnostics::Kind::kNonImmutableExpression,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
