#include "runtime/src/ledger.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>

#include "runtime/src/sql_lexer.h"

namespace palindrome {
namespace {

constexpr std::string_view kApplied = "palindrome_applied";
constexpr std::string_view kHistory = "palindrome_history";
constexpr std::string_view kObjects = "palindrome_objects";
constexpr std::array<std::string_view, 3> kTables = {kApplied, kHistory,
                                                     kObjects};

// Makes a query of one table fail where the others are missing, at no cost.
constexpr std::string_view kWhereTheOthersAre =
    "NOT EXISTS (SELECT 1 FROM main.palindrome_history, "
    "main.palindrome_objects WHERE 1 = 0)";

Status UnknownFormat(const std::string& what) {
  return {StatusCode::kUnsupportedLedger,
          "the ledger of the database " + what +
              "; a newer program may have written it"};
}

Status Contradiction(const std::string& what) {
  return {StatusCode::kCorruptLedger,
          "the ledger of the database contradicts itself: " + what};
}

std::string Join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

std::vector<std::string> Split(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) {
      words.emplace_back(text.substr(0, end));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::uint32_t ParseNumber(std::string_view text) {
  std::uint32_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// Checks the format, which is the last column of `row`.
Status CheckFormat(const DatabaseRow& row) {
  const std::string format = row.back().value_or("");
  return format == kLedgerFormat ? Status()
                                 : UnknownFormat("has format `" + format + "`");
}

}  // namespace

Result<bool> Ledger::Exists() {
  const auto found = database_.FindTables(kTables);
  if (!found.ok()) {
    return found.status();
  }
  if (found->empty() || found->size() == kTables.size()) {
    return !found->empty();
  }
  const auto* const missing =
      std::find_if(kTables.begin(), kTables.end(), [&](std::string_view table) {
        return std::find(found->begin(), found->end(), table) == found->end();
      });
  return Status(StatusCode::kCorruptLedger,
                "the ledger of the database lacks its table `" +
                    std::string(*missing) +
                    "`; restore the database from a backup, or drop what is "
                    "left of the ledger and stamp the database");
}

Result<std::vector<DatabaseRow>> Ledger::QueryAll(std::string_view sql) {
  const std::vector<std::string> parameters =
      sql.find("$1") == std::string_view::npos
          ? std::vector<std::string>()
          : std::vector<std::string>{name_};
  auto rows = database_.Query(sql, parameters);
  if (rows.ok() || rows.status().code() != StatusCode::kFailedStatement) {
    return rows;
  }
  // Most likely there is no ledger yet.
  const auto exists = Exists();
  if (!exists.ok()) {
    return exists.status();
  }
  if (!*exists) {
    return std::vector<DatabaseRow>();
  }
  // Another process may have made it between the two looks.
  rows = database_.Query(sql, parameters);
  if (rows.ok() || rows.status().code() != StatusCode::kFailedStatement) {
    return rows;
  }
  return UnknownFormat("cannot be read: " +
                       rows.status().details().engine_message);
}

Result<std::vector<DatabaseRow>> Ledger::Query(std::string_view sql) {
  auto rows = QueryAll(sql);
  if (rows.ok()) {
    for (const DatabaseRow& row : *rows) {
      if (Status status = CheckFormat(row); !status.ok()) {
        return status;
      }
    }
  }
  return rows;
}

Result<std::vector<LedgerHead>> Ledger::ReadHeads() {
  const auto rows = Query(
      "SELECT revision, chain, format FROM main.palindrome_applied "
      "WHERE namespace = $1 AND is_head = 1 AND " +
      std::string(kWhereTheOthersAre) + " ORDER BY revision");
  if (!rows.ok()) {
    return rows.status();
  }
  std::vector<LedgerHead> heads;
  for (const DatabaseRow& row : *rows) {
    heads.push_back({row[0].value_or(""), row[1].value_or("")});
  }
  return heads;
}

Result<std::vector<AppliedRevision>> Ledger::ReadRows(
    std::string_view down_program) {
  auto rows = Query(
      "SELECT revision, title, parents, depends_on, checksum, chain, is_head, "
      "digest, loss, compatibility, " +
      std::string(down_program) +
      ", down_digest, format "
      "FROM main.palindrome_applied WHERE namespace = $1 AND " +
      std::string(kWhereTheOthersAre) + " ORDER BY revision");
  if (!rows.ok()) {
    return rows.status();
  }
  std::vector<AppliedRevision> applied;
  applied.reserve(rows->size());
  for (DatabaseRow& row : *rows) {
    std::size_t column = 0;
    const auto take = [&] { return row[column++].value_or(""); };
    AppliedRevision revision;
    revision.revision = take();
    revision.title = take();
    revision.parents = Split(take());
    revision.depends_on = Split(take());
    revision.checksum = take();
    revision.chain = take();
    revision.is_head = take() == "1";
    revision.digest = take();
    revision.loss = ParseNumber(take());
    revision.compatibility = ParseNumber(take());
    revision.down_program = take();
    revision.down_digest = take();
    applied.push_back(std::move(revision));
  }
  return applied;
}

Result<std::vector<AppliedRevision>> Ledger::ReadApplied() {
  return ReadRows("''");
}

Result<std::vector<AppliedRevision>> Ledger::ReadAppliedWithPrograms() {
  return ReadRows("down_program");
}

Result<std::vector<OwnedObject>> Ledger::ReadObjects() {
  auto rows = QueryAll(
      "SELECT namespace, kind, name, digest FROM main.palindrome_objects "
      "ORDER BY kind, name");
  if (!rows.ok()) {
    return rows.status();
  }
  std::vector<OwnedObject> objects;
  std::set<std::pair<std::string, std::string>> keys;
  for (DatabaseRow& row : *rows) {
    OwnedObject& object = objects.emplace_back(
        OwnedObject{row[0].value_or(""), row[1].value_or(""),
                    row[2].value_or(""), row[3].value_or("")});
    // Names are compared without case, and rows are found by their spelling.
    if (!keys.emplace(object.kind, sql::FoldCase(object.name)).second) {
      return Contradiction(object.kind + " `" + object.name +
                           "` is there twice");
    }
  }
  return objects;
}

Status Ledger::CheckBase() {
  const auto rows = QueryAll(
      "SELECT kind, name FROM main.palindrome_objects WHERE namespace = $1 AND "
      "NOT EXISTS (SELECT 1 FROM main.palindrome_applied WHERE namespace = $1) "
      "ORDER BY kind, name");
  if (!rows.ok()) {
    return rows.status();
  }
  if (rows->empty()) {
    return {};
  }
  const DatabaseRow& first = rows->front();
  const std::string others =
      rows->size() == 1 ? ""
                        : " and " + std::to_string(rows->size() - 1) + " more";
  return Contradiction(
      "no migration of `" + name_ + "` is applied, and " +
      first[0].value_or("") + " `" + first[1].value_or("") + "`" + others +
      " belong to it; stamp the database with the revision that it is at");
}

Result<bool> Ledger::HasLog() {
  const auto rows = QueryAll(
      "SELECT 1 FROM main.palindrome_history WHERE namespace = $1 LIMIT 1");
  if (!rows.ok()) {
    return rows.status();
  }
  return !rows->empty();
}

Status Ledger::Create() {
  const auto exists = Exists();
  if (!exists.ok() || *exists) {
    return exists.status();
  }
  for (const std::string_view statement : database_.ledger_definition()) {
    const auto result = database_.Query(statement, {});
    if (!result.ok()) {
      return result.status();
    }
  }
  return {};
}

Status Ledger::WriteRows(std::string_view table, std::string_view sql,
                         const Parameters& rows) {
  const auto changed = database_.ExecuteMany(sql, rows);
  if (!changed.ok()) {
    return changed.status();
  }
  if (*changed == rows.size()) {
    return {};
  }
  return Contradiction("of the rows of `" + std::string(table) +
                       "` to write there should be " +
                       std::to_string(rows.size()) + ", and there are " +
                       std::to_string(*changed));
}

Status Ledger::WriteApplied(const LedgerChange& change) {
  Parameters removed;
  for (const std::string& revision : change.removed) {
    removed.push_back({name_, revision});
  }
  if (Status status = WriteRows(kApplied,
                                "DELETE FROM main.palindrome_applied "
                                "WHERE namespace = $1 AND revision = $2",
                                removed);
      !status.ok()) {
    return status;
  }
  Parameters heads;
  for (const std::string& revision : change.former_heads) {
    heads.push_back({"0", name_, revision});
  }
  for (const std::string& revision : change.new_heads) {
    heads.push_back({"1", name_, revision});
  }
  if (Status status =
          WriteRows(kApplied,
                    "UPDATE main.palindrome_applied SET is_head = $1 "
                    "WHERE namespace = $2 AND revision = $3",
                    heads);
      !status.ok()) {
    return status;
  }
  Parameters added;
  for (const AppliedRevision& row : change.added) {
    added.push_back({name_, row.revision, row.title, Join(row.parents),
                     Join(row.depends_on), row.checksum, row.chain,
                     row.is_head ? "1" : "0", row.digest,
                     std::to_string(row.loss),
                     std::to_string(row.compatibility), row.down_program,
                     row.down_digest, std::string(kLedgerFormat)});
  }
  return WriteRows(
      kApplied,
      "INSERT INTO main.palindrome_applied (namespace, revision, title, "
      "parents, "
      "depends_on, checksum, chain, is_head, digest, loss, compatibility, "
      "down_program, "
      "down_digest, format, applied_at) VALUES ($1, $2, $3, $4, $5, $6, $7, "
      "$8, $9, $10, $11, $12, $13, $14, " +
          std::string(database_.current_time()) + ")",
      added);
}

Status Ledger::WriteObjects(const LedgerChange& change) {
  constexpr std::string_view kDelete =
      "DELETE FROM main.palindrome_objects WHERE kind = $1 AND name = $2";
  Parameters gone;
  for (const OwnedObject& object : change.disowned) {
    gone.push_back({object.kind, object.name});
  }
  if (Status status = WriteRows(kObjects, kDelete, gone); !status.ok()) {
    return status;
  }
  Parameters former;
  Parameters come;
  for (const OwnedObject& object : change.owned) {
    former.push_back({object.kind, object.name});
    come.push_back({object.space, object.kind, object.name, object.digest});
  }
  // Those that are new have no row yet.
  if (const auto deleted = database_.ExecuteMany(kDelete, former);
      !deleted.ok()) {
    return deleted.status();
  }
  return WriteRows(
      kObjects,
      "INSERT INTO main.palindrome_objects (namespace, kind, name, digest) "
      "VALUES ($1, $2, $3, $4)",
      come);
}

Status Ledger::WriteLog(const LedgerChange& change) {
  Parameters log;
  for (const LogEntry& entry : change.log) {
    log.push_back({name_, entry.revision, entry.action, entry.title,
                   entry.checksum, PALINDROME_VERSION,
                   std::string(kLedgerFormat)});
  }
  return WriteRows(
      kHistory,
      "INSERT INTO main.palindrome_history (namespace, revision, action, "
      "title, "
      "checksum, tool, format, applied_at) VALUES ($1, $2, $3, $4, $5, $6, "
      "$7, " +
          std::string(database_.current_time()) + ")",
      log);
}

Status Ledger::Write(const LedgerChange& change) {
  if (Status status = Create(); !status.ok()) {
    return status;
  }
  if (Status status = WriteApplied(change); !status.ok()) {
    return status;
  }
  if (Status status = WriteObjects(change); !status.ok()) {
    return status;
  }
  return WriteLog(change);
}

}  // namespace palindrome
