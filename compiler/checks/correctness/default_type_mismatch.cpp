#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kDefaultTypeMismatchRule = {
    .kind = diagnostics::Kind::kDefaultTypeMismatch,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
