#include "compiler/driver/sarif.h"

#include <algorithm>
#include <map>
#include <utility>

#include "llvm/Support/Path.h"

#include "compiler/checks/rule.h"
#include "compiler/driver/report.h"
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

Object FileLocation(const source::File& file) {
  llvm::StringRef name(file.name());
  name.consume_front("./");
  if (llvm::sys::path::is_absolute(name)) {
    return Object{{"uri", "file://" + source::EncodePath(file.name())}};
  }
  return Object{{"uri", source::EncodePath({name.data(), name.size()})},
                {"uriBaseId", "%SRCROOT%"}};
}

// Both ends are exclusive at the right, as ours are.
Object Region(const source::File& file, source::Range range) {
  const source::LineColumn begin = file.Resolve(range.begin);
  const source::LineColumn end = file.Resolve(std::max(range.begin, range.end));
  return Object{{"startLine", begin.line},
                {"startColumn", begin.column},
                {"endLine", end.line},
                {"endColumn", end.column}};
}

// What has no place in a file is of the history as a whole.
Object Place(const source::Location& location) {
  if (location.file == nullptr) {
    return Object{};
  }
  return Object{{"physicalLocation",
                 Object{{"artifactLocation", FileLocation(*location.file)},
                        {"region", Region(*location.file, location.range)}}}};
}

Object JsonFix(const diagnostics::Fix& fix) {
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

Object Result(const Diagnostic& diagnostic, const Places& places) {
  Object result{{"ruleId", diagnostics::Info(diagnostic.kind).tag},
                {"ruleIndex", places.at(diagnostic.kind)},
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
  Array results;
  for (const Diagnostic& diagnostic : diagnostics) {
    results.push_back(Result(diagnostic, places));
  }
  Object driver{{"name", "palindrome"},
                {"version", version},
                {"rules", std::move(rules)}};
  Object root{{"description",
               TextMessage("the folder that palindrome was started in")}};
  Object run{{"tool", Object{{"driver", std::move(driver)}}},
             {"columnKind", "unicodeCodePoints"},
             {"originalUriBaseIds", Object{{"%SRCROOT%", std::move(root)}}},
             {"results", std::move(results)}};
  return Object{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                {"version", "2.1.0"},
                {"runs", Array{std::move(run)}}};
}

}  // namespace palindrome::driver
