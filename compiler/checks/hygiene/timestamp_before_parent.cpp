#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kTimestampBeforeParentRule = {
    .kind = diagnostics::Kind::kTimestampBeforeParent,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
