#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kArchiveWithoutRowKeyRule = {
    .kind = diagnostics::Kind::kArchiveWithoutRowKey,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
