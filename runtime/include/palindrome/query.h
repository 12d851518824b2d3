// Marks SQL for `palindrome queries`, which checks it against the schema of the
// migrations (compiler/docs/queries.md).
//
// PALINDROME_QUERY before a parameter says that callers give SQL to it; before
// a function, that its first parameter of text is SQL:
//
//   Rows Select(Database& database, PALINDROME_QUERY std::string_view sql);
//
// A function whose parameter reaches sqlite3_prepare_v2 or the like needs no
// mark. The attribute means nothing to compilers, and only Clang is shown it.
#ifndef PALINDROME_QUERY_H_
#define PALINDROME_QUERY_H_

#if defined(__clang__)
#define PALINDROME_QUERY __attribute__((annotate("palindrome::query")))
#else
#define PALINDROME_QUERY
#endif

#endif  // PALINDROME_QUERY_H_
