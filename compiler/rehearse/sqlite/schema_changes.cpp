#include "compiler/rehearse/sqlite/schema_changes.h"

#include <algorithm>
#include <utility>

#include "runtime/drivers/sqlite/sqlite_schema_facts.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::rehearse::sqlite {

namespace {

using palindrome::sql::EqualsIgnoringCase;

const SchemaObject* Find(const SchemaObjects& objects, std::string_view kind,
                         std::string_view name) {
  const auto found = std::find_if(
      objects.begin(), objects.end(), [&](const SchemaObject& object) {
        return object.kind == kind && EqualsIgnoringCase(object.name, name);
      });
  return found == objects.end() ? nullptr : &*found;
}

// No schema has them, but a rehearsal looks whether each comes and goes. Their
// kind sorts before all others.
SchemaObjects ReadArchives(Connection& connection) {
  SchemaObjects archives;
  connection.RunTrusted(
      "SELECT name || ' ' || sql FROM main.sqlite_master WHERE name LIKE "
      "'palindrome\\_archive\\_%' ESCAPE '\\' AND sql IS NOT NULL ORDER BY "
      "name",
      [&archives](std::string_view row) {
        const std::size_t space = row.find(' ');
        archives.push_back(
            {"archive",
             std::string(row.substr(0, space)),
             "",
             {{"definition", std::string(row.substr(space + 1))}},
             {}});
        return true;
      });
  return archives;
}

}  // namespace

std::optional<catalog::EngineError> ReadFacts(Connection& connection,
                                              SchemaObjects& facts) {
  auto read = palindrome::sqlite::ReadSchema(connection.handle());
  if (!read.ok()) {
    return catalog::EngineError{catalog::EngineError::Class::kOther,
                                read.status().ToString(),
                                "",
                                {},
                                {}};
  }
  facts = ReadArchives(connection);
  for (SchemaObject& object : *read) {
    facts.push_back(std::move(object));
  }
  return std::nullopt;
}

std::optional<catalog::EngineError> BuildFacts(const catalog::Slice& slice,
                                               Connection& connection,
                                               SchemaObjects& facts) {
  if (auto error = connection.Create(slice)) {
    return error;
  }
  return ReadFacts(connection, facts);
}

std::vector<NamedDigest> DigestsOf(const catalog::Slice& slice,
                                   const SchemaObjects& facts) {
  std::vector<NamedDigest> digests;
  for (const catalog::ObjectPtr& object : slice) {
    const std::string_view kind = catalog::ObjectKindName(object->kind());
    const SchemaObject* found = Find(facts, kind, object->name());
    if (found == nullptr) {
      return {};
    }
    digests.push_back({found->kind, found->name, ObjectDigest(*found)});
  }
  return digests;
}

std::vector<std::string> ChangedOrder(const SchemaObjects& before,
                                      const SchemaObjects& after) {
  std::vector<std::string> tables;
  for (const SchemaObject& object : before) {
    const SchemaObject* now = Find(after, object.kind, object.name);
    if (now == nullptr) {
      continue;
    }
    const auto& old_order = object.column_order;
    const auto& new_order = now->column_order;
    const bool is_permutation = std::is_permutation(
        old_order.begin(), old_order.end(), new_order.begin(), new_order.end(),
        EqualsIgnoringCase);
    // Columns that are missing or new are differences of their own.
    if (is_permutation &&
        !std::equal(old_order.begin(), old_order.end(), new_order.begin(),
                    new_order.end(), EqualsIgnoringCase)) {
      tables.push_back(object.name);
    }
  }
  return tables;
}

}  // namespace palindrome::rehearse::sqlite
