// Marks SQL for `palindrome queries`, which checks it against the schema of the
// migrations (compiler/docs/queries.md).
//
// PALINDROME_QUERY before a parameter says that callers give SQL to it; before
// a function, that its first parameter of text is SQL:
//
//   Rows Select(Database& database, PALINDROME_QUERY std::string_view sql);
//
// A function whose parameter reaches sqlite3_prepare_v2 or the like needs no
// mark.
//
// PALINDROME_UNCHECKED before a statement, a declaration or a function says
// that the SQL which it holds or hands on is not to be checked, and why; it is
// counted and listed all the same. What a function is given to hand on so is
// checked only if it is handed on elsewhere, too:
//
//   PALINDROME_UNCHECKED("files that version 1 wrote") {
//     Prepare(read_, "SELECT data FROM blocks WHERE pos = ?");
//   }
//
// The attribute of PALINDROME_QUERY means nothing to compilers, and only Clang
// is shown it; PALINDROME_UNCHECKED is nothing but for `palindrome` itself, for
// not every Clang takes it at a statement.
#ifndef PALINDROME_QUERY_H_
#define PALINDROME_QUERY_H_

#if defined(__clang__)
#define PALINDROME_QUERY __attribute__((annotate("palindrome::query")))
#else
#define PALINDROME_QUERY
#endif

#if defined(PALINDROME_READS_CPP)
#define PALINDROME_UNCHECKED(reason) \
  [[clang::suppress("palindrome::unchecked", reason)]]
#else
#define PALINDROME_UNCHECKED(reason)
#endif

#endif  // PALINDROME_QUERY_H_
