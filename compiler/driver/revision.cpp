#include <algorithm>
#include <utility>

#include "compiler/driver/command.h"
#include "compiler/driver/draft.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/new_migration.h"
#include "compiler/driver/reach.h"
#include "compiler/driver/report.h"
#include "compiler/driver/target.h"
#include "runtime/src/printable.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::driver {
namespace {

int RefuseHeads(const graph::Graph& graph, Environment& environment) {
  environment.err << "palindrome: error: there are " << graph.heads.size()
                  << " heads, and a new migration would revise one of them; "
                     "name it with `--head`, or join them with `palindrome "
                     "merge`\n";
  for (const std::size_t head : graph.heads) {
    environment.err << "  " << RevisionLine(graph, head) << '\n';
  }
  return kFindings;
}

// A base tells itself from the others by its first label.
Status CheckNewBase(const graph::Graph& graph, const NewMigration& migration) {
  const std::string label =
      migration.branch_labels.empty() ? "" : migration.branch_labels.front();
  for (const std::size_t root : graph.roots) {
    const auto& labels = graph.revisions[root].migration.header.branch_labels;
    if (sql::EqualsIgnoringCase(label,
                                labels.empty() ? "" : labels.front().value)) {
      return {StatusCode::kBadTarget,
              "`" + graph.revisions[root].id +
                  "` begins a history already; another one needs a "
                  "`--branch-label` of its own"};
    }
  }
  return Status();
}

// What --head and --depends-on say.
Status FindNeeds(const graph::Graph& graph, const Options& options,
                 NewMigration& migration) {
  const std::string head = options.Get("head");
  if (head == "base") {
    if (Status status = CheckNewBase(graph, migration); !status.ok()) {
      return status;
    }
  } else if (options.Has("head")) {
    const Result<std::size_t> parent = FindTarget(graph, head);
    if (!parent.ok()) {
      return parent.status();
    }
    if (Status status = CheckOutsideSquash(graph, *parent); !status.ok()) {
      return status;
    }
    if (Status status = CheckUnrevised(
            graph, *parent, "give `--splice` to begin a branch there");
        !options.Has("splice") && !status.ok()) {
      return status;
    }
    migration.parents = {*parent};
  } else {
    migration.parents = graph.heads;
  }
  for (const std::string& target : options.List("depends-on")) {
    const Result<std::size_t> needed = FindTarget(graph, target);
    if (!needed.ok()) {
      return needed.status();
    }
    if (Status status = CheckOutsideSquash(graph, *needed); !status.ok()) {
      return status;
    }
    if (!llvm::is_contained(migration.depends_on, *needed)) {
      migration.depends_on.push_back(*needed);
    }
  }
  return Status();
}

std::string CheckAutogenerate(const Options& options) {
  if (options.Has("autogenerate")) {
    return options.Has("depends-on")
               ? "--autogenerate compares with one line of the history, and "
                 "--depends-on names another"
               : "";
  }
  for (const char* name :
       {"models", "schema", "build", "compile-flags", "cache"}) {
    if (options.Has(name)) {
      return std::string("--") + name + " is for --autogenerate";
    }
  }
  return "";
}

// A comment, each sentence from a line of its own on.
std::string AsComment(const std::vector<std::string>& sentences) {
  constexpr std::size_t kWidth = 76;
  std::string text;
  for (const std::string& sentence : sentences) {
    std::string line = "--";
    llvm::SmallVector<llvm::StringRef> words;
    llvm::StringRef(sentence).split(words, ' ');
    for (const llvm::StringRef word : words) {
      if (line.size() > 2 && line.size() + 1 + word.size() > kWidth) {
        text += line + "\n";
        line = "--  ";
      }
      line += " " + word.str();
    }
    text += line + "\n";
  }
  return text;
}

// Fills the migration with what leads from the history to the models. A value:
// there is nothing to write, and this is the exit status.
std::optional<int> Autogenerate(
    const Options& options, const std::vector<std::string>& compiler_arguments,
    Headers& headers, Environment& environment, NewMigration& migration) {
  config::Settings settings;
  source::Files files;
  std::vector<std::string> inputs;
  ReadSettings(environment.file_system, files, options.Get("directory"),
               settings, inputs, headers.emitter);
  const graph::Graph& graph = headers.folder.graph;
  const auto engine = environment.make_engine(settings.stand_ins);
  catalog::Catalog history;
  const bool is_head =
      migration.parents.empty() ||
      llvm::is_contained(graph.heads, migration.parents.front());
  if (is_head) {
    history = SchemaOfHeads(graph,
                            migration.parents.empty()
                                ? std::nullopt
                                : std::optional(migration.parents.front()),
                            *engine, headers.emitter);
  } else {
    history = Reach(graph, graph.revisions[migration.parents.front()], *engine,
                    headers.emitter)
                  .upgrade.after;
  }
  if (const int status = Report(headers.emitter.diagnostics(), environment.err);
      status != kSuccess) {
    return status;
  }
  const auto desired =
      ReadDesired(options, compiler_arguments, settings, environment);
  if (!desired) {
    return kFindings;
  }
  desired->CheckUnmodelled(history, options, environment);
  if (const int status =
          Report(desired->emitter.diagnostics(), environment.err);
      status != kSuccess) {
    return status;
  }
  Draft draft = MakeDraft(*desired, history, migration.parents.empty(),
                          settings, *engine);
  for (const std::string& remark : draft.remarks) {
    environment.err << "palindrome: note: " << Printable(remark) << '\n';
  }
  if (draft.upgrade.empty()) {
    if (draft.remarks.empty()) {
      environment.err << "palindrome: note: the history leads there already; "
                         "there is nothing to write\n";
      return kSuccess;
    }
    return kFindings;
  }
  std::vector<std::string> sentences = {
      "Written by `palindrome revision --autogenerate`. Read it, say why it is "
      "done instead of this, and remove the word DRAFT."};
  for (const std::string& remark : draft.remarks) {
    sentences.push_back("- " + Printable(remark));
  }
  migration.documentation = AsComment(sentences);
  migration.upgrade = std::move(draft.upgrade);
  migration.downgrade = std::move(draft.downgrade);
  migration.is_draft = true;
  return std::nullopt;
}

}  // namespace

