#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kAddCheckOnExistingDataRule = {
    .kind = diagnostics::Kind::kAddCheckOnExistingData,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
