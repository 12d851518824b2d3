#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kDeferrableNotPortableRule = {
    .kind = diagnostics::Kind::kDeferrableNotPortable,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
