#include <algorithm>
#include <map>

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

#include "compiler/driver/command.h"
#include "compiler/driver/edit_text.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/new_migration.h"
#include "compiler/driver/path.h"
#include "compiler/driver/report.h"
#include "compiler/driver/slug.h"
#include "compiler/driver/target.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::driver {
namespace {

Status Refusal(const std::string& message) {
  return {StatusCode::kBadTarget, message};
}

// Whether the revision may move there, with all that needs it.
Status CheckMove(const graph::Graph& graph, const RevisionGraph& revisions,
                 std::size_t moved, std::size_t onto) {
  const std::string id = "`" + graph.revisions[moved].id + "`";
  const std::string onto_id = "`" + graph.revisions[onto].id + "`";
  if (moved == onto) {
    return Refusal(id + " cannot revise itself");
  }
  if (graph.revisions[moved].parents.size() > 1) {
    return Refusal(id +
                   " merges several revisions; rebase one of those, or "
                   "delete the merge first");
  }
  if (const graph::Squash* squash = graph.SquashOf(moved)) {
    return Refusal(id + " is one of the revisions that the squash `" +
                   squash->revision.id + "` stands for, and may not move");
  }
  if (Status status = CheckOutsideSquash(graph, onto); !status.ok()) {
    return status;
  }
  const RevisionSet above = revisions.WithDescendants({moved});
  if (above[onto]) {
    return Refusal(onto_id + " needs " + id +
                   ", which therefore cannot come "
                   "after it");
  }
  const RevisionSet below = revisions.WithAncestors({onto});
  for (std::size_t i = 0; i < graph.revisions.size(); ++i) {
    const graph::Revision& revision = graph.revisions[i];
    if (!above[i]) {
      continue;
    }
    if (revision.locked) {
      return Refusal(
          i == moved ? id + " is locked, and a locked migration may not move"
                     : "`" + revision.id + "` is locked and needs " + id +
                           ", which therefore may not move");
    }
    for (const std::size_t parent : revision.parents) {
      if (revision.parents.size() > 1 && below[parent]) {
        return Refusal("`" + revision.id + "` merges `" +
                       graph.revisions[parent].id + "` with what " + id +
                       " leads to, which would come after it; delete the "
                       "merge first");
      }
    }
  }
  return Status();
}

// The base name of a file that is made at another time.
std::string NameAt(const ast::Migration& migration, std::time_t time) {
  constexpr std::size_t kStampSize = 16;  // 20250115_143022_
  constexpr llvm::StringLiteral kPattern = "dddddddd_dddddd_";
  const llvm::StringRef name = migration.file->base_name();
  bool has_stamp = name.size() > kStampSize;
  for (std::size_t i = 0; has_stamp && i < kStampSize; ++i) {
    has_stamp = kPattern[i] == 'd' ? llvm::isDigit(name[i]) : name[i] == '_';
  }
  if (has_stamp) {
    return FileStamp(time) + name.drop_front(kStampSize).str();
  }
  const std::string slug = MakeSlug(migration.header.title.value);
  return FileStamp(time) + (slug.empty() ? "migration" : slug) + ".sql";
}

// The word NONE, or the only parent.
source::Range ParentRange(const ast::Header& header) {
  constexpr std::uint32_t kNoneSize = 4;
  if (header.parents.empty()) {
    return {header.revises_range->end - kNoneSize, header.revises_range->end};
  }
  return header.parents.front().range;
}

struct Move {
  std::vector<std::string> old_paths;
  std::vector<OutputFile> new_files;
};

class Mover {
 public:
  Mover(const graph::Graph& graph, Environment& environment)
      : graph_(graph), environment_(environment) {}

  // The revision, and what revises it as far as the order of time wants it.
  llvm::Expected<Move> Make(std::size_t moved, std::size_t onto);

 private:
  llvm::Error Add(std::size_t revision, std::vector<TextEdit> edits,
                  std::time_t time);

