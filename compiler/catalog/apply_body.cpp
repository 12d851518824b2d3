// CREATE and DROP of views and triggers, whose bodies the engine reads.

#include <algorithm>

#include "compiler/catalog/apply.h"
#include "compiler/catalog/expressions.h"
#include "compiler/catalog/slice.h"
#include "compiler/parse/parse.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

PALINDROME_TEXT(kNoView, kUnknownObject, "there is no view `{0}` here{1}",
                std::string, diagnostics::Meant);
PALINDROME_TEXT(kNoTrigger, kUnknownObject, "there is no trigger `{0}` here{1}",
                std::string, diagnostics::Meant);
PALINDROME_TEXT(kNoRelation, kUnknownObject,
                "there is no table or view `{0}` here{1}", std::string,
                diagnostics::Meant);
PALINDROME_TEXT(kInsteadOfNeedsView, kInvalidDefinition,
                "an INSTEAD OF trigger is for views, and `{0}` is a table",
                std::string);
PALINDROME_TEXT(kViewNeedsInsteadOf, kInvalidDefinition,
                "`{0}` is a view, and takes INSTEAD OF triggers only",
                std::string);
PALINDROME_TEXT(kNoSuchRow, kUnknownObject,
                "there is no `{0}` here; a trigger for {1} has no {2} row",
                std::string, std::string, std::string);

// The engine says nothing of tables whose columns are only joined on.
void AddJoined(const ast::Expression& body, std::vector<Use>& uses) {
  const bool joins = std::any_of(
      body.tokens.begin(), body.tokens.end(), [](const ast::Token& token) {
        return sql::EqualsIgnoringCase(token.spelling, "natural") ||
               sql::EqualsIgnoringCase(token.spelling, "using");
      });
  if (!joins) {
    return;
  }
  for (const std::string& name : NamedTables(body)) {
    uses.push_back({name, ""});
  }
}

// The tables and columns that were read or written, without those of an object
// that the catalog does not have (sqlite_master).
std::vector<Use> UsesOf(const Access& access, const ast::Expression& body,
                        const Catalog& catalog, std::string_view own_name) {
  std::vector<Use> uses = access.reads;
  AddJoined(body, uses);
  uses.insert(uses.end(), access.updates.begin(), access.updates.end());
  for (const auto* tables : {&access.inserts, &access.deletes}) {
    for (const std::string& table : *tables) {
      uses.push_back({table, ""});
    }
  }
  std::erase_if(uses, [&](const Use& use) {
    return !catalog.FindRelation(use.table) ||
           sql::EqualsIgnoringCase(use.table, own_name);
  });
  std::sort(uses.begin(), uses.end());
  uses.erase(std::unique(uses.begin(), uses.end()), uses.end());
  return uses;
}

std::optional<std::uint32_t> Begin(const ast::Expression& body) {
  if (body.empty() || body.tokens.front().range.end == 0) {
    return std::nullopt;
  }
  return body.tokens.front().range.begin;
}

// The bytes of the body as they were written, or printed if it was derived.
std::string BodyText(const ast::Expression& body,
                     const Application& application) {
  if (application.file == nullptr || !Begin(body)) {
    return ast::Print(body);
  }
  return std::string(application.file->text(
      {body.tokens.front().range.begin, body.tokens.back().range.end}));
}

// What the view reads; `text` is its body.
Access AccessOf(const ast::View& view, std::string_view text,
                const Catalog& catalog, Engine& engine) {
  const auto names = ast::AllNames(view.body);
  const Slice slice = SliceAround(catalog, {{}, {names.begin(), names.end()}});
  Access access = engine.Prepare(slice, text);
  ast::Expression body = view.body;
  return access.error || !KeepBesideZero(body)
             ? access
             : engine.Prepare(slice, ast::Print(body));
}

// What the trigger reads and writes; the catalog does not have it.
Access AccessOf(const ast::Trigger& trigger, const Catalog& catalog,
                Engine& engine) {
  ast::Statement create;
  create.node = ast::CreateTrigger{trigger, false};
  const Slice slice = SliceAround(catalog, MentionsOf(create));
  ast::Trigger probe = trigger;
  KeepBesideZero(probe.when);
  KeepBesideZero(probe.body);
  return engine.PrepareTrigger(slice, probe);
}

