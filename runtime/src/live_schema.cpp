#include "runtime/src/live_schema.h"

#include <algorithm>
#include <map>
#include <utility>

#include "runtime/src/foreign_revisions.h"
#include "runtime/src/other_ledgers.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome {
namespace {

constexpr std::size_t kMostNamed = 10;

using ObjectKey = std::pair<std::string, std::string>;

ObjectKey KeyOf(std::string_view kind, std::string_view name) {
  return {std::string(kind), sql::FoldCase(name)};
}

std::map<ObjectKey, const OwnedObject*> ByKey(
    const std::vector<OwnedObject>& owned) {
  std::map<ObjectKey, const OwnedObject*> map;
  for (const OwnedObject& object : owned) {
    map.emplace(KeyOf(object.kind, object.name), &object);
  }
  return map;
}

std::map<ObjectKey, const NamedDigest*> ByKey(
    const std::vector<NamedDigest>& objects) {
  std::map<ObjectKey, const NamedDigest*> map;
  for (const NamedDigest& object : objects) {
    map.emplace(KeyOf(object.kind, object.name), &object);
  }
  return map;
}

// What is not another namespace's.
std::vector<NamedDigest> OwnObjects(const LiveSchema& live,
                                    std::string_view space) {
  const auto owners = ByKey(live.owned);
  std::vector<NamedDigest> own;
  for (const NamedDigest& object : live.objects) {
    const auto owner = owners.find(KeyOf(object.kind, object.name));
    if (owner == owners.end() || owner->second->space == space) {
      own.push_back(object);
    }
  }
  return own;
}

std::string Named(std::string_view kind, std::string_view name) {
  return std::string(kind) + " `" + std::string(name) + '`';
}

// Differences between what this namespace left behind and what is there of it.
std::vector<std::string> DescribeDrift(const LiveSchema& live,
                                       std::string_view space) {
  const auto objects = ByKey(live.objects);
  const auto owners = ByKey(live.owned);
  std::vector<std::string> lines;
  for (const auto& [key, owner] : owners) {
    if (owner->space != space) {
      continue;
    }
    const auto object = objects.find(key);
    if (object == objects.end()) {
      lines.push_back(Named(owner->kind, owner->name) + " is missing");
    } else if (object->second->digest != owner->digest) {
      lines.push_back(Named(owner->kind, owner->name) + " was changed");
    }
  }
  return lines;
}

std::vector<std::string> DescribeStrangers(const LiveSchema& live) {
  const auto owners = ByKey(live.owned);
  std::vector<std::string> lines;
  for (const auto& [key, object] : ByKey(live.objects)) {
    if (!owners.contains(key)) {
      lines.push_back(Named(object->kind, object->name) +
                      " belongs to no migration");
    }
  }
  return lines;
}

std::string Listed(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i == kMostNamed) {
      return text + ", and " + std::to_string(lines.size() - i) + " more";
    }
    text += (i == 0 ? "" : ", ") + lines[i];
  }
  return text;
}

std::string WhereAt(const LoadedHistory& history, const AppliedState& state) {
  if (!state.foreign.empty()) {
    return "at revision `" + state.foreign.front().revision +
           "`, which this program does not know";
  }
  if (state.heads.empty()) {
    return "before the first migration";
  }
  return (state.heads.size() == 1 ? "at revision " : "at the revisions ") +
         ListRevisions(history.graph, state.heads);
}

// What to do about drift. Where the history has no catalog to compare with,
// stamping anew takes what is there of its objects for what should be.
std::string WayOut(const LoadedHistory& history, const AppliedState& state,
                   bool takes_stamp) {
  if (state.heads.empty() && state.foreign.empty()) {
    return "; remove what belongs to no migration, or stamp the database with "
           "the revision that it is at";
  }
  return "; undo by hand what was changed by hand" +
         (takes_stamp && state.foreign.empty()
              ? "; or, if a change to what the migrations made is meant, stamp "
                "`base` and then " +
                    ListRevisions(history.graph, state.heads)
              : "");
}

Status Unknown(const std::vector<NamedDigest>& own) {
  std::vector<std::string> names;
  names.reserve(own.size());
  for (const NamedDigest& object : own) {
    names.push_back(Named(object.kind, object.name));
  }
  return {StatusCode::kUnknownDatabase,
          "the database has a schema that was not made by migrations: " +
              Listed(names) +
              "; stamp it with the revision that it is at, if it is one"};
}

}  // namespace

