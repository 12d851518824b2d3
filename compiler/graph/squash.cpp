#include "compiler/graph/squash.h"

#include <algorithm>
#include <utility>

#include "compiler/graph/references.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::graph {
namespace {

PALINDROME_TEXT(kUnknown, kInvalidSquash,
                "there is no revision `{0}`; the migrations of a squash stay, "
                "in `squashed/`, since databases that are at one of them need "
                "them{1}",
                std::string, diagnostics::Meant);
PALINDROME_TEXT(kNoChain, kInvalidSquash,
                "the revisions from `{0}` to `{1}` cannot be squashed: {2}",
                std::string, std::string, std::string);
PALINDROME_TEXT(kOtherNeeds, kInvalidSquash,
                "a squash of revisions from `{0}` on {1} what `{0}` does: {2}",
                std::string, std::string, std::string);
PALINDROME_TEXT(kLabelled, kInvalidSquash,
                "a squash has no branch label; those of its revisions stay "
                "with them");
PALINDROME_TEXT(kOverlaps, kInvalidSquash,
                "revision `{0}` is squashed already by `{1}`", std::string,
                std::string);

std::string Quoted(const std::string& id) {
  return "`" + id + "`";
}

// What a REVISES or DEPENDS ON of those is, as a message says it.
std::string Join(const Graph& graph, const std::vector<std::size_t>& list) {
  std::string text;
  for (const std::size_t index : list) {
    text += (text.empty() ? "" : ", ") + Quoted(graph.revisions[index].id);
  }
  return text.empty() ? "nothing" : text;
}

bool AreSame(std::vector<std::size_t> left, std::vector<std::size_t> right) {
  std::sort(left.begin(), left.end());
  std::sort(right.begin(), right.end());
  return left == right;
}

// Why the revision does not follow its only parent, or an empty string.
std::string WhyNoLink(const Revision& revision) {
  if (revision.references.empty()) {
    return Quoted(revision.id) + " revises nothing";
  }
  if (revision.parents.size() != 1) {
    return Quoted(revision.id) + " revises several";
  }
  return revision.references.size() != 1
             ? Quoted(revision.id) + " also depends on others"
             : "";
}

// What needs a member but the last; `members` from the last to the first.
std::optional<std::size_t> FindBranch(const Graph& graph,
                                      const std::vector<std::size_t>& members) {
  for (std::size_t i = 0; i < graph.revisions.size(); ++i) {
    if (std::find(members.begin(), members.end(), i) != members.end()) {
      continue;
    }
    for (const Reference& reference : graph.revisions[i].references) {
      if (reference.target && std::find(members.begin() + 1, members.end(),
                                        *reference.target) != members.end()) {
        return i;
      }
    }
  }
  return std::nullopt;
}

// What it revises and depends on is known: else that has been reported.
bool IsRead(const Revision& revision) {
  return revision.migration.header_ok && AreFound(revision);
}

// The id may be that of a file that could not be read, or another refers to it
// too, which is reported there.
bool IsReportedElsewhere(const Graph& graph, const std::string& id) {
  return std::any_of(
      graph.revisions.begin(), graph.revisions.end(),
      [&id](const Revision& revision) {
        return !revision.migration.header_ok ||
               std::any_of(
                   revision.references.begin(), revision.references.end(),
                   [&id](const Reference& reference) {
                     return !reference.target &&
                            sql::EqualsIgnoringCase(reference.text.value, id);
                   });
      });
}

std::vector<std::string> Ids(const Graph& graph) {
  std::vector<std::string> ids;
  for (const Revision& revision : graph.revisions) {
    ids.push_back(revision.id);
  }
  return ids;
}

class Resolver {
 public:
  Resolver(const Graph& graph, Squash& squash)
      : graph_(graph),
        squash_(squash),
        clause_(*squash.revision.migration.header.squashes) {}

