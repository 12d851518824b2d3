// Marks for structs whose fields are the columns of a table.
//
//   struct PALINDROME_TABLE("tasks") PALINDROME_UNIQUE("board_id", "title")
//       PALINDROME_INDEX("ix_tasks_status", "status", "priority DESC") Task {
//     PALINDROME_PRIMARY_KEY std::int64_t id;
//     std::int64_t board_id;
//     PALINDROME_COLUMN("title") PALINDROME_COLLATE("NOCASE") std::string name;
//     PALINDROME_DEFAULT("'pending'") std::string status;
//     PALINDROME_REFERENCES("users (id) ON DELETE SET NULL")
//     std::optional<std::int64_t> owner_id;
//     PALINDROME_IGNORE int cached_height;
//   };
//
// `palindrome revision --autogenerate` writes the migration that leads from the
// history to the structs, and `add_migrations(… MODELS models.h)` fails the
// build where the two differ. The marks are attributes that Clang reads, and
// that change nothing in the program; other compilers see nothing at all. They
// stand behind `struct` or `enum class`, before the type of a field, or behind
// an enumerator. Their arguments are string constants. This header is for all
// compilers of C++11 and later, and needs nothing.
//
// Fields: public or not, those of base classes first; `static` ones are none.
// std::optional is a column that may be NULL, and every other one NOT NULL.
//
//   C++                                column
//   integers, wchar_t and char types   INTEGER
//   bool                               INTEGER
//   float, double, long double         REAL
//   std::string, std::string_view      TEXT
//   std::vector of std::byte or        BLOB
//     unsigned char, and std::array
//   std::chrono::time_point            INTEGER; what it counts is the program's
//   enum                               INTEGER, with a CHECK of its enumerators
//   enum with PALINDROME_VALUE         TEXT, with a CHECK of their texts
//   enum without enumerators           as the integer below it
//   a type with PALINDROME_MAPS_TO     as that says
//
// Another type is an error, unless its field has PALINDROME_TYPE or
// PALINDROME_IGNORE.
#ifndef PALINDROME_MODEL_H_
#define PALINDROME_MODEL_H_

#if defined(__clang__)
#define PALINDROME_MODEL_MARK(...) [[clang::annotate(__VA_ARGS__)]]
// C++11 and 14 take no `[[…]]` at an enumerator.
#define PALINDROME_MODEL_VALUE(...) __attribute__((annotate(__VA_ARGS__)))
#else
#define PALINDROME_MODEL_MARK(...)
#define PALINDROME_MODEL_VALUE(...)
#endif

// At a struct.

// A table of the name. Needed, for all that follows means nothing without.
#define PALINDROME_TABLE(name) PALINDROME_MODEL_MARK("palindrome:table", name)
// The table is STRICT, or WITHOUT ROWID.
#define PALINDROME_STRICT PALINDROME_MODEL_MARK("palindrome:strict")
#define PALINDROME_WITHOUT_ROWID PALINDROME_MODEL_MARK("palindrome:rowid")
// A key of several columns: ("board_id", "number").
#define PALINDROME_PRIMARY_KEY_OF(...) \
  PALINDROME_MODEL_MARK("palindrome:key", __VA_ARGS__)
// Together no two rows have the same: ("board_id", "title").
#define PALINDROME_UNIQUE(...) \
  PALINDROME_MODEL_MARK("palindrome:unique", __VA_ARGS__)
// ("ck_tasks_priority", "priority BETWEEN 1 AND 3")
#define PALINDROME_CHECK(name, expression) \
  PALINDROME_MODEL_MARK("palindrome:check", name, expression)
// ("board_id, number", "cards (board_id, number) ON DELETE CASCADE")
#define PALINDROME_FOREIGN_KEY(columns, target) \
  PALINDROME_MODEL_MARK("palindrome:foreign", columns, target)
