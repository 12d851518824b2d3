#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include "compiler/driver/analysis.h"
#include "compiler/driver/command.h"
#include "compiler/driver/derivation.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/reach.h"
#include "compiler/driver/report.h"
#include "compiler/driver/target.h"
#include "runtime/src/compatibility_text.h"
#include "runtime/src/loss_text.h"

namespace palindrome::driver {
namespace {

// What stands in a file, after the fields of its header.
void PrintFile(const graph::Revision& revision, llvm::raw_ostream& out) {
  for (const auto& [rule, reason] : AllowsOf(revision)) {
    PrintField("allows", llvm::formatv("{0}: {1}", rule, reason).str(), out);
  }
  const std::string& documentation = revision.migration.header.documentation;
  if (!documentation.empty()) {
    out << '\n' << documentation << '\n';
  }
  out << '\n' << revision.migration.file->text();
}

void PrintPlain(const Analysis& analysis, const graph::Graph& graph,
                std::size_t index, llvm::raw_ostream& out) {
  const auto loss = LossOf(analysis, index);
  const auto compatibility = CompatibilityOf(analysis, index);
  const graph::Revision& revision = graph.revisions[index];
  out << RevisionLine(graph, index) << "\n\n";
  PrintFields(revision, out);
  PrintField("loss",
             loss ? std::string(LossName(*loss))
                  : "not known before `palindrome check` passes",
             out);
  if (compatibility) {
    PrintField("compatible", std::string(CompatibilityName(*compatibility)),
               out);
  }
  PrintFile(revision, out);
}

// A file of its own, that no target means.
void PrintSquash(const graph::Squash& squash, bool as_json,
                 llvm::raw_ostream& out) {
  const graph::Revision& revision = squash.revision;
  const ast::Header& header = revision.migration.header;
  if (as_json) {
    llvm::json::Object object = JsonFile(revision);
    object["squashes"] = llvm::json::Object{
        {"from", JsonText(header.squashes->from.value)},
        {"to", JsonText(header.squashes->to.value)},
        {"approved_by", header.squashes->approved_by
                            ? JsonText(header.squashes->approved_by->value)
                            : llvm::json::Value(nullptr)}};
    object["documentation"] = JsonText(header.documentation);
    object["source"] = JsonText(revision.migration.file->text());
    PrintJson(std::move(object), out);
    return;
  }
  std::vector<std::string> marks = {"squash"};
  if (revision.locked) {
    marks.emplace_back("locked");
  }
  out << LineOf(revision, marks) << "\n\n";
  PrintFields(revision, out);
  PrintFile(revision, out);
}

void PrintJsonPlain(const Analysis& analysis, const graph::Graph& graph,
                    std::size_t index, llvm::raw_ostream& out) {
  llvm::json::Object object = JsonRevision(graph, index);
  object["loss"] = JsonLoss(LossOf(analysis, index));
  object["compatibility"] = JsonCompatibility(CompatibilityOf(analysis, index));
  const ast::Migration& migration = graph.revisions[index].migration;
  object["documentation"] = JsonText(migration.header.documentation);
  object["source"] = JsonText(migration.file->text());
  PrintJson(std::move(object), out);
}

void PrintSchema(const graph::Revision& revision, const Reached& reached,
                 const Options& options, Environment& environment) {
  const std::string schema = catalog::CanonicalText(reached.upgrade.after);
  if (options.WantsJson()) {
    PrintJson(llvm::json::Object{{"revision", JsonText(revision.id)},
                                 {"schema", JsonText(schema)}},
              environment.out);
  } else {
    environment.out << schema;
  }
}

// Returns whether there is one.
bool PrintDerived(const graph::Revision& revision, const Reached& reached,
                  const Options& options, Environment& environment,
                  diagnostics::Emitter& emitter) {
  const Derivation derivation = DeriveDowngrade(reached.upgrade);
  if (options.WantsJson()) {
    llvm::json::Object object = JsonDerivation(
        derivation, *reached.migration.file, /*section_key=*/"derived");
    object["revision"] = JsonText(revision.id);
    PrintJson(std::move(object), environment.out);
  } else {
    environment.out << derivation.section;
    for (const Refusal& refusal : derivation.refusals) {
      emitter.Emit(MakeRefusal(reached.migration, refusal));
    }
  }
  return derivation.refusals.empty();
}

// What follows from the history: --schema and --derived.
int ShowReached(Headers& headers, const graph::Revision& revision,
                const Options& options, Environment& environment) {
  config::Settings settings;
  ReadSettings(environment.file_system, headers.files, options.Get("directory"),
               settings, headers.folder.inputs, headers.emitter);
  bool found = true;
  // Without its order there is no schema.
  if (!headers.emitter.HasErrors()) {
    const auto engine = environment.make_engine(settings.stand_ins);
    const Reached reached =
        Reach(headers.folder.graph, revision, *engine, headers.emitter);
    if (!headers.emitter.HasErrors() && options.Has("schema")) {
      PrintSchema(revision, reached, options, environment);
    } else if (!headers.emitter.HasErrors()) {
      found = PrintDerived(revision, reached, options, environment,
                           headers.emitter);
    }
  }
  const int status = Report(headers.emitter.diagnostics(), environment.err);
  return found ? status : kFindings;
}

}  // namespace

int RunShow(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("show", "[OPTION]... REVISION",
                  "Shows a migration: its header, the rules that it allows "
                  "and its source.\nREVISION is an id or the start of one, "
                  "`head`, `-N` for N before the head, `+N` for\nthe Nth "
                  "from the base, or another target that is one revision.");
  options.AddFlag("schema", "show the schema after the migration instead");
  options.AddFlag("derived",
                  "show the downgrade that `DOWNGRADE AUTO` derives instead, "
                  "or why there is none");
  options.AddOperand("revision");
  options.AddFolder();
  options.AddFormat();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  if (!options.Has("revision")) {
    return options.Misused(environment, "the revision is missing");
  }
  if (options.Has("schema") && options.Has("derived")) {
    return options.Misused(environment,
                           "`--schema` and `--derived` exclude each other");
  }
  const auto headers = ReadHeaders(options, Judge::kOrder, environment);
  const graph::Graph& graph = headers->folder.graph;
  const graph::Squash* squash = graph.FindSquash(options.Get("revision"));
  const bool wants_schema = options.Has("schema") || options.Has("derived");
  if (squash != nullptr && !graph.Find(options.Get("revision"))) {
    if (wants_schema) {
      return ShowReached(*headers, squash->revision, options, environment);
    }
    if (const auto status = RefuseHalf(options, *headers, environment)) {
      return *status;
    }
    PrintSquash(*squash, options.WantsJson(), environment.out);
    return Report(headers->emitter.diagnostics(), environment.err);
  }
  const Result<std::size_t> index = FindTarget(graph, options.Get("revision"));
  if (!index.ok()) {
    Report(headers->emitter.diagnostics(), environment.err);
    return ReportFailure(environment, index.status().message());
  }
  if (wants_schema) {
    return ShowReached(*headers, graph.revisions[*index], options, environment);
  }
  if (const auto status = RefuseHalf(options, *headers, environment)) {
    return *status;
  }
  const auto analysis = Analyze(options, environment);
  if (options.WantsJson()) {
    PrintJsonPlain(*analysis, graph, *index, environment.out);
  } else {
    PrintPlain(*analysis, graph, *index, environment.out);
  }
  return Report(headers->emitter.diagnostics(), environment.err);
}

}  // namespace palindrome::driver
