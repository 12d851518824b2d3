#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kIfExistsGuardRule = {
    .kind = diagnostics::Kind::kIfExistsGuard,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
