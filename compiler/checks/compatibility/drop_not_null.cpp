#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kDropNotNullRule = {
    .kind = diagnostics::Kind::kDropNotNull,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
