#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kIncompleteRawRebuildRule = {
    .kind = diagnostics::Kind::kIncompleteRawRebuild,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
