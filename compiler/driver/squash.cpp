#include "compiler/graph/squash.h"

#include <algorithm>
#include <set>
#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

#include "compiler/driver/command.h"
#include "compiler/driver/edit_text.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/path.h"
#include "compiler/driver/report.h"
#include "compiler/driver/slug.h"
#include "compiler/driver/squash_text.h"
#include "compiler/driver/squashes.h"
#include "compiler/driver/target.h"

namespace palindrome::driver {
namespace {

Status Refusal(const std::string& message) {
  return {StatusCode::kBadTarget, message};
}

// What is wrong with the options, or an empty string; else they are in
// `request`.
std::string ReadOptions(const Options& options, SquashRequest& request) {
  const llvm::StringRef who = "approved-by";
  if (!options.Has("range")) {
    return "the range is missing; it is `FIRST:LAST`";
  }
  const std::string range = options.Get("range");
  const auto [first, last] = llvm::StringRef(range).split(':');
  if (first.empty() || last.empty() || last.contains(':')) {
    return "`" + range + "` is no range; it is `FIRST:LAST`";
  }
  request.approved_by = llvm::StringRef(options.Get(who.data())).trim().str();
  if (request.approved_by.empty()) {
    return "say who approves of it with --approved-by WHO";
  }
  if (OneLine(request.approved_by) != request.approved_by ||
      source::FindNoText(request.approved_by)) {
    return "--approved-by: a name is one line of UTF-8 text";
  }
  if (std::string problem = ReadNewMigration(options, request.migration);
      !problem.empty()) {
    return problem;
  }
  return options.Has("message") ? CheckMessage(request.migration.message) : "";
}

// The chain that the range means.
Result<std::vector<std::size_t>> FindMembers(const graph::Graph& graph,
                                             llvm::StringRef range) {
  const auto [from, to] = range.split(':');
  const auto first = FindTarget(graph, from.str());
  const auto last = FindTarget(graph, to.str());
  for (const auto* end : {&first, &last}) {
    if (!end->ok()) {
      return end->status();
    }
  }
  graph::Chain chain = graph::FindChain(graph, *first, *last);
  if (!chain.problem.empty()) {
    return Refusal("the revisions from `" + graph.revisions[*first].id +
                   "` to `" + graph.revisions[*last].id +
                   "` cannot be squashed: " + chain.problem);
  }
  return std::move(chain.members);
}

// Squashes of parts of the chain, whose place the new one takes.
Result<std::set<const graph::Squash*>> FindFormer(
    const graph::Graph& graph, const std::vector<std::size_t>& members) {
  std::set<const graph::Squash*> former;
  for (const std::size_t member : members) {
    if (const graph::Squash* squash = graph.SquashOf(member)) {
      former.insert(squash);
    }
  }
  for (const graph::Squash* squash : former) {
    for (const std::size_t member : squash->members) {
      if (!llvm::is_contained(members, member)) {
        return Refusal("`" + squash->revision.id +
                       "` is a squash of some of them and of `" +
                       graph.revisions[member].id +
                       "`; squash all of those, or none");
      }
    }
  }
  return former;
}

Status CheckMembers(const Analysis& analysis,
                    const std::vector<std::size_t>& members) {
  for (const std::size_t member : members) {
    const graph::Revision& revision = analysis.folder.graph.revisions[member];
    if (!revision.locked) {
      return Refusal("`" + revision.id +
                     "` is not locked; a squash is for reviewed history");
    }
    if (const Obstacle obstacle = FindObstacle(revision.migration);
        !obstacle.reason.empty()) {
      return Refusal("`" + revision.id +
                     "` cannot be squashed: " + obstacle.reason);
    }
    const auto& task = analysis.history[member]->task;
    if (analysis.settings.rehearse != config::RehearseMode::kNone &&
        !task->down) {
      return Refusal("`" + revision.id + "` has no downgrade that runs");
    }
  }
  if (analysis.settings.rehearse == config::RehearseMode::kNone) {
    return Refusal(
        "nothing is rehearsed (`rehearse = \"none\"`), and without that no "
        "squash can be shown to be right");
  }
  return Status();
}

// A folder as it is to be.
struct Layout {
  std::vector<std::string> removed;
  std::vector<OutputFile> files;  // New; the squash first.
  OutputFile lock;
};

class Squasher {
 public:
  Squasher(const Options& options, const Analysis& analysis,
           std::set<const graph::Squash*> former, Environment& environment)
      : options_(options),
        analysis_(analysis),
        graph_(analysis.folder.graph),
        former_(std::move(former)),
        environment_(environment) {}

