#include "runtime/src/schema_facts.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "runtime/src/sha256.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome {
namespace {

constexpr std::string_view kPrefix = "s1:";

// Sorted.
std::vector<SchemaFact> AsDigested(std::vector<SchemaFact> facts) {
  for (SchemaFact& fact : facts) {
    if (!fact.digested.empty()) {
      fact.value = std::exchange(fact.digested, "");
    }
  }
  std::sort(facts.begin(), facts.end());
  return facts;
}

}  // namespace

SchemaObjects AsDigested(SchemaObjects objects) {
  for (SchemaObject& object : objects) {
    object.facts = AsDigested(std::move(object.facts));
  }
  return objects;
}

std::string ObjectDigest(const SchemaObject& object) {
  FieldDigest digest(kPrefix, "object");
  digest.Add(object.kind);
  digest.Add(sql::FoldCase(object.name));
  digest.Add(sql::FoldCase(object.table));
  for (const SchemaFact& fact : AsDigested(object.facts)) {
    digest.Add(fact.key);
    digest.Add(fact.value);
  }
  return digest.Finish();
}

unsigned DigestBucket(std::string_view kind, std::string_view name) {
  const std::string folded = sql::FoldCase(name);
  Sha256 hash;
  hash.Update(std::to_string(kind.size()) + ':');
  hash.Update(kind);
  hash.Update(std::to_string(folded.size()) + ':');
  hash.Update(folded);
  return hash.Finish()[0] % kDigestBuckets;
}

std::string BucketDigest(const std::vector<NamedDigest>& sorted_objects) {
  if (sorted_objects.empty()) {
    return "";
  }
  FieldDigest digest(kPrefix, "bucket");
  for (const NamedDigest& object : sorted_objects) {
    digest.Add(object.kind);
    digest.Add(sql::FoldCase(object.name));
    digest.Add(object.digest);
  }
  return digest.Finish();
}

std::string CatalogDigest(const std::vector<std::string>& bucket_digests) {
  FieldDigest digest(kPrefix, "catalog");
  for (std::size_t i = 0; i < bucket_digests.size(); ++i) {
    if (!bucket_digests[i].empty()) {
      digest.Add(std::to_string(i));
      digest.Add(bucket_digests[i]);
    }
  }
  return digest.Finish();
}

std::string CatalogDigest(const SchemaObjects& objects) {
  std::vector<NamedDigest> named;
  named.reserve(objects.size());
  for (const SchemaObject& object : objects) {
    named.push_back({object.kind, object.name, ObjectDigest(object)});
  }
  return CatalogDigest(std::move(named));
}

std::string CatalogDigest(std::vector<NamedDigest> objects) {
  for (NamedDigest& object : objects) {
    object.name = sql::FoldCase(object.name);
  }
  std::sort(objects.begin(), objects.end(),
            [](const NamedDigest& left, const NamedDigest& right) {
              return std::tie(left.kind, left.name) <
                     std::tie(right.kind, right.name);
            });
  std::vector<std::vector<NamedDigest>> buckets(kDigestBuckets);
  for (NamedDigest& object : objects) {
    const unsigned bucket = DigestBucket(object.kind, object.name);
    buckets[bucket].push_back(std::move(object));
  }
  std::vector<std::string> digests;
  digests.reserve(buckets.size());
  for (const std::vector<NamedDigest>& bucket : buckets) {
    digests.push_back(BucketDigest(bucket));
  }
  return CatalogDigest(digests);
}

}  // namespace palindrome
