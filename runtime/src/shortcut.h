// Which shortcut of a compiled history serves a run. Pure functions of values.
#ifndef PALINDROME_RUNTIME_SRC_SHORTCUT_H_
#define PALINDROME_RUNTIME_SRC_SHORTCUT_H_

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include <palindrome/migration.h>
#include <palindrome/options.h>

namespace palindrome {

// The shortcut for the most of the first of `steps`, which are upgrades in the
// order in which they are run. `is_new`: nothing of the history is applied.
std::optional<table::Shortcut> FindShortcut(
    const std::vector<table::Shortcut>& shortcuts, table::Dialect dialect,
    std::span<const std::size_t> steps, bool is_new, const Options& options);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_SHORTCUT_H_
