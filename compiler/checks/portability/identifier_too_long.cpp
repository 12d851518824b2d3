#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kIdentifierTooLongRule = {
    .kind = diagnostics::Kind::kIdentifierTooLong,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
