#include "compiler/parse/statement.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "compiler/parse/foreign.h"

namespace palindrome::parse {

namespace {

using diagnostics::Make;

PALINDROME_TEXT(kUnknownStatementText, kSyntaxError,
                "`{0}` begins no statement{1}", std::string,
                diagnostics::Meant);
PALINDROME_TEXT(kDialectStatementText, kSyntaxError,
                "`{0}` is no statement of the language; write it inside "
                "`FOR sqlite BEGIN … END`",
                std::string);
PALINDROME_TEXT(kUnknownKindText, kSyntaxError,
                "expected `TABLE`, `INDEX`, `VIEW` or `TRIGGER`, found {0}{1}",
                std::string, diagnostics::Meant);
PALINDROME_TEXT(kOrReplaceText, kSyntaxError,
                "`OR REPLACE` is not SQLite's; drop the old one by a statement "
                "of its own before");
PALINDROME_TEXT(kTrailingText, kSyntaxError,
                "expected `;` behind the statement, found {0}", std::string);
PALINDROME_TEXT(kMissingSemicolonText, kSyntaxError,
                "expected `;` behind the statement");
PALINDROME_TEXT(kParameterText, kSyntaxError,
                "nothing gives the parameter `{0}` a value; write the value",
                std::string);

// Words that begin an item; a slip of the pen is compared with them.
const std::vector<std::string>& Starters() {
  static const std::vector<std::string> kWords = {
      "CREATE",  "ALTER", "DROP", "INSERT", "UPDATE",   "DELETE",
      "REPLACE", "WITH",  "FOR",  "ALLOW",  "PRESERVE", "PURGE"};
  return kWords;
}

diagnostics::Meant MeantAt(const Cursor& cursor, std::size_t ahead,
                           const std::vector<std::string>& candidates) {
  const std::size_t at = cursor.position() + ahead;
  return at < cursor.end() ? cursor.context().MeantAt(at, candidates)
                           : diagnostics::Meant();
}

Node ParseOther(Cursor& cursor, std::string_view dialect) {
  const std::size_t begin = cursor.position();
  Context& context = cursor.context();
  if (context.token(begin).kind != sql::TokenKind::kWord) {
    cursor.ReportExpected("a statement");
    return std::nullopt;
  }
  if (RejectForeignVerb(cursor, dialect)) {
    return std::nullopt;
  }
  const std::string word(context.token(begin).spelling);
  if (cursor.IsWord("PRESERVE") || cursor.IsWord("ALLOW")) {
    context.Report(Make(kUnknownStatementText, context.At(begin), word, {}));
    return std::nullopt;
  }
  const diagnostics::Meant meant = sql::IsKeyword(word)
                                       ? diagnostics::Meant()
                                       : MeantAt(cursor, 0, Starters());
  if (!meant.name.empty()) {
    context.Report(Make(kUnknownStatementText, context.At(begin), word, meant));
    return std::nullopt;
  }
  auto node = ParseOpaque(cursor);
  if (node.has_value() && dialect.empty()) {
    if (sql::IsKeyword(word)) {
      const auto& opaque = std::get<ast::Opaque>(*node);
      context.Report(Make(kDialectStatementText, context.At(opaque.verb_range),
                          opaque.verb));
    } else {
      context.Report(Make(kDialectStatementText, context.At(begin), word));
    }
    return std::nullopt;
  }
  return node;
}

// CREATE VIRTUAL TABLE name USING module; what follows is the module's.
bool ExpectVirtualTable(Cursor cursor) {
  cursor.Advance();
  if (!cursor.IsWord("TABLE", 1)) {
    cursor.Advance();
    return cursor.ExpectWord("TABLE");
  }
  bool temporary = false;
  bool if_not_exists = false;
  return ExpectCreated(cursor, "a table name", temporary, if_not_exists) &&
         cursor.ExpectWord("USING") &&
         cursor.ExpectName("the module of the table");
}

Node ParseCreate(Cursor& cursor, std::string_view dialect) {
  const bool temporary =
      cursor.IsWord("TEMP", 1) || cursor.IsWord("TEMPORARY", 1);
  const std::size_t kind = temporary ? 2 : 1;
  if (cursor.IsWord("TABLE", kind)) {
    auto node = ParseCreateTable(cursor);
    if (node.has_value() && dialect.empty() &&
        std::holds_alternative<ast::Opaque>(*node)) {
      const auto& opaque = std::get<ast::Opaque>(*node);
      cursor.context().Report(Make(kDialectStatementText,
                                   cursor.context().At(opaque.verb_range),
                                   "CREATE TABLE … AS"));
      return std::nullopt;
    }
    return node;
  }
  if (cursor.IsWord("VIEW", kind)) {
    return ParseCreateView(cursor);
  }
  if (cursor.IsWord("TRIGGER", kind)) {
    return ParseCreateTrigger(cursor);
  }
  if (temporary) {
    cursor.Advance(2);
    cursor.ExpectOneOf({"TABLE", "VIEW", "TRIGGER"});
    return std::nullopt;
  }
  if (cursor.IsWord("INDEX", 1) || cursor.IsWord("UNIQUE", 1)) {
    return ParseCreateIndex(cursor);
  }
  if (cursor.IsWord("VIRTUAL", 1) && !dialect.empty() &&
      !ExpectVirtualTable(cursor)) {
    return std::nullopt;
  }
  if (cursor.IsWord("VIRTUAL", 1) || !dialect.empty()) {
    return ParseOther(cursor, dialect);
  }
  Context& context = cursor.context();
  const std::size_t at = cursor.position() + 1;
  if (cursor.IsWord("OR", 1) && cursor.IsWord("REPLACE", 2)) {
    context.Report(
        Make(kOrReplaceText, context.At(context.RangeOf(at, at + 2))));
    return std::nullopt;
  }
  context.Report(Make(
      kUnknownKindText, context.At(at), context.Describe(at),
      MeantAt(cursor, 1, {"TABLE", "INDEX", "VIEW", "TRIGGER", "UNIQUE"})));
  return std::nullopt;
}

// PURGE ARCHIVE OF 'revision'.
Node ParsePurge(Cursor& cursor) {
  cursor.Advance();
  if (!cursor.AcceptWords({"ARCHIVE", "OF"})) {
    cursor.ReportExpected("`ARCHIVE OF`");
    return std::nullopt;
  }
  auto revision = cursor.ExpectString("a revision id as a string");
  if (!revision.has_value()) {
    return std::nullopt;
  }
  return ast::PurgeArchive{{std::move(revision->value), revision->range}};
}

Node Dispatch(Cursor& cursor, std::string_view dialect) {
  if (cursor.IsWord("CREATE")) {
    return ParseCreate(cursor, dialect);
  }
  if (cursor.IsWord("ALTER")) {
    return ParseAlterTable(cursor);
  }
  if (cursor.IsWord("DROP")) {
    return ParseDrop(cursor);
  }
  if (cursor.IsWord("WITH")) {
    Cursor verb = cursor;
    SkipWith(verb);
    if (RejectForbidden(verb)) {
      return std::nullopt;
    }
    return ParseData(cursor);
  }
  if (cursor.IsWord("INSERT") || cursor.IsWord("UPDATE") ||
      cursor.IsWord("DELETE") || cursor.IsWord("REPLACE")) {
    return ParseData(cursor);
  }
  if (cursor.IsWord("PURGE")) {
    return ParsePurge(cursor);
  }
  if (RejectForbidden(cursor)) {
    return std::nullopt;
  }
  return ParseOther(cursor, dialect);
}

bool ExpectEnd(Cursor& cursor) {
  if (cursor.AtEnd()) {
    return true;
  }
  Context& context = cursor.context();
  if (RejectForeignEnd(cursor)) {
    return false;
  }
  if (StartsNextStatement(cursor)) {
    context.Report(MakeMissing(kMissingSemicolonText,
                               context.Behind(cursor.position() - 1)));
  } else {
    context.Report(Make(kTrailingText, context.At(cursor.position()),
                        context.Describe(cursor.position())));
  }
  return false;
}

// The engine would take NULL for each.
bool RejectParameters(const Cursor& cursor) {
  Context& context = cursor.context();
  bool rejected = false;
  for (std::size_t i = cursor.begin(); i < cursor.position(); ++i) {
    if (context.token(i).kind == sql::TokenKind::kVariable) {
      context.Report(Make(kParameterText, context.At(i),
                          std::string(context.token(i).spelling)));
      rejected = true;
    }
  }
  return rejected;
}

}  // namespace

bool StartsStatement(const Context& context, std::size_t index) {
  static constexpr const char* kOthers[] = {
      "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE",  "PRAGMA",
      "VACUUM", "ATTACH",   "DETACH",    "TRUNCATE", "GRANT",
      "REVOKE", "REINDEX",  "ANALYZE"};
  const sql::Token& token = context.token(index);
  // `drop-table-unarchived` is the name of a rule.
  if (token.kind != sql::TokenKind::kWord || context.IsSymbol(index + 1, "-")) {
    return false;
  }
  const auto is_word = [&](std::string_view word) {
    return sql::EqualsIgnoringCase(token.spelling, word);
  };
  return std::any_of(Starters().begin(), Starters().end(), is_word) ||
         std::any_of(std::begin(kOthers), std::end(kOthers), is_word) ||
         (!sql::IsKeyword(token.spelling) &&
          !context.MeantAt(index, Starters()).name.empty());
}

bool StartsNextStatement(const Cursor& cursor) {
  const Context& context = cursor.context();
  for (const std::string& word : Starters()) {
    if (cursor.IsWord(word)) {
      const std::string_view between = context.buffer().file->text(
          {context.RangeOf(cursor.position() - 1).end,
           context.RangeOf(cursor.position()).begin});
      return between.find('\n') != std::string_view::npos;
    }
  }
  return false;
}

bool AcceptIfExists(Cursor& cursor) {
  return cursor.AcceptWords({"IF", "EXISTS"});
}

std::optional<ast::Name> ExpectCreated(Cursor& cursor, std::string_view what,
                                       bool& temporary, bool& if_not_exists) {
  cursor.Advance();
  temporary = cursor.AcceptWord("TEMP") || cursor.AcceptWord("TEMPORARY");
  cursor.Advance();
  if_not_exists = AcceptIfNotExists(cursor);
  if (!if_not_exists && cursor.IsWord("IF") && cursor.IsWord("NOT", 1)) {
    cursor.ExpectWords({"IF", "NOT", "EXISTS"});
    return std::nullopt;
  }
  bool is_in_temp = false;
  auto name = cursor.ExpectObjectName(what, &is_in_temp);
  temporary = temporary || is_in_temp;
  return name;
}

bool AcceptIfNotExists(Cursor& cursor) {
  return cursor.AcceptWords({"IF", "NOT", "EXISTS"});
}

std::optional<ast::Statement> ParseAnyStatement(Cursor& cursor,
                                                std::string_view dialect) {
  // PostgreSQL's statements are not this parser's; its server reads them.
  const bool foreign = !dialect.empty() && dialect != "sqlite";
  if (foreign && RejectTransactionControl(cursor)) {
    return std::nullopt;
  }
  auto node = foreign ? ParseOpaque(cursor) : Dispatch(cursor, dialect);
  if (!node.has_value() || !ExpectEnd(cursor) ||
      (!foreign && RejectParameters(cursor))) {
    return std::nullopt;
  }
  ast::Statement statement;
  statement.node = std::move(*node);
  statement.tokens =
      cursor.context().Expression(cursor.begin(), cursor.position());
  statement.range = cursor.context().RangeOf(cursor.begin(), cursor.position());
  return statement;
}

}  // namespace palindrome::parse
