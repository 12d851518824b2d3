#include "compiler/models/table_text.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "compiler/models/column_text.h"
#include "compiler/parse/parse.h"
#include "runtime/src/printable.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::models {
namespace {

PALINDROME_TEXT(kNoColumn, kModel, "struct `{0}` has no field that is a column",
                std::string);
PALINDROME_TEXT(kTwoKeys, kModel,
                "the primary key of struct `{0}` is said twice", std::string);
PALINDROME_TEXT(kIncrementAlone, kModel,
                "`PALINDROME_AUTOINCREMENT` stands at a field that is not "
                "`PALINDROME_PRIMARY_KEY` alone");
PALINDROME_TEXT(kReachesOut, kModel,
                "what the mark holds is more than the {0} that it is to be",
                std::string);

class Maker {
 public:
  Maker(const Found& found, const Locate& locate, diagnostics::Emitter& emitter)
      : model_(*found.model),
        source_{*found.unit, locate},
        emitter_(emitter),
        marks_(model_.marks, /*of_struct=*/true, source_, emitter),
        place_(source_.At(model_.place)) {}

  std::optional<MadeTable> Make();

 private:
  bool ReadFields();
  bool ReadField(const facts::Field& field);
  bool HasColumn(const std::string& name) const;
  ColumnOptions OptionsOf(const ColumnField& column) const;
  void AddParts(const facts::Mark& mark, std::size_t first, MappedText& text);
  void AddTableConstraints(MappedText& text);
  void Begin(MappedText& text, const facts::Mark& mark);
  void End(ast::ConstraintKind kind, MappedText& text);
  std::optional<Made> Parse(MappedText text);
  std::optional<Made> MakeCreateTable();
  std::optional<Made> MakeIndex(const facts::Mark& mark, bool is_unique,
                                bool is_partial);
  bool CheckTable(const Made& made);
  ModelTable Describe() const;

