#include <string>
#include <string_view>

#include "llvm/ADT/StringExtras.h"

#include "compiler/checks/file_names.h"
#include "compiler/checks/rule.h"
#include "compiler/diagnostics/fixes.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kBadName, kBadFileName,
                "`{0}` is not the name of a migration; call it "
                "`YYYYMMDD_HHMMSS_imperative_slug.sql`",
                std::string);
PALINDROME_TEXT(kNoSuchTime, kBadFileName,
                "`{0}` begins with a date or time that does not exist; begin "
                "it with the time of its making in UTC",
                std::string);
PALINDROME_TEXT(kDisagrees, kBadFileName,
                "the migration is `CREATED` at `{0}`, and its file's name says "
                "`{1}`; make them agree",
                std::string, std::string);

constexpr std::size_t kTimeLength = 15;  // 20250115_143022

bool AllDigits(std::string_view text) {
  for (const char character : text) {
    if (!llvm::isDigit(character)) {
      return false;
    }
  }
  return !text.empty();
}

bool IsSlugWord(std::string_view word, bool first) {
  for (const char character : word) {
    const bool lower = character >= 'a' && character <= 'z';
    if (!lower && !llvm::isDigit(character)) {
      return false;
    }
  }
  return !word.empty() && !(first && llvm::isDigit(word[0]));
}

// \d{8}_\d{6}_[a-z][a-z0-9]*(_[a-z0-9]+)*\.sql
bool HasForm(llvm::StringRef name) {
  if (!name.consume_back(".sql") || name.size() <= kTimeLength + 1 ||
      !AllDigits(name.substr(0, 8)) || name[8] != '_' ||
      !AllDigits(name.substr(9, 6)) || name[kTimeLength] != '_') {
    return false;
  }
  llvm::StringRef slug = name.drop_front(kTimeLength + 1);
  bool first = true;
  while (true) {
    const std::size_t end = slug.find('_');
    if (!IsSlugWord(slug.substr(0, end), first)) {
      return false;
    }
    if (end == llvm::StringRef::npos) {
      return true;
    }
    slug = slug.drop_front(end + 1);
    first = false;
  }
}

// As CREATED writes it: 2025-01-15 14:30:22.
std::string CreatedOf(std::string_view name) {
  const auto part = [&](std::size_t begin, std::size_t size) {
    return std::string(name.substr(begin, size));
  };
  return part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + " " + part(9, 2) +
         ":" + part(11, 2) + ":" + part(13, 2);
}

void Check(const graph::Graph& graph, diagnostics::Emitter& emitter) {
  for (const graph::Revision* revision : graph.All()) {
    const ast::Header& header = revision->migration.header;
    const source::File* file = revision->migration.file;
    const std::string name(file->base_name());
    const source::Location location{file, header.title.range};
    if (!source::IsPlainName(name)) {
      continue;  // Reported where it was read, whatever the severity here.
    }
    if (!HasForm(name)) {
      emitter.Emit(kBadName, location, name);
    } else if (!IsRealTime(name)) {
      emitter.Emit(kNoSuchTime, location, name);
    } else if (header.created && header.created->value != CreatedOf(name)) {
      const source::Location place{file, header.created->range};
      emitter.Emit(
          diagnostics::Make(kDisagrees, place, header.created->value,
                            CreatedOf(name))
              .Mended(diagnostics::Replace(diagnostics::By::kTool, place,
                                           sql::QuoteString(CreatedOf(name)))));
    }
  }
}

}  // namespace

constinit const Rule kBadFileNameRule = {
    .kind = diagnostics::Kind::kBadFileName,
    .summary = "a migration's file is not called by its time and its purpose",
    .rationale = R"md(
A folder of migrations is read as a list of file names long before anybody
opens a file. `YYYYMMDD_HHMMSS_imperative_slug.sql` makes that list sort by
time, says what each file does, and keeps two branches from choosing the same
name.

The order in which migrations run never comes from the name: `REVISES` says it.
The time must be one that exists, and a `CREATED` clause must say the same. It
is not compared with the clock, so that a build gives the same verdict on any
day.
)md",
    .bad = R"sql(=== users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE
  CREATED '2025-01-15 14:30:22';

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .check_graph = Check,
};

}  // namespace palindrome::checks
