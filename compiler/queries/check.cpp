#include "compiler/queries/check.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "compiler/queries/checker.h"
#include "compiler/queries/layouts.h"
#include "compiler/queries/words.h"
#include "compiler/rehearse/sqlite/prepare.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::queries {

using catalog::EngineError;
using diagnostics::Kind;
using diagnostics::Severity;
using rehearse::sqlite::Connection;
using rehearse::sqlite::Prepare;
using rehearse::sqlite::Prepared;
using sql::FoldCase;
using sql::Token;
using Class = EngineError::Class;

namespace {

// It stands behind an `if` that the change stands in, and so is for the schema
// that the change has led to as well. In a loop both come again.
bool IsBehind(const Query& query, const Query& change) {
  const std::string_view path = PathOf(*query.unit, query.place);
  for (const facts::Branch& branch : change.branches) {
    if (PathOf(*change.unit, branch.place) != path) {
      return false;
    }
    const bool is_behind = query.place.begin >= branch.place.end;
    if (is_behind || branch.is_loop) {
      return is_behind;
    }
  }
  return false;
}

// What it is in the end is not known, and so no mistake either.
void LeaveChanged(const Program& program, std::vector<Verdict>& verdicts) {
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    Verdict& verdict = verdicts[i];
    const std::string& change = program.queries[i].change;
    if (!change.empty() && !verdict.problems.empty()) {
      verdict.unchecked = change + " on its way, and as it stands here " +
                          verdict.problems.front().message;
      verdict.problems.clear();
    }
  }
}

}  // namespace

Checker::Checker(const Program& program, const catalog::Catalog& schema,
                 const rehearse::StandIns& stand_ins)
    : stand_ins_(stand_ins), connection_(&stand_ins_) {
  Create(connection_, schema, /*tells=*/true);
  relations_ = List(
      "SELECT name FROM main.sqlite_master WHERE type IN ('table', 'view') "
      "AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name");
  for (const std::string& name : relations_) {
    folded_relations_.insert(FoldCase(name));
  }
  MakeOwn(program, schema);
  FindUpgraders(program);
}

void Checker::FindUpgraders(const Program& program) {
  for (const Query& query : program.queries) {
    if (!query.function.empty() && ChangesSchema(query.text.value) &&
        Prepare(connection_, query.text.value).error) {
      upgraders_[query.function].push_back(&query);
    }
  }
}

bool Checker::IsOfUpgrade(const Query& query) const {
  if (ChangesSchema(query.text.value)) {
    return true;
  }
  const auto changes = upgraders_.find(query.function);
  return changes != upgraders_.end() &&
         std::any_of(
             changes->second.begin(), changes->second.end(),
             [&](const Query* change) { return !IsBehind(query, *change); });
}

void Checker::Create(Connection& connection, const catalog::Catalog& schema,
                     bool tells) {
  std::set<catalog::Key> keys;
  for (const catalog::ObjectPtr& object : schema.Objects()) {
    if (object->kind() != catalog::ObjectKind::kArchive &&
        !catalog::IsTemporary(*object)) {
      keys.insert(object->key());
    }
  }
  for (const catalog::ObjectPtr& object : catalog::Restrict(schema, keys)) {
    const auto error = connection.Create({object});
    if (error && tells) {
      missing_.emplace(FoldCase(object->name()), error->message);
    }
  }
}

// The tables that the program makes are made, so that what uses them can be
// prepared. What they are like is not known where two places make one.
void Checker::MakeOwn(const Program& program, const catalog::Catalog& schema) {
  for (const std::string& fragment : program.fragments) {
    FindMade(fragment, made_);
  }
  std::vector<std::string_view> makers;
  for (const Query& query : program.queries) {
    Made made;
    FindMade(query.text.value, made);
    if (!made.relations.empty()) {
      makers.push_back(query.text.value);
    }
    made_.relations.merge(made.relations);
    made_.temporary.merge(made.temporary);
    made_.columns.merge(made.columns);
  }
  // What the migrations make is not the program's, even if it would make it.
  std::erase_if(made_.relations, [&](const std::string& name) {
    return folded_relations_.contains(name) && !made_.temporary.contains(name);
  });
  if (made_.relations.empty()) {
    return;
  }
  own_ = std::make_unique<Connection>(&stand_ins_);
  Create(*own_, schema, /*tells=*/false);
  // Twice, since one may need what a later one makes.
  for (int round = 0; round < 2; ++round) {
    for (std::string_view rest : makers) {
      while (!Tokens(rest).empty()) {
        const Prepared attempt = Prepare(*own_, rest);
        if (attempt.error || attempt.used == 0) {
          break;
        }
        const std::string_view statement = rest.substr(0, attempt.used);
        if (Word(Tokens(statement), 0) == "create") {
          own_->Run(statement);
        }
        rest.remove_prefix(attempt.used);
      }
    }
  }
}

std::vector<std::string> Checker::List(const std::string& sql) {
  std::vector<std::string> names;
  connection_.RunTrusted(sql, [&names](std::string_view name) {
    names.emplace_back(name);
    return true;
  });
  return names;
}

