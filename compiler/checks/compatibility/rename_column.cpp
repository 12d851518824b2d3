#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kRenameColumnRule = {
    .kind = diagnostics::Kind::kRenameColumn,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
