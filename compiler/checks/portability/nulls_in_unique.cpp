#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kNullsInUniqueRule = {
    .kind = diagnostics::Kind::kNullsInUnique,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
