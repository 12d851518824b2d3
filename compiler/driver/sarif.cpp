#include "compiler/driver/sarif.h"

#include <algorithm>
#include <map>
#include <utility>

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

#include "compiler/checks/rule.h"
#include "compiler/driver/report.h"
#include "compiler/lsp/positions.h"
#include "compiler/source/uri.h"

namespace palindrome::driver {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Kind;
using diagnostics::KindInfo;
using diagnostics::Severity;
using llvm::json::Array;
using llvm::json::Object;

// By kind, so in the order of kinds.def: its place among the rules of the run.
using Places = std::map<Kind, std::int64_t>;

llvm::StringRef LevelOf(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kNote:
      return "note";
    case Severity::kOff:
      return "none";
  }
  llvm_unreachable("not a severity");
}

Object TextMessage(llvm::StringRef text) {
  return Object{{"text", JsonText(text)}};
}

bool HasDotDot(llvm::StringRef path) {
  return std::any_of(llvm::sys::path::begin(path), llvm::sys::path::end(path),
                     [](llvm::StringRef part) { return part == ".."; });
}

// Both ends are exclusive at the right, as ours are.
Object Region(const source::File& file, source::Range range) {
  const lsp::Position begin = lsp::PositionOf(file, range.begin);
  const lsp::Position end =
      lsp::PositionOf(file, std::max(range.begin, range.end));
  return Object{{"startLine", begin.line + 1},
                {"startColumn", begin.character + 1},
                {"endLine", end.line + 1},
                {"endColumn", end.character + 1}};
}

// Writes results, by the rules that they are of.
class Writer {
 public:
  Writer(llvm::vfs::FileSystem& file_system, Places places)
      : file_system_(file_system), places_(std::move(places)) {
    if (const auto root = file_system_.getCurrentWorkingDirectory()) {
      root_ = *root;
    }
  }

  Object Result(const Diagnostic& diagnostic) const;

 private:
  Object FileLocation(const source::File& file) const;
  Object Place(const source::Location& location) const;
  Object JsonFix(const diagnostics::Fix& fix) const;

  llvm::vfs::FileSystem& file_system_;
  Places places_;
  std::string root_;  // Empty: there is none.
};

Object Writer::FileLocation(const source::File& file) const {
  llvm::SmallString<128> path(file.name());
  if (HasDotDot(path)) {
    // No URI may leave its base. Behind a link, `..` is of its target.
    llvm::SmallString<128> real;
    if (!file_system_.getRealPath(path, real)) {
      path = real;
    }
    file_system_.makeAbsolute(path);
  }
  llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
  llvm::StringRef name(path);
  if (!root_.empty() && name.starts_with(root_)) {
    llvm::StringRef rest = name.drop_front(root_.size());
    if (root_.back() == '/' || rest.consume_front("/")) {
      name = rest;
    }
  }
  const std::string encoded =
      source::EncodePath(std::string_view(name.data(), name.size()));
  if (llvm::sys::path::is_absolute(name)) {
    return Object{{"uri", "file://" + encoded}};
  }
  return Object{{"uri", encoded}, {"uriBaseId", "%SRCROOT%"}};
}

// What has no place in a file is of the history as a whole.
Object Writer::Place(const source::Location& location) const {
  if (location.file == nullptr) {
    return Object{};
  }
  return Object{{"physicalLocation",
                 Object{{"artifactLocation", FileLocation(*location.file)},
                        {"region", Region(*location.file, location.range)}}}};
}

Object Writer::JsonFix(const diagnostics::Fix& fix) const {
  // A change is of one file.
  std::vector<std::pair<const source::File*, Array>> changes;
  for (const diagnostics::Edit& edit : fix.edits) {
    const source::File* file = edit.location.file;
    if (changes.empty() || changes.back().first != file) {
      changes.emplace_back(file, Array());
    }
    changes.back().second.push_back(
        Object{{"deletedRegion", Region(*file, edit.location.range)},
               {"insertedContent", TextMessage(edit.text)}});
  }
  Array artifact_changes;
  for (auto& [file, replacements] : changes) {
    artifact_changes.push_back(
        Object{{"artifactLocation", FileLocation(*file)},
               {"replacements", std::move(replacements)}});
  }
  return Object{{"description", TextMessage(fix.title)},
                {"artifactChanges", std::move(artifact_changes)},
                {"properties", Object{{"mechanical", fix.mechanical}}}};
}

Object Writer::Result(const Diagnostic& diagnostic) const {
  Object result{{"ruleId", diagnostics::Info(diagnostic.kind).tag},
                {"ruleIndex", places_.at(diagnostic.kind)},
                {"level", LevelOf(diagnostic.severity)},
                {"message", TextMessage(diagnostic.message)}};
  if (diagnostic.location.file != nullptr) {
    result["locations"] = Array{Place(diagnostic.location)};
  }
  Array related;
  for (const diagnostics::Note& note : diagnostic.notes) {
    Object location = Place(note.location);
    location["message"] = TextMessage(note.message);
    related.push_back(std::move(location));
  }
  if (!related.empty()) {
    result["relatedLocations"] = std::move(related);
  }
  Array fixes;
  for (const diagnostics::Fix& fix : diagnostic.fixes) {
    fixes.push_back(JsonFix(fix));
  }
  if (!fixes.empty()) {
    result["fixes"] = std::move(fixes);
  }
  return result;
}

Object Descriptor(const KindInfo& info) {
  const checks::Rule* rule = checks::FindRule(info.kind);
  const llvm::StringRef summary = rule != nullptr
                                      ? llvm::StringRef(rule->summary)
                                      : llvm::StringRef(info.meaning);
  Object descriptor{
      {"id", info.tag},
      {"shortDescription", TextMessage(summary)},
      {"defaultConfiguration", Object{{"level", LevelOf(info.severity)}}},
      {"properties",
       Object{{"tags", Array{diagnostics::GroupName(info.group)}}}}};
  if (rule != nullptr) {
    const llvm::StringRef rationale =
        llvm::StringRef(rule->rationale).trim('\n');
    descriptor["fullDescription"] = TextMessage(rationale);
    descriptor["help"] = Object{{"text", rationale}, {"markdown", rationale}};
  }
  return descriptor;
}

}  // namespace

llvm::json::Value Sarif(const std::vector<Diagnostic>& diagnostics,
                        llvm::vfs::FileSystem& file_system,
                        const std::string& version) {
  Places places;
  for (const Diagnostic& diagnostic : diagnostics) {
    places.emplace(diagnostic.kind, 0);
  }
  Array rules;
  for (auto& [kind, place] : places) {
    place = static_cast<std::int64_t>(rules.size());
    rules.push_back(Descriptor(diagnostics::Info(kind)));
  }
  const Writer writer(file_system, std::move(places));
  Array results;
  for (const Diagnostic& diagnostic : diagnostics) {
    results.push_back(writer.Result(diagnostic));
  }
  Object driver{{"name", "palindrome"},
                {"version", version},
                {"rules", std::move(rules)}};
  Object root{{"description",
               TextMessage("the folder that palindrome was started in")}};
  Object run{{"tool", Object{{"driver", std::move(driver)}}},
             {"columnKind", "utf16CodeUnits"},
             {"originalUriBaseIds", Object{{"%SRCROOT%", std::move(root)}}},
             {"results", std::move(results)}};
  return Object{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                {"version", "2.1.0"},
                {"runs", Array{std::move(run)}}};
}

}  // namespace palindrome::driver
