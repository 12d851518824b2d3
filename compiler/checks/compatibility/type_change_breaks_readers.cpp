#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kTypeChangeBreaksReadersRule = {
    .kind = diagnostics::Kind::kTypeChangeBreaksReaders,
    .summary = "TODO",
    .rationale = R"md(
TODO
)md",
    .bad = "",
    .good = "",
};

}  // namespace palindrome::checks
