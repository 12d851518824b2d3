#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kAddForeignKeyOnExistingDataRule = {
    .kind = diagnostics::Kind::kAddForeignKeyOnExistingData,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
