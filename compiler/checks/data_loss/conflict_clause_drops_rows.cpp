#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kConflictClauseDropsRowsRule = {
    .kind = diagnostics::Kind::kConflictClauseDropsRows,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
