#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kCaseVariantNamesRule = {
    .kind = diagnostics::Kind::kCaseVariantNames,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
