#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kAddUniqueOnExistingDataRule = {
    .kind = diagnostics::Kind::kAddUniqueOnExistingData,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
