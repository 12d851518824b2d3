#include "compiler/rehearse/sqlite/fill_table.h"

#include <algorithm>
#include <set>
#include <utility>

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include "compiler/rehearse/sqlite/contents.h"
#include "compiler/rehearse/sqlite/literal.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::rehearse::sqlite {

namespace {

using palindrome::sql::EqualsIgnoringCase;
using palindrome::sql::FoldCase;
using palindrome::sql::QuoteName;

// Combinations of values that are tried for one row.
constexpr std::size_t kAttempts = 400;
constexpr std::size_t kMostValues = 54;

const std::vector<std::string>& LiteralsOf(const Literals& literals,
                                           const ast::Column& column) {
  static const std::vector<std::string> kNone;
  const auto found = literals.find(FoldCase(column.name.text));
  return found == literals.end() ? kNone : found->second;
}

std::uint64_t SeedOf(const ast::Table& table, const ast::Column& column,
                     std::uint64_t seed) {
  return Mix(Mix(seed, FoldCase(table.name.text)), FoldCase(column.name.text));
}

bool IsKey(const ast::Table& table, const ast::Column& column) {
  const auto key = ast::PrimaryKey(table);
  return std::any_of(key.begin(), key.end(), [&](const std::string& name) {
    return EqualsIgnoringCase(name, column.name.text);
  });
}

// The columns of the parent that the key refers to.
std::vector<std::string> ParentColumns(const ast::References& references,
                                       const ast::Table& parent) {
  std::vector<std::string> names;
  for (const ast::Name& name : references.columns) {
    names.push_back(name.text);
  }
  return names.empty() ? ast::PrimaryKey(parent) : names;
}

// Fills one table.
class Filler {
 public:
  Filler(const catalog::Slice& slice, const Tables& tables,
         const ast::Table& table, const Literals& given, std::uint64_t seed,
         const std::vector<std::string>& unfilled, Connection& connection)
      : tables_(tables),
        table_(table),
        given_(given),
        literals_(given),
        seed_(seed),
        unfilled_(unfilled),
        connection_(connection) {
    for (const ast::Constraint& constraint : table.constraints) {
      if (constraint.kind == ast::ConstraintKind::kCheck) {
        CollectLiterals(constraint.check, /*is_check=*/true, literals_);
        for (std::string& name : ast::ColumnNames(constraint.check)) {
          checked_.insert(std::move(name));
        }
      }
    }
    for (const ast::Column& column : table.columns) {
      if (!column.generated) {
        columns_.push_back(&column);
        most_literals_ =
            std::max(most_literals_,
                     CountFitting(column, LiteralsOf(literals_, column)));
      } else {
        Compute(column.generated->expression);
      }
    }
    for (const catalog::ObjectPtr& object : slice) {
      const auto* index = std::get_if<ast::Index>(&object->definition);
      if (index != nullptr &&
          EqualsIgnoringCase(index->table.text, table.name.text)) {
        Compute(index->where);
        for (const ast::KeyPart& part : index->parts) {
          Compute(part.expression);
        }
      }
    }
  }

  // Whether the style adds to what the rows before it have.
  bool HasOwn(RowStyle style) const {
    return static_cast<std::size_t>(style) < kPlainStyles ||
           TurnOf(style) < most_literals_;
  }

  void Fill(RowStyle style, SyntheticRows& made) {
    if (!Begin(style)) {
      return;
    }
    for (std::size_t attempt = 0; attempt < kAttempts; ++attempt) {
      const std::string insert = Insert();
      const auto error = connection_.RunTrusted(insert);
      if (!error) {
        made.rows.push_back({table_.name.text, insert, Describe()});
        return;
      }
      if (!Vary(error->message)) {
        return;
      }
    }
  }

 private:
  struct Choice {
    std::vector<std::string> candidates;
    std::size_t at = 0;
    const std::string& value() const { return candidates[at]; }
  };

  void Compute(const ast::Expression& expression) {
    for (std::string& name : ast::ColumnNames(expression)) {
      computed_.insert(std::move(name));
    }
  }

