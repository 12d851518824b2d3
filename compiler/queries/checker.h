// Inside Check: the schema in an engine, and what it says of statements.
//
// Owns its databases; refers to the stand-ins. One thread.
#ifndef PALINDROME_COMPILER_QUERIES_CHECKER_H_
#define PALINDROME_COMPILER_QUERIES_CHECKER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/catalog/engine.h"
#include "compiler/queries/check.h"
#include "compiler/queries/made.h"
#include "compiler/rehearse/sqlite/connection.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::queries {

// A statement that the engine refuses, and its place in the query's text.
struct Refused {
  std::string_view text;
  std::uint32_t at = 0;
  std::vector<sql::Token> tokens;
  catalog::EngineError error;
};

class Checker {
 public:
  Checker(const Program& program, const catalog::Catalog& schema,
          const rehearse::StandIns& stand_ins);

  Verdict Judge(const Query& query);

 private:
  void FindUpgraders(const Program& program);
  bool IsOfUpgrade(const Query& query) const;
  void Create(rehearse::sqlite::Connection& connection,
              const catalog::Catalog& schema, bool tells);
  void MakeOwn(const Program& program, const catalog::Catalog& schema);
  std::vector<std::string> List(const std::string& sql);
  const std::vector<std::string>& ColumnsOf(const std::string& relation);
  std::set<std::string> Mentioned(const Refused& refused);

  void JudgeRefused(Refused refused, bool is_upgrade, Verdict& verdict);
  std::string WhyUnknown(const Refused& refused);
  bool IsCalled(const Refused& refused) const;
  void JudgeParameters(const Query& query, std::string_view statement,
                       std::uint32_t parameters, Verdict& verdict);
  Problem Explain(const Refused& refused);
  std::optional<sql::Token> FindName(const Refused& refused) const;

  const rehearse::StandIns& stand_ins_;
  rehearse::sqlite::Connection connection_;
  // The same with what the program makes by itself; null: it makes nothing.
  std::unique_ptr<rehearse::sqlite::Connection> own_;
  Made made_;
  // Functions that change the schema in a way that does not fit the heads':
  // they upgrade older databases, and their SQL is for those. By name, with
  // the SQL that does it, of the program.
  std::map<std::string, std::vector<const Query*>> upgraders_;
  std::vector<std::string> relations_;
  std::set<std::string> folded_relations_;
  std::map<std::string, std::vector<std::string>> columns_;
  // Objects that cannot be made here, folded, with the reason.
  std::map<std::string, std::string> missing_;
};

}  // namespace palindrome::queries

#endif  // PALINDROME_COMPILER_QUERIES_CHECKER_H_
