#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kReservedOrSpecialIdentifierRule = {
    .kind = diagnostics::Kind::kReservedOrSpecialIdentifier,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
