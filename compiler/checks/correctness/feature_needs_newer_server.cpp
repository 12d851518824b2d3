#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kFeatureNeedsNewerServerRule = {
    .kind = diagnostics::Kind::kFeatureNeedsNewerServer,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
