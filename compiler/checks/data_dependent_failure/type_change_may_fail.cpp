#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kTypeChangeMayFailRule = {
    .kind = diagnostics::Kind::kTypeChangeMayFail,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
