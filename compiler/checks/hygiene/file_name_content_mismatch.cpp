#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "llvm/ADT/StringRef.h"

#include "compiler/catalog/catalog.h"
#include "compiler/checks/file_names.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kVerb, kFileNameContentMismatch,
                "the file is called `{0}`, and its upgrade only {1}; call it "
                "by what it does",
                std::string, std::string);
PALINDROME_TEXT(kTable, kFileNameContentMismatch,
                "the file is called `{0}`, and its upgrade does not touch "
                "`{1}`; call it by what it does",
                std::string, std::string);

using catalog::Catalog;
using catalog::ObjectPtr;

// What the upgrade does in all, and to what.
struct Content {
  bool adds = false;
  bool removes = false;
  bool alters = false;
  bool drops = false;             // Some statement does, whatever comes of it.
  bool triggers = false;          // It adds one.
  std::set<std::string> touched;  // Folded: tables, views, indexes, columns.
  std::set<std::string> added;
};

void AddTable(const ast::Table* before, const ast::Table* after,
              Content& content) {
  for (const auto& [table, other, flag] :
       {std::tuple{after, before, &content.adds},
        std::tuple{before, after, &content.removes}}) {
    if (table == nullptr) {
      continue;
    }
    for (const ast::Column& column : table->columns) {
      const std::string name = sql::FoldCase(column.name.text);
      content.touched.insert(name);
      if (other == nullptr || FindColumn(*other, name) == nullptr) {
        *flag = true;
        if (table == after) {
          content.added.insert(name);
        }
      }
    }
    for (const ast::Constraint& constraint : table->constraints) {
      if (constraint.kind == ast::ConstraintKind::kForeignKey) {
        content.touched.insert(sql::FoldCase(constraint.references.table.text));
      }
    }
  }
  // Anything else about a table that stays.
  content.alters |= before != nullptr && after != nullptr && !content.adds &&
                    !content.removes;
}

const ast::Table* TableIn(const ObjectPtr& object) {
  return object ? std::get_if<ast::Table>(&object->definition) : nullptr;
}

void AddChange(const Catalog::Change& change, Content& content) {
  for (const ObjectPtr& object : {change.before, change.after}) {
    if (!object) {
      continue;
    }
    content.touched.insert(object->key().name);
    for (const std::string& used : catalog::UsedTables(*object)) {
      content.touched.insert(sql::FoldCase(used));
    }
  }
  if (!change.before) {
    content.adds = true;
    content.triggers |= change.key.kind == catalog::ObjectKind::kTrigger;
    content.added.insert(change.key.name);
  } else if (!change.after) {
    content.removes = true;
  } else if (TableIn(change.before) == nullptr) {
    content.alters = true;
  }
  AddTable(TableIn(change.before), TableIn(change.after), content);
}

Content ContentOf(const catalog::Simulation& upgrade) {
  Content content;
  for (const catalog::Step& step : upgrade.steps) {
    // Rows, and what only the engine understands.
    content.alters |= !ast::IsSchemaStatement(step.item->statement.kind()) ||
                      As<ast::RenameTable>(step) != nullptr ||
                      As<ast::RenameColumn>(step) != nullptr;
    content.drops |= As<ast::DropTable>(step) != nullptr ||
                     As<ast::DropColumn>(step) != nullptr ||
                     As<ast::DropConstraint>(step) != nullptr ||
                     As<ast::DropIndex>(step) != nullptr ||
                     As<ast::DropView>(step) != nullptr ||
                     As<ast::DropTrigger>(step) != nullptr;
    for (const auto* uses : {&step.access.reads, &step.access.updates}) {
      for (const catalog::Use& use : *uses) {
        content.touched.insert(use.table);
        content.touched.insert(use.column);
      }
    }
    for (const auto* tables : {&step.access.inserts, &step.access.deletes}) {
      content.touched.insert(tables->begin(), tables->end());
    }
    for (const Catalog::Change& change :
         Catalog::Changes(step.before, step.after)) {
      if (change.key.kind != catalog::ObjectKind::kArchive) {
        Content of_step;
        AddChange(change, of_step);
        content.touched.merge(of_step.touched);
      }
    }
  }
  for (const Catalog::Change& change :
       Catalog::Changes(upgrade.before, upgrade.after)) {
    if (change.key.kind != catalog::ObjectKind::kArchive) {
      AddChange(change, content);
    }
  }
  return content;
}

// The slug may be the name of something new that begins with the word.
bool BeginsAName(llvm::StringRef verb, const std::set<std::string>& added) {
  return std::any_of(added.begin(), added.end(), [&](const auto& name) {
    return llvm::StringRef(name).starts_with(verb);
  });
}

