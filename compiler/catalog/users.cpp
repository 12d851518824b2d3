// Who uses a column or a table.

#include <algorithm>
#include <set>

#include "compiler/catalog/apply.h"
#include "compiler/catalog/create_again.h"
#include "compiler/catalog/slice.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

bool Mentions(const ast::Expression& expression, const std::string& column) {
  const auto names = ast::ColumnNames(expression);
  return std::binary_search(names.begin(), names.end(), column);
}

bool Mentions(const ast::KeyPart& part, const std::string& column) {
  return part.column.empty()
             ? Mentions(part.expression, column)
             : sql::EqualsIgnoringCase(part.column.text, column);
}

bool Mentions(const std::vector<ast::KeyPart>& parts,
              const std::string& column) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](const auto& part) { return Mentions(part, column); });
}

bool Mentions(const std::vector<ast::Name>& names, const std::string& column) {
  return std::any_of(names.begin(), names.end(), [&](const auto& name) {
    return sql::EqualsIgnoringCase(name.text, column);
  });
}

// "constraint `name`", or what it is if it has none.
std::string Describe(const ast::Constraint& constraint,
                     const ast::Table& table) {
  if (!constraint.name.empty()) {
    return "constraint `" + constraint.name.text + "`";
  }
  std::string kind;
  switch (constraint.kind) {
#define PALINDROME_CONSTRAINT_KIND(Name, Spelling) \
  case ast::ConstraintKind::Name:                  \
    kind = Spelling;                               \
    break;
#include "compiler/ast/constraint_kinds.def"
  }
  return "a " + kind + " constraint of table `" + table.name.text + "`";
}

// Written with the column and about nothing else.
bool BelongsTo(const ast::Constraint& constraint, const std::string& column) {
  return constraint.is_inline &&
         sql::EqualsIgnoringCase(constraint.owner.text, column);
}

bool Uses(const ast::Constraint& constraint, const std::string& column) {
  if (BelongsTo(constraint, column)) {
    return false;
  }
  return Mentions(constraint.columns, column) ||
         Mentions(constraint.check, column);
}

// Whether the key that a foreign key refers to in `parent` has the column.
bool RefersTo(const ast::Constraint& constraint, const ast::Table& parent,
              const std::string& column) {
  if (constraint.kind != ast::ConstraintKind::kForeignKey ||
      !sql::EqualsIgnoringCase(constraint.references.table.text,
                               parent.name.text)) {
    return false;
  }
  if (!constraint.references.columns.empty()) {
    return Mentions(constraint.references.columns, column);
  }
  return std::any_of(parent.constraints.begin(), parent.constraints.end(),
                     [&](const ast::Constraint& key) {
                       return key.kind == ast::ConstraintKind::kPrimaryKey &&
                              Mentions(key.columns, column);
                     });
}

std::string DescribeForeignKey(const ast::Constraint& constraint,
                               const ast::Table& table) {
  if (!constraint.name.empty()) {
    return "foreign key `" + constraint.name.text + "` of table `" +
           table.name.text + "`";
  }
  std::string columns;
  for (const ast::KeyPart& part : constraint.columns) {
    columns += (columns.empty() ? "" : ", ") + part.column.text;
  }
  return "the foreign key on `" + columns + "` of table `" + table.name.text +
         "`";
}

void AddOwnUsers(const ast::Table& table, const std::string& column,
                 source::Location created, std::vector<User>& users) {
  for (const ast::Constraint& constraint : table.constraints) {
    if (Uses(constraint, column)) {
      users.push_back({Describe(constraint, table), created});
    }
    if (RefersTo(constraint, table, column) && !BelongsTo(constraint, column) &&
        !Uses(constraint, column)) {
      users.push_back({DescribeForeignKey(constraint, table), created});
    }
  }
  for (const ast::Column& other : table.columns) {
    if (other.generated && Mentions(other.generated->expression, column)) {
      users.push_back({"generated column `" + other.name.text + "`", created});
    }
  }
}

bool UsesTable(const Object& object, const std::string& table) {
  return std::any_of(object.uses.begin(), object.uses.end(),
                     [&](const Use& use) { return use.table == table; });
}

bool ReadsColumn(const Object& object, const std::string& table,
                 const std::string& column) {
  return std::binary_search(object.uses.begin(), object.uses.end(),
                            Use{table, column});
}

// The tokens of a view or trigger that the engine reads; else none.
ast::Expression BodyOf(const Object& object) {
  if (const auto* view = std::get_if<ast::View>(&object.definition)) {
    return view->body;
  }
  const auto* trigger = std::get_if<ast::Trigger>(&object.definition);
  return trigger != nullptr ? ast::WhenAndBody(*trigger) : ast::Expression();
}

