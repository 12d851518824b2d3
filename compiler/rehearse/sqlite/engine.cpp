#include "compiler/rehearse/sqlite/engine.h"

#include <algorithm>
#include <set>
#include <utility>

#include <sqlite3.h>

#include "compiler/rehearse/sqlite/connection.h"
#include "runtime/drivers/sqlite/sqlite_schema_facts.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::rehearse::sqlite {

namespace {

using palindrome::sql::EqualsIgnoringCase;
using palindrome::sql::FoldCase;
using palindrome::sql::QuoteName;

// Collects what the authorizer is asked for.
class Recorder {
 public:
  explicit Recorder(const StandIns& stand_ins) : stand_ins_(stand_ins) {}

  void Record(const Access& access) {
    const std::string first = FoldCase(access.first);
    const std::string second = FoldCase(access.second);
    switch (access.action) {
      case SQLITE_READ:
        // SQLite names `rowid` in its own case, and the column that it is.
        reads_.insert({first, second});
        break;
      case SQLITE_UPDATE:
        updates_.insert({first, second});
        break;
      case SQLITE_INSERT:
        inserts_.insert(first);
        break;
      case SQLITE_DELETE:
        deletes_.insert(first);
        break;
      case SQLITE_FUNCTION:
        RecordFunction(second);
        break;
      default:
        break;
    }
  }

  void RecordView(std::string_view view) {
    reads_.insert({FoldCase(view), ""});
  }

  catalog::Access Take(const std::set<std::string>& collations) {
    stand_ins_used_.insert(collations.begin(), collations.end());
    catalog::Access access;
    access.reads = {reads_.begin(), reads_.end()};
    access.updates = {updates_.begin(), updates_.end()};
    access.inserts = {inserts_.begin(), inserts_.end()};
    access.deletes = {deletes_.begin(), deletes_.end()};
    access.stand_ins = {stand_ins_used_.begin(), stand_ins_used_.end()};
    return access;
  }

 private:
  void RecordFunction(const std::string& name) {
    for (const auto& [function, arguments] : stand_ins_.functions) {
      if (EqualsIgnoringCase(function, name)) {
        stand_ins_used_.insert(name);
      }
    }
  }

  const StandIns& stand_ins_;
  std::set<catalog::Use> reads_;
  std::set<catalog::Use> updates_;
  std::set<std::string> inserts_;
  std::set<std::string> deletes_;
  std::set<std::string> stand_ins_used_;
};

std::set<std::string> FoldedNames(const catalog::Slice& slice,
                                  catalog::ObjectKind kind) {
  std::set<std::string> names;
  for (const catalog::ObjectPtr& object : slice) {
    if (object->kind() == kind) {
      names.insert(FoldCase(object->name()));
    }
  }
  return names;
}

const catalog::Object* Find(const catalog::Slice& slice,
                            catalog::ObjectKind kind, std::string_view name) {
  for (const catalog::ObjectPtr& object : slice) {
    if (object->kind() == kind && EqualsIgnoringCase(object->name(), name)) {
      return object.get();
    }
  }
  return nullptr;
}

catalog::Access Failed(catalog::EngineError error) {
  catalog::Access access;
  access.error = std::move(error);
  return access;
}

// Columns that a statement can write.
std::vector<std::string> WritableColumns(const catalog::Slice& slice,
                                         const std::string& table,
                                         Connection& connection) {
  std::vector<std::string> names;
  if (const auto* object = Find(slice, catalog::ObjectKind::kTable, table)) {
    for (const ast::Column& column :
         std::get<ast::Table>(object->definition).columns) {
      if (!column.generated) {
        names.push_back(column.name.text);
      }
    }
    return names;
  }
  sqlite3_stmt* statement = nullptr;
  const std::string sql = "SELECT * FROM " + QuoteName(table);
  if (sqlite3_prepare_v2(connection.handle(), sql.c_str(), -1, &statement,
                         nullptr) == SQLITE_OK) {
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      names.emplace_back(sqlite3_column_name(statement, i));
    }
  }
  sqlite3_finalize(statement);
  return names;
}

