#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kSetNotNullWithoutBackfillRule = {
    .kind = diagnostics::Kind::kSetNotNullWithoutBackfill,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
