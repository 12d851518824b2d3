#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "compiler/checks/rule.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNotChecked, kApplicationFunction,
                "`{0}` is a stand-in for the application's; what rests on it "
                "is not checked",
                std::string);

using sql::EqualsIgnoringCase;

// Words that call the function of their name.
bool IsOperator(std::string_view word) {
  return EqualsIgnoringCase(word, "regexp") ||
         EqualsIgnoringCase(word, "match") ||
         EqualsIgnoringCase(word, "glob") || EqualsIgnoringCase(word, "like");
}

// The stand-in that the token calls; no value: none.
std::optional<std::string> StandInAt(const std::vector<ast::Token>& tokens,
                                     std::size_t index,
                                     const rehearse::StandIns& stand_ins) {
  const ast::Token& token = tokens[index];
  if (token.kind != sql::TokenKind::kWord &&
      token.kind != sql::TokenKind::kQuotedName) {
    return std::nullopt;
  }
  const std::string name = sql::Unquote({token.kind, 0, token.spelling});
  const bool is_call =
      (index + 1 < tokens.size() && tokens[index + 1].spelling == "(") ||
      IsOperator(token.spelling);
  if (is_call) {
    for (const auto& [function, arguments] : stand_ins.functions) {
      if (EqualsIgnoringCase(function, name)) {
        return function;
      }
    }
  }
  if (index > 0 && EqualsIgnoringCase(tokens[index - 1].spelling, "collate")) {
    for (const std::string& collation : stand_ins.collations) {
      if (EqualsIgnoringCase(collation, name)) {
        return collation;
      }
    }
  }
  return std::nullopt;
}

// A note, once for each: the settings have answered for them.
void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (context.stand_ins == nullptr) {
    return;
  }
  std::set<std::string> reported;
  for (const catalog::Simulation* section :
       {&context.upgrade, &context.downgrade.simulation}) {
    for (const catalog::Step& step : section->steps) {
      const auto& tokens = step.item->statement.tokens.tokens;
      for (std::size_t i = 0; i < tokens.size(); ++i) {
        const auto name = StandInAt(tokens, i, *context.stand_ins);
        if (name && reported.insert(*name).second) {
          auto note = diagnostics::Make(kNotChecked,
                                        context.At(tokens[i].range), *name);
          note.severity = diagnostics::Severity::kNote;
          emitter.Emit(std::move(note));
        }
      }
    }
  }
}

}  // namespace

constinit const Rule kApplicationFunctionRule = {
    .kind = diagnostics::Kind::kApplicationFunction,
    .summary = "a statement needs a function or collation of the application",
    .rationale = R"md(
A migration runs in the program, in its tools, in tests, and years later in
another program that opens the same file. A function or collation that the
application registers exists in one of them, and may by then compute something
else. The engine does not have it, so the migration cannot be rehearsed either.

Compute the value in SQL. Where a schema really rests on such a function, as an
index over an application's collation does, declare a stand-in in
`palindrome.toml`; what rests on it is then reported as not checked.
)md",
    .bad = R"sql(=== 20250115_143022_create_posts.sql
MIGRATION 'create posts'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE posts (id INTEGER PRIMARY KEY, heading TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_slug.sql
MIGRATION 'add slug'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE posts ADD COLUMN slug TEXT;
  UPDATE posts SET slug = app_slugify(heading);
END;

DOWNGRADE BEGIN
  ALTER TABLE posts DROP COLUMN slug;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_posts.sql
MIGRATION 'create posts'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE posts (id INTEGER PRIMARY KEY, heading TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_slug.sql
MIGRATION 'add slug'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE posts ADD COLUMN slug TEXT;
  UPDATE posts SET slug = lower(replace(heading, ' ', '-'));
END;

DOWNGRADE BEGIN
  ALTER TABLE posts DROP COLUMN slug;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