// The word, and what may be one or many of it.
std::set<std::string> FormsOf(llvm::StringRef word) {
  std::set<std::string> forms = {word.str(), word.str() + "s",
                                 word.str() + "es"};
  for (const auto& [from, to] :
       {std::pair{"s", ""}, std::pair{"es", ""}, std::pair{"ies", "y"},
        std::pair{"y", "ies"}}) {
    llvm::StringRef stem = word;
    if (stem.consume_back(from) && !stem.empty()) {
      forms.insert(stem.str() + to);
    }
  }
  return forms;
}

// `user_roles` has to do with `users` and with `roles`.
bool Touches(const Content& content, llvm::StringRef object) {
  for (const std::string& form : FormsOf(object)) {
    for (const std::string& name : content.touched) {
      if (("_" + name + "_").find("_" + form + "_") != std::string::npos) {
        return true;
      }
    }
  }
  return false;
}

// The table or view that the slug ends in or is all about: `users` of
// `add_mail_to_users` and of `drop_users`. Nothing if there is none of the
// name.
std::string ObjectOf(llvm::StringRef slug, llvm::StringRef rest,
                     const catalog::Simulation& upgrade) {
  llvm::StringRef name = rest;
  for (const llvm::StringRef word : {"_to_", "_from_", "_of_", "_on_"}) {
    if (const std::size_t at = slug.rfind(word); at != llvm::StringRef::npos) {
      name = slug.drop_front(at + word.size());
    }
  }
  for (const Catalog* catalog : {&upgrade.before, &upgrade.after}) {
    const ObjectPtr object = catalog->FindRelation(name);
    if (object && object->kind() != catalog::ObjectKind::kIndex) {
      return object->key().name;
    }
  }
  return "";
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const std::string slug =
      SlugOf(context.migration().file->base_name()).lower();
  const catalog::Simulation& upgrade = context.upgrade;
  if (slug.empty() || upgrade.steps.empty() ||
      context.migration().header.squashes) {
    return;
  }
  const source::Location place =
      context.At(context.migration().header.title.range);
  const llvm::StringRef words =
      llvm::StringRef(slug).take_until([](char c) { return c == '.'; });
  const auto [verb, rest] = words.split('_');
  const bool says_add = verb == "add" || verb == "create";
  const bool says_delete = verb == "delete";
  const bool says_drop = verb == "drop" || verb == "remove" || says_delete;
  const bool says_rename = verb == "rename";
  if (!says_add && !says_drop && !says_rename) {
    return;
  }
  const Content content = ContentOf(upgrade);
  const bool only_adds = content.adds && !content.removes && !content.alters;
  const bool only_removes = content.removes && !content.adds && !content.alters;
  // Duplicates are rows, and a unique index keeps them out.
  const bool is_of_rows = rest.starts_with("duplicate");
  // A trigger may delete rows, from now on.
  const bool may_delete = says_delete && content.triggers;
  const bool contradicts =
      says_drop && only_adds && !content.drops && !is_of_rows && !may_delete;
  if ((says_add && only_removes) ||
      ((contradicts || (says_rename && only_adds)) &&
       !BeginsAName(verb, content.added))) {
    emitter.Emit(kVerb, place, words.str(), only_adds ? "adds" : "takes away");
    return;
  }
  if (says_rename) {
    return;  // The name may be the old one, the new one, or that of neither.
  }
  const std::string object = ObjectOf(words, rest, upgrade);
  if (!object.empty() && !Touches(content, object)) {
    emitter.Emit(kTable, place, words.str(), object);
  }
}

}  // namespace

constinit const Rule kFileNameContentMismatchRule = {
    .kind = diagnostics::Kind::kFileNameContentMismatch,
    .summary = "the name of the file says something else than its upgrade does",
    .rationale = R"md(
Reviewers and operators read the names of a history and open few of its files. A
file that is called `add_…` and only drops hides what it destroys; one that is
called after a table and changes another sends them to the wrong place.

Reported are names that begin with `add`, `create`, `drop`, `remove` or `delete`
where the upgrade does only the contrary, those that begin with `rename` where it
only adds, and those that are about a table, as `drop_users` and
`add_mail_to_users` are, that the upgrade neither changes nor names.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT, phone TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_mail.sql
MIGRATION 'add mail'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  PRESERVE ALTER TABLE users DROP COLUMN phone;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT, phone TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_drop_phone.sql
MIGRATION 'drop phone'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  PRESERVE ALTER TABLE users DROP COLUMN phone;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