// A `*` has whatever columns there are, and asks for none of them.
bool NamesColumn(const Object& user, const std::string& table,
                 const std::string& column) {
  if (!ReadsColumn(user, table, column)) {
    return false;
  }
  const auto names = ast::AllNames(WithoutTables(BodyOf(user)));
  return std::binary_search(names.begin(), names.end(), column);
}

bool HasStar(const ast::Expression& body) {
  return std::any_of(
      body.tokens.begin(), body.tokens.end(),
      [](const ast::Token& token) { return token.spelling == "*"; });
}

bool HasWord(const ast::Expression& body, std::string_view word) {
  return std::any_of(body.tokens.begin(), body.tokens.end(),
                     [word](const ast::Token& token) {
                       return token.kind == sql::TokenKind::kWord &&
                              sql::EqualsIgnoringCase(token.spelling, word);
                     });
}

// The names in the column lists of the INSERTs into `table`.
ast::Expression InsertLists(const ast::Expression& body,
                            const std::string& table) {
  ast::Expression lists;
  bool in_list = false;
  for (std::size_t i = 2; i < body.tokens.size(); ++i) {
    const std::string& spelling = body.tokens[i].spelling;
    const std::size_t into = body.tokens[i - 2].spelling == "." ? i - 4 : i - 2;
    if (spelling == "(" && into < i &&
        sql::EqualsIgnoringCase(body.tokens[into].spelling, "into")) {
      in_list = ast::AllNames({{body.tokens[i - 1]}}) == std::vector{table};
    } else if (spelling == ")") {
      in_list = false;
    } else if (in_list) {
      lists.tokens.push_back(body.tokens[i]);
    }
  }
  return lists;
}

// The engine does not say which columns an INSERT of a trigger's body names,
// nor which of `excluded` an upsert reads.
bool MayInsert(const Object& user, const ast::Trigger& trigger,
               const std::string& table, const std::string& column) {
  const auto names = ast::AllNames(HasWord(trigger.body, "excluded")
                                       ? trigger.body
                                       : InsertLists(trigger.body, table));
  return ReadsColumn(user, table, "") &&
         std::binary_search(names.begin(), names.end(), column);
}

// The names of a view's columns are its list's, or stand in its SELECT, or come
// with a `*`.
bool MayHaveColumn(const ast::View& view, std::string_view column) {
  if (!view.columns.empty()) {
    return Mentions(view.columns, std::string(column));
  }
  const auto names = ast::AllNames(view.body);
  return std::binary_search(names.begin(), names.end(),
                            sql::FoldCase(column)) ||
         HasStar(view.body);
}

// The engine does not tell the columns of NATURAL joins: those that another of
// the tables has as well.
bool JoinsNaturally(const Object& user, const Catalog& catalog,
                    std::string_view table, std::string_view column) {
  const ast::Expression body = BodyOf(user);
  if (!HasWord(body, "natural")) {
    return false;
  }
  const std::set<std::string> named = NamedTables(body);
  const std::string folded = sql::FoldCase(table);
  return named.contains(folded) &&
         std::any_of(named.begin(), named.end(), [&](const std::string& name) {
           if (name == folded) {
             return false;
           }
           if (const ast::Table* other = catalog.FindTable(name)) {
             return FindColumn(*other, column) != nullptr;
           }
           const ast::View* view = catalog.FindView(name);
           return view != nullptr && MayHaveColumn(*view, column);
         });
}

// Nor those of USING.
bool JoinsUsing(const Object& user, const std::string& table,
                const std::string& column) {
  if (!UsesTable(user, table)) {
    return false;
  }
  const ast::Expression body = BodyOf(user);
  bool in_list = false;
  for (std::size_t i = 1; i < body.tokens.size(); ++i) {
    const std::string& spelling = body.tokens[i].spelling;
    if (spelling == "(" &&
        sql::EqualsIgnoringCase(body.tokens[i - 1].spelling, "using")) {
      in_list = true;
    } else if (spelling == ")") {
      in_list = false;
    } else if (in_list) {
      const auto names = ast::AllNames({{body.tokens[i]}});
      if (!names.empty() && names.front() == column) {
        return true;
      }
    }
  }
  return false;
}

