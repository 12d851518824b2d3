#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

#include "compiler/autogenerate/operations.h"
#include "compiler/catalog/simulate.h"
#include "compiler/driver/command.h"
#include "compiler/driver/desired.h"
#include "compiler/driver/options.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/report.h"
#include "compiler/driver/schema_of.h"
#include "compiler/parse/parse.h"
#include "runtime/src/printable.h"

namespace palindrome::driver {
namespace {

using catalog::Catalog;
using Changes = std::vector<Catalog::Change>;

// As of diff(1).
constexpr int kSame = 0;
constexpr int kDifferent = 1;
constexpr int kTrouble = 2;

// Adds what the statements do not bring about, if they are not all of it.
void CheckOperations(const Catalog& before, const Catalog& after,
                     catalog::Engine& engine,
                     autogenerate::Operations& operations) {
  const source::File file(
      "diff.sql",
      "MIGRATION 'diff' REVISION 'diff' REVISES NONE;\n"
      "UPGRADE BEGIN\n" +
          autogenerate::PrintOperations(operations.statements) + "END;\n");
  diagnostics::Emitter emitter;
  const ast::Migration migration = parse::ParseMigration(file, emitter);
  const auto simulation =
      catalog::Simulate(migration.upgrade.items, &file, before, engine);
  for (const diagnostics::Diagnostic& each : emitter.diagnostics()) {
    operations.refusals.push_back(each.message);
  }
  for (const catalog::Step& step : simulation.steps) {
    if (!step.applies) {
      operations.refusals.push_back("`" + ast::Print(step.item->statement) +
                                    "` does not apply");
    }
  }
  if (!operations.refusals.empty()) {
    return;
  }
  for (const auto& change :
       autogenerate::SchemaChanges(after, simulation.after)) {
    for (std::string& line : catalog::DescribeChange(change)) {
      operations.refusals.push_back(std::move(line));
    }
  }
}

void PrintPlain(const Changes& changes, const std::string& from,
                const std::string& to, llvm::raw_ostream& out) {
  if (changes.empty()) {
    return;
  }
  out << "from `" << Printable(from) << "` to `" << Printable(to) << "`:\n";
  for (const Catalog::Change& change : changes) {
    for (const std::string& line : catalog::DescribeChange(change)) {
      out << "  " << Printable(line) << '\n';
    }
  }
}

void PrintSql(const autogenerate::Operations& operations,
              llvm::raw_ostream& out) {
  if (!operations.refusals.empty()) {
    out << "-- No statement of the language makes these differences:\n";
  }
  for (const std::string& refusal : operations.refusals) {
    out << "--   " << Printable(refusal) << '\n';
  }
  out << autogenerate::PrintOperations(operations.statements);
}

llvm::json::Value JsonObject(const catalog::ObjectPtr& object) {
  if (!object) {
    return nullptr;
  }
  return JsonText(
      std::visit([](const auto& definition) { return ast::Print(definition); },
                 object->definition));
}

llvm::json::Object JsonDiff(const Changes& changes,
                            const autogenerate::Operations& operations) {
  llvm::json::Array differences;
  for (const Catalog::Change& change : changes) {
    const catalog::Object& present =
        change.before ? *change.before : *change.after;
    differences.push_back(llvm::json::Object{
        {"kind", JsonText(catalog::ObjectKindName(present.kind()))},
        {"name", JsonText(present.name())},
        {"change", !change.before  ? "added"
                   : !change.after ? "removed"
                                   : "changed"},
        {"before", JsonObject(change.before)},
        {"after", JsonObject(change.after)},
        {"words", JsonTexts(catalog::DescribeChange(change))}});
  }
  std::vector<std::string> statements;
  for (const ast::Statement& statement : operations.statements) {
    statements.push_back(ast::Print(statement));
  }
  return llvm::json::Object{{"same", changes.empty()},
                            {"differences", std::move(differences)},
                            {"statements", JsonTexts(statements)},
                            {"refusals", JsonTexts(operations.refusals)}};
}

bool MeansModels(const std::string& word, Environment& environment) {
  return word == "models" && !environment.file_system.exists(word);
}

// Emits what palindrome.toml says of tables that the history has not.
bool CheckUnmodelled(Desired& desired, const Options& options,
                     const config::Settings& settings,
                     Environment& environment) {
  if (desired.unmodelled.empty()) {
    return true;
  }
  std::vector<std::string> inputs;
  const auto history = ReadHistory(options, settings, environment, inputs);
  if (history) {
    desired.CheckUnmodelled(*history, options, environment);
  }
  return history.has_value();
}

// Both schemas. The models leave open some spellings, which are those of the
// other one.
bool ReadBoth(const Options& options,
              const std::vector<std::string>& compiler_arguments,
              const config::Settings& settings, Environment& environment,
              std::optional<Catalog>& before, std::optional<Catalog>& after) {
  std::unique_ptr<Desired> desired;
  for (const auto& [name, schema] :
       {std::pair{"old", &before}, {"new", &after}}) {
    const std::string word = options.Get(name);
    if (!MeansModels(word, environment)) {
      *schema = SchemaOf(word, options, settings.stand_ins, environment);
      if (!*schema) {
        return false;
      }
    } else if (!desired) {
      desired = ReadDesired(options, compiler_arguments, settings, environment);
      if (!desired ||
          !CheckUnmodelled(*desired, options, settings, environment) ||
          Report(desired->emitter.diagnostics(), environment.err) != kSuccess) {
        return false;
      }
    }
  }
  if (!before) {
    before = desired->After(after ? *after : Catalog());
  }
  if (!after) {
    after = desired->After(*before);
  }
  return true;
}

int Compare(const Options& options,
            const std::vector<std::string>& compiler_arguments,
            const config::Settings& settings, Environment& environment) {
  std::optional<Catalog> before;
  std::optional<Catalog> after;
  if (!ReadBoth(options, compiler_arguments, settings, environment, before,
                after)) {
    return kTrouble;
  }
  const Changes changes = autogenerate::SchemaChanges(*before, *after);
  if (options.Get("format") == "text") {
    PrintPlain(changes, options.Get("old"), options.Get("new"),
               environment.out);
    return changes.empty() ? kSame : kDifferent;
  }
  auto operations = autogenerate::FindOperations(*before, *after);
  const auto engine = environment.make_engine(settings.stand_ins);
  CheckOperations(*before, *after, *engine, operations);
  if (options.WantsJson()) {
    PrintJson(JsonDiff(changes, operations), environment.out);
  } else {
    PrintSql(operations, environment.out);
  }
  return changes.empty() ? kSame : kDifferent;
}

}  // namespace

int RunDiff(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options(
      "diff", "[OPTION]... OLD NEW",
      "Says how two schemas differ. OLD and NEW are any of: a revision of the "
      "folder, or\n`base`; a database of SQLite; a program with a history; a "
      "file of SQL statements;\n`models`: what structs of C++ say, of the "
      "files "
      "that --models names or the sources of\na build directory.\n`--format "
      "sql` prints the statements of an "
      "upgrade that leads from OLD to NEW.\nThe exit status is 0 if they are "
      "the same, 1 if they differ, 2 for trouble.");
  options.AddOperand("old");
  options.AddOperand("new");
  options.AddValue("history", "NAME",
                   "which history of a program that has several");
  options.AddFolder();
  options.AddFormat({"sql"});
  AddDesiredOptions(options);
  const auto compiler_arguments = TakeCompilerArguments(args);
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  if (!options.Has("old") || !options.Has("new")) {
    return options.Misused(environment, "two schemas are to be named");
  }
  config::Settings settings;
  source::Files files;
  std::vector<std::string> inputs;
  diagnostics::Emitter emitter;
  ReadSettings(environment.file_system, files, options.Get("directory"),
               settings, inputs, emitter);
  if (Report(emitter.diagnostics(), environment.err) != kSuccess) {
    return kTrouble;
  }
  return Compare(options, compiler_arguments, settings, environment);
}

}  // namespace palindrome::driver
