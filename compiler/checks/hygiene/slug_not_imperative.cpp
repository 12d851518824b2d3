#include <algorithm>
#include <string>

#include "llvm/ADT/StringExtras.h"

#include "compiler/catalog/catalog.h"
#include "compiler/checks/file_names.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNotImperative, kSlugNotImperative,
                "the {0} begins with `{1}`, which is no command; begin with a "
                "verb, such as `add`, `drop` or `rename`",
                std::string, std::string);

// Verbs that programs also name tables and columns by.
constexpr llvm::StringLiteral kVerbs[] = {
    "access",   "add",    "archive", "back",    "block",  "book",    "build",
    "cache",    "change", "charge",  "check",   "clean",  "clear",   "close",
    "comment",  "copy",   "count",   "create",  "date",   "delete",  "document",
    "drop",     "enable", "fill",    "filter",  "fix",    "flag",    "format",
    "group",    "hash",   "hide",    "import",  "index",  "join",    "label",
    "level",    "like",   "limit",   "link",    "list",   "load",    "lock",
    "log",      "map",    "mark",    "match",   "merge",  "message", "move",
    "name",     "note",   "number",  "open",    "order",  "pin",     "place",
    "plan",     "post",   "print",   "process", "query",  "queue",   "rank",
    "rate",     "record", "release", "rename",  "report", "request", "reset",
    "schedule", "score",  "seed",    "set",     "share",  "shift",   "sort",
    "split",    "stamp",  "start",   "state",   "stop",   "store",   "sync",
    "tag",      "test",   "tighten", "time",    "title",  "track",   "transfer",
    "type",     "update", "use",     "value",   "view",   "vote",    "watch",
    "weight",
};

bool HasVowel(llvm::StringRef text) {
  return text.find_first_of("aeiouy") != llvm::StringRef::npos;
}

// "added" and "adding", but not "need", "shed", "embed", "bring" or "string".
bool IsParticiple(llvm::StringRef word) {
  if (word.ends_with("ing")) {
    return HasVowel(word.drop_back(3));
  }
  return word.ends_with("ed") && !word.ends_with("eed") && word != "embed" &&
         HasVowel(word.drop_back(2));
}

bool HasColumn(const catalog::ObjectPtr& object, llvm::StringRef word) {
  const auto* table =
      object ? std::get_if<ast::Table>(&object->definition) : nullptr;
  return table != nullptr && FindColumn(*table, word) != nullptr;
}

// A table or view of the schema, in the singular or the plural, or a column of
// what the migration changes.
bool IsNoun(const MigrationContext& context, const std::string& word) {
  if (std::find(std::begin(kVerbs), std::end(kVerbs), word) !=
      std::end(kVerbs)) {
    return false;
  }
  for (const catalog::Catalog* catalog :
       {&context.upgrade.before, &context.upgrade.after}) {
    for (const std::string& name : {word, word + "s", word + "es"}) {
      const catalog::ObjectPtr object = catalog->FindRelation(name);
      if (object && object->kind() != catalog::ObjectKind::kIndex) {
        return true;
      }
    }
  }
  const auto changes =
      catalog::Catalog::Changes(context.upgrade.before, context.upgrade.after);
  return std::any_of(changes.begin(), changes.end(), [&](const auto& change) {
    return HasColumn(change.before, word) || HasColumn(change.after, word);
  });
}

std::string FirstWord(llvm::StringRef text) {
  const llvm::StringRef rest =
      text.drop_until([](char c) { return llvm::isAlpha(c); });
  return rest.take_while([](char c) { return llvm::isAlpha(c); }).lower();
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const ast::Text& title = context.migration().header.title;
  const std::string of_title = FirstWord(title.value);
  const std::string of_slug =
      FirstWord(SlugOf(context.migration().file->base_name()));
  const auto judge = [&](const std::string& word, const std::string& what) {
    if (!word.empty() && (IsParticiple(word) || IsNoun(context, word))) {
      emitter.Emit(kNotImperative, context.At(title.range), what, word);
    }
  };
  judge(of_slug, "file's name");
  if (of_title != of_slug) {
    judge(of_title, "title");
  }
}

}  // namespace

constinit const Rule kSlugNotImperativeRule = {
    .kind = diagnostics::Kind::kSlugNotImperative,
    .summary = "the title or the file's name does not begin with a command",
    .rationale = R"md(
A history reads as a list of commands to a database: add this, rename that.
Titles that all begin with a verb can be scanned and searched. What does not is
told by its first word: it ends in -ed or -ing, or it is the name of a table or
column.
)md",
    .bad = R"sql(=== 20250115_143022_created_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
