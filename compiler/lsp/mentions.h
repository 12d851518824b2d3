// What a statement reads and writes, by its names: tables and views, and what
// it defines for itself.
//
// Pure functions but for the engine of the snapshot.
#ifndef PALINDROME_COMPILER_LSP_MENTIONS_H_
#define PALINDROME_COMPILER_LSP_MENTIONS_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/lsp/view.h"

namespace palindrome::lsp {

struct Mention {
  catalog::ObjectPtr object;
  std::string alias;                 // Folded; or empty.
  std::vector<std::string> columns;  // As they are written.
  // Of a WITH or a parenthesis of the statement: the object is a view that no
  // schema has.
  bool is_local = false;
  // The table whose trigger the statement creates: NEW and OLD are its rows.
  bool has_trigger = false;
};
std::vector<Mention> MentionsIn(const View& view, TokenRange statement,
                                const View::Schemas& schemas);
// Those that `name`, which has a dot behind it, may stand for.
std::vector<Mention> Qualified(std::string_view name,
                               const std::vector<Mention>& mentions);

// Null: there is none of these kinds, or no table or view.
catalog::ObjectPtr FindObject(std::string_view name,
                              const View::Schemas& schemas,
                              const std::vector<catalog::ObjectKind>& kinds);
catalog::ObjectPtr FindRelation(std::string_view name,
                                const View::Schemas& schemas);

// As they are written; of a view, as far as its text tells.
std::vector<std::string> ColumnsOf(const catalog::Object& object,
                                   const catalog::Catalog& schema);
const ast::Column* FindColumn(const catalog::Object& object,
                              std::string_view name);

}  // namespace palindrome::lsp

#endif  // PALINDROME_COMPILER_LSP_MENTIONS_H_