  const graph::Graph& graph_;
  Environment& environment_;
  Move move_;
};

llvm::Error Mover::Add(std::size_t revision, std::vector<TextEdit> edits,
                       std::time_t time) {
  const ast::Migration& migration = graph_.revisions[revision].migration;
  if (const auto& created = migration.header.created) {
    edits.push_back({created->range, sql::QuoteString(CreatedText(time))});
  }
  llvm::Expected<std::string> text =
      EditFile(environment_.file_system, *migration.file, std::move(edits));
  if (!text) {
    return text.takeError();
  }
  move_.old_paths.push_back(migration.file->name());
  // The originals of a squash stay in their folder.
  const llvm::StringRef folder =
      llvm::sys::path::parent_path(migration.file->name());
  move_.new_files.push_back(
      {JoinPath(folder.str(), NameAt(migration, time)), *std::move(text)});
  return llvm::Error::success();
}

llvm::Expected<Move> Mover::Make(std::size_t moved, std::size_t onto) {
  // The name has to be another one.
  std::time_t time = environment_.now();
  const ast::Migration& migration = graph_.revisions[moved].migration;
  if (NameAt(migration, time) == migration.file->base_name()) {
    ++time;
  }
  std::map<std::size_t, std::string> created = {{moved, CreatedText(time)}};
  if (llvm::Error error = Add(moved,
                              {{ParentRange(migration.header),
                                sql::QuoteString(graph_.revisions[onto].id)}},
                              time)) {
    return error;
  }
  for (std::size_t i = moved + 1; i < graph_.revisions.size(); ++i) {
    const graph::Revision& revision = graph_.revisions[i];
    const std::string date = DateOf(revision);
    const bool is_early =
        std::any_of(revision.parents.begin(), revision.parents.end(),
                    [&](std::size_t parent) {
                      const auto found = created.find(parent);
                      return found != created.end() && date <= found->second;
                    });
    // A file without a date has no place in the order of time.
    if (is_early && !date.empty()) {
      ++time;
      created[i] = CreatedText(time);
      if (llvm::Error error = Add(i, {}, time)) {
        return error;
      }
    }
  }
  return std::move(move_);
}

}  // namespace

int RunRebase(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("rebase", "[OPTION]... REVISION --onto REVISION",
                  "Lets a migration that is not locked revise another one than "
                  "now, as if it were\n"
                  "made now: `REVISES`, `CREATED` and the file's name change. "
                  "What revises it comes\n"
                  "along. Prints the paths of the new files.");
  options.AddValue("onto", "REVISION", "the migration that it is to revise");
  options.AddOperand("revision");
  options.AddFolder();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  for (const char* name : {"revision", "onto"}) {
    if (!options.Has(name)) {
      return options.Misused(environment, name == std::string_view("onto")
                                              ? "--onto is missing"
                                              : "the revision is missing");
    }
  }
  const auto headers = ReadHeaders(options, Judge::kOrder, environment);
  if (const int status =
          Report(headers->emitter.diagnostics(), environment.err);
      status != kSuccess) {
    return status;
  }
  const graph::Graph& graph = headers->folder.graph;
  const auto moved = FindTarget(graph, options.Get("revision"));
  const auto onto = FindTarget(graph, options.Get("onto"));
  const auto revisions = RuntimeGraph(graph);
  for (const Status& status :
       {moved.ok() ? Status() : moved.status(),
        onto.ok() ? Status() : onto.status(),
        revisions.ok() ? Status() : revisions.status()}) {
    if (!status.ok()) {
      return ReportFailure(environment, status.message());
    }
  }
  if (const Status status = CheckMove(graph, *revisions, *moved, *onto);
      !status.ok()) {
    return ReportFailure(environment, status.message());
  }
  if (llvm::is_contained(graph.revisions[*moved].parents, *onto)) {
    environment.out << "`" << graph.revisions[*moved].id << "` revises `"
                    << graph.revisions[*onto].id << "` already\n";
    return kSuccess;
  }
  llvm::Expected<Move> move = Mover(graph, environment).Make(*moved, *onto);
  if (!move) {
    return ReportFailure(environment, llvm::toString(move.takeError()));
  }
  if (llvm::Error error =
          environment.output.Replace(move->old_paths, move->new_files)) {
    return ReportFailure(environment, llvm::toString(std::move(error)));
  }
  for (const OutputFile& file : move->new_files) {
    environment.out << file.path << '\n';
  }
  return kSuccess;
}

}  // namespace palindrome::driver
