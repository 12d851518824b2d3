#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kRenameTableRule = {
    .kind = diagnostics::Kind::kRenameTable,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
