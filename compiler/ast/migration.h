// A migration file as the parser read it: header, upgrade and downgrade.
//
// A value; it points to its source file, which outlives it. A file with
// errors gives what could be read of it: `header_ok`, `upgrade_ok` and
// `body_ok` say which parts later phases may trust.
#ifndef PALINDROME_COMPILER_AST_MIGRATION_H_
#define PALINDROME_COMPILER_AST_MIGRATION_H_

#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/statement.h"

namespace palindrome::ast {

// A string literal of the header: its value and where it stands.
struct Text {
  std::string value;
  source::Range range;  // Quotes included.
};

// ALLOW rule BECAUSE 'reason'.
struct Allow {
  Name rule;
  Text reason;
  source::Range range;
  // What it silences the rule in: the next item, or the whole file if it stands
  // in the header.
  source::Range covers;
};

struct Squashes {
  Text from;
  Text to;
  std::optional<Text> approved_by;
  source::Range range;
};

struct Header {
  Text title;
  std::optional<Text> revision;
  bool revises_none = false;
  std::optional<source::Range> revises_range;  // No value: no REVISES clause.
  std::vector<Text> parents;
  std::optional<Text> created;
  std::vector<Text> branch_labels;
  std::vector<Text> depends_on;
  std::optional<Squashes> squashes;
  std::optional<source::Range> draft;
  source::Range range;
  // The comments before MIGRATION, without their markers, one line each.
  std::string documentation;
};

// One statement, with what stands around it.
struct Item {
  Statement statement;
  std::string dialect;      // Folded; of the FOR block around it, or empty.
  source::Range for_block;  // From FOR to END; empty outside such a block.
  bool commented = false;   // A comment stands right before it, or its FOR.
  source::Range preserve;   // The word PRESERVE before it; or empty.
  std::string archive;      // What PRESERVE calls the archive; or empty.
  // Of a derived statement: the archive whose values it takes; or empty.
  std::string restores;
};

struct Section {
  source::Range keyword;  // UPGRADE or DOWNGRADE.
  source::Range range;    // To the last token.
  std::vector<Item> items;
  bool is_auto = false;  // DOWNGRADE AUTO.
  source::Range auto_range;
};

struct Migration {
  const source::File* file = nullptr;
  Header header;
  std::vector<Allow> allows;  // In source order.
  Section upgrade;
  std::optional<Section> downgrade;
  bool header_ok = false;
  bool upgrade_ok = false;  // Of the body, the part before the downgrade.
  bool body_ok = false;
};

// Derived items as the section of a migration: `DOWNGRADE BEGIN … END;`. What
// is opaque stands in a FOR block; where a column is put back is lost.
std::string PrintDowngrade(const std::vector<Item>& items);

}  // namespace palindrome::ast

#endif  // PALINDROME_COMPILER_AST_MIGRATION_H_
