#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "llvm/ADT/StringRef.h"

#include "compiler/checks/copies.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/checks/tokens.h"
#include "compiler/diagnostics/fixes.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kMisspelt, kUnknownType,
                "type `{0}` of column `{1}` is none that is known, and SQLite "
                "takes any word for one{2}",
                std::string, std::string, diagnostics::Meant);
PALINDROME_TEXT(kClause, kUnknownType,
                "`{0}` is read as a part of the type of column `{1}`, and has "
                "no effect{2}",
                std::string, std::string, diagnostics::Meant);
PALINDROME_TEXT(kNoComma, kUnknownType,
                "type `{0}` of column `{1}` reads like two columns; a `,` is "
                "missing before `{2}`",
                std::string, std::string, std::string);

enum class TypeWord : std::uint8_t { kWord, kCommon, kOwn };

struct KnownWord {
  std::string_view text;
  TypeWord kind;
};

constexpr KnownWord kKnownWords[] = {
#define PALINDROME_TYPE_WORD(Word) {Word, TypeWord::kWord},
#define PALINDROME_COMMON_TYPE(Word) {Word, TypeWord::kCommon},
#define PALINDROME_OWN_TYPE(Word) {Word, TypeWord::kOwn},
#include "compiler/checks/correctness/known_types.def"
};

const KnownWord* FindWord(std::string_view word) {
  const auto* found = std::find_if(
      std::begin(kKnownWords), std::end(kKnownWords), [&](const auto& each) {
        return sql::EqualsIgnoringCase(each.text, word);
      });
  return found == std::end(kKnownWords) ? nullptr : found;
}

// A word that is nothing but one of a type.
bool IsKnown(std::string_view word) {
  const KnownWord* known = FindWord(word);
  return known != nullptr && known->kind != TypeWord::kOwn;
}

// One letter too many, too few or another one, or two that changed places.
bool IsOneSlipFrom(std::string_view word, std::string_view meant) {
  const std::string left = sql::FoldCase(word);
  const std::string right = sql::FoldCase(meant);
  const auto sizes = std::minmax(left.size(), right.size());
  if (left == right || sizes.second - sizes.first > 1) {
    return false;
  }
  std::size_t at = 0;
  while (at < sizes.first && left[at] == right[at]) {
    ++at;
  }
  const std::string rest_left = left.substr(at);
  const std::string rest_right = right.substr(at);
  if (left.size() != right.size()) {
    return left.size() > right.size() ? rest_left.substr(1) == rest_right
                                      : rest_left == rest_right.substr(1);
  }
  const bool is_swapped = rest_left.size() > 1 &&
                          rest_left[0] == rest_right[1] &&
                          rest_left[1] == rest_right[0] &&
                          rest_left.substr(2) == rest_right.substr(2);
  return is_swapped || rest_left.substr(1) == rest_right.substr(1);
}

// The only one of the words that is a slip away.
diagnostics::Meant OneSlip(const std::string& word,
                           const std::vector<std::string>& candidates) {
  diagnostics::Meant meant;
  for (const std::string& each : candidates) {
    if (IsOneSlipFrom(word, each)) {
      meant = {word, each, /*is_plain=*/meant.name.empty()};
    }
  }
  return meant;
}

// The words of a type, up to its arguments.
Tokens WordsOf(const catalog::Step& step, const ast::Column& column) {
  Tokens words;
  for (const ast::Token& token : step.item->statement.tokens.tokens) {
    if (!column.type_range.contains(token.range)) {
      continue;
    }
    if (!IsName(token) && token.kind != sql::TokenKind::kString) {
      break;
    }
    words.push_back(token);
  }
  return words;
}

// Names of one's own may have digits.
diagnostics::Meant MisspeltType(const ast::Token& word) {
  const std::string& spelling = word.spelling;
  const bool is_plural =
      (spelling.back() == 's' || spelling.back() == 'S') &&
      IsKnown(std::string_view(spelling).substr(0, spelling.size() - 1));
  if (word.kind != sql::TokenKind::kWord || FindWord(spelling) != nullptr ||
      is_plural || spelling.find_first_of("0123456789_") != std::string::npos) {
    return {};
  }
  std::vector<std::string> common;
  for (const KnownWord& each : kKnownWords) {
    if (each.kind == TypeWord::kCommon) {
      common.emplace_back(each.text);
    }
  }
  diagnostics::Meant meant = OneSlip(spelling, common);
  meant.name = llvm::StringRef(meant.name).upper();
  return meant;
}

