#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kRowidAliasTypeRule = {
    .kind = diagnostics::Kind::kRowidAliasType,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
