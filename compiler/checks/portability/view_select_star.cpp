#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kViewSelectStarRule = {
    .kind = diagnostics::Kind::kViewSelectStar,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
