#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kCaseOnlyRenameRule = {
    .kind = diagnostics::Kind::kCaseOnlyRename,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
