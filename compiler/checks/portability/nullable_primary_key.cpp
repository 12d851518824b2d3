#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kNullablePrimaryKeyRule = {
    .kind = diagnostics::Kind::kNullablePrimaryKey,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
