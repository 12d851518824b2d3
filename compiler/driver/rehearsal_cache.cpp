#include "compiler/driver/rehearsal_cache.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "llvm/Support/Endian.h"
#include "llvm/Support/xxhash.h"

#include "runtime/src/sha256.h"

namespace palindrome::driver {

namespace {

// The first line of a file names the format and its version, the second who
// made it. Records follow: checksum of the rest, age, sizes of key and value,
// each in eight bytes, the low ones first; key and value.
constexpr char kFormat[] = "palindrome rehearsals 1\n";
constexpr std::size_t kWord = sizeof(std::uint64_t);
constexpr std::size_t kSizes = 3 * kWord;
constexpr std::uint64_t kOldest = 8;

std::string Word(std::uint64_t number) {
  std::string bytes(kWord, '\0');
  llvm::support::endian::write64le(bytes.data(), number);
  return bytes;
}

std::uint64_t TakeWord(std::string_view& bytes) {
  const std::uint64_t word = llvm::support::endian::read64le(bytes.data());
  bytes.remove_prefix(kWord);
  return word;
}

std::string_view Take(std::string_view& bytes, std::size_t size) {
  const std::string_view taken = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return taken;
}

}  // namespace

RehearsalCache::RehearsalCache(const std::string& maker,
                               std::unique_ptr<llvm::MemoryBuffer> file)
    : header_(kFormat + Sha256Hex(maker) + "\n"),
      digests_(header_),
      file_(std::move(file)) {
  if (file_) {
    Read(file_->getBuffer());
  }
}

void RehearsalCache::Read(std::string_view bytes) {
  if (!bytes.starts_with(header_)) {
    return;
  }
  bytes.remove_prefix(header_.size());
  while (bytes.size() >= kWord + kSizes) {
    const std::uint64_t checksum = TakeWord(bytes);
    const std::string_view checked = bytes;
    const std::uint64_t age = TakeWord(bytes);
    const std::uint64_t key_size = TakeWord(bytes);
    const std::uint64_t value_size = TakeWord(bytes);
    if (key_size > bytes.size() || value_size > bytes.size() - key_size ||
        checksum != llvm::xxh3_64bits(llvm::StringRef(
                        checked.substr(0, kSizes + key_size + value_size)))) {
      return;
    }
    const std::string key(Take(bytes, key_size));
    entries_.emplace(key, Entry{Take(bytes, value_size), age + 1, {}});
  }
}

const RehearsalCache::Entry* RehearsalCache::Use(const std::string& key) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) {
    return nullptr;
  }
  found->second.age = 0;
  return &found->second;
}

void RehearsalCache::Put(std::string key, std::string value) {
  Entry& entry = entries_[std::move(key)];
  entry.own = std::move(value);
  entry.value = entry.own;
  entry.age = 0;
  has_news_ = true;
}

std::optional<rehearse::Result> RehearsalCache::Find(
    const rehearse::Task& task) {
  const Entry* entry = Use(digests_.OfRehearsal(task));
  return entry != nullptr ? rehearse::DeserializeResult(entry->value, task)
                          : std::nullopt;
}

void RehearsalCache::Keep(const rehearse::Task& task,
                          const rehearse::Result& result) {
  Put(digests_.OfRehearsal(task), rehearse::Serialize(result));
}

std::optional<std::string> RehearsalCache::FindProof(
    const rehearse::SquashTask& task) {
  const Entry* entry = Use(digests_.OfProof(task));
  return entry != nullptr ? std::optional<std::string>(entry->value)
                          : std::nullopt;
}

void RehearsalCache::KeepProof(const rehearse::SquashTask& task,
                               const std::string& proof) {
  Put(digests_.OfProof(task), proof);
}

rehearse::Inserts RehearsalCache::FindInserts(const std::string& key) {
  rehearse::Inserts& inserts = inserts_[key];
  if (inserts) {
    return inserts;
  }
  if (const Entry* entry = Use(key)) {
    if (auto read = rehearse::DeserializeInserts(entry->value)) {
      inserts =
          std::make_shared<const std::vector<std::string>>(*std::move(read));
    }
  }
  return inserts;
}

std::optional<RowsAfter> RehearsalCache::FindRows(const rehearse::Task& task) {
  const Entry* entry = Use(digests_.OfRows(task));
  const auto index = entry != nullptr
                         ? rehearse::DeserializeRowsIndex(entry->value)
                         : std::nullopt;
  if (!index) {
    return std::nullopt;
  }
  RowsAfter rows;
  if (*index) {
    rows.emplace();
    for (const auto& [table, digest] : **index) {
      rehearse::Inserts inserts = FindInserts(digest);
      if (!inserts) {
        return std::nullopt;
      }
      rows->emplace_back(table, std::move(inserts));
    }
  }
  return rows;
}

void RehearsalCache::KeepRows(const rehearse::Task& task,
                              const RowsAfter& rows) {
  rehearse::RowsIndex index;
  if (rows) {
    index.emplace();
    for (const auto& [table, inserts] : *rows) {
      const std::string& digest = digests_.Of(inserts);
      if (Use(digest) == nullptr) {
        Put(digest, rehearse::Serialize(*inserts));
      }
      index->emplace_back(table, digest);
    }
  }
  Put(digests_.OfRows(task), rehearse::Serialize(index));
}

std::string RehearsalCache::Bytes() const {
  // In order, so that equal contents are equal bytes.
  std::vector<const std::pair<const std::string, Entry>*> kept;
  std::size_t size = header_.size();
  for (const auto& entry : entries_) {
    if (entry.second.age <= kOldest) {
      kept.push_back(&entry);
      size += kWord + kSizes + entry.first.size() + entry.second.value.size();
    }
  }
  std::sort(kept.begin(), kept.end(), [](const auto* left, const auto* right) {
    return left->first < right->first;
  });
  std::string bytes;
  bytes.reserve(size);
  bytes += header_;
  for (const auto* entry : kept) {
    const auto& [key, known] = *entry;
    const std::size_t start = bytes.size();
    bytes += Word(0);
    bytes += Word(known.age);
    bytes += Word(key.size());
    bytes += Word(known.value.size());
    bytes += key;
    bytes += known.value;
    const std::string checksum = Word(
        llvm::xxh3_64bits(llvm::StringRef(bytes).drop_front(start + kWord)));
    bytes.replace(start, kWord, checksum);
  }
  return bytes;
}

}  // namespace palindrome::driver
