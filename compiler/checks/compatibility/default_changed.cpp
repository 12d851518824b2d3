#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kDefaultChangedRule = {
    .kind = diagnostics::Kind::kDefaultChanged,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
