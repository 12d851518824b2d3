#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kMissingPrimaryKeyRule = {
    .kind = diagnostics::Kind::kMissingPrimaryKey,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
