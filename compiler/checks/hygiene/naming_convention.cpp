#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kNamingConventionRule = {
    .kind = diagnostics::Kind::kNamingConvention,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
