#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kEmptyRevisionRule = {
    .kind = diagnostics::Kind::kEmptyRevision,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