// An INSERT has no row before it, and a DELETE none after it.
bool ReadsNoRow(const EngineError& error, ast::TriggerEvent event) {
  const std::string name = sql::FoldCase(error.name);
  return error.error_class == EngineError::Class::kUnknownColumn &&
         ((event == ast::TriggerEvent::kInsert && name.starts_with("old.")) ||
          (event == ast::TriggerEvent::kDelete && name.starts_with("new.")));
}

// Of a statement alone the engine says where its words make no sense; of a
// trigger, only that they do not. True: refused.
bool RefuseSyntax(const ast::Trigger& trigger, Application& application) {
  const std::vector<ast::Token>& tokens = trigger.body.tokens;
  if (application.file == nullptr || !Begin(trigger.body)) {
    return false;
  }
  std::size_t first = 1;  // Behind BEGIN.
  for (std::size_t i = first; i < tokens.size(); ++i) {
    if (tokens[i].spelling != ";") {
      continue;
    }
    const std::uint32_t begin = tokens[first].range.begin;
    const Access access = application.engine.Prepare(
        {}, application.file->text({begin, tokens[i].range.end}));
    if (access.error &&
        access.error->error_class == EngineError::Class::kSyntax) {
      RefuseFor(*access.error, application.At(trigger.name), begin,
                application);
      return true;
    }
    first = i + 1;
  }
  return false;
}

}  // namespace

void ApplyNode(const ast::CreateView& node, Application& application) {
  const ast::View& view = node.view;
  const Catalog& before = application.before;
  if (node.if_not_exists && before.FindView(view.name.text) != nullptr) {
    return;
  }
  if (!application.RequireFree(view.name, ObjectKind::kView)) {
    return;
  }
  Access access = AccessOf(view, BodyText(view.body, application), before,
                           application.engine);
  if (access.error) {
    RefuseFor(*access.error, application.At(view.name), Begin(view.body),
              application);
    return;
  }
  application.result.after = before.With(
      Object{view, UsesOf(access, view.body, before, view.name.text),
             application.At(view.name)});
  application.result.access = std::move(access);
}

void ApplyNode(const ast::DropView& node, Application& application) {
  const Catalog& before = application.before;
  const ObjectPtr view = before.Find(ObjectKind::kView, node.view.text);
  if (!view) {
    if (!node.if_exists) {
      application.Refuse(diagnostics::Make(
          kNoView, application.At(node.view), node.view.text,
          diagnostics::MeantName(node.view.text,
                                 before.Names(ObjectKind::kView))));
    }
    return;
  }
  Catalog after = before;
  for (const ObjectPtr& user : before.UsersOf(view->name())) {
    const std::string* owner = user->table();
    if (owner != nullptr && sql::EqualsIgnoringCase(*owner, view->name())) {
      after = after.Without(user->key());
    }
  }
  application.result.after = after.Without(view->key());
  ReportUsers("view `" + view->name() + "` is dropped",
              BodiesThatUse(before, view->name()),
              "drop what uses it before the view", application.At(node.view),
              application);
}

