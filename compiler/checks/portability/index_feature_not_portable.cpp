#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kIndexFeatureNotPortableRule = {
    .kind = diagnostics::Kind::kIndexFeatureNotPortable,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
