// The schema of a rehearsal's database, as the digest sees it.
//
// Pure functions of the connections that they are given.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_SCHEMA_CHANGES_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_SCHEMA_CHANGES_H_

#include <optional>
#include <string>
#include <vector>

#include "compiler/rehearse/sqlite/connection.h"

namespace palindrome::rehearse::sqlite {

std::optional<catalog::EngineError> ReadFacts(Connection& connection,
                                              SchemaObjects& facts);

// Builds the slice and reads its facts.
std::optional<catalog::EngineError> BuildFacts(const catalog::Slice& slice,
                                               Connection& connection,
                                               SchemaObjects& facts);

// Of the objects of the slice, in its order; empty if one is not there.
std::vector<NamedDigest> DigestsOf(const catalog::Slice& slice,
                                   const SchemaObjects& facts);

// Tables with the same columns in another order.
std::vector<std::string> ChangedOrder(const SchemaObjects& before,
                                      const SchemaObjects& after);

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_SCHEMA_CHANGES_H_
