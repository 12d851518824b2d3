#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kRebuildRenamesOriginalFirstRule = {
    .kind = diagnostics::Kind::kRebuildRenamesOriginalFirst,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
