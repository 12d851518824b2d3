#include "compiler/reversal/copies.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::reversal {

namespace {

using catalog::Simulation;
using sql::EqualsIgnoringCase;
using Tokens = std::vector<ast::Token>;

bool IsWord(const ast::Token& token, std::string_view word) {
  return token.kind == sql::TokenKind::kWord &&
         EqualsIgnoringCase(token.spelling, word);
}

bool IsName(const ast::Token& token) {
  return token.kind == sql::TokenKind::kWord ||
         token.kind == sql::TokenKind::kQuotedName;
}

std::string NameOf(const ast::Token& token) {
  return sql::FoldCase(sql::Unquote({token.kind, 0, token.spelling}));
}

// Words by which a row that is selected is no longer a row of the table.
bool MakesOtherRows(const ast::Token& token) {
  static constexpr std::string_view kWords[] = {
      "avg",       "count",     "cross",  "distinct",     "except",
      "full",      "group",     "having", "group_concat", "inner",
      "join",      "intersect", "left",   "limit",        "max",
      "min",       "natural",   "on",     "over",         "right",
      "returning", "sum",       "total",  "union",        "window"};
  return std::any_of(
      std::begin(kWords), std::end(kWords),
      [&](std::string_view word) { return IsWord(token, word); });
}

// `INSERT INTO target (…) SELECT … FROM source WHERE …`.
struct Copy {
  std::vector<std::string> targets;  // Folded; empty: all in their order.
  std::vector<Tokens> values;
  std::string source;    // Folded.
  bool is_whole = true;  // Without WHERE.
};

class CopyReader {
 public:
  explicit CopyReader(const Tokens& tokens) : tokens_(tokens) {}

  // No value if it is none.
  std::optional<Copy> Read() {
    while (at_ < tokens_.size() && !IsWord(tokens_[at_], "into")) {
      ++at_;
    }
    ++at_;
    Copy copy;
    if (!Name() || !Targets(copy) || !Word("select")) {
      return std::nullopt;
    }
    Word("all");
    if (!Values(copy)) {
      return std::nullopt;
    }
    const auto source = Name();
    if (!source) {
      return std::nullopt;
    }
    copy.source = *source;
    if (Word("as") || !(At("") || IsWord(tokens_[at_], "where"))) {
      if (!Name()) {
        return std::nullopt;
      }
    }
    copy.is_whole = At("");
    return Ends() ? std::optional(std::move(copy)) : std::nullopt;
  }

 private:
  // Of the token here; "" at the end.
  bool At(std::string_view spelling) const {
    return at_ < tokens_.size() ? tokens_[at_].spelling == spelling
                                : spelling.empty();
  }

  bool Word(std::string_view word) {
    const bool is = at_ < tokens_.size() && IsWord(tokens_[at_], word);
    at_ += is ? 1 : 0;
    return is;
  }

  // A name without its schema.
  std::optional<std::string> Name() {
    if (at_ + 2 < tokens_.size() && tokens_[at_ + 1].spelling == ".") {
      at_ += 2;
    }
    if (at_ >= tokens_.size() || !IsName(tokens_[at_])) {
      return std::nullopt;
    }
    return NameOf(tokens_[at_++]);
  }

  bool Targets(Copy& copy) {
    if (!At("(")) {
      return true;
    }
    do {
      ++at_;
      const auto name = Name();
      if (!name) {
        return false;
      }
      copy.targets.push_back(*name);
    } while (At(","));
    const bool is_closed = At(")");
    ++at_;
    return is_closed;
  }

  // Up to FROM, which is passed.
  bool Values(Copy& copy) {
    copy.values.emplace_back();
    for (int depth = 0; at_ < tokens_.size(); ++at_) {
      const ast::Token& token = tokens_[at_];
      if (MakesOtherRows(token)) {
        return false;
      }
      depth += token.spelling == "(" ? 1 : token.spelling == ")" ? -1 : 0;
      if (depth == 0 && Word("from")) {
        return true;
      }
      if (depth == 0 && token.spelling == ",") {
        copy.values.emplace_back();
      } else {
        copy.values.back().push_back(token);
      }
    }
    return false;
  }

  // Whether nothing stands here but a condition.
  bool Ends() const {
    if (at_ == tokens_.size()) {
      return true;
    }
    int depth = 0;
    return IsWord(tokens_[at_], "where") &&
           std::all_of(tokens_.begin() + static_cast<std::ptrdiff_t>(at_),
                       tokens_.end(), [&](const ast::Token& token) {
                         depth += token.spelling == "("   ? 1
                                  : token.spelling == ")" ? -1
                                                          : 0;
                         return depth > 0 || (token.spelling != "," &&
                                              !MakesOtherRows(token));
                       });
  }

