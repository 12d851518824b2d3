#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kSqliteAddReferenceNonnullDefaultRule = {
    .kind = diagnostics::Kind::kSqliteAddReferenceNonnullDefault,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
