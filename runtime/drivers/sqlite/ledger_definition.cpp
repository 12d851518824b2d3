#include "runtime/drivers/sqlite/ledger_definition.h"

#include <array>
#include <cstddef>

namespace palindrome::sqlite {
namespace {

constexpr std::array<std::string_view, 4> kLedger = {
    "CREATE TABLE main.palindrome_history ("
    "id INTEGER PRIMARY KEY AUTOINCREMENT, namespace TEXT NOT NULL, "
    "revision TEXT NOT NULL, action TEXT NOT NULL, title TEXT NOT NULL, "
    "checksum TEXT NOT NULL, applied_at TEXT NOT NULL, tool TEXT NOT NULL, "
    "format INTEGER NOT NULL)",
    "CREATE TABLE main.palindrome_applied ("
    "namespace TEXT NOT NULL, revision TEXT NOT NULL, title TEXT NOT NULL, "
    "parents TEXT NOT NULL, depends_on TEXT NOT NULL, "
    "checksum TEXT NOT NULL, chain TEXT NOT NULL, is_head INTEGER NOT NULL, "
    "digest TEXT NOT NULL, loss INTEGER NOT NULL, "
    "compatibility INTEGER NOT NULL, "
    "down_program TEXT NOT NULL, down_digest TEXT NOT NULL, "
    "applied_at TEXT NOT NULL, format INTEGER NOT NULL, "
    "PRIMARY KEY (namespace, revision))",
    "CREATE INDEX main.palindrome_applied_heads ON palindrome_applied "
    "(namespace) WHERE is_head = 1",
    "CREATE TABLE main.palindrome_objects ("
    "namespace TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, "
    "digest TEXT NOT NULL, PRIMARY KEY (kind, name))"};

}  // namespace

std::span<const std::string_view> LedgerDefinition() {
  return kLedger;
}

std::string IfNotExists(std::string_view definition) {
  std::string text(definition);
  const std::size_t kind = text.find(' ') + 1;
  text.insert(text.find(' ', kind), " IF NOT EXISTS");
  return text;
}

}  // namespace palindrome::sqlite
