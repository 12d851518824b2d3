#include "compiler/models/models.h"

#include <utility>

#include "compiler/catalog/simulate.h"
#include "compiler/models/marks.h"
#include "compiler/models/table_text.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::models {
namespace {

PALINDROME_TEXT(kUnreadable, kCppError, "{0}", std::string);
PALINDROME_TEXT(kBadMarkText, kModel, "{0}", std::string);
PALINDROME_TEXT(kTwoStructs, kModel,
                "table `{0}` is said by two structs, `{1}` and `{2}`",
                std::string, std::string, std::string);
PALINDROME_TEXT(kUnmodelled, kModel,
                "struct `{0}` is table `{1}`, which palindrome.toml says no "
                "struct is",
                std::string, std::string);
PALINDROME_TEXT(kNoParent, kModel,
                "the foreign key refers to table `{0}`, which no struct is{1}",
                std::string, std::string);

class Reader {
 public:
  Reader(const Locate& locate, catalog::Engine& engine,
         diagnostics::Emitter& emitter)
      : locate_(locate), engine_(engine), emitter_(emitter) {}

  Models Read(const std::vector<facts::Unit>& units,
              const std::vector<std::string>& unmodelled);

 private:
  void Add(MadeTable table);
  bool Apply(const Made& made);
  void CheckParents(const MadeTable& table);

  const Locate& locate_;
  catalog::Engine& engine_;
  diagnostics::Emitter& emitter_;
  std::vector<MadeTable> tables_;
  Models result_;
};

void Reader::Add(MadeTable table) {
  const auto [entry, is_new] =
      result_.tables.try_emplace(sql::FoldCase(table.name), table.model);
  if (result_.unmodelled.contains(sql::FoldCase(table.name))) {
    emitter_.Emit(kUnmodelled, table.model.place, table.model.struct_name,
                  table.name);
  }
  if (is_new) {
    tables_.push_back(std::move(table));
    return;
  }
  emitter_.Emit(diagnostics::Make(kTwoStructs, table.model.place, table.name,
                                  entry->second.struct_name,
                                  table.model.struct_name)
                    .With(entry->second.place, "the other struct is here"));
}

bool Reader::Apply(const Made& made) {
  catalog::Applied applied =
      catalog::Apply(made.statement, made.file.get(), result_.catalog, engine_);
  if (applied.applies) {
    result_.catalog = std::move(applied.after);
    return true;
  }
  for (diagnostics::Diagnostic& problem : applied.problems) {
    emitter_.Emit(InCpp(std::move(problem), made));
  }
  return false;
}

void Reader::CheckParents(const MadeTable& table) {
  const auto* create =
      std::get_if<ast::CreateTable>(&table.table.statement.node);
  for (const ast::Constraint& constraint : create->table.constraints) {
    const ast::Name& parent = constraint.references.table;
    if (constraint.kind == ast::ConstraintKind::kForeignKey &&
        !result_.tables.contains(sql::FoldCase(parent.text)) &&
        !result_.unmodelled.contains(sql::FoldCase(parent.text))) {
      std::vector<std::string> names;
      for (const MadeTable& each : tables_) {
        names.push_back(each.name);
      }
      emitter_.Emit(kNoParent, table.table.text.Find(parent.range), parent.text,
                    diagnostics::Suggestion(parent.text, names));
    }
  }
}

// Their places are in text that nobody sees.
catalog::Catalog WithoutPlaces(const catalog::Catalog& catalog) {
  catalog::Catalog result;
  for (const catalog::ObjectPtr& object : catalog.Objects()) {
    catalog::Object copy = *object;
    copy.created = {};
    copy.number = 0;
    result = result.With(std::move(copy));
  }
  return result;
}

Models Reader::Read(const std::vector<facts::Unit>& units,
                    const std::vector<std::string>& unmodelled) {
  for (const std::string& name : unmodelled) {
    result_.unmodelled.insert(sql::FoldCase(name));
  }
  for (const facts::Unit& unit : units) {
    for (const facts::ParseError& error : unit.errors) {
      emitter_.Emit(kUnreadable, Source{unit, locate_}.At(error.place),
                    error.message);
    }
  }
  ReportStrayMarks(units, locate_, emitter_);
  for (const Found& found : MergeStructs(units, locate_, emitter_)) {
    for (const facts::BadMark& bad : found.model->bad_marks) {
      emitter_.Emit(kBadMarkText, Source{*found.unit, locate_}.At(bad.place),
                    bad.message);
    }
    if (auto table = MakeTable(found, locate_, emitter_)) {
      Add(std::move(*table));
    }
  }
  for (const MadeTable& table : tables_) {
    CheckParents(table);
    if (!Apply(table.table)) {
      continue;
    }
    for (const Made& index : table.indexes) {
      const auto& create = std::get<ast::CreateIndex>(index.statement.node);
      const ast::Name& name = create.index.name;
      if (Apply(index)) {
        result_.indexes[sql::FoldCase(name.text)] = index.text.Find(name.range);
      }
    }
  }
  result_.catalog = WithoutPlaces(result_.catalog);
  return std::move(result_);
}

}  // namespace

Models ReadModels(const std::vector<facts::Unit>& units,
                  const std::vector<std::string>& unmodelled,
                  const Locate& locate, catalog::Engine& engine,
                  diagnostics::Emitter& emitter) {
  return Reader(locate, engine, emitter).Read(units, unmodelled);
}

}  // namespace palindrome::models
