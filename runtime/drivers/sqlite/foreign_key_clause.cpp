#include "runtime/drivers/sqlite/foreign_key_clause.h"

#include <utility>

#include "runtime/src/sql_normalize.h"

namespace palindrome::sqlite {
namespace {

using sql::NormalName;

// MATCH, ON DELETE, ON UPDATE, DEFERRABLE. False at anything else.
bool TakeReferenceClause(TokenReader* reader, ForeignKey* key) {
  if (reader->TakeWord("MATCH")) {
    key->match = " MATCH " + NormalName(reader->TakeName().value_or(""));
    return true;
  }
  if (!reader->PeekWord("ON") || reader->PeekWord("CONFLICT", 1)) {
    return TakeDeferrable(reader, key);
  }
  reader->Take();
  const bool is_delete = reader->PeekWord("DELETE");
  const bool is_update = reader->PeekWord("UPDATE");
  reader->Take();
  std::string action = sql::FoldCase(reader->Take().spelling);
  if (action == "set" || action == "no") {
    action += ' ' + sql::FoldCase(reader->Take().spelling);
  }
  if (is_delete) {
    key->on_delete = action == "no action" ? "" : " ON DELETE " + action;
  } else if (is_update) {
    key->on_update = action == "no action" ? "" : " ON UPDATE " + action;
  }
  return true;
}

}  // namespace

std::optional<ForeignKey> TakeReferences(TokenReader* reader,
                                         std::vector<std::string> columns) {
  ForeignKey key;
  key.columns = std::move(columns);
  key.parent = NormalName(reader->TakeName().value_or(""));
  if (reader->PeekPunctuation("(")) {
    const auto list = reader->TakeParenthesized();
    if (!list) {
      return std::nullopt;
    }
    for (const Tokens part : SplitAtCommas(*list)) {
      TokenReader name(part);
      key.parent_columns += (key.parent_columns.empty() ? "" : ", ") +
                            NormalName(name.TakeName().value_or(""));
    }
  }
  while (TakeReferenceClause(reader, &key)) {
  }
  return key;
}

bool TakeDeferrable(TokenReader* reader, ForeignKey* key) {
  std::string text;
  if (reader->TakeWords("NOT", "DEFERRABLE")) {
    text = " NOT DEFERRABLE";
  } else if (reader->TakeWord("DEFERRABLE")) {
    text = " DEFERRABLE";
  } else {
    return false;
  }
  if (reader->TakeWord("INITIALLY")) {
    text += " INITIALLY " + sql::FoldCase(reader->Take().spelling);
  }
  key->deferrable = text;
  return true;
}

}  // namespace palindrome::sqlite
