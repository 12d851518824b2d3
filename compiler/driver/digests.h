// The digests of the catalogs of a history.
//
// The digest of an object is read from an engine once, when it comes into
// being, and the digest of a bucket is computed once for all revisions that
// share it, so that a history of any length costs what changed in it. One
// thread.
#ifndef PALINDROME_COMPILER_DRIVER_DIGESTS_H_
#define PALINDROME_COMPILER_DRIVER_DIGESTS_H_

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/catalog/catalog.h"
#include "compiler/driver/history_analysis.h"

namespace palindrome::driver {

class Digests {
 public:
  explicit Digests(const rehearse::StandIns& stand_ins)
      : stand_ins_(stand_ins) {}

  // Keeps the digests of the objects after the migration, from its rehearsal
  // or, without one, from an engine made for it.
  void Learn(const MigrationAnalysis& migration);

  // `s1:`…; every object must have been learnt. Empty if one could not be.
  std::string Of(const catalog::Catalog& catalog);

 private:
  // The objects that no migration's slice held under this address: a merge
  // makes those of its other branches anew.
  void LearnUnknown(const catalog::Catalog& catalog);
  const std::string* OfBucket(
      const std::shared_ptr<const catalog::Catalog::Bucket>& bucket);

  const rehearse::StandIns& stand_ins_;
  std::unordered_map<const catalog::Object*, std::string> objects_;
  // Keeps the buckets, so that an address is never used again.
  std::unordered_map<std::shared_ptr<const catalog::Catalog::Bucket>,
                     std::string>
      buckets_;
  std::unordered_map<std::shared_ptr<const void>, std::string> catalogs_;
};

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_DIGESTS_H_
