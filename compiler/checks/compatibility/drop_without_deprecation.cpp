#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kDropWithoutDeprecationRule = {
    .kind = diagnostics::Kind::kDropWithoutDeprecation,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
