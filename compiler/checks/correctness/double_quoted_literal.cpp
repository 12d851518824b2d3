#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kDoubleQuotedLiteralRule = {
    .kind = diagnostics::Kind::kDoubleQuotedLiteral,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
