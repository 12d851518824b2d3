#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kInsertWithoutColumnListRule = {
    .kind = diagnostics::Kind::kInsertWithoutColumnList,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
