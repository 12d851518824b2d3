#include "compiler/import/names.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <tuple>
#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FormatVariadic.h"

namespace palindrome::importer {
namespace {

bool IsControl(char byte) {
  return static_cast<unsigned char>(byte) < 0x20;
}

bool BeginsWord(llvm::StringRef name, std::size_t at) {
  const char before = name[at - 1];
  const bool is_next_lower =
      at + 1 < name.size() && llvm::isLower(name[at + 1]);
  if (!llvm::isUpper(name[at])) {
    return false;
  }
  // `CreateUsers`, but also `ParseHTTPLog` and `AddV2Table`.
  return llvm::isLower(before) || (llvm::isAlnum(before) && is_next_lower);
}

bool IsNumber(llvm::StringRef text) {
  return !text.empty() && llvm::all_of(text, llvm::isDigit);
}

llvm::SmallVector<llvm::StringRef> SplitAtAny(llvm::StringRef text,
                                              llvm::StringRef separators) {
  llvm::SmallVector<llvm::StringRef> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end =
        std::min(text.find_first_of(separators, begin), text.size());
    parts.push_back(text.slice(begin, end));
    begin = end + 1;
  }
  return parts;
}

// The 8, 12 or 14 digits of a date in parts; empty if they are none.
std::string JoinDate(llvm::ArrayRef<llvm::StringRef> parts) {
  if (parts.size() < 3 || parts[0].size() != 4) {
    return "";
  }
  std::string digits = parts[0].str();
  // Diesel's names may have a counter after the seconds: "-171611-0000".
  const bool has_counter = parts.size() == 5 && parts[3].size() == 6;
  for (const llvm::StringRef part :
       parts.drop_front().drop_back(has_counter ? 1 : 0)) {
    const bool is_time = digits.size() == 8 && part.size() == 6;
    if (part.size() != 2 && !is_time) {
      return "";
    }
    digits += part;
  }
  return digits;
}

std::string Spell(std::chrono::year_month_day day, std::uint64_t hour,
                  std::uint64_t minute, std::uint64_t second) {
  using std::chrono::year;
  if (!day.ok() || day.year() < year(1970) || day.year() > year(2100) ||
      hour > 23 || minute > 59 || second > 59) {
    return "";
  }
  return llvm::formatv("{0}-{1,0+2}-{2,0+2} {3,0+2}:{4,0+2}:{5,0+2}",
                       static_cast<int>(day.year()),
                       static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()), hour, minute, second)
      .str();
}

std::string DateOfSeconds(std::uint64_t seconds) {
  const std::chrono::sys_days day{
      std::chrono::days(static_cast<int>(seconds / 86400))};
  const std::uint64_t rest = seconds % 86400;
  return Spell(day, rest / 3600, rest / 60 % 60, rest % 60);
}

std::string DateOfDigits(std::string digits) {
  if (digits.size() != 8 && digits.size() != 12 && digits.size() != 14) {
    return "";
  }
  digits.resize(14, '0');
  const auto number = [&](std::size_t begin, std::size_t length) {
    unsigned value = 0;
    llvm::StringRef(digits).substr(begin, length).getAsInteger(10, value);
    return value;
  };
  const std::chrono::year_month_day day{
      std::chrono::year(static_cast<int>(number(0, 4))),
      std::chrono::month(number(4, 2)), std::chrono::day(number(6, 2))};
  return Spell(day, number(8, 2), number(10, 2), number(12, 2));
}

using Places = llvm::StringMap<llvm::SmallVector<std::size_t, 1>>;

// The up of the down's version that has none yet, of its words if there are.
std::optional<std::size_t> FindUp(const std::vector<Versioned>& ups,
                                  const Places& places, const Versioned& down,
                                  bool by_words) {
  const auto found = places.find(down.key);
  if (found == places.end()) {
    return std::nullopt;
  }
  for (const std::size_t place : found->second) {
    if (!ups[place].migration.down &&
        (!by_words || ups[place].words == down.words)) {
      return place;
    }
  }
  return std::nullopt;
}

}  // namespace

bool IsTopLevel(llvm::StringRef path) {
  return !path.contains('/');
}

llvm::StringRef FileName(llvm::StringRef path) {
  return path.substr(path.rfind('/') + 1);
}

std::string Words(llvm::StringRef name) {
  std::string words;
  bool is_after_word = false;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const char byte = name[at];
    if (llvm::StringRef("_-. ").contains(byte) || IsControl(byte)) {
      is_after_word = !words.empty();
      continue;
    }
    if (is_after_word || (at > 0 && BeginsWord(name, at) && !words.empty())) {
      words += ' ';
    }
    is_after_word = false;
    words += llvm::toLower(byte);
  }
  return words;
}

