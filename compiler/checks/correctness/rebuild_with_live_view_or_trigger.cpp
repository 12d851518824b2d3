#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kRebuildWithLiveViewOrTriggerRule = {
    .kind = diagnostics::Kind::kRebuildWithLiveViewOrTrigger,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
