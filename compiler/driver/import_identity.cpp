// What imported migrations are called: dates, file names and revision ids, all
// from the names that they had.

#include <ctime>
#include <set>

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include "compiler/driver/import_session.h"
#include "compiler/driver/slug.h"
#include "runtime/src/sha256.h"

namespace palindrome::driver {

namespace {

// Seconds since 1970 of "2025-01-15 14:30:22".
std::time_t SecondsOf(const std::string& date) {
  std::tm fields = {};
  int* const parts[] = {&fields.tm_year, &fields.tm_mon, &fields.tm_mday,
                        &fields.tm_hour, &fields.tm_min, &fields.tm_sec};
  llvm::StringRef rest(date);
  for (int* part : parts) {
    rest = rest.drop_while([](char c) { return !llvm::isDigit(c); });
    if (rest.consumeInteger(10, *part)) {
      return 0;
    }
  }
  constexpr int kFirstYear = 1900;
  fields.tm_year -= kFirstYear;
  fields.tm_mon -= 1;
  return timegm(&fields);
}

std::string Format(std::time_t time, const char* format) {
  std::tm fields = {};
  gmtime_r(&time, &fields);
  char text[32] = {};
  return {text, std::strftime(text, sizeof text, format, &fields)};
}

// Twelve digits of the name's digest, or more where two begin alike.
std::string RevisionOf(const importer::ForeignMigration& migration,
                       std::set<std::string>& taken) {
  const std::string digest =
      Sha256Hex(migration.source + '\n' + migration.name);
  constexpr std::size_t kLength = 12;
  for (std::size_t length = kLength; length < digest.size(); ++length) {
    if (taken.insert(digest.substr(0, length)).second) {
      return digest.substr(0, length);
    }
  }
  return digest;
}

std::string TitleOf(const importer::ForeignMigration& migration) {
  return migration.title == migration.name
             ? migration.title
             : migration.title + " (" + migration.name + ")";
}

}  // namespace

std::vector<ImportedMigration> NameMigrations(
    const importer::ForeignHistory& history) {
  std::vector<ImportedMigration> migrations;
  std::set<std::string> revisions;
  std::set<std::string> file_names;
  // 2000-01-01 00:00:00, for a history without dates.
  constexpr std::time_t kFirst = 946684800;
  std::time_t previous = kFirst - 1;
  for (const importer::ForeignMigration& foreign : history) {
    ImportedMigration& migration = migrations.emplace_back();
    std::time_t time =
        foreign.date.empty() ? previous + 1 : SecondsOf(foreign.date);
    std::string slug = MakeSlug(foreign.title);
    if (slug.empty()) {
      slug = "migration";
    }
    const auto name_at = [&] {
      return Format(time, "%Y%m%d_%H%M%S_") + slug + ".sql";
    };
    while (!file_names.insert(name_at()).second) {
      ++time;
    }
    previous = time;
    migration.source = foreign.source;
    migration.file_name = name_at();
    migration.identity = {TitleOf(foreign), RevisionOf(foreign, revisions), "",
                          Format(time, "%Y-%m-%d %H:%M:%S")};
  }
  return migrations;
}

}  // namespace palindrome::driver
