#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kTypeNotPortableRule = {
    .kind = diagnostics::Kind::kTypeNotPortable,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
