// Inside models: a field as a column.
//
// Refers to the facts; one thread.
#ifndef PALINDROME_COMPILER_MODELS_COLUMN_TEXT_H_
#define PALINDROME_COMPILER_MODELS_COLUMN_TEXT_H_

#include <optional>
#include <string>
#include <vector>

#include "compiler/models/mapped_text.h"
#include "compiler/models/marks.h"

namespace palindrome::models {

// A field that is a column.
struct ColumnField {
  const facts::Field* field = nullptr;
  Marks marks;
  std::string name;
  const facts::Text* name_text = nullptr;  // Null: the field's own.
  // The type, by a mark or by that of the field.
  const facts::Text* type_text = nullptr;
  std::string type;
};

// Fails with a report where the type is none.
bool FindType(ColumnField& column, const Source& source,
              diagnostics::Emitter& emitter);

// A part of the text that is one constraint.
struct ConstraintPart {
  source::Range range;
  std::optional<ast::ConstraintKind> kind;  // No value: any.
};

struct ColumnOptions {
  bool is_key = false;  // It alone is the primary key.
  bool may_be_null = false;
};

// Adds the column's definition, and its constraints to `parts`.
void AddColumnText(const ColumnField& column, const ColumnOptions& options,
                   const Source& source, MappedText& text,
                   std::vector<ConstraintPart>& parts);

// The name as SQL.
void AddName(const facts::Text& name, const Source& source, MappedText& text);

// Whether the parser read the column as it was meant. What is not so is
// reported.
bool CheckColumn(const ColumnField& column, const ColumnOptions& options,
                 const ast::Column& parsed, const Source& source,
                 diagnostics::Emitter& emitter);

}  // namespace palindrome::models

#endif  // PALINDROME_COMPILER_MODELS_COLUMN_TEXT_H_
