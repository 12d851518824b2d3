#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "runtime/src/history_table.h"

namespace palindrome {
namespace {

constexpr std::size_t kLongestRevision = 40;

bool IsRevision(std::string_view text) {
  return !text.empty() && text.size() <= kLongestRevision &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_';
         });
}

bool IsKnown(table::Dialect dialect) {
  switch (dialect) {
    case table::Dialect::kSqlite:
    case table::Dialect::kPostgresql:
      return true;
  }
  return false;
}

bool IsKnown(table::Proof proof) {
  switch (proof) {
    case table::Proof::kNone:
    case table::Proof::kSchema:
    case table::Proof::kData:
      return true;
  }
  return false;
}

bool IsKnown(table::Loss loss) {
  switch (loss) {
    case table::Loss::kUnclassified:
    case table::Loss::kLossless:
    case table::Loss::kLosslessByArchive:
    case table::Loss::kOnUpgrade:
    case table::Loss::kOnDowngrade:
    case table::Loss::kMayFailOnDowngrade:
    case table::Loss::kSigned:
      return true;
  }
  return false;
}

bool IsKnown(table::ShortcutKind kind) {
  switch (kind) {
    case table::ShortcutKind::kNewDatabase:
    case table::ShortcutKind::kMergedRebuilds:
    case table::ShortcutKind::kSquash:
      return true;
  }
  return false;
}

Status Error(StatusCode code, std::string_view revision,
             const std::string& what) {
  StatusDetails details;
  details.revision = revision;
  return {code, "the compiled history is malformed: " + what,
          std::move(details)};
}

}  // namespace

bool HistoryTable::HoldsTexts(const table::Row& row) const {
  const std::array texts = {
      row.revision,     row.title,         row.documentation, row.file_name,
      row.created,      row.checksum,      row.chain,         row.digest_before,
      row.digest_after, row.squashes_from, row.squashes_to,   row.approved_by};
  return std::all_of(texts.begin(), texts.end(),
                     [this](table::Text text) { return Holds(text); });
}

bool HistoryTable::HoldsRanges(const table::Row& row) const {
  if (!Holds(header_.links, row.parents) ||
      !Holds(header_.links, row.depends_on) ||
      !Holds(header_.links, row.branch_labels) ||
      !Holds(header_.allowed, row.allowed) ||
      !Holds(header_.programs, row.programs)) {
    return false;
  }
  for (const table::Range range :
       {row.parents, row.depends_on, row.branch_labels}) {
    const std::vector<std::string_view> links = Links(range);
    if (std::any_of(links.begin(), links.end(),
                    [](std::string_view link) { return link.empty(); })) {
      return false;
    }
  }
  const std::vector<table::Allowed> allowed = Allowed(row.allowed);
  return std::all_of(allowed.begin(), allowed.end(),
                     [this](const table::Allowed& allow) {
                       return Holds(allow.rule) && Holds(allow.reason);
                     });
}

Status HistoryTable::ValidateStatements(table::Range range) const {
  if (!Holds(header_.statements, range)) {
    return Error(StatusCode::kMalformedHistory, "",
                 "a program lies outside of the statements");
  }
  for (std::uint32_t i = 0; i < range.count; ++i) {
    const auto statement =
        Read<table::Statement>(header_.statements, range.first + i);
    if ((statement.flags & ~table::kKnownStatementFlags) != 0) {
      return Error(StatusCode::kUnsupportedHistory, "",
                   "a statement has flags that this runtime does not know");
    }
    if (!Holds(statement.sql)) {
      return Error(StatusCode::kMalformedHistory, "",
                   "a statement lies outside of the text");
    }
  }
  return {};
}

Status HistoryTable::ValidatePrograms(const table::Row& row) const {
  for (std::uint32_t i = 0; i < row.programs.count; ++i) {
    const auto program =
        Read<table::Program>(header_.programs, row.programs.first + i);
    if (!IsKnown(program.dialect)) {
      return Error(StatusCode::kUnsupportedHistory, "",
                   "a program has a dialect that this runtime does not know");
    }
    if (!Holds(program.up_digest) || !Holds(program.down_digest)) {
      return Error(StatusCode::kMalformedHistory, "",
                   "a digest lies outside of the text");
    }
    for (const table::Range range : {program.up, program.down}) {
      if (Status status = ValidateStatements(range); !status.ok()) {
        return status;
      }
    }
  }
  return {};
}

