#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kRenameAsDropAddRule = {
    .kind = diagnostics::Kind::kRenameAsDropAdd,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