  llvm::Expected<Layout> MakeLayout(const SquashRequest& request,
                                    const std::string& path,
                                    const std::string& text);

  // The findings of the folder as the layout leaves it.
  std::unique_ptr<Analysis> Try(const Layout& layout);

 private:
  OutputFile LockFile(const SquashRequest& request, const std::string& path,
                      const std::string& text) const;

  const Options& options_;
  const Analysis& analysis_;
  const graph::Graph& graph_;
  std::set<const graph::Squash*> former_;
  Environment& environment_;
};

std::string AsidePath(const Options& options, const source::File& file) {
  return JoinPath(
      JoinPath(options.Get("directory"), std::string(graph::kSquashedFolder)),
      std::string(file.base_name()));
}

OutputFile Squasher::LockFile(const SquashRequest& request,
                              const std::string& path,
                              const std::string& text) const {
  std::vector<graph::LockEntry> entries;
  // What it stands for was seen by no later rules.
  std::uint16_t rule_set = diagnostics::CurrentRuleSet();
  for (const std::size_t member : request.members) {
    rule_set = std::min(rule_set, graph_.revisions[member].rule_set);
  }
  for (const graph::LockEntry& entry : graph_.lock.entries) {
    const graph::Squash* squash = graph_.FindSquash(entry.revision);
    if (squash != nullptr && former_.contains(squash)) {
      continue;
    }
    entries.push_back(entry);
    const auto index = graph_.Find(entry.revision);
    if (index && llvm::is_contained(request.members, *index)) {
      entries.back().file_name =
          std::string(graph::kSquashedFolder) + "/" +
          std::string(graph_.revisions[*index].migration.file->base_name());
    }
  }
  const source::File file(path, text);
  entries.push_back({request.migration.id,
                     graph::Checksum(file),
                     rule_set,
                     std::string(file.base_name()),
                     {}});
  return {LockPathOf(options_), graph::FormatLock(entries),
          /*is_edit=*/true};
}

llvm::Expected<Layout> Squasher::MakeLayout(const SquashRequest& request,
                                            const std::string& path,
                                            const std::string& text) {
  Layout layout;
  layout.files.push_back({path, text});
  for (const graph::Squash* squash : former_) {
    layout.removed.push_back(squash->revision.migration.file->name());
  }
  for (const std::size_t member : request.members) {
    const source::File& file = *graph_.revisions[member].migration.file;
    const std::string aside = AsidePath(options_, file);
    if (file.name() == aside) {
      continue;
    }
    llvm::Expected<std::string> bytes =
        EditFile(environment_.file_system, file, {});
    if (!bytes) {
      return bytes.takeError();
    }
    layout.removed.push_back(file.name());
    layout.files.push_back({aside, *std::move(bytes)});
  }
  layout.lock = LockFile(request, path, text);
  return layout;
}

std::unique_ptr<Analysis> Squasher::Try(const Layout& layout) {
  llvm::vfs::InMemoryFileSystem memory;
  if (const auto folder = environment_.file_system.getCurrentWorkingDirectory();
      folder) {
    memory.setCurrentWorkingDirectory(*folder);
  }
  const auto add = [&memory](const OutputFile& file) {
    memory.addFile(file.path, /*ModificationTime=*/0,
                   llvm::MemoryBuffer::getMemBufferCopy(file.content));
  };
  llvm::for_each(layout.files, add);
  add(layout.lock);
  for (const std::string& path : analysis_.inputs) {
    auto buffer = environment_.file_system.getBufferForFile(path);
    if (buffer && path != layout.lock.path &&
        !llvm::is_contained(layout.removed, path)) {
      memory.addFile(path, /*ModificationTime=*/0, std::move(*buffer));
    }
  }
  Environment trial = {memory,
                       environment_.output,
                       environment_.out,
                       environment_.err,
                       environment_.version,
                       environment_.build_id,
                       environment_.now,
                       environment_.random_id,
                       environment_.make_engine,
                       environment_.read_database,
                       environment_.run_all};
  return Analyze(options_, trial);
}

// The chain as one migration, or its findings.
int Squash(const Options& options, SquashRequest request,
           const Analysis& analysis, std::set<const graph::Squash*> former,
           Environment& environment) {
  const graph::Graph& graph = analysis.folder.graph;
  const graph::Revision& first = graph.revisions[request.members.front()];
  const graph::Revision& last = graph.revisions[request.members.back()];
  request.migration.parents = first.parents;
  request.migration.depends_on = first.depends_on;
  if (request.migration.message.empty()) {
    request.migration.message = "squash " + first.id + " to " + last.id;
  }
  if (const std::string problem =
          SettleId(request.migration, graph, environment);
      !problem.empty()) {
    return ReportFailure(environment, problem);
  }
  const std::time_t now = environment.now();
  const std::string path =
      JoinPath(options.Get("directory"),
               FileStamp(now) + MakeSlug(request.migration.message) + ".sql");
  if (environment.file_system.exists(path)) {
    return ReportFailure(environment, "`" + path + "` exists already");
  }
  Squasher squasher(options, analysis, std::move(former), environment);
  std::unique_ptr<Analysis> trial;
  for (const std::string& text : SquashTexts(request, analysis, now)) {
    llvm::Expected<Layout> layout = squasher.MakeLayout(request, path, text);
    if (!layout) {
      return ReportFailure(environment, llvm::toString(layout.takeError()));
    }
    trial = squasher.Try(*layout);
    if (trial->emitter.HasErrors()) {
      continue;
    }
    if (llvm::Error error = environment.output.Rearrange(
            layout->removed, layout->files, &layout->lock)) {
      return ReportFailure(environment, llvm::toString(std::move(error)));
    }
    for (const OutputFile& file : layout->files) {
      environment.out << file.path << '\n';
    }
    return kSuccess;
  }
  Report(trial->emitter.diagnostics(), environment.err);
  return ReportFailure(environment,
                       "the revisions from `" + first.id + "` to `" + last.id +
                           "` cannot be squashed; nothing was written");
}

}  // namespace

int RunSquash(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("squash", "[OPTION]... FIRST:LAST --approved-by WHO",
                  "Writes one migration that stands for those from FIRST to "
                  "LAST where a database is to\nrun all of them. They move to "
                  "the folder `squashed`, keep their ids, and serve\n"
                  "databases that are at one of them. The build shows that "
                  "both leave the same.\nPrints the paths of the new files.");
  options.AddValue("approved-by", "WHO", "who approves of it");
  options.AddValue("message,m", "MESSAGE",
                   "its title, if not \"squash FIRST to LAST\"");
  options.AddValue("rev-id", "ID",
                   "its revision id, if not one that chance chooses");
  options.AddOperand("range");
  options.AddFolder();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  SquashRequest request;
  if (const std::string problem = ReadOptions(options, request);
      !problem.empty()) {
    return options.Misused(environment, problem);
  }
  const auto analysis = Analyze(options, environment);
  if (analysis->emitter.HasErrors()) {
    return Report(analysis->emitter.diagnostics(), environment.err);
  }
  const graph::Graph& graph = analysis->folder.graph;
  auto members = FindMembers(graph, options.Get("range"));
  if (!members.ok()) {
    return ReportFailure(environment, members.status().message());
  }
  if (const Status status = CheckMembers(*analysis, *members); !status.ok()) {
    return ReportFailure(environment, status.message());
  }
  auto former = FindFormer(graph, *members);
  if (!former.ok()) {
    return ReportFailure(environment, former.status().message());
  }
  request.members = *std::move(members);
  return Squash(options, std::move(request), *analysis, *std::move(former),
                environment);
}

}  // namespace palindrome::driver