// A word of a clause that begins behind a type.
diagnostics::Meant MisspeltClause(const ast::Token& word) {
  static const std::vector<std::string> kClauses = {
      "PRIMARY", "UNIQUE",    "CHECK",      "REFERENCES", "DEFAULT",
      "COLLATE", "GENERATED", "CONSTRAINT", "NOT"};
  return word.kind != sql::TokenKind::kWord || IsKnown(word.spelling)
             ? diagnostics::Meant()
             : OneSlip(word.spelling, kClauses);
}

class Finder {
 public:
  Finder(const MigrationContext& context, const catalog::Step& step,
         diagnostics::Emitter& emitter)
      : context_(context), step_(step), emitter_(emitter) {}

  void Judge(const ast::Column& column) {
    const Tokens words = WordsOf(step_, column);
    if (words.empty() || JudgeRest(column, words)) {
      return;
    }
    const diagnostics::Meant meant = MisspeltType(words.front());
    if (!meant.name.empty()) {
      emitter_.Emit(kMisspelt, context_.At(words.front().range), column.type,
                    column.name.text, meant);
    }
  }

 private:
  bool JudgeRest(const ast::Column& column, const Tokens& words) {
    for (std::size_t i = 1; i < words.size(); ++i) {
      const diagnostics::Meant meant = MisspeltClause(words[i]);
      if (!meant.name.empty()) {
        emitter_.Emit(kClause, context_.At(words[i].range), words[i].spelling,
                      column.name.text, meant);
        return true;
      }
      const bool is_comma_missing =
          FindWord(words[i - 1].spelling) != nullptr &&
          !IsKnown(words[i].spelling) && i + 1 < words.size() &&
          FindWord(words[i + 1].spelling) != nullptr;
      if (is_comma_missing) {
        const source::Range before = words[i - 1].range;
        emitter_.Emit(diagnostics::Make(kNoComma, context_.At(words[i].range),
                                        column.type, column.name.text,
                                        words[i].spelling)
                          .Mended(diagnostics::Insert(
                              diagnostics::By::kPerson,
                              context_.At({before.end, before.end}), ",")));
        return true;
      }
    }
    return false;
  }

  const MigrationContext& context_;
  const catalog::Step& step_;
  diagnostics::Emitter& emitter_;
};

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const std::size_t i : context.upgrade.changes) {
    const catalog::Step& step = context.upgrade.steps[i];
    Finder finder(context, step, emitter);
    if (const auto* create = As<ast::CreateTable>(step)) {
      const ast::Table* before =
          PredecessorOf(context.upgrade, i, create->table.name.text);
      for (const ast::Column& column : create->table.columns) {
        const ast::Column* old =
            before == nullptr ? nullptr : FindColumn(*before, column.name.text);
        const bool was_there =
            old != nullptr && sql::EqualsIgnoringCase(old->type, column.type);
        if (!create->table.strict && !was_there) {
          finder.Judge(column);
        }
      }
    } else if (const auto* add = As<ast::AddColumn>(step)) {
      finder.Judge(add->column);
    } else if (const auto* alter = As<ast::AlterColumnType>(step)) {
      ast::Column column;
      column.name = alter->column;
      column.type = alter->type;
      column.type_range = alter->type_range;
      finder.Judge(column);
    }
  }
}

}  // namespace

constinit const Rule kUnknownTypeRule = {
    .kind = diagnostics::Kind::kUnknownType,
    .summary = "a type is misspelt, or holds words that are none of a type",
    .rationale = R"md(
Any words are a type to SQLite. `TXET` is a column of numbers to it, which stores
the text `'007'` as 7; `INTEGER PRIMRAY KEY` is a type of three words and no
primary key; and where a `,` is missing, the next column is a part of the type
before it.

Write the word that is meant. A type of your own, such as `MOOD`, is not reported
unless it is one letter away from one in common use; `ULID`, `NUM` and other such
names that programs do give are left alone, and so is whatever stands in double
quotes. A table that is made again with the types that it had is not
reported, and a STRICT table is refused with such a type anyway.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TXET NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
