#include "compiler/driver/mend.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include "compiler/driver/edit_text.h"
#include "compiler/driver/origin.h"
#include "compiler/driver/overlay_files.h"

namespace palindrome::driver {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Fix;

// A fix may uncover another; a folder that needs more is beyond mending.
constexpr int kMostRounds = 20;

using Texts = std::map<std::string, std::string>;  // Bytes by path.
using Edits = std::map<const source::File*, std::vector<TextEdit>>;

// The files of the folder that may be edited: palindrome.toml, and migrations
// of which the lock file knows neither the id nor the name.
class Editable {
 public:
  explicit Editable(const Folder& folder) : folder_(folder) {
    for (const graph::LockEntry& entry : folder.graph.lock.entries) {
      locked_.insert(llvm::sys::path::filename(entry.file_name).str());
      missed_.insert(entry.revision);
    }
    for (const graph::Revision* revision : folder.graph.All()) {
      missed_.erase(revision->id);
      if (revision->locked) {
        locked_.insert(std::string(revision->migration.file->base_name()));
      }
    }
  }

  bool Has(const source::File* file) const {
    // Any file may be the one that was locked.
    if (file == nullptr || !folder_.graph.lock.complete || !missed_.empty() ||
        locked_.contains(std::string(file->base_name()))) {
      return false;
    }
    const llvm::StringRef name(file->name());
    return file->base_name() == "palindrome.toml" ||
           (name.ends_with(".sql") &&
            std::find(folder_.inputs.begin(), folder_.inputs.end(),
                      file->name()) != folder_.inputs.end());
  }

 private:
  const Folder& folder_;
  std::set<std::string> locked_;  // Names of files.
  std::set<std::string> missed_;  // Locked revisions that no file has.
};

bool Overlap(source::Range one, source::Range other) {
  return one.begin == other.begin ||
         (one.begin < other.end && other.begin < one.end);
}

bool IsFree(const Edits& edits, const diagnostics::Edit& edit) {
  const auto found = edits.find(edit.location.file);
  return found == edits.end() ||
         std::none_of(found->second.begin(), found->second.end(),
                      [&](const TextEdit& other) {
                        return Overlap(other.range, edit.location.range);
                      });
}

// The fix to be made of a finding in this round; null: none.
const Fix* ChooseFix(const Diagnostic& finding, const Editable& editable,
                     const Edits& edits) {
  for (const Fix& fix : finding.fixes) {
    const bool fits = fix.mechanical &&
                      std::all_of(fix.edits.begin(), fix.edits.end(),
                                  [&](const diagnostics::Edit& edit) {
                                    return editable.Has(edit.location.file) &&
                                           IsFree(edits, edit);
                                  });
    if (fits) {
      return &fix;
    }
  }
  return nullptr;
}

// What a round makes.
struct Round {
  Edits edits;
  std::vector<std::pair<const Diagnostic*, const Fix*>> made;
};

// Where two edits overlap, the first finding's is made, and the other may be
// in the next round.
Round ChooseEdits(const Analysis& analysis) {
  const Editable editable(analysis.folder);
  Round round;
  for (const Diagnostic& finding : analysis.emitter.diagnostics()) {
    const Fix* fix = ChooseFix(finding, editable, round.edits);
    if (fix == nullptr) {
      continue;
    }
    for (const diagnostics::Edit& edit : fix->edits) {
      round.edits[edit.location.file].push_back(
          {edit.location.range, edit.text});
    }
    round.made.emplace_back(&finding, fix);
  }
  return round;
}

// A file as it was before the first edit.
struct Original {
  std::string bytes;
  source::File file;
  Origin origin;  // Of the text as it is now.
};

llvm::Expected<std::string> ReadBytes(llvm::vfs::FileSystem& files,
                                      const std::string& path) {
  const auto buffer = files.getBufferForFile(path, /*FileSize=*/-1,
                                             /*RequiresNullTerminator=*/false,
                                             /*IsVolatile=*/true);
  if (!buffer) {
    return llvm::createStringError("`%s` cannot be read: %s", path.c_str(),
                                   buffer.getError().message().c_str());
  }
  return (*buffer)->getBuffer().str();
}

class Mender {
 public:
  Mender(const Options& options, Environment& environment)
      : options_(options), environment_(environment) {}

  llvm::Expected<MendedAnalysis> Run() {
    MendedAnalysis result;
    for (int round = 0;; ++round) {
      const auto files = OverlayFiles(environment_.file_system, {&texts_});
      Environment environment = WithFiles(environment_, *files);
      result.analysis = Analyze(options_, environment);
      if (!result.analysis->usage_problem.empty() || round == kMostRounds) {
        break;
      }
      const Round chosen = ChooseEdits(*result.analysis);
      if (chosen.edits.empty()) {
        break;
      }
      for (const auto& [finding, fix] : chosen.made) {
        result.mends.push_back(MendOf(*finding, *fix));
      }
      llvm::Expected<bool> changed = Make(chosen.edits, *files);
      if (!changed) {
        return changed.takeError();
      }
      if (!*changed) {
        break;
      }
    }
    if (llvm::Error error = Write()) {
      return error;
    }
    std::stable_sort(
        result.mends.begin(), result.mends.end(),
        [](const Mend& one, const Mend& other) {
          return std::tie(one.file, one.place.line, one.place.column) <
                 std::tie(other.file, other.place.line, other.place.column);
        });
    return result;
  }

 private:
  Mend MendOf(const Diagnostic& finding, const Fix& fix) const {
    const source::File& file = *finding.location.file;
    const std::uint32_t offset = finding.location.range.begin;
    const auto original = originals_.find(file.name());
    return {
        file.name(),
        original == originals_.end()
            ? file.Resolve(offset)
            : original->second.file.Resolve(original->second.origin.Of(offset)),
        fix.title, finding.kind};
  }

  // Whether anything is another than before.
  llvm::Expected<bool> Make(const Edits& edits, llvm::vfs::FileSystem& files) {
    bool changed = false;
    for (const auto& [file, of_file] : edits) {
      const std::string& path = file->name();
      if (!originals_.contains(path)) {
        auto original = ReadBytes(files, path);
        if (!original) {
          return original.takeError();
        }
        originals_.emplace(
            path,
            Original{std::move(*original), *file,
                     Origin(static_cast<std::uint32_t>(file->text().size()))});
      }
      auto bytes = EditFile(files, *file, of_file);
      if (!bytes) {
        return bytes.takeError();
      }
      originals_.at(path).origin.Apply(of_file);
      changed |= !texts_.contains(path) || texts_[path] != *bytes;
      texts_[path] = std::move(*bytes);
    }
    return changed;
  }

  llvm::Error Write() const {
    std::vector<OutputFile> files;
    for (const auto& [path, text] : texts_) {
      auto now = ReadBytes(environment_.file_system, path);
      if (!now) {
        return now.takeError();
      }
      if (*now != originals_.at(path).bytes) {
        return llvm::createStringError("`%s` has changed meanwhile; try again",
                                       path.c_str());
      }
      files.push_back({path, text, /*is_edit=*/true});
    }
    return files.empty() ? llvm::Error::success()
                         : environment_.output.Write(files);
  }

  const Options& options_;
  Environment& environment_;
  Texts texts_;                                // What was edited.
  std::map<std::string, Original> originals_;  // The same as it was.
};

}  // namespace

llvm::Expected<MendedAnalysis> MendAndAnalyze(const Options& options,
                                              Environment& environment) {
  return Mender(options, environment).Run();
}

}  // namespace palindrome::driver
