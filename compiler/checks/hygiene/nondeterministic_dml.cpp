#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kNondeterministicDmlRule = {
    .kind = diagnostics::Kind::kNondeterministicDml,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
