#include "compiler/parse/foreign.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

#include "compiler/parse/definition.h"

namespace palindrome::parse {

namespace {

using diagnostics::By;
using diagnostics::Fix;
using diagnostics::Make;

PALINDROME_TEXT(kRenameTableText, kSyntaxError,
                "`RENAME TABLE` is no statement of SQLite; write `ALTER TABLE "
                "{0} RENAME TO {1}`",
                std::string, std::string);
PALINDROME_TEXT(kModifyText, kSyntaxError,
                "`MODIFY` is no change of the language; write `ALTER COLUMN "
                "{0}` with `TYPE …`, `SET NOT NULL` or `SET DEFAULT …`",
                std::string);
PALINDROME_TEXT(kChangeText, kSyntaxError,
                "`CHANGE` is no change of the language; write `RENAME COLUMN "
                "{0} TO {1}`, and `ALTER COLUMN {1} TYPE …` for its type",
                std::string, std::string);
PALINDROME_TEXT(kAddIndexText, kSyntaxError,
                "an index is no part of a table; write `CREATE {0} name ON "
                "{1} (…)`, a statement of its own",
                std::string, std::string);
PALINDROME_TEXT(kDropIndexText, kSyntaxError,
                "an index is no part of a table; write `DROP INDEX {0}`, a "
                "statement of its own",
                std::string);
PALINDROME_TEXT(kIndexInTableText, kSyntaxError,
                "an index is no part of a table; write `CREATE INDEX name ON "
                "table (…)`, a statement of its own");
PALINDROME_TEXT(kAlterOtherText, kSyntaxError,
                "SQLite changes no {0} that is there; drop it and create it "
                "again",
                std::string);
PALINDROME_TEXT(kDropOnText, kSyntaxError,
                "an index is dropped by its name alone; remove `{0}`",
                std::string);
PALINDROME_TEXT(kEnumText, kSyntaxError,
                "`{0}` is no type of SQLite; write `TEXT CHECK (… IN (…))`",
                std::string);
PALINDROME_TEXT(kDropPrimaryKeyText, kSyntaxError,
                "`DROP PRIMARY KEY` is no change of the language; write `DROP "
                "CONSTRAINT` and the name of the key");
PALINDROME_TEXT(kDropNamedText, kSyntaxError,
                "`DROP {0}` is no change of the language; write `DROP "
                "CONSTRAINT {1}`",
                std::string, std::string);
PALINDROME_TEXT(kConcurrentlyText, kSyntaxError,
                "`CONCURRENTLY` is not SQLite's, which has one writer at a "
                "time; remove it");
PALINDROME_TEXT(kColumnPlaceText, kSyntaxError,
                "`{0}` says where the column stands, and SQLite adds it "
                "behind the others; remove it",
                std::string);
PALINDROME_TEXT(kOptionText, kSyntaxError,
                "`{0}` is an option of another database's tables; remove it",
                std::string);
PALINDROME_TEXT(kCascadeText, kSyntaxError,
                "`CASCADE` is no part of a DROP in SQLite; drop what uses it "
                "before, each by a statement of its own");
PALINDROME_TEXT(kRestrictText, kSyntaxError,
                "`RESTRICT` is no part of a DROP in SQLite; remove it, since "
                "nothing that is used can be dropped");
PALINDROME_TEXT(kSecondChangeText, kSyntaxError,
                "a second change in one ALTER TABLE; write `;` and `ALTER "
                "TABLE {0}` before it",
                std::string);

#define PALINDROME_FOREIGN_VERB(Verb, Message) \
  PALINDROME_TEXT(k##Verb##Text, kSyntaxError, Message);
#include "compiler/parse/foreign_verbs.def"

bool IsOneOf(const Cursor& cursor, std::size_t ahead,
             std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return cursor.IsWord(word, ahead);
  });
}

// Tokens [from, to) as they are written, counted from the cursor.
std::string Written(const Cursor& cursor, std::size_t from, std::size_t to) {
  const Context& context = cursor.context();
  return std::string(context.buffer().file->text(
      context.RangeOf(cursor.position() + from, cursor.position() + to)));
}

source::Location Place(const Cursor& cursor, std::size_t from, std::size_t to) {
  const Context& context = cursor.context();
  return context.At(
      context.RangeOf(cursor.position() + from, cursor.position() + to));
}

bool EndsBehind(const Cursor& cursor, std::size_t ahead) {
  return cursor.position() + ahead == cursor.end();
}

// Tokens of a name, which may have a schema before it; 0: there is none.
std::size_t NameLength(const Cursor& cursor, std::size_t ahead) {
  if (!cursor.IsName(ahead)) {
    return 0;
  }
  return cursor.IsSymbol(".", ahead + 1) && cursor.IsName(ahead + 2) ? 3 : 1;
}

// RENAME TABLE a TO b.
bool RejectRenameTable(const Cursor& cursor) {
  if (!cursor.IsWord("RENAME") || !cursor.IsWord("TABLE", 1)) {
    return false;
  }
  Context& context = cursor.context();
  const std::size_t name = NameLength(cursor, 2);
  const bool is_plain = name > 0 && cursor.IsWord("TO", 2 + name) &&
                        cursor.IsName(3 + name) && EndsBehind(cursor, 4 + name);
  if (!is_plain) {
    context.Report(Make(kRenameTableText, Place(cursor, 0, 2), "name", "name"));
    return true;
  }
  const std::string from = Written(cursor, 2, 2 + name);
  Fix fix = diagnostics::Replace(By::kTool, Place(cursor, 0, 2 + name),
                                 "ALTER TABLE " + from + " RENAME");
  context.Report(Make(kRenameTableText, Place(cursor, 0, 2), from,
                      Written(cursor, 3 + name, 4 + name))
                     .Mended(std::move(fix)));
  return true;
}

// MODIFY [COLUMN] a …, CHANGE [COLUMN] a b ….
bool RejectModify(const Cursor& cursor) {
  const bool is_change = cursor.IsWord("CHANGE");
  if (!is_change && !cursor.IsWord("MODIFY")) {
    return false;
  }
  const std::size_t at = cursor.IsWord("COLUMN", 1) ? 2 : 1;
  const auto name = [&](std::size_t ahead) {
    return cursor.IsName(ahead) ? Written(cursor, ahead, ahead + 1) : "name";
  };
  Context& context = cursor.context();
  const source::Location place = Place(cursor, 0, at);
  if (is_change && name(at) != name(at + 1)) {
    context.Report(Make(kChangeText, place, name(at), name(at + 1)));
  } else {
    context.Report(Make(kModifyText, place, name(at)));
  }
  return true;
}

// The statement from its ALTER to before the token.
source::Location Head(const Cursor& cursor, std::size_t ahead) {
  const Context& context = cursor.context();
  return context.At(context.RangeOf(cursor.begin(), cursor.position() + ahead));
}

// The table of ALTER TABLE, as it is written; the cursor is behind it.
std::string AlteredTable(const Cursor& cursor) {
  const Cursor name(cursor.context(), cursor.begin() + 2, cursor.end());
  return Written(name, 0, NameLength(name, 0));
}

// ADD [UNIQUE] INDEX | KEY [name] (…).
bool RejectAddIndex(const Cursor& cursor) {
  const bool is_unique = cursor.IsWord("UNIQUE", 1);
  const std::size_t kind =
      is_unique || IsOneOf(cursor, 1, {"FULLTEXT", "SPATIAL"}) ? 2 : 1;
  if (!cursor.IsWord("ADD") || !IsOneOf(cursor, kind, {"INDEX", "KEY"})) {
    return false;
  }
  const bool has_name = cursor.IsName(kind + 1);
  const std::size_t open = has_name ? kind + 2 : kind + 1;
  Context& context = cursor.context();
  // A column `key`, and what its type says of its length.
  if (!cursor.IsSymbol("(", open) || !cursor.IsName(open + 1) ||
      (has_name &&
       IsTypeWord(context.token(cursor.position() + kind + 1).spelling))) {
    return false;
  }
  const std::string create = is_unique ? "UNIQUE INDEX" : "INDEX";
  const std::string table = AlteredTable(cursor);
  auto diagnostic = Make(kAddIndexText, Place(cursor, 0, open), create, table);
  if (has_name && (is_unique || kind == 1)) {
    diagnostic.Mended(diagnostics::Replace(By::kTool, Head(cursor, open),
                                           "CREATE " + create + " " +
                                               Written(cursor, kind + 1, open) +
                                               " ON " + table));
  }
  context.Report(std::move(diagnostic));
  return true;
}

// DROP PRIMARY KEY, DROP INDEX | KEY name, DROP FOREIGN KEY | CHECK name: what
// is lost is for a person to say.
bool RejectDropPart(const Cursor& cursor) {
  if (!cursor.IsWord("DROP")) {
    return false;
  }
  Context& context = cursor.context();
  if (cursor.IsWord("PRIMARY", 1) && cursor.IsWord("KEY", 2)) {
    context.Report(Make(kDropPrimaryKeyText, Place(cursor, 0, 3)));
    return true;
  }
  if (IsOneOf(cursor, 1, {"INDEX", "KEY"}) && cursor.IsName(2)) {
    const std::string name = Written(cursor, 2, 3);
    context.Report(Make(kDropIndexText, Place(cursor, 0, 2), name)
                       .Mended(diagnostics::Replace(
                           By::kPerson, Head(cursor, 2), "DROP INDEX")));
    return true;
  }
  const bool is_key = cursor.IsWord("FOREIGN", 1) && cursor.IsWord("KEY", 2);
  const std::size_t at = is_key ? 3 : 2;
  if ((is_key || IsOneOf(cursor, 1, {"CHECK", "UNIQUE"})) &&
      cursor.IsName(at)) {
    context.Report(Make(kDropNamedText, Place(cursor, 0, at),
                        Written(cursor, 1, at), Written(cursor, at, at + 1))
                       .Mended(diagnostics::Replace(
                           By::kPerson, Place(cursor, 1, at), "CONSTRAINT")));
    return true;
  }
  return false;
}

// RENAME INDEX | KEY a TO b.
bool RejectRenameIndex(const Cursor& cursor) {
  if (!cursor.IsWord("RENAME") || !IsOneOf(cursor, 1, {"INDEX", "KEY"}) ||
      !cursor.IsName(2)) {
    return false;
  }
  cursor.context().Report(Make(kAlterOtherText, Place(cursor, 0, 2), "index"));
  return true;
}

// Options that SQLite has no use for, and no others.
bool SaysNothing(const Cursor& options) {
  for (std::size_t at = 0; options.position() + at < options.end(); ++at) {
    if (options.IsSymbol("=", at + 1) &&
        !IsOneOf(options, at, {"ENGINE", "CHARSET", "SET", "ROW_FORMAT"})) {
      return false;
    }
  }
  return true;
}

// One more change behind the `,` of ALTER TABLE. Another one of what is there
// is for a person.
bool RejectSecondChange(const Cursor& cursor) {
  if (!cursor.IsSymbol(",") ||
      !IsOneOf(cursor, 1,
               {"ADD", "DROP", "ALTER", "RENAME", "MODIFY", "CHANGE"})) {
    return false;
  }
  const std::string table = AlteredTable(cursor);
  const source::Location next = Place(cursor, 1, 2);
  Fix fix =
      diagnostics::Insert(cursor.IsWord("ADD", 1) ? By::kTool : By::kPerson,
                          next, "ALTER TABLE " + table + " ");
  fix.title = "insert `; ALTER TABLE " + table + "`";
  fix.edits.insert(fix.edits.begin(), {Place(cursor, 0, 1), ";"});
  cursor.context().Report(
      Make(kSecondChangeText, next, table).Mended(std::move(fix)));
  return true;
}

}  // namespace

