#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kSqliteAddColumnNonconstantDefaultRule = {
    .kind = diagnostics::Kind::kSqliteAddColumnNonconstantDefault,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
