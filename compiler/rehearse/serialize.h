// Results of rehearsals as bytes, to be kept between builds.
//
// Pure functions, for any thread. Reading takes any bytes: what is not the
// whole of what was written, or does not fit the task, has no value.
#ifndef PALINDROME_COMPILER_REHEARSE_SERIALIZE_H_
#define PALINDROME_COMPILER_REHEARSE_SERIALIZE_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/rehearse/rehearse.h"

namespace palindrome::rehearse {

std::string Serialize(const Result& result);
std::optional<Result> DeserializeResult(std::string_view bytes,
                                        const Task& task);

// The tables that an upgrade leaves rows in, and the digest of the rows of
// each, which are kept once for all upgrades. No value: the upgrade fails.
using RowsIndex =
    std::optional<std::vector<std::pair<std::string, std::string>>>;
std::string Serialize(const RowsIndex& rows);
std::optional<RowsIndex> DeserializeRowsIndex(std::string_view bytes);

std::string Serialize(const std::vector<std::string>& inserts);
std::optional<std::vector<std::string>> DeserializeInserts(
    std::string_view bytes);

}  // namespace palindrome::rehearse

#endif  // PALINDROME_COMPILER_REHEARSE_SERIALIZE_H_
