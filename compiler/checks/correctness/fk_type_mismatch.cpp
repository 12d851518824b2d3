#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kFkTypeMismatchRule = {
    .kind = diagnostics::Kind::kFkTypeMismatch,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
