#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kUntypedTimestampRule = {
    .kind = diagnostics::Kind::kUntypedTimestamp,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
