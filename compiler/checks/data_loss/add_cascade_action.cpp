#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kAddCascadeActionRule = {
    .kind = diagnostics::Kind::kAddCascadeAction,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