Status HistoryTable::ValidateRow(const table::Row& row) const {
  const std::string_view revision = Text(row.revision);
  if (!HoldsTexts(row) || !HoldsRanges(row)) {
    return Error(StatusCode::kMalformedHistory, revision,
                 "a row refers to what is outside of the table");
  }
  if (!IsRevision(revision)) {
    return Error(StatusCode::kMalformedHistory, "",
                 "a revision is not of 1 to 40 lower-case letters, digits "
                 "and underscores");
  }
  if (!IsKnown(row.proof) || !IsKnown(row.loss)) {
    return Error(StatusCode::kUnsupportedHistory, revision,
                 "a row has a proof or loss that this runtime does not know");
  }
  if ((row.compatibility & ~table::kKnownCompatibility) != 0) {
    return Error(StatusCode::kUnsupportedHistory, revision,
                 "a row has a compatibility that this runtime does not know");
  }
  if (row.compatibility != 0 && (row.compatibility & table::kClassified) == 0) {
    return Error(StatusCode::kMalformedHistory, revision,
                 "a row breaks programs and is not classified");
  }
  return ValidatePrograms(row);
}

Status HistoryTable::ValidateShortcuts() const {
  for (const table::Shortcut& shortcut : Shortcuts()) {
    if (!IsKnown(shortcut.dialect) || !IsKnown(shortcut.kind)) {
      return Error(StatusCode::kUnsupportedHistory, "",
                   "a shortcut is of a dialect or kind that this runtime does "
                   "not know");
    }
    const table::Range all = {0, size()};
    if (shortcut.rows.count == 0 || !Holds(header_.rows, shortcut.rows) ||
        (shortcut.kind == table::ShortcutKind::kNewDatabase &&
         (shortcut.rows.first != all.first ||
          shortcut.rows.count != all.count))) {
      return Error(StatusCode::kMalformedHistory, "",
                   "a shortcut stands for rows that it cannot stand for");
    }
    if (Status status = ValidateStatements(shortcut.up); !status.ok()) {
      return status;
    }
  }
  return {};
}

Status HistoryTable::ValidateOrder() const {
  std::unordered_map<std::string_view, std::uint32_t> seen;
  seen.reserve(size());
  for (std::uint32_t i = 0; i < size(); ++i) {
    const table::Row row = Row(i);
    const std::string_view revision = Text(row.revision);
    for (const table::Range range : {row.parents, row.depends_on}) {
      for (const std::string_view link : Links(range)) {
        if (!seen.contains(link)) {
          return Error(StatusCode::kMalformedHistory, revision,
                       "a row stands before one that it needs");
        }
      }
    }
    if (!seen.emplace(revision, i).second) {
      return Error(StatusCode::kMalformedHistory, revision,
                   "a revision is there twice");
    }
  }
  return {};
}

// An entry belongs to one range at most, so that what is read stays linear in
// the size of the table.
Status HistoryTable::ValidateTotals() const {
  std::uint64_t links = 0;
  std::uint64_t allowed = 0;
  std::uint64_t programs = 0;
  std::uint64_t statements = 0;
  for (std::uint32_t i = 0; i < size(); ++i) {
    const table::Row row = Row(i);
    links += std::uint64_t{row.parents.count} + row.depends_on.count +
             row.branch_labels.count;
    allowed += row.allowed.count;
    programs += row.programs.count;
  }
  for (std::uint32_t i = 0; i < header_.programs.count; ++i) {
    const auto program = Read<table::Program>(header_.programs, i);
    statements += std::uint64_t{program.up.count} + program.down.count;
  }
  for (const table::Shortcut& shortcut : Shortcuts()) {
    statements += shortcut.up.count;
  }
  if (links > header_.links.count || allowed > header_.allowed.count ||
      programs > header_.programs.count ||
      statements > header_.statements.count) {
    return Error(StatusCode::kMalformedHistory, "",
                 "rows refer to more entries than there are");
  }
  return {};
}

Status HistoryTable::Validate() const {
  if (!Holds(header_.name) || header_.name.size == 0) {
    return Error(StatusCode::kMalformedHistory, "", "it has no name");
  }
  if (Status status = ValidateTotals(); !status.ok()) {
    return status;
  }
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (Status status = ValidateRow(Row(i)); !status.ok()) {
      return status;
    }
  }
  if (Status status = ValidateShortcuts(); !status.ok()) {
    return status;
  }
  return ValidateOrder();
}

}  // namespace palindrome
