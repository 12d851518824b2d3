#include <string>
#include <string_view>

#include "llvm/Support/Regex.h"

#include "compiler/checks/creations.h"
#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kOtherName, kNamingConvention,
                "the name of {0} `{1}` does not match `{2}`, which "
                "`palindrome.toml` asks for; choose another one",
                std::string, std::string, std::string);

// What the configuration calls the kind of name.
std::string KeyOf(std::string_view kind) {
  if (kind == "foreign key") {
    return "foreign_key";
  }
  if (kind == "UNIQUE key") {
    return "unique";
  }
  return kind == "CHECK" ? "check" : std::string(kind);
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (context.settings == nullptr ||
      context.settings->conventions.names.empty()) {
    return;
  }
  const auto& patterns = context.settings->conventions.names;
  for (const GivenName& given : GivenNames(context.upgrade)) {
    const auto pattern = patterns.find(KeyOf(given.kind));
    if (pattern == patterns.end() ||
        llvm::Regex("^(" + pattern->second + ")$").match(given.name->text)) {
      continue;
    }
    emitter.Emit(kOtherName, context.At(RangeOf(*given.name, *given.step)),
                 std::string(given.kind), given.name->text, pattern->second);
  }
}

}  // namespace

constinit const Rule kNamingConventionRule = {
    .kind = diagnostics::Kind::kNamingConvention,
    .summary = "a name is not of the form that the project has agreed on",
    .rationale = R"md(
Names that follow one pattern can be guessed, and tools that derive names from
them find what they look for. A project writes its patterns into
`palindrome.toml`, each for one kind of name; without them nothing is reported:

```toml
[names]
table = "[a-z][a-z0-9_]*"
index = "ix_[a-z0-9_]+"
```

Only names that a file gives are looked at, not those that were there before.
Choose another name before the migration is locked: afterwards it takes a
migration of its own.
)md",
    .bad = R"sql(=== palindrome.toml
[names]
table = "[a-z][a-z0-9_]*"
=== 20250115_090000_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tblUsers (id INTEGER PRIMARY KEY);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[names]
table = "[a-z][a-z0-9_]*"
=== 20250115_090000_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