std::string DateOf(llvm::StringRef version) {
  const llvm::SmallVector<llvm::StringRef> parts = SplitAtAny(version, "-._");
  if (!llvm::all_of(parts, IsNumber)) {
    return "";
  }
  std::uint64_t seconds = 0;
  if (version.size() == 10 && parts.size() == 1 &&
      !version.getAsInteger(10, seconds)) {
    return DateOfSeconds(seconds);
  }
  return DateOfDigits(parts.size() == 1 ? version.str() : JoinDate(parts));
}

NumberedName SplitNumber(llvm::StringRef name) {
  const llvm::StringRef number = name.take_while(llvm::isDigit);
  return {number, name.drop_front(number.size())};
}

std::optional<PrefixedName> SplitPrefixed(llvm::StringRef name) {
  if (name.empty() || !llvm::StringRef("VUBR").contains(name.front())) {
    return std::nullopt;
  }
  PrefixedName parts;
  parts.prefix = name.front();
  std::tie(parts.version, parts.words) = name.drop_front().split("__");
  const bool is_versioned =
      llvm::all_of(SplitAtAny(parts.version, "._"), IsNumber);
  const bool is_right =
      parts.prefix == 'R' ? parts.version.empty() : is_versioned;
  return is_right && name.size() > 1 ? std::optional(parts) : std::nullopt;
}

std::string VersionKey(llvm::StringRef version) {
  llvm::SmallVector<llvm::StringRef> parts = SplitAtAny(version, "._");
  for (llvm::StringRef& part : parts) {
    part = part.ltrim('0');
  }
  while (parts.size() > 1 && parts.back().empty()) {
    parts.pop_back();
  }
  std::string key;
  for (const llvm::StringRef part : parts) {
    key += key.empty() ? "" : ".";
    key += part.empty() ? llvm::StringRef("0") : part;
  }
  return key;
}

bool HasLowerVersion(const Versioned& left, const Versioned& right) {
  const llvm::SmallVector<llvm::StringRef> left_parts =
      SplitAtAny(left.key, ".");
  const llvm::SmallVector<llvm::StringRef> right_parts =
      SplitAtAny(right.key, ".");
  return std::lexicographical_compare(
      left_parts.begin(), left_parts.end(), right_parts.begin(),
      right_parts.end(), [](llvm::StringRef one, llvm::StringRef other) {
        return one.size() != other.size() ? one.size() < other.size()
                                          : one < other;
      });
}

void AttachDowns(std::vector<Versioned>& ups, std::vector<Versioned> downs) {
  Places places;
  for (std::size_t place = 0; place < ups.size(); ++place) {
    places[ups[place].key].push_back(place);
  }
  for (const bool by_words : {true, false}) {
    llvm::erase_if(downs, [&](Versioned& down) {
      const auto place = FindUp(ups, places, down, by_words);
      if (place) {
        ups[*place].migration.down = std::move(down.migration.down);
      }
      return place.has_value();
    });
  }
  for (Versioned& down : downs) {
    down.migration.failure =
        llvm::formatv(places.count(down.key) != 0
                          ? "another file takes version `{0}` back already"
                          : "it takes version `{0}` back, which no file "
                            "applies",
                      down.key)
            .str();
    ups.push_back(std::move(down));
  }
}

ForeignHistory InOrder(
    std::vector<Versioned> found,
    llvm::function_ref<bool(const Versioned&, const Versioned&)> is_less) {
  llvm::stable_sort(found, is_less);
  llvm::StringMap<std::string> sources;
  ForeignHistory history;
  for (Versioned& each : found) {
    ForeignMigration& migration = each.migration;
    const auto [first, is_new] =
        sources.try_emplace(each.key, migration.source);
    if (!is_new && migration.failure.empty()) {
      migration.failure =
          llvm::formatv("version `{0}` is already that of `{1}`", each.key,
                        first->second)
              .str();
    }
    history.push_back(std::move(migration));
  }
  FillTitles(history);
  return history;
}

void FillTitles(ForeignHistory& history) {
  std::size_t number = 0;
  for (ForeignMigration& migration : history) {
    ++number;
    if (migration.title.empty()) {
      migration.title = Words(migration.name);
    }
    if (migration.title.empty()) {
      migration.title = llvm::formatv("migration {0}", number).str();
    }
    // A message may be any text, but a title is one line.
    std::replace_if(migration.title.begin(), migration.title.end(), IsControl,
                    ' ');
  }
}

}  // namespace palindrome::importer
