#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kFkWithoutIndexRule = {
    .kind = diagnostics::Kind::kFkWithoutIndex,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
