#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kSqlFunctionNotPortableRule = {
    .kind = diagnostics::Kind::kSqlFunctionNotPortable,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
