#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kNewConstraintBreaksOldWritersRule = {
    .kind = diagnostics::Kind::kNewConstraintBreaksOldWriters,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
