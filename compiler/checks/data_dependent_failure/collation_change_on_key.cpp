#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kCollationChangeOnKeyRule = {
    .kind = diagnostics::Kind::kCollationChangeOnKey,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
