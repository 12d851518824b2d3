// Results of rehearsals as bytes, to be kept between builds.
//
// Pure functions, for any thread. Reading takes any bytes: what is not the
// whole of what was written, or does not fit the task, has no value.
#ifndef PALINDROME_COMPILER_REHEARSE_SERIALIZE_H_
#define PALINDROME_COMPILER_REHEARSE_SERIALIZE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/rehearse/rehearse.h"

namespace palindrome::rehearse {

std::string Serialize(const Result& result);
std::optional<Result> DeserializeResult(std::string_view bytes,
                                        const Task& task);

// What RunForRows returns.
using RowsAfter = std::optional<std::vector<TableInserts>>;
std::string Serialize(const RowsAfter& rows);
std::optional<RowsAfter> DeserializeRows(std::string_view bytes);

}  // namespace palindrome::rehearse

#endif  // PALINDROME_COMPILER_REHEARSE_SERIALIZE_H_
