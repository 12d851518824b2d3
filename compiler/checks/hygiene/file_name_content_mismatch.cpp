#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kFileNameContentMismatchRule = {
    .kind = diagnostics::Kind::kFileNameContentMismatch,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
