#include "compiler/checks/copies.h"

#include <algorithm>
#include <utility>

#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

using sql::EqualsIgnoringCase;
using sql::TokenKind;

// Reads the tokens of an INSERT from left to right.
class CopyReader {
 public:
  explicit CopyReader(const std::vector<ast::Token>& tokens)
      : tokens_(tokens) {}

  struct Parts {
    std::vector<std::string> columns;  // Empty: all.
    std::vector<std::vector<const ast::Token*>> items;
    std::string source;
    std::set<std::string> filtered;
  };

  // No value: it is of another form.
  std::optional<Parts> Read() {
    Parts parts;
    const bool plain = Word("INSERT") && Word("INTO") && Target() &&
                       Columns(parts) && Word("SELECT") && Items(parts) &&
                       Source(parts) && Where(parts);
    return plain ? std::optional(std::move(parts)) : std::nullopt;
  }

 private:
  bool Is(std::string_view spelling) const {
    return at_ < tokens_.size() &&
           EqualsIgnoringCase(tokens_[at_].spelling, spelling);
  }

  bool Word(std::string_view word) {
    const bool is = Is(word);
    at_ += is ? 1 : 0;
    return is;
  }

  std::string Name() {
    if (at_ >= tokens_.size() ||
        (tokens_[at_].kind != TokenKind::kWord &&
         tokens_[at_].kind != TokenKind::kQuotedName)) {
      return "";
    }
    return sql::FoldCase(ast::Meaning(tokens_[at_++]));
  }

  // `name` or `main.name`.
  std::string TableName() {
    std::string name = Name();
    return Word(".") ? Name() : name;
  }

  bool Target() { return !TableName().empty(); }

  bool Columns(Parts& parts) {
    if (!Word("(")) {
      return true;
    }
    do {
      parts.columns.push_back(Name());
    } while (!parts.columns.back().empty() && Word(","));
    return !parts.columns.back().empty() && Word(")");
  }

  bool Items(Parts& parts) {
    if (Is("DISTINCT")) {
      return false;
    }
    Word("ALL");
    int depth = 0;
    parts.items.emplace_back();
    for (; at_ < tokens_.size(); ++at_) {
      if (depth == 0 && Word("FROM")) {
        return true;
      }
      depth += Is("(") ? 1 : 0;
      depth -= Is(")") ? 1 : 0;
      if (depth == 0 && Is(",")) {
        parts.items.emplace_back();
      } else {
        parts.items.back().push_back(&tokens_[at_]);
      }
    }
    return false;
  }

  bool Source(Parts& parts) {
    parts.source = TableName();
    if (at_ < tokens_.size() && !Is("WHERE") && !Is("ORDER")) {
      Word("AS");
      if (Name().empty()) {
        return false;
      }
    }
    return !parts.source.empty();
  }

  bool Where(Parts& parts) {
    if (Word("WHERE")) {
      for (; at_ < tokens_.size() && !Is("ORDER"); ++at_) {
        if (Is("GROUP") || Is("LIMIT") || Is("UNION") || Is("EXCEPT") ||
            Is("INTERSECT")) {
          return false;
        }
        parts.filtered.insert(sql::FoldCase(ast::Meaning(tokens_[at_])));
      }
    }
    return at_ == tokens_.size() || (Is("ORDER") && !HasLimit());
  }

  bool HasLimit() const {
    return std::any_of(tokens_.begin() + static_cast<std::ptrdiff_t>(at_),
                       tokens_.end(), [](const ast::Token& token) {
                         return EqualsIgnoringCase(token.spelling, "LIMIT");
                       });
  }

  const std::vector<ast::Token>& tokens_;
  std::size_t at_ = 0;
};

// The column that the item is, under whatever name; empty: it is computed.
std::string ColumnOf(const std::vector<const ast::Token*>& item,
                     const ast::Table& source) {
  std::size_t count = item.size();
  if (count >= 3 && EqualsIgnoringCase(item[count - 2]->spelling, "AS")) {
    count -= 2;
  }
  const bool qualified = count == 3 && item[1]->spelling == ".";
  if (count != 1 && !qualified) {
    return "";
  }
  const std::string name = ast::Meaning(*item[count - 1]);
  return FindColumn(source, name) == nullptr ? "" : sql::FoldCase(name);
}