// What `user` uses the column for; empty if it does not.
std::vector<std::string> DescribeUse(const Catalog& catalog, const Object& user,
                                     const ast::Table& table,
                                     const std::string& column) {
  const std::string folded_table = sql::FoldCase(table.name.text);
  const bool in_body = NamesColumn(user, folded_table, column) ||
                       JoinsUsing(user, folded_table, column) ||
                       JoinsNaturally(user, catalog, folded_table, column);
  std::vector<std::string> uses;
  if (const auto* index = std::get_if<ast::Index>(&user.definition)) {
    if (Mentions(index->parts, column) || Mentions(index->where, column)) {
      uses.push_back("index `" + index->name.text + "`");
    }
  } else if (const auto* view = std::get_if<ast::View>(&user.definition)) {
    if (in_body) {
      uses.push_back("view `" + view->name.text + "`");
    }
  } else if (const auto* trigger =
                 std::get_if<ast::Trigger>(&user.definition)) {
    const bool listed =
        sql::EqualsIgnoringCase(trigger->table.text, table.name.text) &&
        Mentions(trigger->columns, column);
    if (listed || in_body || MayInsert(user, *trigger, folded_table, column)) {
      uses.push_back("trigger `" + trigger->name.text + "`");
    }
  } else if (const auto* child = std::get_if<ast::Table>(&user.definition)) {
    for (const ast::Constraint& constraint : child->constraints) {
      if (RefersTo(constraint, table, column)) {
        uses.push_back(DescribeForeignKey(constraint, *child));
      }
    }
  }
  return uses;
}

void AddUses(const Catalog& catalog, const ObjectPtr& user,
             const ast::Table& table, const std::string& column,
             std::vector<User>& users) {
  for (std::string& text : DescribeUse(catalog, *user, table, column)) {
    users.push_back({std::move(text), user->created});
  }
}

}  // namespace

std::vector<User> UsersOfColumn(const Catalog& catalog, const ast::Table& table,
                                std::string_view column) {
  const std::string folded = sql::FoldCase(column);
  std::vector<User> users;
  const ObjectPtr own = catalog.Find(ObjectKind::kTable, table.name.text);
  AddOwnUsers(table, folded, own ? own->created : source::Location(), users);
  for (const ObjectPtr& user : catalog.UsersOf(table.name.text)) {
    AddUses(catalog, user, table, folded, users);
  }
  return users;
}

std::vector<User> BodiesThatUseColumn(const Catalog& catalog,
                                      const ast::Table& table,
                                      std::string_view column) {
  const std::string folded = sql::FoldCase(column);
  std::vector<User> users;
  for (const ObjectPtr& user : catalog.UsersOf(table.name.text)) {
    if (user->kind() == ObjectKind::kView ||
        user->kind() == ObjectKind::kTrigger) {
      AddUses(catalog, user, table, folded, users);
    }
  }
  return users;
}

bool UsesColumn(const Catalog& catalog, const Object& user,
                const ast::Table& table, std::string_view column) {
  return !DescribeUse(catalog, user, table, sql::FoldCase(column)).empty();
}

std::vector<User> NaturalJoins(const Catalog& catalog, std::string_view table,
                               std::string_view column) {
  std::vector<User> users;
  for (const ObjectPtr& user : catalog.UsersOf(table)) {
    if (JoinsNaturally(*user, catalog, table, column)) {
      users.push_back({std::string(ObjectKindName(user->kind())) + " `" +
                           user->name() + "`",
                       user->created});
    }
  }
  return users;
}

std::vector<ObjectPtr> BodiesWithStar(const Catalog& catalog,
                                      std::string_view table) {
  std::vector<ObjectPtr> bodies = catalog.UsersOf(table);
  std::erase_if(bodies,
                [](const ObjectPtr& user) { return !HasStar(BodyOf(*user)); });
  return bodies;
}

std::vector<User> BodiesThatUse(const Catalog& catalog, std::string_view name) {
  std::vector<User> users;
  const std::string folded = sql::FoldCase(name);
  for (const ObjectPtr& user : catalog.UsersOf(name)) {
    const bool is_view = user->kind() == ObjectKind::kView;
    const bool is_foreign_trigger = user->kind() == ObjectKind::kTrigger &&
                                    sql::FoldCase(*user->table()) != folded;
    if (is_view || is_foreign_trigger) {
      users.push_back({std::string(ObjectKindName(user->kind())) + " `" +
                           user->name() + "`",
                       user->created});
    }
  }
  return users;
}

std::vector<std::pair<ObjectPtr, User>> ForeignKeysTo(const Catalog& catalog,
                                                      std::string_view name) {
  std::vector<std::pair<ObjectPtr, User>> keys;
  for (const ObjectPtr& user : catalog.UsersOf(name)) {
    const auto* child = std::get_if<ast::Table>(&user->definition);
    if (child == nullptr) {
      continue;
    }
    for (const ast::Constraint& constraint : child->constraints) {
      if (constraint.kind == ast::ConstraintKind::kForeignKey &&
          sql::EqualsIgnoringCase(constraint.references.table.text, name)) {
        keys.emplace_back(
            user, User{DescribeForeignKey(constraint, *child), user->created});
      }
    }
  }
  return keys;
}

}  // namespace palindrome::catalog
