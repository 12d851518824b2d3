#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kTypeChangeLossyRule = {
    .kind = diagnostics::Kind::kTypeChangeLossy,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
