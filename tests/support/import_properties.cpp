#include "tests/support/import_properties.h"

#include <optional>
#include <variant>

#include "compiler/import/convert.h"
#include "compiler/import/formats.h"
#include "compiler/import/sql_text.h"
#include "compiler/parse/parse.h"

namespace palindrome::testing {
namespace {

// The parser takes any other word for the verb of some dialect, also one that
// is the language's own.
bool IsOfSqlite(const ast::Statement& statement) {
  const auto* opaque = std::get_if<ast::Opaque>(&statement.node);
  return opaque == nullptr || opaque->verb == "ANALYZE" ||
         opaque->verb == "REINDEX" || opaque->verb.starts_with("CREATE ");
}

// How many statements of the text a migration keeps; no value if one of them
// cannot be read by itself.
std::optional<std::size_t> CountKept(const std::string& sql) {
  std::size_t count = 0;
  for (const importer::SqlStatement& each : importer::SplitStatements(sql)) {
    const importer::Fate fate = importer::Judge(each.text).fate;
    if (fate != importer::Fate::kPlain && fate != importer::Fate::kDialect) {
      continue;
    }
    const source::File file("s.sql", std::string(each.text));
    diagnostics::Emitter emitter;
    const auto statement = parse::ParseStatement(file, emitter);
    if (!statement || !IsOfSqlite(*statement)) {
      return std::nullopt;
    }
    ++count;
  }
  return count;
}

std::string FindConvertedFault(const importer::ForeignMigration& migration) {
  const importer::Identity identity = {migration.title, "b2", "a1",
                                       "2025-01-15 14:30:22"};
  const importer::Converted converted = importer::Convert(migration, identity);
  if (converted.is_empty || !converted.failure.empty()) {
    return converted.text.empty() ? "" : "a text of what is left out";
  }
  const source::File file("m.sql", converted.text);
  diagnostics::Emitter emitter;
  const ast::Migration parsed = parse::ParseMigration(file, emitter);
  const bool is_meant =
      parsed.header_ok && parsed.header.title.value == identity.title &&
      parsed.header.revision && parsed.header.revision->value == "b2" &&
      parsed.header.parents.size() == 1 && parsed.upgrade.keyword.end != 0;
  if (!is_meant) {
    return "not the header that was meant:\n" + converted.text;
  }
  const auto up = CountKept(migration.up);
  const auto down = CountKept(migration.down.value_or(""));
  const bool is_kept =
      !up || !down ||
      (parsed.body_ok && parsed.upgrade.items.size() == *up &&
       parsed.downgrade && parsed.downgrade->items.size() == *down);
  return is_kept ? ""
                 : "not the statements that were there:\n" + converted.text;
}

}  // namespace

std::string FindHistoryFault(const importer::ForeignHistory& history) {
  for (const importer::ForeignMigration& migration : history) {
    if (migration.title.find_first_not_of(" \t\r\n") == std::string::npos) {
      return "no title: " + migration.source;
    }
    if (migration.title.find_first_of("\r\n") != std::string::npos) {
      return "a title of several lines: " + migration.title;
    }
    if (migration.up.find("\r\n") != std::string::npos) {
      return "line ends of two kinds: " + migration.source;
    }
    constexpr std::size_t kDateSize = 19;
    if (!migration.date.empty() && migration.date.size() != kDateSize) {
      return "no date: " + migration.date;
    }
  }
  return "";
}

std::string FindImportFault(const importer::ForeignFolder& folder) {
  importer::Recognize(folder);
  for (const importer::Format format : {
#define PALINDROME_IMPORT_FORMAT(Kind, Name, Summary) importer::Format::k##Kind,
#include "compiler/import/formats.def"
       }) {
    const importer::ForeignHistory history =
        importer::ReadHistory(format, folder);
    std::string fault = FindHistoryFault(history);
    for (std::size_t i = 0; fault.empty() && i < history.size(); ++i) {
      fault = FindConvertedFault(history[i]);
    }
    if (!fault.empty()) {
      return std::string(importer::FormatName(format)) + ": " + fault;
    }
  }
  return "";
}

}  // namespace palindrome::testing
