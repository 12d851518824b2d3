#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kSqliteAddStoredGeneratedRule = {
    .kind = diagnostics::Kind::kSqliteAddStoredGenerated,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
