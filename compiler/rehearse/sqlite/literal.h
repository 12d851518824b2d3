// A value as an SQL literal, written by the engine. A pure function, for any
// thread.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_LITERAL_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_LITERAL_H_

#include <string>

namespace palindrome::rehearse::sqlite {

// An expression that gives the literal of the column of that quoted name.
// quote() alone ends a text at a NUL byte.
inline std::string LiteralOf(const std::string& column) {
  return "CASE WHEN typeof(" + column + ") = 'text' AND instr(CAST(" + column +
         " AS BLOB), x'00') THEN 'CAST(x''' || hex(" + column +
         ") || ''' AS TEXT)' ELSE quote(" + column + ") END";
}

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_LITERAL_H_