void ApplyNode(const ast::CreateTrigger& node, Application& application) {
  const ast::Trigger& trigger = node.trigger;
  const Catalog& before = application.before;
  if (node.if_not_exists &&
      before.Find(ObjectKind::kTrigger, trigger.name.text)) {
    return;
  }
  const bool on_view = before.FindView(trigger.table.text) != nullptr;
  const ast::Table* table = before.FindTable(trigger.table.text);
  if (!on_view && table == nullptr) {
    std::vector<std::string> names = before.Names(ObjectKind::kTable);
    const auto views = before.Names(ObjectKind::kView);
    names.insert(names.end(), views.begin(), views.end());
    application.Refuse(diagnostics::Make(
        kNoRelation, application.At(trigger.table), trigger.table.text,
        diagnostics::MeantName(trigger.table.text, names)));
    return;
  }
  const bool instead = trigger.timing == ast::TriggerTiming::kInsteadOf;
  if (instead != on_view) {
    application.Refuse(
        diagnostics::Make(on_view ? kViewNeedsInsteadOf : kInsteadOfNeedsView,
                          application.At(trigger.table), trigger.table.text));
    return;
  }
  if (!application.RequireFree(trigger.name, ObjectKind::kTrigger)) {
    return;
  }
  for (const ast::Name& column : trigger.columns) {
    if (table != nullptr) {
      application.RequireColumn(*table, column);
    }
  }
  if (!application.result.applies) {
    return;
  }
  Access access = AccessOf(trigger, before, application.engine);
  if (access.error && ReadsNoRow(*access.error, trigger.event)) {
    const bool inserts = trigger.event == ast::TriggerEvent::kInsert;
    application.Refuse(diagnostics::Make(
        kNoSuchRow,
        PlaceOf(*access.error, application.At(trigger.name), application),
        access.error->name, inserts ? "INSERT" : "DELETE",
        inserts ? "OLD" : "NEW"));
    return;
  }
  if (access.error) {
    const bool is_syntax =
        access.error->error_class == EngineError::Class::kSyntax;
    if (!is_syntax || !RefuseSyntax(trigger, application)) {
      RefuseFor(*access.error, application.At(trigger.name), std::nullopt,
                application);
    }
    return;
  }
  application.result.after = before.With(Object{
      trigger,
      UsesOf(access, ast::WhenAndBody(trigger), before, trigger.name.text),
      application.At(trigger.name)});
  application.result.access = std::move(access);
}

void ApplyNode(const ast::DropTrigger& node, Application& application) {
  const Catalog& before = application.before;
  const ObjectPtr trigger =
      before.Find(ObjectKind::kTrigger, node.trigger.text);
  if (trigger) {
    application.result.after = before.Without(trigger->key());
  } else if (!node.if_exists) {
    application.Refuse(diagnostics::Make(
        kNoTrigger, application.At(node.trigger), node.trigger.text,
        diagnostics::MeantName(node.trigger.text,
                               before.Names(ObjectKind::kTrigger))));
  }
}

std::optional<diagnostics::Diagnostic> RenameInBodies(
    const std::string& native_rename, const std::vector<ObjectPtr>& bodies,
    Application& application) {
  if (bodies.empty()) {
    return std::nullopt;
  }
  const RunResult run = application.engine.Run(
      SliceAround(application.before, MentionsOf(application.statement)),
      native_rename);
  if (run.error) {
    return DescribeEngineError(*run.error, application.Here(),
                               application.before, std::nullopt);
  }
  for (const ObjectPtr& body : bodies) {
    for (const EngineObject& object : run.objects) {
      if (object.type != ObjectKindName(body->kind()) ||
          !sql::EqualsIgnoringCase(object.name, body->name())) {
        continue;
      }
      diagnostics::Emitter ignored;
      const source::File text("engine", object.sql);
      const auto statement = parse::ParseStatement(text, ignored);
      if (!statement) {
        continue;
      }
      Object renamed = *body;
      if (const auto* view = std::get_if<ast::CreateView>(&statement->node)) {
        renamed.definition = view->view;
      } else if (const auto* trigger =
                     std::get_if<ast::CreateTrigger>(&statement->node)) {
        renamed.definition = trigger->trigger;
      }
      application.result.after = application.result.after.With(renamed);
    }
  }
  RefreshUses(bodies, application);
  return std::nullopt;
}

void RefreshUses(const std::vector<ObjectPtr>& bodies,
                 Application& application) {
  for (const ObjectPtr& body : bodies) {
    const Catalog& catalog = application.result.after;
    const ObjectPtr current = catalog.Find(body->kind(), body->name());
    if (!current) {
      continue;
    }
    Object refreshed = *current;
    Access access;
    ast::Expression text;
    if (const auto* view = std::get_if<ast::View>(&current->definition)) {
      text = view->body;
      access =
          AccessOf(*view, ast::Print(view->body), catalog, application.engine);
    } else if (const auto* trigger =
                   std::get_if<ast::Trigger>(&current->definition)) {
      text = ast::WhenAndBody(*trigger);
      access = AccessOf(*trigger, catalog.Without(current->key()),
                        application.engine);
    }
    if (access.error) {
      continue;  // It is broken, and keeps what it used.
    }
    refreshed.uses = UsesOf(access, text, catalog, current->name());
    application.result.after = catalog.With(std::move(refreshed));
  }
}

}  // namespace palindrome::catalog
