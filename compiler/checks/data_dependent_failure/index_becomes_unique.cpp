#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kIndexBecomesUniqueRule = {
    .kind = diagnostics::Kind::kIndexBecomesUnique,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
