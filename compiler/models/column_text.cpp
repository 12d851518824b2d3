#include "compiler/models/column_text.h"

#include <algorithm>
#include <map>
#include <set>

#include "compiler/lower/sqlite/table_facts.h"
#include "runtime/src/printable.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::models {
namespace {

PALINDROME_TEXT(kUnmapped, kModel,
                "field `{0}` has the type `{1}`, which is no column's; give it "
                "`PALINDROME_TYPE`, or its type `PALINDROME_MAPS_TO`, or leave "
                "it out with `PALINDROME_IGNORE`",
                std::string, std::string);
PALINDROME_TEXT(kNoName, kModel,
                "a member without a name is no column; give it one, or leave "
                "it out with `PALINDROME_IGNORE`");
PALINDROME_TEXT(kSameText, kModel,
                "enumerators `{0}` and `{1}` have the same text, so that a row "
                "would not tell which it is",
                std::string, std::string);
PALINDROME_TEXT(kNoType, kModel, "`{0}` is not the name of a type",
                std::string);
PALINDROME_TEXT(kNoValue, kModel, "`{0}` is not a value that a default can be",
                std::string);
PALINDROME_TEXT(kNoExpression, kModel,
                "`{0}` is not one expression that a column can be generated "
                "by",
                std::string);

using lower::sqlite::Affinity;

std::string DefaultType(const facts::FieldType& type) {
  switch (type.kind) {
    case facts::ValueKind::kInteger:
    case facts::ValueKind::kBoolean:
    case facts::ValueKind::kTime:
      return "INTEGER";
    case facts::ValueKind::kReal:
      return "REAL";
    case facts::ValueKind::kText:
      return "TEXT";
    case facts::ValueKind::kBlob:
      return "BLOB";
    case facts::ValueKind::kEnumerator: {
      const bool has_texts = std::any_of(
          type.enumerators.begin(), type.enumerators.end(),
          [](const facts::Enumerator& each) { return each.text.has_value(); });
      return has_texts ? "TEXT" : "INTEGER";
    }
    case facts::ValueKind::kUnknown:
    case facts::ValueKind::kDeclared:
      break;
  }
  return "";
}

std::vector<std::string_view> Tokens(std::string_view text) {
  std::vector<std::string_view> tokens;
  std::uint32_t at = 0;
  for (sql::Token token = sql::NextToken(text, at);
       token.kind != sql::TokenKind::kEnd; token = sql::NextToken(text, at)) {
    tokens.push_back(token.spelling);
    at = token.offset + static_cast<std::uint32_t>(token.spelling.size());
  }
  return tokens;
}

// Whether DEFAULT takes it without parentheses around it.
bool IsPlainValue(std::string_view text) {
  const auto tokens = Tokens(text);
  if (tokens.empty()) {
    return false;
  }
  const bool is_signed = tokens[0] == "-" || tokens[0] == "+";
  return tokens.size() == (is_signed ? 2U : 1U);
}

// `(…)`, of which the last closes the first.
bool IsInParentheses(std::string_view text) {
  const auto tokens = Tokens(text);
  std::size_t depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i] == "(") {
      ++depth;
    } else if (tokens[i] == ")") {
      --depth;
    }
    if (depth == 0 && i + 1 < tokens.size()) {
      return false;
    }
  }
  return tokens.size() > 2;
}

bool IsText(const ColumnField& column) {
  return lower::sqlite::AffinityOf(column.type, /*strict=*/false) ==
         Affinity::kText;
}

// Those of other values have to have other texts.
bool CheckEnumerators(const ColumnField& column, const Source& source,
                      diagnostics::Emitter& emitter) {
  if (!IsText(column)) {
    return true;
  }
  std::map<std::string, const facts::Enumerator*> known;
  for (const facts::Enumerator& each : column.field->type.enumerators) {
    const auto [entry, is_new] =
        known.emplace(each.text ? each.text->value : each.name, &each);
    if (!is_new && entry->second->value != each.value) {
      emitter.Emit(
          kSameText,
          source.At(each.text ? each.text->place : column.field->place),
          entry->second->name, each.name);
      return false;
    }
  }
  return true;
}

// `name IN (…)` of the enumerators.
std::string EnumeratorsCheck(const ColumnField& column) {
  const bool as_text = IsText(column);
  std::string values;
  std::set<std::string> known;
  for (const facts::Enumerator& each : column.field->type.enumerators) {
    const std::string value =
        as_text ? sql::QuoteString(each.text ? each.text->value : each.name)
                : each.value;
    if (known.insert(value).second) {
      values += (values.empty() ? "" : ", ") + value;
    }
  }
  return sql::QuoteName(column.name) + " IN (" + values + ")";
}

// Writes the constraints of one column.
class ConstraintWriter {
 public:
  ConstraintWriter(MappedText& text, std::vector<ConstraintPart>& parts)
      : text_(text), parts_(parts) {}

  void Add(ast::ConstraintKind kind, const std::string& words,
           source::Location place, const facts::Text* constant = nullptr,
           const std::string& behind = "") {
    text_.Add(" ", place);
    const std::uint32_t begin = text_.size();
    text_.Add(words, place);
    if (constant != nullptr) {
      text_.Add(*constant);
    }
    text_.Add(behind, place);
    parts_.push_back({{begin, text_.size()}, kind});
  }

 private:
  MappedText& text_;
  std::vector<ConstraintPart>& parts_;
};