Result<LiveSchema> ReadLiveSchema(Database& database, Ledger& ledger) {
  SchemaObjects objects;
  if (Status status = database.ReadSchema(&objects); !status.ok()) {
    return status;
  }
  auto owned = ledger.ReadObjects();
  if (!owned.ok()) {
    return owned.status();
  }
  LiveSchema live;
  live.owned = std::move(owned).value();
  live.objects.reserve(objects.size());
  const auto owners = ByKey(live.owned);
  for (const SchemaObject& object : objects) {
    const std::string& table =
        object.table.empty() ? object.name : object.table;
    const bool is_other = !ToolOfLedger(table).empty() &&
                          !owners.contains(KeyOf(object.kind, object.name));
    (is_other ? live.other_ledgers : live.objects)
        .push_back({object.kind, object.name, ObjectDigest(object)});
  }
  return live;
}

std::optional<std::string> ExpectedDigest(const LoadedHistory& history,
                                          const AppliedState& state) {
  const CurrentHeads heads = FindCurrentHeads(history, state);
  if (heads.known.empty() && heads.foreign.empty()) {
    return CatalogDigest(std::vector<NamedDigest>());
  }
  if (heads.known.size() + heads.foreign.size() > 1) {
    return std::nullopt;
  }
  if (heads.known.empty()) {
    const std::string& digest = heads.foreign.front()->digest;
    return digest.empty() ? std::nullopt : std::optional(digest);
  }
  const std::size_t head = heads.known.front();
  const std::string_view compiled = history.table.Text(
      history.table.Row(static_cast<std::uint32_t>(head)).digest_after);
  std::string digest =
      compiled.empty() ? state.digests[head] : std::string(compiled);
  if (digest.empty()) {
    return std::nullopt;
  }
  return digest;
}

void CountNewLedgers(const LiveSchema& before, LiveSchema* after) {
  const auto had = ByKey(before.other_ledgers);
  std::vector<NamedDigest> rest;
  for (NamedDigest& object : after->other_ledgers) {
    (had.contains(KeyOf(object.kind, object.name)) ? rest : after->objects)
        .push_back(std::move(object));
  }
  after->other_ledgers = std::move(rest);
}

void CountExpectedLedgers(const LoadedHistory& history,
                          const AppliedState& state, LiveSchema* live) {
  const auto expected = ExpectedDigest(history, state);
  LiveSchema all = *live;
  CountNewLedgers({}, &all);
  if (expected && *expected == OwnDigest(all, history.table.name())) {
    *live = std::move(all);
  }
}

std::string OwnDigest(const LiveSchema& live, std::string_view space) {
  return CatalogDigest(OwnObjects(live, space));
}

Status CheckSchema(const LoadedHistory& history, const AppliedState& state,
                   const LiveSchema& live, bool has_log) {
  const auto expected = ExpectedDigest(history, state);
  std::vector<NamedDigest> own = OwnObjects(live, history.table.name());
  if (expected && *expected == CatalogDigest(own)) {
    return {};
  }
  if (state.heads.empty() && state.foreign.empty() && !has_log) {
    return Unknown(own);
  }
  std::vector<std::string> lines = DescribeDrift(live, history.table.name());
  const bool takes_stamp = !expected && !lines.empty();
  for (std::string& line : DescribeStrangers(live)) {
    lines.push_back(std::move(line));
  }
  if (!expected && lines.empty()) {
    return {};
  }
  return {StatusCode::kDriftedSchema,
          std::string("the schema is not the one that ") +
              (expected ? "the migrations made " : "the last run left ") +
              WhereAt(history, state) +
              (lines.empty() ? "" : ": " + Listed(lines)) +
              WayOut(history, state, takes_stamp)};
}

void RecordOwnership(const LiveSchema& before, const LiveSchema& after,
                     std::string_view space, LedgerChange* change) {
  const auto objects = ByKey(after.objects);
  const auto owners = ByKey(before.owned);
  for (const auto& [key, owner] : owners) {
    const auto object = objects.find(key);
    if (owner->space == space &&
        (object == objects.end() || object->second->name != owner->name)) {
      change->disowned.push_back(*owner);
    }
  }
  for (const auto& [key, object] : objects) {
    const auto owner = owners.find(key);
    if (owner == owners.end() || (owner->second->space == space &&
                                  (owner->second->digest != object->digest ||
                                   owner->second->name != object->name))) {
      change->owned.push_back(
          {std::string(space), object->kind, object->name, object->digest});
    }
  }
}

}  // namespace palindrome
