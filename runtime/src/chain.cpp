#include "runtime/src/chain.h"

#include <algorithm>

#include "runtime/src/sha256.h"

namespace palindrome {

std::string ChainDigest(std::string_view revision, std::string_view checksum,
                        std::vector<std::string> needed) {
  std::sort(needed.begin(), needed.end());
  needed.erase(std::unique(needed.begin(), needed.end()), needed.end());
  FieldDigest digest("c1:", "chain");
  digest.Add(revision);
  digest.Add(checksum);
  for (const std::string& chain : needed) {
    digest.Add(chain);
  }
  return digest.Finish();
}

}  // namespace palindrome
