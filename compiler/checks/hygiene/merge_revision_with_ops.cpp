#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kMergeRevisionWithOpsRule = {
    .kind = diagnostics::Kind::kMergeRevisionWithOps,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