bool FillItems(const CopyReader::Parts& parts, Copy& copy) {
  for (const auto& tokens : parts.items) {
    if (tokens.empty()) {
      return false;
    }
    const source::Range range = {tokens.front()->range.begin,
                                 tokens.back()->range.end};
    if (tokens.back()->spelling != "*") {
      copy.items.push_back({"", ColumnOf(tokens, *copy.source), range});
      continue;
    }
    for (const ast::Column& column : copy.source->columns) {
      copy.items.push_back({"", sql::FoldCase(column.name.text), range});
    }
  }
  const std::vector<std::string> columns =
      parts.columns.empty() ? StoredColumns(*copy.target) : parts.columns;
  if (columns.size() != copy.items.size()) {
    return false;
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    copy.items[i].to = sql::FoldCase(columns[i]);
  }
  return true;
}

// The new table has or gets a name that the old one had.
bool TakesPlace(const catalog::Simulation& section, const Copy& copy) {
  const auto old = NamesOf(section, copy.step, copy.source->name.text);
  const auto taken = NamesOf(section, copy.step, copy.target->name.text);
  return std::any_of(old.begin(), old.end(), [&](const std::string& name) {
    return taken.contains(name) && section.before.FindTable(name) != nullptr;
  });
}

std::optional<Copy> CopyOf(const catalog::Simulation& section,
                           std::size_t step) {
  const catalog::Step& insert = section.steps[step];
  const auto* node = As<ast::Insert>(insert);
  if (node == nullptr || IsOldTable(section, step, node->table.text)) {
    return std::nullopt;
  }
  const auto parts = CopyReader(insert.item->statement.tokens.tokens).Read();
  if (!parts || !IsOldTable(section, step, parts->source)) {
    return std::nullopt;
  }
  Copy copy;
  copy.step = step;
  copy.source = insert.before.FindTable(parts->source);
  copy.target = insert.before.FindTable(node->table.text);
  copy.filtered = parts->filtered;
  if (copy.source == nullptr || copy.target == nullptr ||
      !FillItems(*parts, copy) || !TakesPlace(section, copy)) {
    return std::nullopt;
  }
  return copy;
}

// The name that was there before the section.
std::optional<catalog::Use> OldName(const catalog::Simulation& section,
                                    std::size_t step,
                                    const catalog::Use& column) {
  if (!IsOldColumn(section, step, column.table, column.column)) {
    return std::nullopt;
  }
  for (const catalog::Use& name : NamesOfColumn(section, step, column)) {
    const ast::Table* table = section.before.FindTable(name.table);
    if (table != nullptr && FindColumn(*table, name.column) != nullptr) {
      return name;
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<Copy> CopiesOf(const catalog::Simulation& section) {
  std::vector<Copy> copies;
  if (section.changes.empty()) {
    return copies;
  }
  for (std::size_t i = 0; i < section.steps.size(); ++i) {
    if (auto copy = CopyOf(section, i)) {
      copies.push_back(std::move(*copy));
    }
  }
  return copies;
}

const Copy::Item* FindItem(const Copy& copy, std::string_view column) {
  const auto found = std::find_if(copy.items.begin(), copy.items.end(),
                                  [&](const Copy::Item& item) {
                                    return EqualsIgnoringCase(item.to, column);
                                  });
  return found == copy.items.end() ? nullptr : &*found;
}

std::optional<catalog::Use> OriginOf(const catalog::Simulation& section,
                                     const std::vector<Copy>& copies,
                                     std::size_t step,
                                     const catalog::Use& column) {
  if (auto old = OldName(section, step, column)) {
    return old;
  }
  if (IsOldTable(section, step, column.table)) {
    return std::nullopt;
  }
  const auto names = NamesOfColumn(section, step, column);
  for (const Copy& copy : copies) {
    if (copy.step >= step) {
      break;
    }
    const std::string table = sql::FoldCase(copy.target->name.text);
    for (const Copy::Item& item : copy.items) {
      if (!item.from.empty() && names.contains({table, item.to})) {
        return OldName(section, copy.step,
                       {sql::FoldCase(copy.source->name.text), item.from});
      }
    }
  }
  return std::nullopt;
}

const ast::Table* PredecessorOf(const catalog::Simulation& section,
                                std::size_t step, std::string_view table) {
  for (const std::string& name : NamesOf(section, step + 1, table)) {
    if (const ast::Table* before = section.before.FindTable(name)) {
      return before;
    }
  }
  return nullptr;
}

}  // namespace palindrome::checks
