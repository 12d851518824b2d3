#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kSessionStateLeakRule = {
    .kind = diagnostics::Kind::kSessionStateLeak,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
