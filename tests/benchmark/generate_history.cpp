#include "generate_history.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <sstream>
#include <string>
#include <string_view>

namespace palindrome {

namespace {

constexpr int kChangesPerTable = 10;
constexpr int kTablesPerCluster = 10;

struct Change {
  std::string title;
  std::string upgrade;
  std::string downgrade;  // Empty for AUTO.
};

std::string Padded(int number, int width) {
  std::ostringstream text;
  text << std::setw(width) << std::setfill('0') << number;
  return text.str();
}

std::string Revision(int number) {
  return "c0de" + Padded(number, 8);
}

std::string Replace(std::string text, std::string_view from,
                    std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// The first migration of a table creates it. Tables reference the first of
// their cluster.
Change CreateTable(const std::string& table, int table_number) {
  std::string columns = "id INTEGER PRIMARY KEY, name TEXT NOT NULL";
  if (table_number % kTablesPerCluster != 0) {
    const int hub = table_number - table_number % kTablesPerCluster;
    columns += ", hub_id INTEGER REFERENCES t" + std::to_string(hub) +
               " (id) ON DELETE CASCADE";
  }
  return {"create " + table, "CREATE TABLE " + table + " (" + columns + ");",
          "DROP TABLE " + table + ";"};
}

// `@` stands for the table, `#` for the number of the change.
Change ChangeTable(const std::string& table, int table_number, int step) {
  const bool is_hub = table_number % kTablesPerCluster == 0;
  Change change;
  switch (step) {
    case 3:
      change = {"add indexed column # to @",
                "ALTER TABLE @ ADD COLUMN c# INTEGER NOT NULL DEFAULT 0;\n"
                "  CREATE INDEX ix_@_c# ON @ (c# DESC);",
                "DROP INDEX ix_@_c#;\n  ALTER TABLE @ DROP COLUMN c#;"};
      break;
    case 5:
      change = {"rename name of @",
                "ALTER TABLE @ RENAME COLUMN name TO title;", ""};
      break;
    case 6:
      change = {"fill @",
                is_hub ? "INSERT INTO @ (id, title) VALUES\n"
                         "    (1, 'first'), (2, 'second'), (3, 'third');"
                       : "INSERT INTO @ (id, title, hub_id) VALUES\n"
                         "    (1, 'first', 1), (2, 'second', 1), "
                         "(3, 'third', 2);",
                "DELETE FROM @ WHERE id IN (1, 2, 3);"};
      break;
    case 7:
      change = {"add computed column # to @",
                "ALTER TABLE @ ADD COLUMN c# TEXT;\n"
                "  UPDATE @ SET c# = upper(title);",
                "ALTER TABLE @ DROP COLUMN c#;"};
      break;
    case 9:
      change = {"require column 1 of @",
                "ALLOW set-not-null-without-backfill BECAUSE 'its default "
                "filled it';\n"
                "  ALTER TABLE @ ALTER COLUMN c1 SET NOT NULL;",
                "ALTER TABLE @ ALTER COLUMN c1 DROP NOT NULL;"};
      break;
    default:
      change = {"add column # to @",
                "ALTER TABLE @ ADD COLUMN c# VARCHAR(20) DEFAULT 'none';",
                step % 2 == 0 ? "" : "ALTER TABLE @ DROP COLUMN c#;"};
      break;
  }
  for (std::string* text :
       {&change.title, &change.upgrade, &change.downgrade}) {
    *text = Replace(Replace(*text, "@", table), "#", std::to_string(step));
  }
  return change;
}

// `YYYYMMDD` and `HHMMSS`, a minute for each migration.
std::string Stamp(int number) {
  using std::chrono::days;
  constexpr int kMinutesPerDay = 24 * 60;
  const std::chrono::year_month_day date(
      std::chrono::sys_days(std::chrono::year(2015) / 1 / 1) +
      days(number / kMinutesPerDay));
  const int minute = number % kMinutesPerDay;
  return Padded(int(date.year()), 4) +
         Padded(static_cast<int>(unsigned(date.month())), 2) +
         Padded(static_cast<int>(unsigned(date.day())), 2) + "_" +
         Padded(minute / 60, 2) + Padded(minute % 60, 2) + "00";
}

Change ChangeOf(int number) {
  const int table_number = number / kChangesPerTable;
  const int step = number % kChangesPerTable;
  const std::string table = "t" + std::to_string(table_number);
  return step == 0 ? CreateTable(table, table_number)
                   : ChangeTable(table, table_number, step);
}

void Write(const std::filesystem::path& folder, int number,
           const Change& change) {
  std::ofstream file(folder / (Stamp(number) + "_" +
                               Replace(change.title, " ", "_") + ".sql"));
  file << "-- Generated.\nMIGRATION '" << change.title << "'\n  REVISION '"
       << Revision(number) << "'\n  REVISES  ";
  if (number == 0) {
    file << "NONE";
  } else {
    file << "'" << Revision(number - 1) << "'";
  }
  file << ";\n\nUPGRADE BEGIN\n  " << change.upgrade << "\nEND;\n\n";
  if (change.downgrade.empty()) {
    file << "DOWNGRADE AUTO;\n";
  } else {
    file << "DOWNGRADE BEGIN\n  " << change.downgrade << "\nEND;\n";
  }
}

}  // namespace

void WriteHistory(const std::filesystem::path& folder, int count) {
  std::filesystem::create_directories(folder);
  for (int number = 0; number < count; ++number) {
    Write(folder, number, ChangeOf(number));
  }
}

void EditNewest(const std::filesystem::path& folder, int count) {
  Change change = ChangeOf(count - 1);
  const std::string alter =
      "ALTER TABLE t" + std::to_string((count - 1) / kChangesPerTable);
  change.upgrade += "\n  " + alter + " ADD COLUMN edited TEXT;";
  if (!change.downgrade.empty()) {
    change.downgrade = alter + " DROP COLUMN edited;\n  " + change.downgrade;
  }
  Write(folder, count - 1, change);
}

}  // namespace palindrome
