// A rule: what it is called, why it exists, a bad and a good example, and its
// check.
//
// Each rule is one file in the folder of its group, which defines one constant
// `k<Name>Rule`; rules.def lists them. A check reads a context and emits
// diagnostics of its own kind alone. Constant data; checks may run on any
// thread with an emitter of their own.
#ifndef PALINDROME_COMPILER_CHECKS_RULE_H_
#define PALINDROME_COMPILER_CHECKS_RULE_H_

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include "compiler/checks/context.h"
#include "compiler/diagnostics/emitter.h"
#include "compiler/diagnostics/kind.h"

namespace palindrome::checks {

struct Rule {
  diagnostics::Kind kind;
  llvm::StringLiteral summary;    // One line, lower case, no full stop.
  llvm::StringLiteral rationale;  // Paragraphs of Markdown.
  // Folders of migrations as text: a line `=== name` before each file.
  llvm::StringLiteral bad;
  llvm::StringLiteral good;
  // At most one of the two. Neither: the phase that meets it reports it.
  void (*check_graph)(const graph::Graph& graph,
                      diagnostics::Emitter& emitter) = nullptr;
  void (*check_migration)(const MigrationContext& context,
                          diagnostics::Emitter& emitter) = nullptr;
};

#define PALINDROME_RULE(Kind, Name, Group, Level, Policy, Set) \
  extern const Rule Kind##Rule;
#include "compiler/checks/rules.def"

// In the order of rules.def.
llvm::ArrayRef<const Rule*> AllRules();
// Null for a kind that is no rule.
const Rule* FindRule(diagnostics::Kind kind);

// Whether the rule may report of the revision: a locked one is left alone by
// rules that came after it was locked, unless they are behind the laws or the
// settings ask for it.
bool LooksAt(diagnostics::Kind kind, const graph::Revision& revision,
             const config::Settings& settings);

void CheckGraph(const graph::Graph& graph, diagnostics::Emitter& emitter);
// All rules that look at it.
void CheckMigration(const MigrationContext& context,
                    diagnostics::Emitter& emitter);
// The one rule, if it looks at it.
void CheckMigration(const Rule& rule, const MigrationContext& context,
                    diagnostics::Emitter& emitter);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_RULE_H_
