#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kSqliteFullRebuildCostRule = {
    .kind = diagnostics::Kind::kSqliteFullRebuildCost,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