  const Tokens& tokens_;
  std::size_t at_ = 0;
};

// What a selected value is: a column as it is, all of them, or something else.
struct Value {
  std::string column;  // Folded; "*": all.
  std::set<std::string> computed_from;
};

Value ValueOf(Tokens tokens, const ast::Table& source) {
  const std::size_t size = tokens.size();
  if (size > 2 && IsWord(tokens[size - 2], "as")) {
    tokens.resize(size - 2);
  }
  const bool is_qualified = tokens.size() == 3 && tokens[1].spelling == ".";
  if (tokens.size() == 1 || is_qualified) {
    const ast::Token& last = tokens.back();
    if (last.spelling == "*") {
      return {"*", {}};
    }
    if (IsName(last) && checks::FindColumn(source, NameOf(last)) != nullptr) {
      return {NameOf(last), {}};
    }
  }
  Value value;
  for (const ast::Token& token : tokens) {
    if (IsName(token) && checks::FindColumn(source, NameOf(token)) != nullptr) {
      value.computed_from.insert(NameOf(token));
    }
  }
  return value;
}

// Where each column of the source went, and what was computed from others.
struct Mapping {
  std::map<std::string, std::string> copied_to;
  std::set<std::string> computed_from;
};

Mapping MapColumns(const Copy& copy, const ast::Table& source,
                   const ast::Table& target) {
  std::vector<Value> values;
  for (const Tokens& tokens : copy.values) {
    Value value = ValueOf(tokens, source);
    if (value.column != "*") {
      values.push_back(std::move(value));
      continue;
    }
    for (const ast::Column& column : source.columns) {
      values.push_back({sql::FoldCase(column.name.text), {}});
    }
  }
  const std::vector<std::string> targets =
      copy.targets.empty() ? checks::StoredColumns(target) : copy.targets;
  Mapping mapping;
  for (std::size_t i = 0; i < std::min(values.size(), targets.size()); ++i) {
    if (!values[i].column.empty()) {
      mapping.copied_to.emplace(values[i].column, targets[i]);
    }
    mapping.computed_from.merge(values[i].computed_from);
  }
  return mapping;
}

Inverse Refuse(const std::string& table, const std::string& why) {
  return {{},
          "it copies rows of `" + table + "`, which is dropped, and " + why};
}

ast::Statement CopyBack(const ast::Table& source, const std::string& target,
                        const Mapping& mapping) {
  ast::Statement statement;
  statement.node = ast::Insert{{source.name.text, {}}};
  Tokens& tokens = statement.tokens.tokens;
  const auto add = [&](sql::TokenKind kind, std::string spelling) {
    tokens.push_back({kind, std::move(spelling), true, {}});
  };
  Tokens values;
  add(sql::TokenKind::kWord, "INSERT");
  add(sql::TokenKind::kWord, "INTO");
  tokens.push_back(ast::NameToken(source.name.text));
  char before = '(';
  for (const ast::Column& column : source.columns) {
    const auto copied = mapping.copied_to.find(sql::FoldCase(column.name.text));
    if (copied == mapping.copied_to.end() || column.generated) {
      continue;
    }
    add(sql::TokenKind::kPunctuation, std::string(1, before));
    tokens.push_back(ast::NameToken(column.name.text));
    if (before == ',') {
      values.push_back({sql::TokenKind::kPunctuation, ",", false, {}});
    }
    values.push_back(ast::NameToken(copied->second));
    before = ',';
  }
  add(sql::TokenKind::kPunctuation, ")");
  add(sql::TokenKind::kWord, "SELECT");
  tokens.insert(tokens.end(), values.begin(), values.end());
  add(sql::TokenKind::kWord, "FROM");
  tokens.push_back(ast::NameToken(target));
  return statement;
}

// Why the rows that are copied back would not be what they were; empty if they
// are.
std::string WhatIsLost(const ast::Table& source, const Mapping& mapping) {
  const std::vector<std::string> key = checks::PrimaryKey(source);
  for (const ast::Column& column : source.columns) {
    const std::string name = sql::FoldCase(column.name.text);
    if (column.generated || mapping.copied_to.contains(name)) {
      continue;
    }
    const std::string quoted = "`" + column.name.text + "`";
    if (mapping.computed_from.contains(name)) {
      return "nothing computes the values of " + quoted + " back";
    }
    const bool is_key =
        std::any_of(key.begin(), key.end(), [&](const std::string& part) {
          return EqualsIgnoringCase(part, name);
        });
    if (is_key || (column.not_null && !column.default_value)) {
      return "not its column " + quoted + ", which has no default";
    }
  }
  return mapping.copied_to.empty() ? "none of its columns" : "";
}

bool Reads(const catalog::Step& step, const std::string& table) {
  return checks::As<ast::Insert>(step) != nullptr &&
         std::any_of(
             step.access.reads.begin(), step.access.reads.end(),
             [&](const catalog::Use& use) { return use.table == table; });
}

// What becomes of a table that rows are copied from.
struct Source {
  struct Reader {
    std::size_t step = 0;
    std::string name;  // Of the table then, folded.
  };
  std::vector<Reader> readers;          // INSERTs that read it.
  const catalog::Step* drop = nullptr;  // Null: it stays.
  std::string name_at_drop;
};

Source Follow(const Simulation& upgrade, std::size_t step,
              const std::string& table) {
  Source source;
  std::string name = table;
  // Back to where it comes from.
  std::size_t first = step;
  for (; first > 0; --first) {
    const catalog::Step& earlier = upgrade.steps[first - 1];
    const auto* rename = checks::As<ast::RenameTable>(earlier);
    if (earlier.before.FindTable(name) == nullptr && rename == nullptr) {
      break;
    }
    if (rename != nullptr && EqualsIgnoringCase(rename->to.text, name)) {
      name = sql::FoldCase(rename->table.text);
    }
  }
  for (std::size_t i = first; i < upgrade.steps.size(); ++i) {
    const catalog::Step& at = upgrade.steps[i];
    if (Reads(at, name)) {
      source.readers.push_back({i, name});
    }
    if (const auto* rename = checks::As<ast::RenameTable>(at)) {
      if (EqualsIgnoringCase(rename->table.text, name)) {
        name = sql::FoldCase(rename->to.text);
      }
    } else if (at.after.FindTable(name) == nullptr) {
      source.drop = &at;
      source.name_at_drop = name;
      break;
    }
  }
  return source;
}

// What fires when a row comes back into the table that the step drops.
const std::string* InsertTrigger(const catalog::Step& drop,
                                 const std::string& table) {
  for (const catalog::ObjectPtr& user : drop.before.UsersOf(table)) {
    const auto* trigger = std::get_if<ast::Trigger>(&user->definition);
    if (trigger != nullptr && trigger->event == ast::TriggerEvent::kInsert &&
        EqualsIgnoringCase(trigger->table.text, table)) {
      return &trigger->name.text;
    }
  }
  return nullptr;
}

// A copy that can be turned round, or why it cannot.
struct Reversible {
  ast::Statement back;
  std::string refusal;
  bool is_whole = false;  // Every row is copied.
};

Reversible Reverse(const catalog::Step& step, const std::string& table) {
  const auto copy = CopyReader(step.item->statement.tokens.tokens).Read();
  const ast::Table* source = step.before.FindTable(table);
  const std::string& name =
      std::get<ast::Insert>(step.item->statement.node).table.text;
  const ast::Table* target = step.before.FindTable(name);
  if (!copy || copy->source != table || source == nullptr ||
      target == nullptr) {
    return {{}, "not row by row", false};
  }
  const Mapping mapping = MapColumns(*copy, *source, *target);
  return {CopyBack(*source, name, mapping), WhatIsLost(*source, mapping),
          copy->is_whole};
}

Inverse InvertCopy(const Simulation& upgrade, std::size_t step,
                   const std::string& table, const Source& source) {
  Reversible reversible = Reverse(upgrade.steps[step], table);
  if (source.readers.size() > 1) {
    // Where one has everything, the others only look.
    std::vector<std::size_t> whole;
    for (const Source::Reader& reader : source.readers) {
      const Reversible other = Reverse(upgrade.steps[reader.step], reader.name);
      if (other.is_whole && other.refusal.empty()) {
        whole.push_back(reader.step);
      }
    }
    if (whole.size() != 1) {
      return Refuse(table, "to more than one place");
    }
    if (whole.front() != step) {
      return {};
    }
  }
  if (!reversible.refusal.empty()) {
    return Refuse(table, reversible.refusal);
  }
  const std::string* trigger = InsertTrigger(*source.drop, source.name_at_drop);
  if (trigger != nullptr && source.name_at_drop != table) {
    return Refuse(
        table, "its trigger `" + *trigger + "` would fire when they come back");
  }
  return {{std::move(reversible.back)}, ""};
}

}  // namespace

Inverse InvertOwnData(const Simulation& upgrade, std::size_t step) {
  std::set<std::string> tables;
  for (const catalog::Use& use : upgrade.steps[step].access.reads) {
    if (Reads(upgrade.steps[step], use.table)) {
      tables.insert(use.table);
    }
  }
  for (const std::string& table : tables) {
    const Source source = Follow(upgrade, step, table);
    if (source.drop != nullptr) {
      return InvertCopy(upgrade, step, table, source);
    }
  }
  return {};
}

}  // namespace palindrome::reversal
