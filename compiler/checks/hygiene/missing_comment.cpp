#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/checks/creations.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNoComment, kMissingComment,
                "no comment says what {0} `{1}` is for; write one before it",
                std::string, std::string);

// The comments within a statement, and behind it on its last line.
class Comments {
 public:
  Comments(std::string_view text, source::Range statement) {
    std::uint32_t end = statement.begin;
    while (true) {
      const sql::Token token = sql::NextToken(text, end);
      const bool new_line = text.substr(end, token.offset - end).find('\n') !=
                            std::string_view::npos;
      if (token.kind == sql::TokenKind::kEnd ||
          (token.offset >= statement.end && new_line)) {
        return;
      }
      end = token.offset + static_cast<std::uint32_t>(token.spelling.size());
      if (token.kind == sql::TokenKind::kComment) {
        comments_.push_back({token.offset, new_line});
      }
    }
  }

  // On lines of their own, or behind other code.
  bool Above(std::uint32_t previous, std::uint32_t place) const {
    return Has(previous, place, true);
  }
  bool Behind(std::uint32_t place, std::uint32_t next) const {
    return Has(place, next, false);
  }
  bool empty() const { return comments_.empty(); }

 private:
  struct Comment {
    std::uint32_t offset = 0;
    bool own_line = false;
  };

  bool Has(std::uint32_t begin, std::uint32_t end, bool own_line) const {
    return std::any_of(comments_.begin(), comments_.end(),
                       [&](const Comment& comment) {
                         return comment.own_line == own_line &&
                                comment.offset >= begin && comment.offset < end;
                       });
  }

  std::vector<Comment> comments_;
};

class RequireComments {
 public:
  RequireComments(const MigrationContext& context,
                  diagnostics::Emitter& emitter)
      : context_(context), emitter_(emitter) {}

  void Run() const {
    for (const NewTable& table : NewTables(context_.upgrade)) {
      CheckTable(table);
    }
    for (const NewColumn& column : NewColumns(context_.upgrade)) {
      if (As<ast::AddColumn>(*column.step) != nullptr) {
        CheckAdded(column);
      }
    }
  }

 private:
  Comments CommentsOf(const catalog::Step& step) const {
    return {context_.migration().file->text(), step.item->statement.range};
  }

  void Report(const catalog::Step& step, const std::string& kind,
              const ast::Name& name) const {
    emitter_.Emit(kNoComment, context_.At(RangeOf(name, step)), kind,
                  name.text);
  }

  void CheckAdded(const NewColumn& column) const {
    if (!column.step->item->commented && CommentsOf(*column.step).empty()) {
      Report(*column.step, "column", column.written->name);
    }
  }

  void CheckTable(const NewTable& table) const {
    const Comments comments = CommentsOf(*table.step);
    const source::Range statement = table.step->item->statement.range;
    const auto& columns = table.written->columns;
    if (table.replaced == nullptr && !table.step->item->commented &&
        !comments.Behind(statement.begin, columns[0].name.range.begin)) {
      Report(*table.step, "table", table.written->name);
    }
    std::uint32_t previous = statement.begin;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::uint32_t place = columns[i].name.range.begin;
      const std::uint32_t next =
          i + 1 < columns.size() ? columns[i + 1].name.range.begin
                                 : std::numeric_limits<std::uint32_t>::max();
      const bool is_old =
          table.replaced != nullptr &&
          FindColumn(*table.replaced, columns[i].name.text) != nullptr;
      if (!is_old && !comments.Above(previous, place) &&
          !comments.Behind(place, next)) {
        Report(*table.step, "column", columns[i].name);
      }
      previous = place;
    }
  }

  const MigrationContext& context_;
  diagnostics::Emitter& emitter_;
};

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (context.settings != nullptr &&
      context.settings->conventions.needs_comments) {
    RequireComments(context, emitter).Run();
  }
}

}  // namespace

constinit const Rule kMissingCommentRule = {
    .kind = diagnostics::Kind::kMissingComment,
    .summary =
        "a new table or column has no comment, and the project asks for one",
    .rationale = R"md(
What a column means is not always in its name: which unit, which values, who
writes it. A project that wants it written down sets `comments = "required"` in
`palindrome.toml`; without it nothing is reported.

A comment stands right before the statement, or above a column of a new table,
or behind it on its line.
)md",
    .bad = R"sql(=== palindrome.toml
comments = "required"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  -- What there is to do.
  CREATE TABLE tasks (
    -- Given by the engine.
    id INTEGER PRIMARY KEY,
    weight INTEGER NOT NULL
  );
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
comments = "required"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  -- What there is to do.
  CREATE TABLE tasks (
    -- Given by the engine.
    id INTEGER PRIMARY KEY,
    weight INTEGER NOT NULL  -- In grams.
  );
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
