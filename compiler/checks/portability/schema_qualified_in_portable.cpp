#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kSchemaQualifiedInPortableRule = {
    .kind = diagnostics::Kind::kSchemaQualifiedInPortable,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
