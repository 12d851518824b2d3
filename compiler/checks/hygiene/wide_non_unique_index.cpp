#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kWideNonUniqueIndexRule = {
    .kind = diagnostics::Kind::kWideNonUniqueIndex,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
