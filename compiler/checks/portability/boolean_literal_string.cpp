#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kBooleanLiteralStringRule = {
    .kind = diagnostics::Kind::kBooleanLiteralString,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
