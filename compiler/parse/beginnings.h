// What begins at a token: a section, an item, a statement, the body of a
// trigger.
//
// Pure functions of the tokens.
#ifndef PALINDROME_COMPILER_PARSE_BEGINNINGS_H_
#define PALINDROME_COMPILER_PARSE_BEGINNINGS_H_

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>

#include "compiler/parse/context.h"

namespace palindrome::parse {

template <std::size_t Size>
bool IsOneOf(const Context& context, std::size_t index,
             const std::string_view (&words)[Size]) {
  return std::any_of(
      std::begin(words), std::end(words),
      [&](std::string_view word) { return context.IsWord(index, word); });
}

// What stands in the body of a trigger, and behind no name, not even in a
// parenthesis: one may be open that should not be.
constexpr std::string_view kBodyVerbs[] = {"INSERT", "UPDATE", "DELETE",
                                           "SELECT", "VALUES"};

// True if the token before `index` wants a name behind it.
bool ExpectsName(const Context& context, std::size_t index);

// The first word of what stands in a block and in no trigger, or nothing
// between two semicolons.
bool StartsItem(const Context& context, std::size_t index);

// A word that was meant to be CREATE, ALTER or DROP, as one behind it tells
// that no name can stand before.
bool IsMisspeltVerb(const Context& context, std::size_t index);

// The BEGIN of the body of a trigger, told from a name by its neighbours;
// `end` if there is none.
std::size_t FindTriggerBody(const Context& context, std::size_t begin,
                            std::size_t end);

// A verb of a statement that a trigger's body may hold.
bool IsBodyVerb(const Context& context, std::size_t index);

// INSERT, UPDATE, DELETE or REPLACE, or the WITH before one, where it begins a
// statement: no event of a trigger, action of a key or part of an upsert.
bool StartsDataStatement(const Context& context, std::size_t index);

// The verb behind the WITH at `begin`; `end` if there is none.
std::size_t SkipWith(const Context& context, std::size_t begin,
                     std::size_t end);

// A dialect that FOR can name.
bool IsDialect(const Context& context, std::size_t index);

// UPGRADE BEGIN, DOWNGRADE BEGIN, DOWNGRADE AUTO.
bool IsSectionStart(const Context& context, std::size_t index);

}  // namespace palindrome::parse

#endif  // PALINDROME_COMPILER_PARSE_BEGINNINGS_H_
