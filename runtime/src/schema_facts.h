// What a database engine says of a schema, object by object, and the digest
// of it (`s1:`), which ledgers carry.
//
// A fact is one line of text: a key (what a message calls it) and a value that
// is normalized, so that two schemas are equal exactly if their facts are. A
// driver reads the facts from a live database; the compiler reads them through
// the same driver from its rehearsal database. What the facts of each kind are
// says runtime/docs/catalog_digest.md. Plain values owned by the
// caller; pure functions, so any thread may call them.
#ifndef PALINDROME_RUNTIME_SRC_SCHEMA_FACTS_H_
#define PALINDROME_RUNTIME_SRC_SCHEMA_FACTS_H_

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace palindrome {

// For example {"column `status`", "VARCHAR(20) NOT NULL DEFAULT 'pending'"} of
// a table, or {"definition", …} of a view.
struct SchemaFact {
  std::string key;
  std::string value;
  // What of the value is in the digest, where that is not all of it.
  std::string digested = {};
  // clang-tidy 14 takes the comparison with 0 for a null pointer.
  auto operator<=>(const SchemaFact&) const = default;  // NOLINT
};

struct SchemaObject {
  std::string kind;   // `table`, `index`, `view` or `trigger`
  std::string name;   // As written; compared without regard to ASCII case.
  std::string table;  // Of an index or trigger; else empty.
  std::vector<SchemaFact> facts;  // Sorted.
  // The columns of a table in their order; not part of the digest.
  std::vector<std::string> column_order;
};

// Sorted by kind and folded name.
using SchemaObjects = std::vector<SchemaObject>;

// The same objects with what is in the digest alone: two schemas are equal by
// it exactly if their digests are.
SchemaObjects AsDigested(SchemaObjects objects);

// `s1:`… of one object: SHA-256 over its length-prefixed kind, folded name,
// folded table and facts.
std::string ObjectDigest(const SchemaObject& object);

// Which of the kDigestBuckets buckets of a catalog digest an object falls in,
// by kind and folded name.
inline constexpr unsigned kDigestBuckets = 256;
unsigned DigestBucket(std::string_view kind, std::string_view name);

// The two levels of the catalog digest, so that a change of one object costs
// one bucket. A bucket's digest is over its objects in order of kind and
// folded name; the catalog's is over the (number, digest) of the buckets that
// are not empty. An empty bucket has an empty digest.
struct NamedDigest {
  std::string kind;
  std::string name;
  std::string digest;
};
std::string BucketDigest(const std::vector<NamedDigest>& sorted_objects);
std::string CatalogDigest(const std::vector<std::string>& bucket_digests);

// The `s1:` digest of a whole schema, from its objects or from their digests
// in any order.
std::string CatalogDigest(const SchemaObjects& objects);
std::string CatalogDigest(std::vector<NamedDigest> objects);

// What `right` (found) has otherwise than `left` (expected), in the order of
// the objects and keys. Empty if equal.
struct SchemaDifference {
  std::string kind;  // Of the object.
  std::string name;
  std::string detail;  // The fact's key, empty for a whole object.
  // The values, empty where absent; kPresent for a whole object.
  std::string left;
  std::string right;
};
inline constexpr std::string_view kPresent = "present";
std::vector<SchemaDifference> CompareSchemas(const SchemaObjects& left,
                                             const SchemaObjects& right);

// In words: "index `ix` is missing", "column `a` of table `t` is `INTEGER`,
// not `TEXT`".
std::string DescribeDifference(const SchemaDifference& difference);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_SCHEMA_FACTS_H_