  void Resolve() {
    const auto first = Find(clause_.from);
    const auto last = Find(clause_.to);
    if (!squash_.revision.migration.header.branch_labels.empty()) {
      squash_.problems.push_back(diagnostics::Make(
          kLabelled,
          At(squash_.revision.migration.header.branch_labels.front().range)));
    }
    if (!first || !last) {
      return;
    }
    Chain chain = FindChain(graph_, *first, *last);
    if (chain.culprit && !IsRead(graph_.revisions[*chain.culprit])) {
      return;
    }
    if (!chain.problem.empty()) {
      auto problem =
          diagnostics::Make(kNoChain, At(clause_.range), clause_.from.value,
                            clause_.to.value, chain.problem);
      if (chain.culprit) {
        const Revision& culprit = graph_.revisions[*chain.culprit];
        problem.With(LocationOf(culprit), Quoted(culprit.id) + " is here");
      }
      squash_.problems.push_back(std::move(problem));
      return;
    }
    squash_.members = std::move(chain.members);
    CheckNeeds();
    CheckOverlap();
  }

 private:
  source::Location At(source::Range range) const {
    return {squash_.revision.migration.file, range};
  }

  std::optional<std::size_t> Find(const ast::Text& id) {
    const auto found = graph_.Find(id.value);
    if (!found && !IsReportedElsewhere(graph_, id.value)) {
      squash_.problems.push_back(
          diagnostics::Make(kUnknown, At(id.range), id.value,
                            diagnostics::MeantName(id.value, Ids(graph_))));
    }
    return found;
  }

  void CheckNeeds() {
    const Revision& own = squash_.revision;
    const Revision& first = graph_.revisions[squash_.members.front()];
    const auto check = [&](const std::vector<std::size_t>& is,
                           const std::vector<std::size_t>& should,
                           const std::string& verb) {
      if (!AreSame(is, should)) {
        squash_.problems.push_back(
            diagnostics::Make(kOtherNeeds, LocationOf(own), first.id, verb,
                              Join(graph_, should))
                .With(LocationOf(first), Quoted(first.id) + " is here"));
      }
    };
    if (IsRead(own) && IsRead(first)) {
      check(own.parents, first.parents, "revises");
      check(own.depends_on, first.depends_on, "depends on");
    }
  }

  void CheckOverlap() {
    for (const Squash& other : graph_.squashes) {
      if (&other == &squash_) {
        return;
      }
      for (const std::size_t member : squash_.members) {
        if (other.sound() &&
            std::find(other.members.begin(), other.members.end(), member) !=
                other.members.end()) {
          squash_.problems.push_back(
              diagnostics::Make(kOverlaps, At(clause_.range),
                                graph_.revisions[member].id, other.revision.id)
                  .With(LocationOf(other.revision),
                        Quoted(other.revision.id) + " is here"));
          return;
        }
      }
    }
  }

  const Graph& graph_;
  Squash& squash_;
  const ast::Squashes& clause_;
};

}  // namespace

Chain FindChain(const Graph& graph, std::size_t first, std::size_t last) {
  Chain chain;
  const auto refuse = [&chain](std::string problem,
                               std::optional<std::size_t> culprit) {
    chain.members.clear();
    chain.problem = std::move(problem);
    chain.culprit = culprit;
    return chain;
  };
  chain.members.push_back(last);
  while (chain.members.back() != first) {
    const std::size_t at = chain.members.back();
    const Revision& revision = graph.revisions[at];
    if (std::string why = WhyNoLink(revision); !why.empty()) {
      return refuse("they are no line; " + why, at);
    }
    // More of them than there are go round in a circle.
    if (chain.members.size() == graph.revisions.size()) {
      return refuse("they are no line", std::nullopt);
    }
    chain.members.push_back(revision.parents.front());
  }
  if (chain.members.size() < 2) {
    return refuse("a squash stands for two revisions at least", std::nullopt);
  }
  if (const auto branch = FindBranch(graph, chain.members)) {
    return refuse("the history branches among them; " +
                      Quoted(graph.revisions[*branch].id) +
                      " builds on one that is not the last",
                  branch);
  }
  std::reverse(chain.members.begin(), chain.members.end());
  return chain;
}

void ResolveSquash(const Graph& graph, Squash& squash) {
  Resolver(graph, squash).Resolve();
}

}  // namespace palindrome::graph
