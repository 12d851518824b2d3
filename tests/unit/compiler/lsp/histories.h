// The history that the tests of the server work on.
#ifndef PALINDROME_TESTS_UNIT_COMPILER_LSP_HISTORIES_H_
#define PALINDROME_TESTS_UNIT_COMPILER_LSP_HISTORIES_H_

#include <string>

#include "tests/unit/compiler/lsp/client.h"

namespace palindrome::lsp {

inline constexpr char kUsersFile[] = "20250101_120000_create_users.sql";
inline constexpr char kUsers[] =
    "-- People.\n"
    "MIGRATION 'create users'\n"
    "  REVISION 'aa11'\n"
    "  REVISES  NONE\n"
    "  CREATED  '2025-01-01 12:00:00';\n\n"
    "UPGRADE BEGIN\n"
    "  CREATE TABLE users (\n"
    "    id   INTEGER PRIMARY KEY,\n"
    "    name TEXT NOT NULL\n"
    "  );\n"
    "END;\n\n"
    "DOWNGRADE AUTO;\n";

inline constexpr char kEmailFile[] = "20250102_120000_add_email_to_users.sql";
inline constexpr char kEmail[] =
    "MIGRATION 'add email to users'\n"
    "  REVISION 'bb22'\n"
    "  REVISES  'aa11'\n"
    "  CREATED  '2025-01-02 12:00:00';\n\n"
    "UPGRADE BEGIN\n"
    "  ALTER TABLE users ADD COLUMN email TEXT;\n"
    "  CREATE INDEX ix_users_email ON users (email);\n"
    "END;\n\n"
    "DOWNGRADE AUTO;\n";

// What comes next.
inline constexpr char kNewFile[] = "20250103_120000_change_things.sql";
inline std::string NewMigration(const std::string& upgrade) {
  return "MIGRATION 'change things'\n"
         "  REVISION 'cc33'\n"
         "  REVISES  'bb22'\n"
         "  CREATED  '2025-01-03 12:00:00';\n\n"
         "UPGRADE BEGIN\n" +
         upgrade +
         "END;\n\n"
         "DOWNGRADE AUTO;\n";
}

inline void AddHistory(Client& client) {
  client.world().files()[std::string("migrations/") + kUsersFile] = kUsers;
  client.world().files()[std::string("migrations/") + kEmailFile] = kEmail;
}

}  // namespace palindrome::lsp

#endif  // PALINDROME_TESTS_UNIT_COMPILER_LSP_HISTORIES_H_
