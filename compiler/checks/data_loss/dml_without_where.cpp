#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kDmlWithoutWhereRule = {
    .kind = diagnostics::Kind::kDmlWithoutWhere,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
