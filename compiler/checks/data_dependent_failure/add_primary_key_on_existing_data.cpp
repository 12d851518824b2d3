#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kAddPrimaryKeyOnExistingDataRule = {
    .kind = diagnostics::Kind::kAddPrimaryKeyOnExistingData,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