// A statement that fires the trigger.
std::string FiringStatement(const ast::Trigger& trigger,
                            const std::vector<std::string>& columns) {
  const std::string table = QuoteName(trigger.table.text);
  switch (trigger.event) {
    case ast::TriggerEvent::kInsert:
      return "INSERT INTO " + table + " DEFAULT VALUES";
    case ast::TriggerEvent::kDelete:
      return "DELETE FROM " + table;
    case ast::TriggerEvent::kUpdate:
      break;
  }
  const std::string column =
      columns.empty() ? "rowid" : QuoteName(columns.front());
  return "UPDATE " + table + " SET " + column + " = " + column;
}

class SqliteEngine final : public catalog::Engine {
 public:
  explicit SqliteEngine(StandIns stand_ins)
      : stand_ins_(std::move(stand_ins)) {}

  catalog::Access Prepare(const catalog::Slice& slice,
                          std::string_view sql) override;
  catalog::Access PrepareTrigger(const catalog::Slice& slice,
                                 const ast::Trigger& trigger) override;
  std::vector<catalog::BrokenBody> FindBroken(
      const catalog::Slice& slice) override;
  catalog::RunResult Run(const catalog::Slice& slice,
                         std::string_view sql) override;

 private:
  StandIns stand_ins_;
};

catalog::Access SqliteEngine::Prepare(const catalog::Slice& slice,
                                      std::string_view sql) {
  Connection connection(&stand_ins_);
  if (auto error = connection.Create(slice)) {
    return Failed(std::move(*error));
  }
  const auto triggers = FoldedNames(slice, catalog::ObjectKind::kTrigger);
  const auto views = FoldedNames(slice, catalog::ObjectKind::kView);
  Recorder recorder(stand_ins_);
  connection.authorizer().Watch([&](const Access& access) {
    const std::string accessor = FoldCase(access.accessor);
    const bool of_view = views.count(accessor) != 0;
    if (!of_view && triggers.count(accessor) != 0) {
      return;
    }
    if (of_view) {
      recorder.RecordView(accessor);
      // A view that is written is read as a whole, in no one's name.
      if (EqualsIgnoringCase(access.first, accessor)) {
        return;
      }
    }
    recorder.Record(access);
  });
  auto error = connection.Prepare(sql);
  connection.authorizer().Watch(nullptr);
  catalog::Access access = recorder.Take(connection.used_collations());
  access.error = std::move(error);
  return access;
}

catalog::Access SqliteEngine::PrepareTrigger(const catalog::Slice& slice,
                                             const ast::Trigger& trigger) {
  Connection connection(&stand_ins_);
  for (const catalog::ObjectPtr& object : slice) {
    const bool is_itself =
        object->kind() == catalog::ObjectKind::kTrigger &&
        EqualsIgnoringCase(object->name(), trigger.name.text);
    if (is_itself) {
      continue;
    }
    if (auto error = connection.Create({object})) {
      return Failed(std::move(*error));
    }
  }
  // Without its column list it fires on any column; one of the list may be
  // generated, and then no statement could name it.
  ast::Trigger probe = trigger;
  probe.columns.clear();
  if (auto error = connection.Run(ast::Print(probe))) {
    error->offset.reset();
    return Failed(std::move(*error));
  }
  const auto triggers = FoldedNames(slice, catalog::ObjectKind::kTrigger);
  const auto views = FoldedNames(slice, catalog::ObjectKind::kView);
  const std::string own_name = FoldCase(trigger.name.text);
  Recorder recorder(stand_ins_);
  connection.authorizer().Watch([&](const Access& access) {
    const std::string accessor = FoldCase(access.accessor);
    const bool of_another =
        accessor != own_name &&
        (accessor.empty() || triggers.count(accessor) != 0 ||
         views.count(accessor) != 0);
    if (!of_another) {
      recorder.Record(access);
    }
  });
  const auto columns = WritableColumns(slice, trigger.table.text, connection);
  auto error = connection.Prepare(FiringStatement(probe, columns));
  connection.authorizer().Watch(nullptr);
  catalog::Access access = recorder.Take(connection.used_collations());
  if (error) {
    error->offset.reset();
    access.error = std::move(error);
  }
  return access;
}