bool RejectForeignVerb(const Cursor& cursor, std::string_view dialect) {
  if (!dialect.empty() && dialect != "sqlite") {
    return false;
  }
  Context& context = cursor.context();
#define PALINDROME_FOREIGN_VERB(Verb, Message)                          \
  if (cursor.IsWord(#Verb)) {                                           \
    context.Report(Make(k##Verb##Text, context.At(cursor.position()))); \
    return true;                                                        \
  }
#include "compiler/parse/foreign_verbs.def"
  return RejectRenameTable(cursor);
}

bool RejectForeignAlteration(const Cursor& cursor) {
  return RejectModify(cursor) || RejectAddIndex(cursor) ||
         RejectDropPart(cursor) || RejectRenameIndex(cursor);
}

bool RejectAlterOther(const Cursor& cursor) {
  for (const char* kind : {"INDEX", "VIEW", "TRIGGER"}) {
    if (cursor.IsWord(kind)) {
      cursor.context().Report(
          Make(kAlterOtherText, Place(cursor, 0, 1), sql::FoldCase(kind)));
      return true;
    }
  }
  return false;
}

bool RejectIndexInTable(const Cursor& cursor) {
  const std::size_t kind =
      IsOneOf(cursor, 0, {"UNIQUE", "FULLTEXT", "SPATIAL"}) ? 1 : 0;
  if (!IsOneOf(cursor, kind, {"INDEX", "KEY"})) {
    return false;
  }
  const std::size_t open = cursor.IsName(kind + 1) ? kind + 2 : kind + 1;
  // A column `key`, and what its type says of its length.
  if (!cursor.IsSymbol("(", open) || !cursor.IsName(open + 1) ||
      (open == kind + 1 && cursor.IsWord("KEY", kind))) {
    return false;
  }
  cursor.context().Report(Make(kIndexInTableText, Place(cursor, 0, open)));
  return true;
}

bool RejectEnum(const Cursor& cursor) {
  const Cursor word(cursor.context(), cursor.position() - 1, cursor.end());
  if (!IsOneOf(word, 0, {"ENUM", "SET"}) || !cursor.IsSymbol("(") ||
      cursor.context().token(cursor.position() + 1).kind !=
          sql::TokenKind::kString) {
    return false;
  }
  cursor.context().Report(
      Make(kEnumText, Place(word, 0, 1), Written(word, 0, 1)));
  return true;
}

bool RejectConcurrently(const Cursor& cursor) {
  if (!cursor.IsWord("CONCURRENTLY") || !cursor.IsName(1)) {
    return false;
  }
  const source::Location place = Place(cursor, 0, 1);
  cursor.context().Report(
      Make(kConcurrentlyText, place)
          .Mended(diagnostics::Remove(By::kTool, place, "the `CONCURRENTLY`")));
  return true;
}

bool RejectColumnPlace(const Cursor& cursor) {
  const bool is_after = cursor.IsWord("AFTER") && cursor.IsName(1);
  const std::size_t end = is_after ? 2 : 1;
  if (!cursor.context().IsWord(cursor.begin(), "ALTER") ||
      (!is_after && !cursor.IsWord("FIRST")) ||
      !(EndsBehind(cursor, end) || cursor.IsSymbol(",", end))) {
    return false;
  }
  const source::Location place = Place(cursor, 0, end);
  const std::string text = Written(cursor, 0, end);
  cursor.context().Report(Make(kColumnPlaceText, place, text)
                              .Mended(diagnostics::Remove(
                                  By::kPerson, place, "the `" + text + "`")));
  return true;
}

bool RejectForeignOptions(const Cursor& cursor) {
  const auto is_option = [&cursor](std::size_t ahead) {
    return cursor.IsSymbol("=", ahead + 1) ||
           (cursor.IsWord("CHARACTER", ahead) &&
            cursor.IsWord("SET", ahead + 1));
  };
  if (cursor.AtEnd() ||
      !(is_option(0) || (cursor.IsWord("DEFAULT") && is_option(1)))) {
    return false;
  }
  const std::size_t length = cursor.end() - cursor.position();
  const source::Location place = Place(cursor, 0, length);
  cursor.context().Report(
      Make(kOptionText, Place(cursor, 0, 1), Written(cursor, 0, 1))
          .Mended(diagnostics::Remove(
              SaysNothing(cursor) ? By::kTool : By::kPerson, place,
              "the `" + Written(cursor, 0, length) + "`")));
  return true;
}

bool RejectForeignEnd(const Cursor& cursor) {
  const Context& context = cursor.context();
  const bool is_alter = context.IsWord(cursor.begin(), "ALTER");
  if (is_alter && RejectSecondChange(cursor)) {
    return true;
  }
  if (!is_alter && !context.IsWord(cursor.begin(), "DROP")) {
    return false;
  }
  const std::size_t table = NameLength(cursor, 1);
  if (cursor.IsWord("ON") && context.IsWord(cursor.begin() + 1, "INDEX") &&
      table > 0 && EndsBehind(cursor, 1 + table)) {
    const std::string text = Written(cursor, 0, 1 + table);
    const source::Location rest = Place(cursor, 0, 1 + table);
    cursor.context().Report(Make(kDropOnText, rest, text)
                                .Mended(diagnostics::Remove(
                                    By::kPerson, rest, "the `" + text + "`")));
    return true;
  }
  const source::Location place = Place(cursor, 0, 1);
  if (cursor.IsWord("CASCADE")) {
    cursor.context().Report(Make(kCascadeText, place));
    return true;
  }
  if (cursor.IsWord("RESTRICT")) {
    cursor.context().Report(
        Make(kRestrictText, place)
            .Mended(diagnostics::Remove(By::kTool, place, "the `RESTRICT`")));
    return true;
  }
  return false;
}

}  // namespace palindrome::parse
