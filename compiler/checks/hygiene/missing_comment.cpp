#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kMissingCommentRule = {
    .kind = diagnostics::Kind::kMissingComment,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
