#include "runtime/src/adopt.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "runtime/src/revision_place.h"

namespace palindrome {
namespace {

constexpr std::string_view kStamp =
    "; stamp it with the revision that it is at, if it is one";

// Digests that the schema has: a table that is called like another tool's
// ledger may be the history's.
class LiveDigests {
 public:
  LiveDigests(const LiveSchema& live, std::string_view space)
      : own_(OwnDigest(live, space)) {
    LiveSchema all = live;
    CountNewLedgers({}, &all);
    all_ = OwnDigest(all, space);
  }

  bool Has(std::string_view digest) const {
    return digest == own_ || digest == all_;
  }
  bool IsEmpty() const {
    return own_ == CatalogDigest(std::vector<NamedDigest>());
  }

 private:
  std::string own_;
  std::string all_;
};

std::string_view DigestOf(const LoadedHistory& history, std::size_t index) {
  return history.table.Text(
      history.table.Row(static_cast<std::uint32_t>(index)).digest_after);
}

Status Unknown(const std::string& what) {
  return {StatusCode::kUnknownDatabase, what + std::string(kStamp)};
}

Result<std::size_t> ResolveNamed(const LoadedHistory& history,
                                 std::string_view name) {
  const auto index = ResolveRevision(
      history.graph, RevisionSet(history.graph.size(), false), name);
  if (!index.ok()) {
    return index.status();
  }
  if (!*index) {
    return Status(StatusCode::kBadTarget,
                  "`" + std::string(name) +
                      "` is no revision; a database before the first "
                      "migration needs none");
  }
  return **index;
}

// `because` says who names the revision.
Result<std::optional<std::size_t>> FindNamed(const LoadedHistory& history,
                                             const LiveDigests& digests,
                                             std::string_view name,
                                             const std::string& because) {
  const auto index = ResolveNamed(history, name);
  if (!index.ok()) {
    return index.status();
  }
  const std::string id = history.graph.node(*index).id;
  const std::string_view digest = DigestOf(history, *index);
  if (digest.empty()) {
    return Unknown("the schema of the database was not compared: revision `" +
                   id + "` was compiled without rehearsal");
  }
  if (!digests.Has(digest)) {
    return Unknown("the schema of the database is not that of revision `" + id +
                   "`" + because);
  }
  return std::optional(*index);
}

Result<std::optional<std::size_t>> FindBySchema(const LoadedHistory& history,
                                                const LiveDigests& digests) {
  std::vector<std::size_t> found;
  for (const std::size_t index : history.graph.order()) {
    const std::string_view digest = DigestOf(history, index);
    if (!digest.empty() && digests.Has(digest)) {
      found.push_back(index);
    }
  }
  if (found.empty()) {
    return Unknown("the schema of the database is that of no revision");
  }
  if (found.size() > 1) {
    return Status(StatusCode::kAmbiguousRevision,
                  "the schema of the database is that of the revisions " +
                      ListRevisions(history.graph, found) +
                      ", which it cannot tell apart; name the one that the "
                      "database is at");
  }
  return std::optional(found.front());
}

}  // namespace

Result<std::optional<std::size_t>> FindAdopted(
    const LoadedHistory& history, Database& database, Ledger& ledger,
    const LiveSchema& live, const Options& options, std::string_view wanted) {
  const auto has_log = ledger.HasLog();
  if (!has_log.ok()) {
    return has_log.status();
  }
  const LiveDigests digests(live, history.table.name());
  if (*has_log || (wanted.empty() && digests.IsEmpty())) {
    return std::optional<std::size_t>();
  }
  if (!wanted.empty()) {
    return FindNamed(history, digests, wanted, "");
  }
  if (options.user_versions.empty()) {
    return FindBySchema(history, digests);
  }
  const auto version = database.ReadUserVersion();
  if (!version.ok()) {
    return version.status();
  }
  const auto entry = std::find_if(
      options.user_versions.begin(), options.user_versions.end(),
      [&](const UserVersion& each) { return each.version == *version; });
  const std::string number = std::to_string(*version);
  if (entry != options.user_versions.end()) {
    return FindNamed(history, digests, entry->revision,
                     ", as its user version " + number + " says");
  }
  // What no program has ever set.
  return *version == 0 ? FindBySchema(history, digests)
                       : Result<std::optional<std::size_t>>(Unknown(
                             "the database has the user version " + number +
                             ", which the program has no revision for"));
}

Result<bool> IsAdopted(const LoadedHistory& history, Ledger& ledger,
                       const AppliedState& state, std::string_view wanted) {
  const auto index = ResolveNamed(history, wanted);
  if (!index.ok()) {
    return index.status();
  }
  if (state.applied[*index]) {
    return true;
  }
  const auto has_log = ledger.HasLog();
  if (!has_log.ok() || !*has_log) {
    return has_log;
  }
  return Status(
      StatusCode::kBadTarget,
      "the history has a ledger in the database, by which revision `" +
          history.graph.node(*index).id + "` is not applied, but " +
          (state.heads.empty() ? "none"
                               : ListRevisions(history.graph, state.heads)) +
          "; stamp the database if the ledger is wrong");
}

}  // namespace palindrome
