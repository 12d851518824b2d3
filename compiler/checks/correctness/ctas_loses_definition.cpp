#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kCtasLosesDefinitionRule = {
    .kind = diagnostics::Kind::kCtasLosesDefinition,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
