#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/checks/creations.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/checks/tokens.h"
#include "compiler/checks/view_columns.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kInserted, kRepeatedColumn,
                "the INSERT names column `{0}` twice, and SQLite takes the "
                "first value; name each column once",
                std::string);
PALINDROME_TEXT(kSet, kRepeatedColumn,
                "SET writes column `{0}` twice, and SQLite takes the last "
                "value; write each column once",
                std::string);
PALINDROME_TEXT(kKey, kRepeatedColumn,
                "the key names column `{0}` twice, and the second adds "
                "nothing; remove it, or name the column that is meant",
                std::string);
PALINDROME_TEXT(kShown, kRepeatedColumn,
                "view `{0}` has two columns `{1}`, and SQLite calls the second "
                "`{1}:1`; give one another name with `AS`",
                std::string, std::string);

// Reports the second of two equal names.
class Names {
 public:
  Names(const diagnostics::Text<std::string>& text,
        const MigrationContext& context, diagnostics::Emitter& emitter)
      : text_(text), context_(context), emitter_(emitter) {}

  void Add(const std::string& name, source::Range range) {
    const auto [first, is_new] = ranges_.emplace(sql::FoldCase(name), range);
    if (!is_new && reported_.insert(first->first).second) {
      emitter_.Emit(diagnostics::Make(text_, context_.At(range), name)
                        .With(context_.At(first->second), "the first is here"));
    }
  }

 private:
  const diagnostics::Text<std::string>& text_;
  const MigrationContext& context_;
  diagnostics::Emitter& emitter_;
  std::map<std::string, source::Range> ranges_;
  std::set<std::string> reported_;
};

// The lists of the INSERTs and the assignments of the UPDATEs among tokens.
class Scan {
 public:
  Scan(const MigrationContext& context, const Tokens& tokens,
       diagnostics::Emitter& emitter)
      : context_(context), tokens_(tokens), emitter_(emitter) {}

  void Run() {
    for (at_ = 0; at_ < tokens_.size(); ++at_) {
      if (Is("into")) {
        ReadTargets(at_ + 1);
      } else if (Is("set")) {
        ReadAssignments(at_ + 1);
      }
    }
  }

 private:
  bool Is(std::string_view word) const { return IsAt(at_, word); }
  bool IsAt(std::size_t at, std::string_view spelling) const {
    return at < tokens_.size() &&
           sql::EqualsIgnoringCase(tokens_[at].spelling, spelling);
  }
  bool IsNameAt(std::size_t at) const {
    return at < tokens_.size() && IsName(tokens_[at]);
  }

  // `table (a, b)`, `schema.table AS t (a, b)`.
  void ReadTargets(std::size_t at) {
    while (at < tokens_.size() && !IsAt(at, "(")) {
      if (!IsNameAt(at) && !IsAt(at, ".")) {
        return;
      }
      ++at;
    }
    Names names(kInserted, context_, emitter_);
    for (++at; IsNameAt(at) && (IsAt(at + 1, ",") || IsAt(at + 1, ")"));
         at += 2) {
      names.Add(ast::Meaning(tokens_[at]), tokens_[at].range);
      if (IsAt(at + 1, ")")) {
        return;
      }
    }
  }

  bool EndsAssignments(std::size_t at) const {
    for (const char* word :
         {"where", "from", "returning", "order", "limit", ";", ")", "end"}) {
      if (IsAt(at, word)) {
        return true;
      }
    }
    return at >= tokens_.size();
  }

  // `a = …, (b, c) = …`.
  void ReadAssignments(std::size_t at) {
    Names names(kSet, context_, emitter_);
    bool is_target = true;
    for (int depth = 0; depth > 0 || is_target || !EndsAssignments(at); ++at) {
      if (at >= tokens_.size()) {
        return;
      }
      if (is_target && IsNameAt(at)) {
        names.Add(ast::Meaning(tokens_[at]), tokens_[at].range);
      }
      // The END of a CASE is none of a trigger.
      depth += IsAt(at, "(") || IsAt(at, "case") ? 1 : 0;
      depth -= IsAt(at, ")") || IsAt(at, "end") ? 1 : 0;
      is_target =
          (is_target || (depth == 0 && IsAt(at, ","))) && !IsAt(at, "=");
    }
  }

  const MigrationContext& context_;
  const Tokens& tokens_;
  diagnostics::Emitter& emitter_;
  std::size_t at_ = 0;
};