  const facts::Struct& model_;
  Source source_;
  diagnostics::Emitter& emitter_;
  Marks marks_;
  source::Location place_;
  const facts::Text* name_ = nullptr;
  std::vector<ColumnField> columns_;
  std::vector<const ColumnField*> keys_;  // Those marked as the primary key.
  std::vector<ConstraintPart> parts_;
  std::uint32_t part_begin_ = 0;
};

bool Maker::ReadField(const facts::Field& field) {
  ColumnField column{
      &field,     Marks(field.marks, /*of_struct=*/false, source_, emitter_),
      field.name, nullptr,
      nullptr,    ""};
  if (column.marks.Has(MarkKind::kIgnore)) {
    return true;
  }
  bool is_good = CheckArguments(column.marks, source_, emitter_);
  if (const facts::Mark* mark = column.marks.Find(MarkKind::kColumn)) {
    column.name_text = mark->arguments.data();
    column.name = column.name_text->value;
  }
  is_good &= FindType(column, source_, emitter_);
  columns_.push_back(std::move(column));
  return is_good;
}

bool Maker::ReadFields() {
  bool is_good = true;
  for (const facts::Field& field : model_.fields) {
    is_good &= ReadField(field);
  }
  for (const ColumnField& column : columns_) {
    if (column.marks.Has(MarkKind::kPrimary)) {
      keys_.push_back(&column);
    }
  }
  for (const ColumnField& column : columns_) {
    const facts::Mark* mark = column.marks.Find(MarkKind::kIncrement);
    if (mark != nullptr && (keys_.size() != 1 || keys_.front() != &column)) {
      emitter_.Emit(kIncrementAlone, source_.At(mark->place));
      is_good = false;
    }
  }
  const facts::Mark* key = marks_.Find(MarkKind::kKey);
  if (key != nullptr && !keys_.empty()) {
    emitter_.Emit(kTwoKeys, source_.At(key->place), model_.name);
    is_good = false;
  }
  if (columns_.empty()) {
    emitter_.Emit(kNoColumn, place_, model_.name);
    is_good = false;
  }
  return is_good;
}

bool Maker::HasColumn(const std::string& name) const {
  return std::any_of(columns_.begin(), columns_.end(),
                     [&](const ColumnField& column) {
                       return sql::EqualsIgnoringCase(column.name, name);
                     });
}

ColumnOptions Maker::OptionsOf(const ColumnField& column) const {
  ColumnOptions options;
  options.is_key = keys_.size() == 1 && keys_.front() == &column;
  // The engine numbers rows by it, whatever NULL is written.
  const bool is_rowid = options.is_key && !marks_.Has(MarkKind::kRowid) &&
                        sql::EqualsIgnoringCase(column.type, "INTEGER");
  options.may_be_null = column.field->type.is_optional || is_rowid;
  return options;
}

void Maker::AddParts(const facts::Mark& mark, std::size_t first,
                     MappedText& text) {
  text.Add("(", source_.At(mark.place));
  for (std::size_t i = first; i < mark.arguments.size(); ++i) {
    if (i > first) {
      text.Add(", ", source_.At(mark.place));
    }
    if (HasColumn(mark.arguments[i].value)) {
      AddName(mark.arguments[i], source_, text);
    } else {
      text.Add(mark.arguments[i]);
    }
  }
  text.Add(")", source_.At(mark.place));
}

void Maker::Begin(MappedText& text, const facts::Mark& mark) {
  text.Add(",\n  ", source_.At(mark.place));
  part_begin_ = text.size();
}

void Maker::End(ast::ConstraintKind kind, MappedText& text) {
  parts_.push_back({{part_begin_, text.size()}, kind});
}

void Maker::AddTableConstraints(MappedText& text) {
  if (keys_.size() > 1) {
    const facts::Mark& mark = *keys_.front()->marks.Find(MarkKind::kPrimary);
    Begin(text, mark);
    text.Add("PRIMARY KEY (", source_.At(mark.place));
    for (const ColumnField* column : keys_) {
      text.Add(
          (column == keys_.front() ? "" : ", ") + sql::QuoteName(column->name),
          source_.At(column->field->place));
    }
    text.Add(")", source_.At(mark.place));
    End(ast::ConstraintKind::kPrimaryKey, text);
  }
  if (const facts::Mark* mark = marks_.Find(MarkKind::kKey)) {
    Begin(text, *mark);
    text.Add("PRIMARY KEY ", source_.At(mark->place));
    AddParts(*mark, 0, text);
    End(ast::ConstraintKind::kPrimaryKey, text);
  }
  for (const facts::Mark* mark : marks_.FindAll(MarkKind::kUnique)) {
    Begin(text, *mark);
    text.Add("UNIQUE ", source_.At(mark->place));
    AddParts(*mark, 0, text);
    End(ast::ConstraintKind::kUnique, text);
  }
  for (const facts::Mark* mark : marks_.FindAll(MarkKind::kCheck)) {
    Begin(text, *mark);
    if (!mark->arguments[0].value.empty()) {
      text.Add("CONSTRAINT ", source_.At(mark->place));
      AddName(mark->arguments[0], source_, text);
      text.Add(" ", source_.At(mark->place));
    }
    text.Add("CHECK (", source_.At(mark->place));
    text.Add(mark->arguments[1]);
    text.Add(")", source_.At(mark->place));
    End(ast::ConstraintKind::kCheck, text);
  }
  for (const facts::Mark* mark : marks_.FindAll(MarkKind::kForeign)) {
    Begin(text, *mark);
    text.Add("FOREIGN KEY (", source_.At(mark->place));
    text.Add(mark->arguments[0]);
    text.Add(") REFERENCES ", source_.At(mark->place));
    text.Add(mark->arguments[1]);
    End(ast::ConstraintKind::kForeignKey, text);
  }
  for (const facts::Mark* mark : marks_.FindAll(MarkKind::kConstraint)) {
    Begin(text, *mark);
    text.Add(mark->arguments[0]);
    parts_.push_back({{part_begin_, text.size()}, std::nullopt});
  }
}

std::optional<Made> Maker::Parse(MappedText text) {
  auto file = std::make_unique<source::File>("model", text.text());
  Made made{std::move(text), std::move(file), {}};
  diagnostics::Emitter problems;
  auto statement = parse::ParseStatement(*made.file, problems);
  for (diagnostics::Diagnostic& problem : problems.diagnostics()) {
    emitter_.Emit(InCpp(std::move(problem), made));
  }
  if (!statement || problems.HasErrors()) {
    return std::nullopt;
  }
  made.statement = std::move(*statement);
  return made;
}

std::optional<Made> Maker::MakeCreateTable() {
  MappedText text(source_);
  text.Add("CREATE TABLE ", place_);
  AddName(*name_, source_, text);
  text.Add(" (", place_);
  for (const ColumnField& column : columns_) {
    text.Add(&column == &columns_.front() ? "\n  " : ",\n  ", place_);
    AddColumnText(column, OptionsOf(column), source_, text, parts_);
  }
  AddTableConstraints(text);
  text.Add("\n)", place_);
  if (const facts::Mark* mark = marks_.Find(MarkKind::kStrict)) {
    text.Add(" STRICT", source_.At(mark->place));
  }
  if (const facts::Mark* mark = marks_.Find(MarkKind::kRowid)) {
    text.Add(
        marks_.Has(MarkKind::kStrict) ? ", WITHOUT ROWID" : " WITHOUT ROWID",
        source_.At(mark->place));
  }
  auto made = Parse(std::move(text));
  return made && CheckTable(*made) ? std::move(made) : std::nullopt;
}

bool Maker::CheckTable(const Made& made) {
  const auto* create = std::get_if<ast::CreateTable>(&made.statement.node);
  const auto refuse = [&](source::Range range, const char* what) {
    emitter_.Emit(kReachesOut, made.text.Find(range), what);
    return false;
  };
  if (create == nullptr) {
    return refuse({}, "table");
  }
  const ast::Table& table = create->table;
  for (std::size_t i = 0; i < std::max(columns_.size(), table.columns.size());
       ++i) {
    if (i >= table.columns.size() || i >= columns_.size() ||
        !sql::EqualsIgnoringCase(table.columns[i].name.text,
                                 columns_[i].name)) {
      return refuse(
          i < table.columns.size() ? table.columns[i].range : source::Range{},
          "column");
    }
    if (!CheckColumn(columns_[i], OptionsOf(columns_[i]), table.columns[i],
                     source_, emitter_)) {
      return false;
    }
  }
  for (std::size_t i = 0; i < std::max(parts_.size(), table.constraints.size());
       ++i) {
    const bool is_there = i < parts_.size() && i < table.constraints.size();
    if (!is_there || !parts_[i].range.contains(table.constraints[i].range) ||
        (parts_[i].kind && *parts_[i].kind != table.constraints[i].kind)) {
      return refuse(i < table.constraints.size() ? table.constraints[i].range
                                                 : parts_[i].range,
                    "constraint");
    }
  }
  return true;
}

std::optional<Made> Maker::MakeIndex(const facts::Mark& mark, bool is_unique,
                                     bool is_partial) {
  const source::Location place = source_.At(mark.place);
  MappedText text(source_);
  text.Add(is_unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ", place);
  AddName(mark.arguments[0], source_, text);
  text.Add(" ON " + sql::QuoteName(name_->value) + " ", place);
  const std::size_t first = is_partial ? 2 : 1;
  AddParts(mark, first, text);
  if (is_partial) {
    text.Add(" WHERE ", place);
    text.Add(mark.arguments[1]);
  }
  auto made = Parse(std::move(text));
  if (!made) {
    return std::nullopt;
  }
  const auto* create = std::get_if<ast::CreateIndex>(&made->statement.node);
  if (create == nullptr ||
      create->index.parts.size() != mark.arguments.size() - first ||
      create->index.where.empty() == is_partial) {
    emitter_.Emit(kReachesOut, place, "index");
    return std::nullopt;
  }
  return made;
}

ModelTable Maker::Describe() const {
  const auto renamed_from = [&](const Marks& marks) {
    const facts::Mark* mark = marks.Find(MarkKind::kRenamedFrom);
    return mark == nullptr
               ? RenamedFrom()
               : RenamedFrom{mark->arguments[0].value, source_.At(mark->place)};
  };
  ModelTable table;
  table.struct_name = model_.name;
  table.place = place_;
  table.renamed_from = renamed_from(marks_);
  for (const ColumnField& column : columns_) {
    table.columns[sql::FoldCase(column.name)] = {
        source_.At(column.field->place), column.field->type.kind,
        column.marks.Has(MarkKind::kType), renamed_from(column.marks)};
  }
  return table;
}

std::optional<MadeTable> Maker::Make() {
  const facts::Mark* table = marks_.Find(MarkKind::kTable);
  if (table == nullptr) {
    return std::nullopt;
  }
  name_ = table->arguments.data();
  const bool arguments_are_good = CheckArguments(marks_, source_, emitter_);
  if (!ReadFields() || !arguments_are_good) {
    return std::nullopt;
  }
  auto made = MakeCreateTable();
  if (!made) {
    return std::nullopt;
  }
  MadeTable result{name_->value, Describe(), std::move(*made), {}};
  for (const auto& [kind, is_unique, is_partial] :
       {std::tuple{MarkKind::kIndex, false, false},
        {MarkKind::kUniqueIndex, true, false},
        {MarkKind::kIndexWhere, false, true},
        {MarkKind::kUniqueIndexWhere, true, true}}) {
    for (const facts::Mark* mark : marks_.FindAll(kind)) {
      if (auto index = MakeIndex(*mark, is_unique, is_partial)) {
        result.indexes.push_back(std::move(*index));
      }
    }
  }
  return result;
}

}  // namespace

diagnostics::Diagnostic InCpp(diagnostics::Diagnostic diagnostic,
                              const Made& made) {
  const auto find = [&](source::Location& location) {
    if (location.file == made.file.get()) {
      location = made.text.Find(location.range);
    }
  };
  find(diagnostic.location);
  for (diagnostics::Note& note : diagnostic.notes) {
    find(note.location);
  }
  return diagnostic;
}

std::optional<MadeTable> MakeTable(const Found& found, const Locate& locate,
                                   diagnostics::Emitter& emitter) {
  return Maker(found, locate, emitter).Make();
}

}  // namespace palindrome::models