std::vector<catalog::BrokenBody> SqliteEngine::FindBroken(
    const catalog::Slice& slice) {
  Connection connection(&stand_ins_);
  std::vector<catalog::BrokenBody> broken;
  const auto keep = [&broken](const catalog::ObjectPtr& body,
                              std::optional<catalog::EngineError> error) {
    if (error) {
      error->offset.reset();
      broken.push_back({body, std::move(*error)});
    }
  };
  // Triggers of tables come one by one, so that the one that fails is known;
  // those of views are what makes a view writable.
  for (const catalog::ObjectPtr& object : slice) {
    const auto* trigger = std::get_if<ast::Trigger>(&object->definition);
    if (trigger == nullptr ||
        trigger->timing == ast::TriggerTiming::kInsteadOf) {
      keep(object, connection.Create({object}));
    }
  }
  for (const catalog::ObjectPtr& object : slice) {
    if (object->kind() == catalog::ObjectKind::kView) {
      keep(object,
           connection.Prepare("SELECT * FROM " + QuoteName(object->name())));
    }
    const auto* trigger = std::get_if<ast::Trigger>(&object->definition);
    const bool is_known =
        std::any_of(broken.begin(), broken.end(),
                    [&](const auto& other) { return other.body == object; });
    if (trigger == nullptr || is_known) {
      continue;
    }
    const bool is_there = trigger->timing == ast::TriggerTiming::kInsteadOf;
    ast::Trigger probe = *trigger;
    probe.columns.clear();
    auto error =
        is_there ? std::nullopt : connection.RunTrusted(ast::Print(probe));
    if (!error) {
      const auto columns =
          WritableColumns(slice, trigger->table.text, connection);
      error = connection.Prepare(FiringStatement(probe, columns));
    }
    keep(object, std::move(error));
    if (!is_there) {
      connection.RunTrusted("DROP TRIGGER IF EXISTS " +
                            QuoteName(object->name()));
    }
  }
  return broken;
}

catalog::RunResult SqliteEngine::Run(const catalog::Slice& slice,
                                     std::string_view sql) {
  Connection connection(&stand_ins_);
  catalog::RunResult result;
  result.error = connection.Create(slice);
  if (!result.error) {
    result.error = connection.Run(sql);
  }
  if (result.error) {
    return result;
  }
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(
      connection.handle(),
      "SELECT type, name, tbl_name, sql, 0 FROM "
      "main.sqlite_master AS m WHERE sql IS NOT NULL AND name NOT LIKE "
      "'sqlite\\_%' ESCAPE '\\' AND NOT EXISTS (SELECT 1 FROM "
      "pragma_table_list AS l WHERE l.schema = 'main' AND "
      "l.type = 'shadow' AND l.name = m.tbl_name) "
      "UNION ALL SELECT type, name, tbl_name, sql, 1 FROM "
      "temp.sqlite_master WHERE sql IS NOT NULL "
      "ORDER BY 1, 2 COLLATE NOCASE",
      -1, &statement, nullptr);
  const auto text = [&statement](int column) {
    const auto* bytes = sqlite3_column_text(statement, column);
    const auto size = sqlite3_column_bytes(statement, column);
    return std::string(reinterpret_cast<const char*>(bytes),
                       static_cast<std::size_t>(size));
  };
  while (sqlite3_step(statement) == SQLITE_ROW) {
    result.objects.push_back({text(0), text(1), text(2), text(3),
                              sqlite3_column_int(statement, 4) != 0});
  }
  sqlite3_finalize(statement);
  return result;
}

}  // namespace

std::unique_ptr<catalog::Engine> MakeEngine(StandIns stand_ins) {
  return std::make_unique<SqliteEngine>(std::move(stand_ins));
}

}  // namespace palindrome::rehearse::sqlite