  // False: it refers to a table that takes no row.
  bool Begin(RowStyle style) {
    choices_.clear();
    for (const ast::Column* column : columns_) {
      choices_.push_back({CandidatesFor(*column, IsKey(table_, *column), style,
                                        SeedOf(table_, *column, seed_),
                                        LiteralsOf(literals_, *column)),
                          0});
    }
    if (style == RowStyle::kNull) {
      AvoidNullKeys();
    }
    for (const ast::Constraint& constraint : table_.constraints) {
      if (constraint.kind == ast::ConstraintKind::kForeignKey &&
          !Refer(constraint, style)) {
        return false;
      }
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!columns_[i]->not_null &&
          checked_.count(FoldCase(columns_[i]->name.text)) != 0) {
        auto& candidates = choices_[i].candidates;
        candidates.insert(candidates.begin() + 1, "NULL");
      }
    }
    varied_.clear();
    values_tried_ = 2;
    combination_ = 0;
    return true;
  }

  // A key that may be NULL in SQLite is still no NULL in anybody's program.
  void AvoidNullKeys() {
    for (const std::string& name : ast::PrimaryKey(table_)) {
      if (Choice* choice = Find(name)) {
        choice->candidates.erase(choice->candidates.begin());
      }
    }
  }

  Choice* Find(std::string_view column) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (EqualsIgnoringCase(columns_[i]->name.text, column)) {
        return &choices_[i];
      }
    }
    return nullptr;
  }

  // The key of a row of the parent, which may be this table, comes first;
  // false: it has none, and the key cannot be NULL.
  bool Refer(const ast::Constraint& key, RowStyle style) {
    const ast::Table* parent = sqlite::Find(tables_, key.references.table.text);
    if (parent == nullptr) {
      return true;
    }
    if (std::find(unfilled_.begin(), unfilled_.end(), parent->name.text) !=
        unfilled_.end()) {
      return ReferToNothing(key);
    }
    const auto names = ParentColumns(key.references, *parent);
    for (std::size_t i = 0; i < names.size() && i < key.columns.size(); ++i) {
      Choice* choice = Find(key.columns[i].column.text);
      if (choice == nullptr) {
        continue;
      }
      const bool keep_null =
          style == RowStyle::kNull && choice->value() == "NULL";
      std::vector<std::string> values = ParentValues(*parent, names, i, style);
      choice->candidates.insert(
          choice->candidates.begin() + (keep_null ? 1 : 0), values.begin(),
          values.end());
    }
    return true;
  }

  bool ReferToNothing(const ast::Constraint& key) {
    for (const ast::KeyPart& part : key.columns) {
      for (std::size_t i = 0; i < columns_.size(); ++i) {
        const ast::Column& column = *columns_[i];
        if (EqualsIgnoringCase(column.name.text, part.column.text) &&
            !column.not_null && !IsKey(table_, column)) {
          auto& candidates = choices_[i].candidates;
          candidates.insert(candidates.begin(), "NULL");
          return true;
        }
      }
    }
    return false;
  }

  // Column `index` of the parent's rows, from the one whose turn it is on.
  std::vector<std::string> ParentValues(const ast::Table& parent,
                                        const std::vector<std::string>& names,
                                        std::size_t index, RowStyle style) {
    std::string order;
    for (const std::string& name : names) {
      order += (order.empty() ? "" : ", ") + QuoteName(name);
    }
    std::vector<std::string> values;
    connection_.RunTrusted("SELECT " + LiteralOf(QuoteName(names[index])) +
                               " FROM " + QuoteName(parent.name.text) +
                               " ORDER BY " + order + " LIMIT 12",
                           [&values](std::string_view value) {
                             values.emplace_back(value);
                             return true;
                           });
    if (!values.empty()) {
      const auto turn = static_cast<std::size_t>(style) % values.size();
      std::rotate(values.begin(),
                  values.begin() + static_cast<std::ptrdiff_t>(turn),
                  values.end());
      return values;
    }
    if (&parent == &table_) {
      const Choice* own = Find(names[index]);
      return own == nullptr ? values : std::vector<std::string>{own->value()};
    }
    // Of a cycle: what the parent's first row will have.
    for (const ast::Column& column : parent.columns) {
      if (EqualsIgnoringCase(column.name.text, names[index])) {
        values = {CandidatesFor(column, IsKey(parent, column), RowStyle::kFirst,
                                SeedOf(parent, column, seed_),
                                LiteralsOf(given_, column))
                      .front()};
      }
    }
    return values;
  }

  std::string Insert() const {
    std::string names;
    std::string values;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const char* separator = i == 0 ? "" : ", ";
      names += separator + QuoteName(columns_[i]->name.text);
      values += separator + choices_[i].value();
    }
    const std::string into =
        "INSERT OR ABORT INTO " + QuoteName(table_.name.text);
    return columns_.empty() ? into + " DEFAULT VALUES"
                            : into + " (" + names + ") VALUES (" + values + ")";
  }

  std::string Describe() const {
    std::string text;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      text += (i == 0 ? "" : ", ") + columns_[i]->name.text + " = " +
              Shortened(choices_[i].value());
    }
    return text;
  }

  bool Next(std::size_t column) {
    Choice& choice = choices_[column];
    choice.at = (choice.at + 1) % choice.candidates.size();
    return choice.at != 0;
  }

  // Takes other values for the columns that the message is about. False if
  // there are no more.
  bool Vary(llvm::StringRef message) {
    llvm::StringRef names = message;
    if (names.consume_front("NOT NULL constraint failed: ")) {
      return Next(names);
    }
    if (names.consume_front("UNIQUE constraint failed: ") &&
        !names.starts_with("index ")) {
      // One of them makes the rows differ: the last first, since it is the
      // least likely to refer to another table.
      llvm::SmallVector<llvm::StringRef, 4> parts;
      names.split(parts, ", ");
      for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        if (Next(*part)) {
          return true;
        }
      }
      return false;
    }
    if (names.consume_front("cannot store ")) {
      return Next(names.split(" column ").second);
    }
    return NextCombination(message.contains("CHECK") ? checked_ : computed_);
  }

  // `name` is "table.column".
  bool Next(llvm::StringRef name) {
    const std::string column = name.rsplit('.').second.str();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (EqualsIgnoringCase(columns_[i]->name.text, column)) {
        return Next(i);
      }
    }
    return false;
  }

  // Counts through the values of those columns, or of all if there are none:
  // first what each would have and NULL, then more and more of the others.
  bool NextCombination(const std::set<std::string>& names) {
    if (varied_.empty()) {
      for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (names.empty() || names.contains(FoldCase(columns_[i]->name.text))) {
          varied_.push_back(i);
        }
      }
    }
    while (values_tried_ <= kMostValues) {
      std::size_t rest = ++combination_;
      for (const std::size_t column : varied_) {
        Choice& choice = choices_[column];
        const std::size_t values =
            std::min(values_tried_, choice.candidates.size());
        choice.at = rest % values;
        rest /= values;
      }
      if (rest == 0 && combination_ < kAttempts / 4) {
        return !varied_.empty();
      }
      values_tried_ *= 3;
      combination_ = 0;
    }
    return false;
  }

  const Tables& tables_;
  const ast::Table& table_;
  const Literals& given_;
  Literals literals_;
  std::uint64_t seed_;
  const std::vector<std::string>& unfilled_;
  Connection& connection_;
  // Folded names of the columns that CHECKs speak of, and of those that
  // generated columns and indexes compute with.
  std::set<std::string> checked_;
  std::set<std::string> computed_;
  std::vector<const ast::Column*> columns_;
  std::vector<Choice> choices_;
  std::vector<std::size_t> varied_;
  std::size_t most_literals_ = 0;  // That fit a column.
  std::size_t values_tried_ = 2;   // Of each of them.
  std::size_t combination_ = 0;
};

}  // namespace

const ast::Table* Find(const Tables& tables, std::string_view name) {
  const auto found = tables.find(FoldCase(name));
  return found == tables.end() ? nullptr : found->second;
}

void FillTable(const catalog::Slice& slice, const Tables& tables,
               const ast::Table& table, const Literals& literals,
               std::uint64_t seed, bool with_limits, Connection& connection,
               SyntheticRows& made) {
  Filler filler(slice, tables, table, literals, seed, made.empty, connection);
  const std::size_t before = made.rows.size();
  for (std::size_t style = 0; style < kRowStyles; ++style) {
    // A table that takes neither of the first two takes none, as a rule.
    if (style == 2 && made.rows.size() == before) {
      break;
    }
    const bool is_wanted = with_limits || RowStyle(style) != RowStyle::kLimits;
    if (is_wanted && filler.HasOwn(RowStyle(style))) {
      filler.Fill(RowStyle(style), made);
    }
  }
}

}  // namespace palindrome::rehearse::sqlite
