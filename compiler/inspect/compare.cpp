#include "compiler/inspect/compare.h"

#include <algorithm>
#include <set>
#include <utility>

#include "llvm/ADT/STLExtras.h"

#include "runtime/src/sql_lexer.h"

namespace palindrome::inspect {
namespace {

using Names = std::set<std::string>;

// Compares two histories of one name.
class Comparer {
 public:
  explicit Comparer(HistoryUpdate& update)
      : update_(update),
        before_(update.before->loaded.graph),
        after_(update.after->loaded.graph) {}

  void Compare();

 private:
  void CompareRevision(std::size_t index);

  HistoryUpdate& update_;
  const RevisionGraph& before_;
  const RevisionGraph& after_;
};

Names AsNames(const std::vector<std::string>& ids) {
  return {ids.begin(), ids.end()};
}

// Chains follow from checksums and from what a revision needs, and the reader
// has checked that they do.
void Comparer::CompareRevision(std::size_t index) {
  const RevisionNode& old = before_.node(index);
  const auto found = after_.Find(old.id);
  if (!found) {
    update_.rewritten.push_back({old.id, "it is not there any more"});
    return;
  }
  const RevisionNode& now = after_.node(*found);
  const std::string was =
      update_.before->text(update_.before->row(index).checksum);
  const std::string is =
      update_.after->text(update_.after->row(*found).checksum);
  if (was != is) {
    update_.rewritten.push_back({old.id, "its checksum differs"});
  } else if (AsNames(old.parents) != AsNames(now.parents) ||
             AsNames(old.depends_on) != AsNames(now.depends_on)) {
    update_.rewritten.push_back(
        {old.id, "it has other parents or dependencies"});
  }
}

void Comparer::Compare() {
  for (std::size_t index = 0; index < before_.size(); ++index) {
    CompareRevision(index);
  }
  for (std::size_t index = 0; index < after_.size(); ++index) {
    if (!before_.Find(after_.node(index).id)) {
      update_.steps.push_back(index);
    }
  }
}

llvm::Error RequireNames(llvm::ArrayRef<History> histories) {
  Names names;
  for (const History& history : histories) {
    if (!names.insert(history.name()).second) {
      return llvm::createStringError(
          llvm::inconvertibleErrorCode(),
          "the history `%s` is there several times and differs; compare the "
          "parts of the files",
          history.name().c_str());
    }
  }
  return llvm::Error::success();
}

const History* FindByName(llvm::ArrayRef<History> histories,
                          const std::string& name) {
  const auto* found = llvm::find_if(
      histories, [&](const History& each) { return each.name() == name; });
  return found == histories.end() ? nullptr : found;
}

}  // namespace

llvm::Expected<std::vector<HistoryUpdate>> CompareHistories(
    llvm::ArrayRef<History> before, llvm::ArrayRef<History> after) {
  for (const llvm::ArrayRef<History> side : {before, after}) {
    if (llvm::Error error = RequireNames(side)) {
      return error;
    }
  }
  std::vector<HistoryUpdate> updates;
  for (const History& history : before) {
    HistoryUpdate update;
    update.name = history.name();
    update.before = &history;
    update.after = FindByName(after, update.name);
    if (update.after != nullptr) {
      Comparer(update).Compare();
    }
    updates.push_back(std::move(update));
  }
  for (const History& history : after) {
    if (FindByName(before, history.name()) == nullptr) {
      HistoryUpdate update;
      update.name = history.name();
      update.after = &history;
      for (std::size_t index = 0; index < history.loaded.graph.size();
           ++index) {
        update.steps.push_back(index);
      }
      updates.push_back(std::move(update));
    }
  }
  return updates;
}

std::vector<std::string> RebuiltTables(const Program& program) {
  std::vector<std::string> tables;
  for (const ProgramStatement& statement : program.statements) {
    // The new table takes the place of the old one.
    if ((statement.flags & table::kLegacyAlterTable) == 0) {
      continue;
    }
    sql::Token last;
    for (sql::Token token = sql::NextToken(statement.sql, 0);
         token.kind != sql::TokenKind::kEnd;
         token = sql::NextToken(statement.sql,
                                token.offset + static_cast<std::uint32_t>(
                                                   token.spelling.size()))) {
      last = token;
    }
    const std::string name = sql::Unquote(last);
    if (!name.empty() && !llvm::is_contained(tables, name)) {
      tables.push_back(name);
    }
  }
  return tables;
}

}  // namespace palindrome::inspect
