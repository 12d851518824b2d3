// What rehearsals found, kept between builds under the digest of all that they
// depend on.
//
// Made from the bytes of the file that the last build left, and turned into
// those of the next. A file that is damaged, or of another compiler or engine,
// holds nothing from there on; it is never an error. Owned by the run of the
// pipeline; one thread at a time.
#ifndef PALINDROME_COMPILER_DRIVER_REHEARSAL_CACHE_H_
#define PALINDROME_COMPILER_DRIVER_REHEARSAL_CACHE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"

#include "compiler/rehearse/serialize.h"
#include "compiler/rehearse/task_digest.h"

namespace palindrome::driver {

// The rows of tables that an upgrade leaves. No value: it fails.
using RowsAfter =
    std::optional<std::vector<std::pair<std::string, rehearse::Inserts>>>;

class RehearsalCache {
 public:
  // `maker`: what results depend on besides their tasks, the build of the
  // compiler and the engine. `file` may be null: there is none.
  RehearsalCache(const std::string& maker,
                 std::unique_ptr<llvm::MemoryBuffer> file);

  std::optional<rehearse::Result> Find(const rehearse::Task& task);
  void Keep(const rehearse::Task& task, const rehearse::Result& result);

  std::optional<RowsAfter> FindRows(const rehearse::Task& task);
  void KeepRows(const rehearse::Task& task, const RowsAfter& rows);

  // What ProveSquash says.
  std::optional<std::string> FindProof(const rehearse::SquashTask& task);
  void KeepProof(const rehearse::SquashTask& task, const std::string& proof);

  // Something was kept that the file does not hold.
  bool has_news() const { return has_news_; }

  // The next file. It holds what was found or kept, and, for a while, what
  // was not: it may be another branch's, or another target's.
  std::string Bytes() const;

 private:
  struct Entry {
    std::string_view value;
    // Files written since it was found or kept.
    std::uint64_t age = 0;
    std::string own;  // What `value` is of, if it is not of the file.
  };

  void Read(std::string_view bytes);
  // Null: nothing is known.
  const Entry* Use(const std::string& key);
  void Put(std::string key, std::string value);
  // Null: they are not known.
  rehearse::Inserts FindInserts(const std::string& key);

  std::string header_;
  rehearse::TaskDigests digests_;
  std::unique_ptr<llvm::MemoryBuffer> file_;
  std::unordered_map<std::string, Entry> entries_;
  // Those that were found, by their digests, so that tasks share them.
  std::unordered_map<std::string, rehearse::Inserts> inserts_;
  bool has_news_ = false;
};

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_REHEARSAL_CACHE_H_
