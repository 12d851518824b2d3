#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "compiler/parse/statement.h"

namespace palindrome::parse {

namespace {

using diagnostics::Make;

PALINDROME_TEXT(kPragmaTransactionText, kTransactionControlInMigration,
                "`PRAGMA {0}` in a migration; the runtime sets it around the "
                "transaction",
                std::string);
PALINDROME_TEXT(kPragmaText, kSessionStateLeak,
                "`PRAGMA {0}` in a migration; it is a setting of the "
                "connection or the file, which the program makes itself",
                std::string);

PALINDROME_TEXT(kPragmaReportText, kForbiddenStatement,
                "`PRAGMA {0}` in a migration; nobody reads its result{1}",
                std::string, std::string);

#define PALINDROME_FORBIDDEN_VERB(Verb, KindId, Message) \
  PALINDROME_TEXT(k##Verb##Text, KindId, Message);
#include "compiler/parse/forbidden_verbs.def"

using diagnostics::By;

// A PRESERVE or an ALLOW stands before the statement, and would be the next
// one's.
bool HasPrefix(const Context& context, std::size_t position) {
  std::size_t statements = 0;
  for (std::size_t i = position; i-- > 0;) {
    const std::string_view spelling = context.token(i).spelling;
    if (spelling == ";") {
      ++statements;
    }
    if (statements == 2 || sql::EqualsIgnoringCase(spelling, "BEGIN")) {
      return false;
    }
    if (sql::EqualsIgnoringCase(spelling, "ALLOW") ||
        (statements == 0 && sql::EqualsIgnoringCase(spelling, "PRESERVE"))) {
      return true;
    }
  }
  return false;
}

// The statement goes, which the cursor holds; `by` a tool if nothing changes.
diagnostics::Fix WithoutStatement(const Cursor& cursor, By by,
                                  std::string_view name) {
  const Context& context = cursor.context();
  if (HasPrefix(context, cursor.position())) {
    by = By::kPerson;
  }
  return diagnostics::RemoveStatement(
      by, context.At(context.RangeOf(cursor.position(), cursor.end())),
      "the `" + std::string(name) + "`");
}

// A migration runs in one transaction, whatever the statement says.
bool IsVoid(std::string_view verb) {
  return verb == "BEGIN" || verb == "COMMIT" || verb == "END";
}

// What a ROLLBACK elsewhere would undo with them is for a person to say.
bool IsSavepoint(std::string_view verb) {
  return verb == "SAVEPOINT" || verb == "RELEASE";
}

// Nothing comes of it but what is read, which nobody does.
bool OnlyReads(std::string_view verb) {
  return verb == "SELECT" || verb == "VALUES" || verb == "EXPLAIN";
}

std::optional<diagnostics::Fix> WithoutVerb(const Cursor& cursor,
                                            std::string_view verb) {
  if (!IsVoid(verb) && !IsSavepoint(verb) && !OnlyReads(verb)) {
    return std::nullopt;
  }
  return WithoutStatement(cursor, IsVoid(verb) ? By::kTool : By::kPerson, verb);
}

// What the runtime sets as every migration needs it.
bool IsSetByRuntime(std::string_view pragma) {
  return pragma == "foreign_keys" || pragma == "defer_foreign_keys" ||
         pragma == "legacy_alter_table";
}

// The settings that decide how a transaction goes.
bool IsTransactionPragma(std::string_view name) {
  static constexpr std::string_view kNames[] = {
      "busy_timeout",     "defer_foreign_keys", "foreign_keys",
      "journal_mode",     "legacy_alter_table", "locking_mode",
      "read_uncommitted", "synchronous",        "wal_autocheckpoint",
      "wal_checkpoint",
  };
  return std::any_of(std::begin(kNames), std::end(kNames),
                     [name](std::string_view each) {
                       return sql::EqualsIgnoringCase(each, name);
                     });
}

// The pragmas that only report.
bool Reports(std::string_view name) {
  static constexpr std::string_view kNames[] = {
      "database_list", "foreign_key_check", "foreign_key_list", "index_info",
      "index_list",    "index_xinfo",       "integrity_check",  "quick_check",
      "table_info",    "table_list",        "table_xinfo",
  };
  return std::find(std::begin(kNames), std::end(kNames), name) !=
         std::end(kNames);
}

bool RejectPragma(Cursor& cursor) {
  if (!cursor.IsWord("PRAGMA")) {
    return false;
  }
  Context& context = cursor.context();
  const std::size_t verb = cursor.position();
  // The name may have a schema before it.
  const std::size_t at =
      cursor.IsSymbol(".", 2) && verb + 3 < cursor.end() ? verb + 3 : verb + 1;
  const std::string name =
      at < cursor.end() ? sql::FoldCase(context.token(at).spelling) : "";
  const source::Location place =
      context.At(context.RangeOf(verb, std::min(at + 1, cursor.end())));
  if (IsTransactionPragma(name)) {
    auto diagnostic = Make(kPragmaTransactionText, place, name);
    if (IsSetByRuntime(name)) {
      diagnostic.Mended(WithoutStatement(cursor, By::kTool, "PRAGMA"));
    }
    context.Report(std::move(diagnostic));
  } else if (Reports(name)) {
    const bool is_done = name == "foreign_key_check";
    context.Report(
        Make(kPragmaReportText, place, name,
             is_done ? ", and the runtime checks the foreign keys itself" : "")
            .Mended(WithoutStatement(cursor, is_done ? By::kTool : By::kPerson,
                                     "PRAGMA")));
  } else {
    context.Report(Make(kPragmaText, place, name));
  }
  return true;
}

// The first words, upper case, up to what tells statements apart.
std::string Verb(Cursor& cursor) {
  constexpr std::size_t kLongest = 3;
  std::string verb;
  for (std::size_t words = 0; words < kLongest && !cursor.AtEnd(); ++words) {
    const sql::Token& token = cursor.context().token(cursor.position());
    const bool is_verb = words == 0 || (token.kind == sql::TokenKind::kWord &&
                                        sql::IsKeyword(token.spelling));
    if (token.kind != sql::TokenKind::kWord || !is_verb) {
      break;
    }
    verb += words == 0 ? "" : " ";
    for (const char byte : token.spelling) {
      verb += byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 'a' + 'A')
                                         : byte;
    }
    cursor.Advance();
    // Only CREATE, ALTER and DROP say what they are about.
    if (words == 0 && verb != "CREATE" && verb != "ALTER" && verb != "DROP") {
      break;
    }
  }
  return verb;
}

}  // namespace

bool RejectTransactionControl(Cursor& cursor) {
  for (const char* verb :
       {"BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"}) {
    if (cursor.IsWord(verb)) {
      return RejectForbidden(cursor);
    }
  }
  return false;
}

bool RejectForbidden(Cursor& cursor) {
  if (RejectPragma(cursor)) {
    return true;
  }
  Context& context = cursor.context();
  const source::Location place = context.At(cursor.position());
#define PALINDROME_FORBIDDEN_VERB(Verb, KindId, Message)                \
  if (cursor.IsWord(#Verb)) {                                           \
    context.Report(                                                     \
        Make(k##Verb##Text, place).Mended(WithoutVerb(cursor, #Verb))); \
    return true;                                                        \
  }
#include "compiler/parse/forbidden_verbs.def"
  return false;
}

Node ParseOpaque(Cursor& cursor) {
  const std::size_t begin = cursor.position();
  ast::Opaque node;
  node.verb = Verb(cursor);
  node.verb_range = cursor.RangeSince(begin);
  if (node.verb.empty()) {
    cursor.ReportExpected("a statement");
    return std::nullopt;
  }
  if (!cursor.AtEnd() && !cursor.SkipRest("a statement")) {
    return std::nullopt;
  }
  return node;
}

}  // namespace palindrome::parse
