// The values of the rows that a rehearsal makes up: ordinary ones, and those
// that real tables have at their edges.
//
// Pure functions of values, for any thread. The same seed gives the same
// values.
#ifndef PALINDROME_COMPILER_REHEARSE_ROW_VALUES_H_
#define PALINDROME_COMPILER_REHEARSE_ROW_VALUES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/table.h"

namespace palindrome::rehearse {

// Literals by the folded name of the column that stands before them: in
// `status = 'new'` and `status IN ('new', 'old')` those of `status`. A row that
// has one of them is a row that the statement or CHECK speaks of.
using Literals = std::map<std::string, std::vector<std::string>>;

// Adds those of the expression. Numbers bring their neighbours; those of a
// CHECK also bring a text of their length.
void CollectLiterals(const ast::Expression& expression, bool is_check,
                     Literals& literals);

// The rows of a table: two that are ordinary, then the edges, and then more of
// the ordinary ones where the literals are that many.
enum class RowStyle : std::uint8_t {
  kFirst,
  kSecond,
  kNull,    // NULL wherever it is allowed.
  kEmpty,   // Empty texts, zeros, dates at their beginning.
  kLarge,   // Long texts with all kinds of characters, fractions, blobs.
  kLimits,  // The last value that a type has.
  kThird,
  kFourth,
  kFifth,
  kSixth,
  kSeventh,
};
inline constexpr std::size_t kRowStyles = 11;
// Up to these, whatever literals there are.
inline constexpr std::size_t kPlainStyles = 6;

// Which of the literals, from 0, a row has in its turn.
std::size_t TurnOf(RowStyle style);

// SQL literals to try for the column in that row, the best first.
// `is_key`: it tells rows apart, so that arithmetic has room left.
std::vector<std::string> CandidatesFor(
    const ast::Column& column, bool is_key, RowStyle style, std::uint64_t seed,
    const std::vector<std::string>& literals);

// How many of the literals a program would put into the column.
std::size_t CountFitting(const ast::Column& column,
                         const std::vector<std::string>& literals);

// FNV-1a, which mixes the names into a seed.
std::uint64_t Mix(std::uint64_t seed, std::string_view text);

}  // namespace palindrome::rehearse

#endif  // PALINDROME_COMPILER_REHEARSE_ROW_VALUES_H_
