#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kEnumValueRemovedRule = {
    .kind = diagnostics::Kind::kEnumValueRemoved,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
