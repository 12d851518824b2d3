#include "compiler/driver/import_history.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

#include "compiler/driver/import_report.h"
#include "compiler/driver/import_session.h"
#include "compiler/driver/migration_analysis.h"
#include "compiler/driver/unwritten.h"
#include "compiler/parse/parse.h"

namespace palindrome::driver {

namespace {

using diagnostics::Diagnostic;
using diagnostics::Kind;
using Migrations = std::vector<ImportedMigration>;

constexpr llvm::StringLiteral kFolder = "/migrations";

// Whether another downgrade would answer it.
bool IsOfDowngrade(const Diagnostic& error, const ast::Migration* parsed) {
  return error.kind == Kind::kMissingDowngrade ||
         error.kind == Kind::kDowngradeDoesNotApply ||
         error.kind == Kind::kDowngradeSchemaMismatch ||
         (parsed != nullptr && parsed->downgrade &&
          error.location.range.begin >= parsed->downgrade->keyword.begin);
}

std::string Describe(const Diagnostic& diagnostic) {
  return diagnostic.message + " [" +
         diagnostics::Info(diagnostic.kind).tag.str() + "]";
}

// The first name that the message quotes.
std::string QuotedName(llvm::StringRef message) {
  return message.split('`').second.split('`').first.str();
}

class Session {
 public:
  Session(const ImportOptions& options, config::Settings settings,
          Environment& environment)
      : options_(options),
        settings_(std::move(settings)),
        environment_(environment) {}

  ImportedHistory Run(const importer::ForeignHistory& history) && {
    migrations_ = NameMigrations(history);
    std::string parent;
    for (std::size_t i = 0; i < history.size(); ++i) {
      ImportedMigration& migration = migrations_[i];
      migration.identity.parent = parent;
      importer::Converted converted =
          importer::Convert(history[i], migration.identity);
      migration.text = std::move(converted.text);
      migration.notes = std::move(converted.notes);
      migration.failure = std::move(converted.failure);
      migration.is_empty = converted.is_empty;
      if (!migration.text.empty()) {
        parent = migration.identity.revision;
      }
    }
    SettleEach();
    Settle();
    if (options_.repair) {
      Repair();
    }
    Conclude();
    SettleBehindLock();
    return {std::move(migrations_), std::move(stand_ins_)};
  }

 private:
  // Declares what they call the application's; true if there was any.
  bool DeclareStandIns(const std::vector<Diagnostic>& diagnostics) {
    std::set<std::string> functions;
    std::set<std::string> collations;
    for (const Diagnostic& diagnostic : diagnostics) {
      const Kind kind = diagnostic.found_by.value_or(diagnostic.kind);
      if (kind == Kind::kApplicationFunction &&
          diagnostic.severity == diagnostics::Severity::kError) {
        const bool is_function =
            llvm::StringRef(diagnostic.message).starts_with("function");
        (is_function ? functions : collations)
            .insert(QuotedName(diagnostic.message));
      }
    }
    for (rehearse::StandIns* stand_ins : {&stand_ins_, &settings_.stand_ins}) {
      for (const std::string& name : functions) {
        constexpr int kAny = -1;
        stand_ins->functions.emplace_back(name, kAny);
      }
      stand_ins->collations.insert(stand_ins->collations.end(),
                                   collations.begin(), collations.end());
    }
    return !functions.empty() || !collations.empty();
  }

  // Answers what keeps a migration from applying, one migration after the
  // other: the pipeline says nothing of those behind it, so that it would have
  // to run for each.
  void SettleEach() {
    auto engine = environment_.make_engine(settings_.stand_ins);
    catalog::Catalog before;
    for (std::size_t i = 0; i < migrations_.size(); ++i) {
      // Each round takes a quoted name or an unknown function away.
      for (std::size_t round = 0; round < migrations_[i].text.size(); ++round) {
        const source::File file(migrations_[i].file_name, migrations_[i].text);
        diagnostics::Emitter emitter;
        const ast::Migration migration = parse::ParseMigration(file, emitter);
        const MigrationAnalysis analysis =
            AnalyseMigration(migration, before, settings_, *engine, emitter);
        std::vector<Diagnostic> found = emitter.diagnostics();
        const auto& problems = analysis.downgrade.simulation.problems;
        found.insert(found.end(), problems.begin(), problems.end());
        if (DeclareStandIns(found)) {
          engine = environment_.make_engine(settings_.stand_ins);
          continue;
        }
        std::vector<Edit> edits = FindStrings(i, migration, found);
        if (edits.empty()) {
          before = analysis.upgrade.after;
          break;
        }
        ApplyEdits(std::move(edits), migrations_);
      }
    }
  }

  // Runs the pipeline and answers what it says, until it says nothing that
  // can be answered.
  void Settle() {
    trial_ = Try(migrations_, lock_, settings_, environment_);
    // Each round answers what the one before uncovered, in the migrations
    // behind it at the latest.
    for (std::size_t round = 0; round < 2 * migrations_.size() + 4; ++round) {
      if (DeclareStandIns(trial_->emitter.diagnostics())) {
        trial_ = Try(migrations_, lock_, settings_, environment_);
        continue;
      }
      auto edits =
          FindEdits(*trial_, migrations_,
                    "imported from " + options_.origin + ", as it was");
      if (edits.empty()) {
        return;
      }
      ApplyEdits(std::move(edits), migrations_);
      trial_ = Try(migrations_, lock_, settings_, environment_);
    }
  }

