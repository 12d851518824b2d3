#include "runtime/src/shortcut.h"

namespace palindrome {
namespace {

bool Begins(std::span<const std::size_t> steps, table::Range rows) {
  if (rows.count > steps.size()) {
    return false;
  }
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    if (steps[i] != std::size_t{rows.first} + i) {
      return false;
    }
  }
  return true;
}

bool IsAllowed(table::ShortcutKind kind, bool is_new, const Options& options) {
  switch (kind) {
    case table::ShortcutKind::kNewDatabase:
      return is_new && options.use_snapshot;
    case table::ShortcutKind::kMergedRebuilds:
      return options.merge_rebuilds;
    case table::ShortcutKind::kSquash:
      return options.use_squashes;
  }
  return false;
}

}  // namespace

std::optional<table::Shortcut> FindShortcut(
    const std::vector<table::Shortcut>& shortcuts, table::Dialect dialect,
    std::span<const std::size_t> steps, bool is_new, const Options& options) {
  std::optional<table::Shortcut> best;
  for (const table::Shortcut& shortcut : shortcuts) {
    if (shortcut.dialect == dialect && shortcut.rows.first == steps.front() &&
        (!best || shortcut.rows.count > best->rows.count) &&
        IsAllowed(shortcut.kind, is_new, options) &&
        Begins(steps, shortcut.rows)) {
      best = shortcut;
    }
  }
  return best;
}

}  // namespace palindrome