void AddConstraints(const ColumnField& column, const ColumnOptions& options,
                    const Source& source, MappedText& text,
                    std::vector<ConstraintPart>& parts) {
  ConstraintWriter writer(text, parts);
  const Marks& marks = column.marks;
  const source::Location field = source.At(column.field->place);
  if (options.is_key) {
    const facts::Mark* increment = marks.Find(MarkKind::kIncrement);
    const facts::Mark* key = marks.Find(MarkKind::kPrimary);
    writer.Add(
        ast::ConstraintKind::kPrimaryKey,
        increment != nullptr ? "PRIMARY KEY AUTOINCREMENT" : "PRIMARY KEY",
        increment != nullptr ? source.At(increment->place)
        : key != nullptr     ? source.At(key->place)
                             : field);
  }
  if (const facts::Mark* mark = marks.Find(MarkKind::kDistinct)) {
    writer.Add(ast::ConstraintKind::kUnique, "UNIQUE", source.At(mark->place));
  }
  const auto checks = marks.FindAll(MarkKind::kRequires);
  for (const facts::Mark* mark : checks) {
    writer.Add(ast::ConstraintKind::kCheck, "CHECK (", source.At(mark->place),
               mark->arguments.data(), ")");
  }
  // One that is written stands for the one of the enumerators.
  if (checks.empty() && !column.field->type.enumerators.empty()) {
    writer.Add(ast::ConstraintKind::kCheck,
               "CHECK (" + EnumeratorsCheck(column) + ")", field);
  }
  for (const facts::Mark* mark : marks.FindAll(MarkKind::kReferences)) {
    writer.Add(ast::ConstraintKind::kForeignKey, "REFERENCES ",
               source.At(mark->place), mark->arguments.data());
  }
}

}  // namespace

bool FindType(ColumnField& column, const Source& source,
              diagnostics::Emitter& emitter) {
  const facts::FieldType& type = column.field->type;
  if (const facts::Mark* mark = column.marks.Find(MarkKind::kType)) {
    column.type_text = mark->arguments.data();
  } else if (type.maps_to) {
    column.type_text = &*type.maps_to;
  }
  if (column.type_text != nullptr) {
    column.type = column.type_text->value;
    return CheckFragment(*column.type_text, source, emitter) &&
           CheckEnumerators(column, source, emitter);
  }
  column.type = DefaultType(type);
  if (column.field->name.empty()) {
    emitter.Emit(kNoName, source.At(column.field->place));
    return false;
  }
  if (column.type.empty()) {
    emitter.Emit(kUnmapped, source.At(column.field->place), column.field->name,
                 type.spelling);
  }
  return !column.type.empty() && CheckEnumerators(column, source, emitter);
}

void AddName(const facts::Text& name, const Source& source, MappedText& text) {
  const std::string quoted = sql::QuoteName(name.value);
  if (quoted == name.value) {
    text.Add(name);
  } else {
    text.Add(quoted, source.At(name.place));
  }
}

void AddColumnText(const ColumnField& column, const ColumnOptions& options,
                   const Source& source, MappedText& text,
                   std::vector<ConstraintPart>& parts) {
  const Marks& marks = column.marks;
  const source::Location field = source.At(column.field->place);
  if (column.name_text != nullptr) {
    AddName(*column.name_text, source, text);
  } else {
    text.Add(sql::QuoteName(column.name), field);
  }
  text.Add(" ", field);
  if (column.type_text != nullptr) {
    text.Add(*column.type_text);
  } else {
    text.Add(column.type, field);
  }
  if (!options.may_be_null) {
    text.Add(" NOT NULL", field);
  }
  if (const facts::Mark* mark = marks.Find(MarkKind::kDefault)) {
    const facts::Text& value = mark->arguments[0];
    const bool is_bare =
        IsPlainValue(value.value) || IsInParentheses(value.value);
    text.Add(is_bare ? " DEFAULT " : " DEFAULT (", source.At(mark->place));
    text.Add(value);
    text.Add(is_bare ? "" : ")", source.At(mark->place));
  }
  if (const facts::Mark* mark = marks.Find(MarkKind::kCollate)) {
    text.Add(" COLLATE ", source.At(mark->place));
    AddName(mark->arguments[0], source, text);
  }
  for (const MarkKind kind : {MarkKind::kGenerated, MarkKind::kStored}) {
    if (const facts::Mark* mark = marks.Find(kind)) {
      text.Add(" GENERATED ALWAYS AS (", source.At(mark->place));
      text.Add(mark->arguments[0]);
      text.Add(kind == MarkKind::kStored ? ") STORED" : ") VIRTUAL",
               source.At(mark->place));
    }
  }
  AddConstraints(column, options, source, text, parts);
}

bool CheckColumn(const ColumnField& column, const ColumnOptions& options,
                 const ast::Column& parsed, const Source& source,
                 diagnostics::Emitter& emitter) {
  if (Tokens(parsed.type) != Tokens(column.type) ||
      parsed.not_null == options.may_be_null) {
    emitter.Emit(kNoType,
                 source.At(column.type_text != nullptr ? column.type_text->place
                                                       : column.field->place),
                 Printable(column.type));
    return false;
  }
  const facts::Mark* value = column.marks.Find(MarkKind::kDefault);
  if (parsed.default_value.has_value() != (value != nullptr)) {
    emitter.Emit(
        kNoValue,
        source.At(value != nullptr ? value->place : column.field->place),
        value != nullptr ? Printable(value->arguments[0].value) : "");
    return false;
  }
  const facts::Mark* generated = column.marks.Find(MarkKind::kGenerated);
  if (generated == nullptr) {
    generated = column.marks.Find(MarkKind::kStored);
  }
  if (parsed.generated.has_value() != (generated != nullptr)) {
    emitter.Emit(
        kNoExpression,
        source.At(generated != nullptr ? generated->place
                                       : column.field->place),
        generated != nullptr ? Printable(generated->arguments[0].value) : "");
    return false;
  }
  return true;
}

}  // namespace palindrome::models
