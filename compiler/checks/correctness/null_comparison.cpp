#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kNullComparisonRule = {
    .kind = diagnostics::Kind::kNullComparison,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