int RunRevision(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("revision", "-m MESSAGE [OPTION]...",
                  "Makes a migration file after the head, and prints its "
                  "path.\nWith --autogenerate it is a draft of what leads from "
                  "there to the models of C++\nfiles, or to a schema in SQL; "
                  "compiler's arguments may follow `--`.");
  AddNewMigrationOptions(options);
  options.AddFlag("autogenerate", "write what leads to the models");
  AddDesiredOptions(options);
  options.AddValue("head", "TARGET",
                   "the revision that it revises, if not the only head; base: "
                   "it begins a history of its own");
  options.AddFlag("splice", "that revision need not be a head");
  options.AddList("depends-on", "TARGET",
                  "a revision of another branch that it needs; may be "
                  "repeated");
  options.AddFolder();
  const auto compiler_arguments = TakeCompilerArguments(args);
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  NewMigration migration;
  migration.upgrade = "  -- write the upgrade here\n";
  std::string problem = ReadNewMigration(options, migration);
  if (problem.empty()) {
    problem = CheckMessage(migration.message);
  }
  if (problem.empty()) {
    problem = CheckAutogenerate(options);
  }
  if (!problem.empty()) {
    return options.Misused(environment, problem);
  }
  const auto headers = ReadHeaders(options, Judge::kOrder, environment);
  if (const int status =
          Report(headers->emitter.diagnostics(), environment.err);
      status != kSuccess) {
    return status;
  }
  const graph::Graph& graph = headers->folder.graph;
  if (!options.Has("head") && graph.heads.size() > 1) {
    return RefuseHeads(graph, environment);
  }
  if (const Status status = FindNeeds(graph, options, migration);
      !status.ok()) {
    return ReportFailure(environment, status.message());
  }
  if (options.Has("autogenerate")) {
    if (const auto status = Autogenerate(options, compiler_arguments, *headers,
                                         environment, migration)) {
      return *status;
    }
  }
  return WriteNewMigration(std::move(migration), graph, options, environment);
}

}  // namespace palindrome::driver
