#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kReplaceDeletesRowsRule = {
    .kind = diagnostics::Kind::kReplaceDeletesRows,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
