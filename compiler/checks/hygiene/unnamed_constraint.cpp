#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kUnnamedConstraintRule = {
    .kind = diagnostics::Kind::kUnnamedConstraint,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
