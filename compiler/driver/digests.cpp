#include "compiler/driver/digests.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "compiler/rehearse/sqlite/engine.h"

namespace palindrome::driver {

void Digests::Learn(const MigrationAnalysis& migration) {
  const catalog::Slice& slice = migration.task->after;
  const std::vector<NamedDigest> digests =
      migration.rehearsal ? migration.rehearsal->after_digests
                          : rehearse::sqlite::SliceDigests(slice, stand_ins_);
  for (std::size_t i = 0; i < digests.size() && i < slice.size(); ++i) {
    objects_.emplace(slice[i].get(), digests[i].digest);
  }
}

const std::string* Digests::OfBucket(
    const std::shared_ptr<const catalog::Catalog::Bucket>& bucket) {
  const auto known = buckets_.find(bucket);
  if (known != buckets_.end()) {
    return &known->second;
  }
  std::vector<NamedDigest> digests;
  for (const auto& [key, object] : *bucket) {
    if (key.kind == catalog::ObjectKind::kArchive) {
      continue;
    }
    const auto digest = objects_.find(object.get());
    if (digest == objects_.end()) {
      return nullptr;
    }
    digests.push_back({std::string(catalog::ObjectKindName(key.kind)), key.name,
                       digest->second});
  }
  // By the kind's name, as BucketDigest asks, and not by its number.
  std::sort(digests.begin(), digests.end(),
            [](const NamedDigest& left, const NamedDigest& right) {
              return std::tie(left.kind, left.name) <
                     std::tie(right.kind, right.name);
            });
  return &buckets_.emplace(bucket, BucketDigest(digests)).first->second;
}

void Digests::LearnUnknown(const catalog::Catalog& catalog) {
  std::set<std::string> names;
  for (unsigned number = 0; number < kDigestBuckets; ++number) {
    const auto bucket = catalog.bucket(number);
    if (!bucket || buckets_.contains(bucket)) {
      continue;
    }
    for (const auto& [key, object] : *bucket) {
      if (key.kind != catalog::ObjectKind::kArchive &&
          !objects_.contains(object.get())) {
        names.insert(key.name);
      }
    }
  }
  if (names.empty()) {
    return;
  }
  const catalog::Slice slice =
      catalog::SliceAround(catalog, {{}, std::move(names)});
  const auto digests = rehearse::sqlite::SliceDigests(slice, stand_ins_);
  for (std::size_t i = 0; i < digests.size() && i < slice.size(); ++i) {
    objects_.emplace(slice[i].get(), digests[i].digest);
  }
}

std::string Digests::Of(const catalog::Catalog& catalog) {
  LearnUnknown(catalog);
  std::string& digest = catalogs_[catalog.identity()];
  if (!digest.empty()) {
    return digest;
  }
  std::vector<std::string> buckets(kDigestBuckets);
  for (unsigned number = 0; number < kDigestBuckets; ++number) {
    if (const auto bucket = catalog.bucket(number)) {
      const std::string* known = OfBucket(bucket);
      if (known == nullptr) {
        return "";
      }
      buckets[number] = *known;
    }
  }
  digest = CatalogDigest(buckets);
  return digest;
}

}  // namespace palindrome::driver
