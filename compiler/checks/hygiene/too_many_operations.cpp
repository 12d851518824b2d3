#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kTooManyOperationsRule = {
    .kind = diagnostics::Kind::kTooManyOperations,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
