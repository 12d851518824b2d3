#include "compiler/driver/digests.h"

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
    const auto digest = objects_.find(object.get());
    if (digest == objects_.end()) {
      return nullptr;
    }
    digests.push_back({std::string(catalog::ObjectKindName(key.kind)), key.name,
                       digest->second});
  }
  return &buckets_.emplace(bucket, BucketDigest(digests)).first->second;
}

std::string Digests::Of(const catalog::Catalog& catalog) {
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
