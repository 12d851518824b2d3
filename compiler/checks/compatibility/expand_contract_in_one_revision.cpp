#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kExpandContractInOneRevisionRule = {
    .kind = diagnostics::Kind::kExpandContractInOneRevision,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