void CheckKey(const MigrationContext& context,
              const std::vector<ast::KeyPart>& parts,
              diagnostics::Emitter& emitter) {
  // Under another collation it is another key.
  std::map<std::string, Names> names;
  for (const ast::KeyPart& part : parts) {
    if (!part.column.empty()) {
      names
          .try_emplace(sql::FoldCase(part.collation.text), kKey, context,
                       emitter)
          .first->second.Add(part.column.text, part.range);
    }
  }
}

bool HasStar(const ast::Expression& body) {
  for (std::size_t i = 1; i < body.tokens.size(); ++i) {
    const ast::Token& before = body.tokens[i - 1];
    if (body.tokens[i].spelling == "*" &&
        (before.spelling == "." || before.spelling == "," ||
         IsWord(before, "select") || IsWord(before, "distinct") ||
         IsWord(before, "all"))) {
      return true;
    }
  }
  return false;
}

// The name of two columns that the author wrote out; empty: there are none.
std::string RepeatedIn(const ast::View& view, const catalog::Catalog& catalog) {
  const auto columns = HasStar(view.body) && view.columns.empty()
                           ? std::nullopt
                           : OutputColumns(view, catalog);
  std::set<std::string> seen;
  for (const std::string& column :
       columns.value_or(std::vector<std::string>())) {
    // An expression has its text, with blanks, for a name.
    const bool is_name = !column.empty() && column.back() != ' ' &&
                         !sql::EqualsIgnoringCase(column, "isnull") &&
                         !sql::EqualsIgnoringCase(column, "notnull");
    if (is_name && !seen.insert(sql::FoldCase(column)).second) {
      return column;
    }
  }
  return "";
}

void CheckView(const MigrationContext& context, const catalog::Step& step,
               const ast::View& view, diagnostics::Emitter& emitter) {
  const std::string name = RepeatedIn(view, step.before);
  const catalog::Catalog& before = context.upgrade.before;
  const ast::View* old = before.FindView(view.name.text);
  if (!name.empty() && (old == nullptr || RepeatedIn(*old, before) != name)) {
    emitter.Emit(kShown, context.At(RangeOf(view.name, step)), view.name.text,
                 name);
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const catalog::Step& step : context.upgrade.steps) {
    if (IsData(step)) {
      Scan(context, step.item->statement.tokens.tokens, emitter).Run();
    } else if (const auto* trigger = As<ast::CreateTrigger>(step)) {
      Scan(context, trigger->trigger.body.tokens, emitter).Run();
    } else if (const auto* view = As<ast::CreateView>(step)) {
      CheckView(context, step, view->view, emitter);
    }
  }
  for (const NewConstraint& each : NewConstraints(context.upgrade)) {
    // Two columns of a parent may be in one of the child.
    if (each.written->kind == ast::ConstraintKind::kUnique ||
        each.written->kind == ast::ConstraintKind::kPrimaryKey) {
      CheckKey(context, each.written->columns, emitter);
    }
  }
  for (const NewIndex& each : NewIndexes(context.upgrade)) {
    CheckKey(context, each.written->parts, emitter);
  }
}

}  // namespace

constinit const Rule kRepeatedColumnRule = {
    .kind = diagnostics::Kind::kRepeatedColumn,
    .summary = "a list names a column twice",
    .rationale = R"md(
`INSERT INTO t (a, a)` and `UPDATE t SET a = 1, a = 2` run in SQLite: the INSERT
takes the first value, the UPDATE the last, and the column that was meant gets
nothing. `UNIQUE (a, a)` is a key of `a` alone, which refuses more rows than the
one that was meant. The second column `id` of a view is called `id:1`. Other
databases refuse all of them.

Name each column once, and give the columns of a view names of their own with
`AS`. The same column under another collation is another part of a key. What `*`
stands for in a view is not looked at, and a column that CREATE TABLE defines
twice is refused as `duplicate-column`.
)md",
    .bad = R"sql(=== 20250115_143022_create_settings.sql
MIGRATION 'create settings'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE settings (
    id INTEGER PRIMARY KEY,
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT uq_settings_scope_name UNIQUE (scope, scope)
  );
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_settings.sql
MIGRATION 'create settings'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE settings (
    id INTEGER PRIMARY KEY,
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT uq_settings_scope_name UNIQUE (scope, name)
  );
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