const std::vector<std::string>& Checker::ColumnsOf(
    const std::string& relation) {
  const auto [entry, is_new] = columns_.try_emplace(relation);
  if (is_new) {
    entry->second = List("SELECT name FROM pragma_table_xinfo(" +
                         sql::QuoteString(relation) + ") WHERE hidden <> 1");
  }
  return entry->second;
}

void Checker::JudgeRefused(Refused refused, bool is_upgrade, Verdict& verdict) {
  const auto keep = [&verdict](std::string why) {
    if (verdict.unchecked.empty()) {
      verdict.unchecked = std::move(why);
    }
  };
  const Prepared own =
      own_ ? Prepare(*own_, refused.text) : Prepared{refused.error};
  if (!own.error) {
    return;
  }
  if (is_upgrade && refused.error.error_class != Class::kSyntax) {
    keep(IsUpgrade(refused.tokens) || Word(refused.tokens, 0) == "create"
             ? "it changes the schema by itself, and " + own.error->message
             : "it is beside SQL that changes the schema by itself, and " +
                   own.error->message);
    return;
  }
  // As most programs have SQLite: `"word"` is a string where it is no column.
  if (refused.error.error_class == Class::kUnknownColumn &&
      !Prepare(own_ ? *own_ : connection_, refused.text,
               /*strings_in_double_quotes=*/true)
           .error) {
    Problem problem = Explain(refused);
    problem.kind = Kind::kQueryQuotes;
    problem.severity = Severity::kWarning;
    problem.message = "`" + refused.error.name +
                      "` is no column, and so a string in double quotes; "
                      "write " +
                      sql::QuoteString(refused.error.name);
    verdict.problems.push_back(std::move(problem));
    return;
  }
  // With the program's tables in place, a name that is no one's is wrong.
  if (own_ && own.error->error_class == Class::kUnknownTable &&
      !made_.relations.contains(FoldCase(own.error->name))) {
    Refused again = refused;
    again.error = *own.error;
    std::string why = WhyUnknown(again);
    if (why.empty() || why.ends_with("which the program makes by itself")) {
      verdict.problems.push_back(Explain(again));
    } else {
      keep(std::move(why));
    }
    return;
  }
  std::string why = WhyUnknown(refused);
  if (why.empty()) {
    verdict.problems.push_back(Explain(refused));
  } else {
    keep(std::move(why));
  }
}

Verdict Checker::Judge(const Query& query) {
  Verdict verdict;
  const std::string_view text = query.text.value;
  std::size_t statements = 0;
  std::string_view only;  // The statement, if there is one.
  int parameters = 0;
  const bool is_upgrade = IsOfUpgrade(query);
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    std::vector<Token> tokens = Tokens(rest);
    if (tokens.empty()) {
      break;
    }
    if (tokens.front().spelling == ";") {
      at += tokens.front().offset + 1;
      continue;
    }
    const auto end =
        std::find_if(tokens.begin(), tokens.end(),
                     [](const Token& token) { return token.spelling == ";"; });
    const std::size_t size = end == tokens.end() ? rest.size() : end->offset;
    ++statements;
    // Some do what they do while they are prepared.
    if (Word(tokens, 0) == "pragma") {
      verdict.unchecked = "a PRAGMA concerns no schema";
      at += size;
      continue;
    }
    const Prepared attempt = Prepare(connection_, rest);
    if (!attempt.error && attempt.used > 0) {
      only = rest.substr(0, attempt.used);
      parameters = attempt.parameters;
      at += attempt.used;
      continue;
    }
    statements = 2;  // Its parameters are not known.
    Refused refused = {rest.substr(0, size), static_cast<std::uint32_t>(at),
                       std::vector<Token>(tokens.begin(), end),
                       attempt.error.value_or(EngineError())};
    const std::string verb = Word(tokens, 0);
    const bool is_trigger = verb == "create" && (Word(tokens, 1) == "trigger" ||
                                                 Word(tokens, 2) == "trigger");
    JudgeRefused(std::move(refused), is_upgrade, verdict);
    // A trigger's end is not at its first semicolon.
    at = is_trigger ? text.size() : at + size;
  }
  if (statements == 1) {
    JudgeParameters(query, only, static_cast<std::uint32_t>(parameters),
                    verdict);
  }
  return verdict;
}

bool Verdict::HasErrors() const {
  return std::any_of(problems.begin(), problems.end(), [](const Problem& each) {
    return each.severity == Severity::kError;
  });
}

std::vector<Verdict> Check(const Program& program,
                           const catalog::Catalog& schema,
                           const rehearse::StandIns& stand_ins) {
  Checker checker(program, schema, stand_ins);
  std::vector<Verdict> verdicts;
  verdicts.reserve(program.queries.size());
  for (const Query& query : program.queries) {
    verdicts.push_back(checker.Judge(query));
  }
  LeaveChanged(program, verdicts);
  LeaveOtherLayouts(program, verdicts);
  return verdicts;
}

}  // namespace palindrome::queries
