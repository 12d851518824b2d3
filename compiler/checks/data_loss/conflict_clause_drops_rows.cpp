#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "compiler/catalog/rowid.h"
#include "compiler/checks/keys.h"
#include "compiler/checks/replacements.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(
    kLeavesOut, kConflictClauseDropsRows,
    "rows of table `{0}` that {1} are left out of this copy without "
    "an error, and dropped with the table; copy with `INSERT OR "
    "ABORT`, and mend such rows before",
    std::string, std::string);

using ast::ConflictAction;

// That of the statement itself.
ConflictAction ClauseOf(const Tokens& tokens) {
  if (!tokens.empty() && IsWord(tokens.front(), "replace")) {
    return ConflictAction::kReplace;
  }
  if (tokens.size() < 3 || !IsWord(tokens[1], "or")) {
    return ConflictAction::kUnspecified;
  }
  return IsWord(tokens[2], "ignore")    ? ConflictAction::kIgnore
         : IsWord(tokens[2], "replace") ? ConflictAction::kReplace
                                        : ConflictAction::kAbort;
}

bool LeavesOut(ConflictAction clause, ConflictAction of_constraint) {
  const ConflictAction action =
      clause == ConflictAction::kUnspecified ? of_constraint : clause;
  return action == ConflictAction::kIgnore ||
         action == ConflictAction::kReplace;
}

class CopyCheck {
 public:
  CopyCheck(const catalog::Catalog& before, const Copy& copy,
            ConflictAction clause)
      : before_(before), copy_(copy), clause_(clause) {}

  // What is left out; empty: nothing.
  std::string Find() const {
    for (const UniqueKey& key : UniqueKeysOf(before_, *copy_.target)) {
      if (LeavesOut(clause_, key.on_conflict) && MayRepeat(key)) {
        return "repeat " + QuotedList(key.columns);
      }
    }
    for (const ast::Column& column : copy_.target->columns) {
      const auto conflict = clause_ == ConflictAction::kUnspecified
                                ? column.not_null_conflict
                                : clause_;
      if (column.not_null && conflict == ConflictAction::kIgnore &&
          MayBeNull(column)) {
        return "have no `" + column.name.text + "`";
      }
    }
    return "";
  }

 private:
  // The columns of the source that become the key's; empty where one is
  // computed or not written.
  std::vector<std::string> SourcesOf(const UniqueKey& key) const {
    std::vector<std::string> sources;
    for (const std::string& column : key.columns) {
      const Copy::Item* item = FindItem(copy_, column);
      if (item == nullptr || item->from.empty()) {
        return {};
      }
      sources.push_back(item->from);
    }
    return sources;
  }

  bool MayRepeat(const UniqueKey& key) const {
    const auto sources = SourcesOf(key);
    const auto keys = UniqueKeysOf(before_, *copy_.source);
    return !sources.empty() &&
           std::none_of(keys.begin(), keys.end(), [&](const UniqueKey& other) {
             return IsWithin(other, sources) && Tells(other, key, sources);
           });
  }

  // Whether values that the key of the source tells apart are apart for the
  // key of the target too.
  static bool Tells(const UniqueKey& source, const UniqueKey& target,
                    const std::vector<std::string>& sources) {
    for (std::size_t i = 0; i < source.columns.size(); ++i) {
      const auto place =
          std::find(sources.begin(), sources.end(), source.columns[i]);
      const std::string& collation =
          target.collations[std::size_t(place - sources.begin())];
      if (collation != "binary" && collation != source.collations[i]) {
        return false;
      }
    }
    return true;
  }

  bool MayBeNull(const ast::Column& column) const {
    const Copy::Item* item = FindItem(copy_, column.name.text);
    const ast::Column* source =
        item == nullptr ? nullptr : FindColumn(*copy_.source, item->from);
    return source != nullptr && !source->not_null &&
           source != catalog::RowidAlias(*copy_.source);
  }

  const catalog::Catalog& before_;
  const Copy& copy_;
  ConflictAction clause_;
};

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const catalog::Simulation& upgrade = context.upgrade;
  for (std::size_t i = 0; i < upgrade.steps.size(); ++i) {
    const auto copy = ReadCopy(upgrade, i);
    const catalog::Step* drop = copy ? FindDropOf(upgrade, *copy) : nullptr;
    if (drop == nullptr || !IsOldTable(upgrade, i, copy->select.source)) {
      continue;
    }
    const catalog::Step& step = upgrade.steps[i];
    const std::string left_out =
        CopyCheck(step.before, *copy,
                  ClauseOf(step.item->statement.tokens.tokens))
            .Find();
    if (left_out.empty()) {
      continue;
    }
    auto finding = diagnostics::Make(kLeavesOut, LocationOf(context, step),
                                     copy->source->name.text, left_out);
    finding.With(LocationOf(context, *drop), "the table is dropped here");
    emitter.Emit(std::move(finding));
  }
}

}  // namespace

constinit const Rule kConflictClauseDropsRowsRule = {
    .kind = diagnostics::Kind::kConflictClauseDropsRows,
    .summary = "rows are left out of a copy without an error, and then dropped",
    .rationale = R"md(
`INSERT OR IGNORE` and `INSERT OR REPLACE` leave rows out that a constraint of
the new table refuses, and so does a constraint that is written with `ON
CONFLICT IGNORE` or `REPLACE`. When the old table is dropped, those rows are
gone, and nothing has said so.

Copy with `INSERT OR ABORT`, which also overrules the constraint's own clause:
the migration then stops at a row that does not fit. Decide before, in a
migration of its own, what becomes of such rows.
)md",
    .bad = R"sql(=== 20250115_143022_create_tags.sql
MIGRATION 'create tags'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tags (id INTEGER PRIMARY KEY, word TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_tell_tags_apart.sql
MIGRATION 'tell tags apart'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE new_tags (
    id INTEGER PRIMARY KEY,
    word TEXT NOT NULL,
    CONSTRAINT uq_tags_word UNIQUE (word)
  );
  INSERT OR IGNORE INTO new_tags (id, word) SELECT id, word FROM tags;
  DROP TABLE tags;
  ALTER TABLE new_tags RENAME TO tags;
END;

DOWNGRADE BEGIN
  CREATE TABLE old_tags (id INTEGER PRIMARY KEY, word TEXT NOT NULL);
  INSERT INTO old_tags (id, word) SELECT id, word FROM tags;
  DROP TABLE tags;
  ALTER TABLE old_tags RENAME TO tags;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_tags.sql
MIGRATION 'create tags'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tags (id INTEGER PRIMARY KEY, word TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_reword_tags.sql
MIGRATION 'reword tags'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE new_tags (
    id INTEGER PRIMARY KEY,
    word TEXT NOT NULL,
    note TEXT
  );
  INSERT OR IGNORE INTO new_tags (id, word) SELECT id, word FROM tags;
  DROP TABLE tags;
  ALTER TABLE new_tags RENAME TO tags;
END;

DOWNGRADE BEGIN
  CREATE TABLE old_tags (id INTEGER PRIMARY KEY, word TEXT NOT NULL);
  INSERT INTO old_tags (id, word) SELECT id, word FROM tags;
  DROP TABLE tags;
  ALTER TABLE old_tags RENAME TO tags;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