// What the other marks cannot say, and constraints that have a name:
// ("CONSTRAINT uq_tasks_title UNIQUE (title) ON CONFLICT IGNORE").
#define PALINDROME_CONSTRAINT(sql) \
  PALINDROME_MODEL_MARK("palindrome:constraint", sql)
// ("ix_tasks_title", "lower(title)", "priority DESC"): columns or expressions.
#define PALINDROME_INDEX(name, ...) \
  PALINDROME_MODEL_MARK("palindrome:index", name, __VA_ARGS__)
#define PALINDROME_UNIQUE_INDEX(name, ...) \
  PALINDROME_MODEL_MARK("palindrome:unique_index", name, __VA_ARGS__)
// Of the rows alone for which the condition holds:
// ("ix_tasks_open", "status <> 'done'", "priority").
#define PALINDROME_INDEX_WHERE(name, condition, ...) \
  PALINDROME_MODEL_MARK("palindrome:index_where", name, condition, __VA_ARGS__)
#define PALINDROME_UNIQUE_INDEX_WHERE(name, condition, ...)               \
  PALINDROME_MODEL_MARK("palindrome:unique_index_where", name, condition, \
                        __VA_ARGS__)

// At a field.

// The column's name, if it is not the field's.
#define PALINDROME_COLUMN(name) PALINDROME_MODEL_MARK("palindrome:column", name)
// Its type, if not the one of the list above; then that of the history has to
// be this very one. Without it the names of types do not count: a column of the
// same kind of values will do, such as BIGINT for INTEGER.
#define PALINDROME_TYPE(type) PALINDROME_MODEL_MARK("palindrome:type", type)
// A literal or an expression, as SQL: ("'pending'"), ("CURRENT_TIMESTAMP").
// What C++ initializes a field with is no default of the column.
#define PALINDROME_DEFAULT(value) \
  PALINDROME_MODEL_MARK("palindrome:default", value)
#define PALINDROME_COLLATE(name) \
  PALINDROME_MODEL_MARK("palindrome:collate", name)
// The column is the primary key; of AUTOINCREMENT.
#define PALINDROME_PRIMARY_KEY PALINDROME_MODEL_MARK("palindrome:primary")
#define PALINDROME_AUTOINCREMENT PALINDROME_MODEL_MARK("palindrome:increment")
// No two rows have the same in it.
#define PALINDROME_UNIQUE_COLUMN PALINDROME_MODEL_MARK("palindrome:distinct")
// A CHECK of this column: ("priority > 0").
#define PALINDROME_CHECK_COLUMN(expression) \
  PALINDROME_MODEL_MARK("palindrome:requires", expression)
// ("users (id) ON DELETE CASCADE")
#define PALINDROME_REFERENCES(target) \
  PALINDROME_MODEL_MARK("palindrome:references", target)
// A generated column, computed when it is read, or stored.
#define PALINDROME_GENERATED(expression) \
  PALINDROME_MODEL_MARK("palindrome:generated", expression)
#define PALINDROME_GENERATED_STORED(expression) \
  PALINDROME_MODEL_MARK("palindrome:stored", expression)
// No column.
#define PALINDROME_IGNORE PALINDROME_MODEL_MARK("palindrome:ignore")

// At a struct or a field.

// The name that the table or column had. Where the history has that one still,
// it is renamed, rather than dropped and made anew; later it means nothing.
#define PALINDROME_RENAMED_FROM(name) \
  PALINDROME_MODEL_MARK("palindrome:renamed_from", name)

// At a struct, class or enum that is the type of fields, and at an enumerator.

// The type of its columns: struct PALINDROME_MAPS_TO("INTEGER") UserId { … };
// of an enum, TEXT means the names of its enumerators.
#define PALINDROME_MAPS_TO(type) \
  PALINDROME_MODEL_MARK("palindrome:maps_to", type)
// How the enumerator is stored: kOpen PALINDROME_VALUE("open").
#define PALINDROME_VALUE(text) PALINDROME_MODEL_VALUE("palindrome:value", text)

#endif  // PALINDROME_MODEL_H_
