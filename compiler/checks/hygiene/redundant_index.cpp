#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kRedundantIndexRule = {
    .kind = diagnostics::Kind::kRedundantIndex,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