  // The errors of each migration.
  std::vector<std::vector<const Diagnostic*>> Errors() const {
    std::vector<std::vector<const Diagnostic*>> errors(migrations_.size());
    for (const Diagnostic& diagnostic : trial_->emitter.diagnostics()) {
      const auto index = trial_->MigrationOf(diagnostic);
      if (index && diagnostic.severity == diagnostics::Severity::kError) {
        errors[*index].push_back(&diagnostic);
      }
    }
    return errors;
  }

  void Derive(ImportedMigration& migration) const {
    const ast::Migration* parsed = trial_->Parsed(migration);
    if (parsed != nullptr && parsed->downgrade) {
      migration.text.resize(parsed->downgrade->keyword.begin);
      migration.text += "DOWNGRADE AUTO;\n";
    }
  }

  void Repair() {
    std::map<std::size_t, std::string> as_it_was;
    const auto before = Errors();
    for (std::size_t i = 0; i < migrations_.size(); ++i) {
      const ast::Migration* parsed = trial_->Parsed(migrations_[i]);
      if (llvm::any_of(before[i], [&](const Diagnostic* error) {
            return IsOfDowngrade(*error, parsed);
          })) {
        as_it_was[i] = migrations_[i].text;
        Derive(migrations_[i]);
      }
    }
    Settle();
    // One that is taken back may let those behind it be judged.
    while (TakeBack(as_it_was)) {
      Settle();
    }
    for (const auto& [index, text] : as_it_was) {
      migrations_[index].notes.emplace_back("its downgrade is derived");
    }
  }

  // The downgrades as they were where the derived one is refused; those are
  // taken out of `as_it_was`. False if there are none.
  bool TakeBack(std::map<std::size_t, std::string>& as_it_was) {
    const auto errors = Errors();
    const auto refused = std::erase_if(as_it_was, [&](auto& entry) {
      auto& [index, text] = entry;
      if (errors[index].empty()) {
        return false;
      }
      ImportedMigration& migration = migrations_[index];
      migration.notes.push_back("its downgrade cannot be derived: " +
                                errors[index].front()->message);
      migration.text = std::move(text);
      return true;
    });
    return refused > 0;
  }

  // Some rules look at what is not locked yet, and the next check finds the
  // first migrations locked.
  void SettleBehindLock() {
    const auto entries = LockOf(migrations_);
    if (entries.empty() || entries.size() == trial_->by_file_name.size()) {
      return;
    }
    lock_ = graph::FormatLock(entries);
    Settle();
    Conclude();
  }

  void Conclude() {
    const auto errors = Errors();
    for (std::size_t i = 0; i < migrations_.size(); ++i) {
      migrations_[i].findings.clear();
      for (const Diagnostic* error : errors[i]) {
        migrations_[i].findings.push_back(Describe(*error));
      }
    }
    const auto& revisions = trial_->folder.graph.revisions;
    for (std::size_t i = 0; i < revisions.size(); ++i) {
      const auto index =
          trial_->by_file_name.find(revisions[i].migration.file->base_name());
      if (index == trial_->by_file_name.end()) {
        continue;
      }
      ImportedMigration& migration = migrations_[index->second];
      migration.checksum = revisions[i].checksum;
      if (migration.findings.empty() && !trial_->judged[i]) {
        migration.findings.push_back(
            "it is not checked, since one before it does not apply");
      }
    }
  }

  const ImportOptions& options_;
  config::Settings settings_;
  Environment& environment_;
  Migrations migrations_;
  rehearse::StandIns stand_ins_;
  std::string lock_;
  std::unique_ptr<Trial> trial_;
};

}  // namespace

std::optional<std::size_t> Trial::MigrationOf(
    const Diagnostic& diagnostic) const {
  if (diagnostic.location.file == nullptr) {
    return std::nullopt;
  }
  const auto found = by_file_name.find(diagnostic.location.file->base_name());
  return found == by_file_name.end() ? std::nullopt
                                     : std::optional(found->second);
}

const ast::Migration* Trial::Parsed(const ImportedMigration& migration) const {
  for (const graph::Revision& revision : folder.graph.revisions) {
    if (revision.migration.file->base_name() == migration.file_name) {
      return &revision.migration;
    }
  }
  return nullptr;
}

std::unique_ptr<Trial> Try(const Migrations& migrations,
                           const std::string& lock,
                           const config::Settings& settings,
                           Environment& environment) {
  auto trial = std::make_unique<Trial>();
  llvm::vfs::InMemoryFileSystem files;
  files.addFile((kFolder + "/.keep").str(), 0,
                llvm::MemoryBuffer::getMemBuffer(""));
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    if (!migrations[i].text.empty()) {
      files.addFile((kFolder + "/" + migrations[i].file_name).str(), 0,
                    llvm::MemoryBuffer::getMemBufferCopy(migrations[i].text));
      trial->by_file_name[migrations[i].file_name] = i;
    }
  }
  if (!lock.empty()) {
    files.addFile((kFolder + "/migrations.lock").str(), 0,
                  llvm::MemoryBuffer::getMemBuffer(lock));
  }
  trial->folder = ReadFolder(files, trial->files, kFolder.str(), "",
                             /*headers_only=*/false, trial->emitter);
  for (const graph::Revision& revision : trial->folder.graph.revisions) {
    CheckWritten(revision.migration, trial->emitter);
  }
  const auto engine = environment.make_engine(settings.stand_ins);
  trial->judged = CompileHistory(trial->folder, settings, *engine,
                                 /*cache=*/nullptr, trial->emitter)
                      .judged;
  return trial;
}

ImportedHistory ImportHistory(const importer::ForeignHistory& history,
                              const ImportOptions& options,
                              const config::Settings& settings,
                              Environment& environment) {
  return Session(options, settings, environment).Run(history);
}

}  // namespace palindrome::driver
