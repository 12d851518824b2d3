#include "compiler/driver/headers.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include "compiler/checks/rule.h"
#include "compiler/driver/report.h"
#include "compiler/driver/squashes.h"
#include "compiler/parse/parse.h"

namespace palindrome::driver {
namespace {

using diagnostics::Kind;

bool Counts(Kind kind, Judge judge) {
  switch (judge) {
    case Judge::kOrder:
      return kind == Kind::kDuplicateRevision || kind == Kind::kUnknownParent ||
             kind == Kind::kRevisionCycle ||
             kind == Kind::kDuplicateBranchLabel;
    case Judge::kLaws:
      return diagnostics::Info(kind).policy == diagnostics::Policy::kLaw;
  }
  llvm_unreachable("not a way to judge");
}

std::string OrUnnamed(const std::string& id) {
  constexpr llvm::StringLiteral kUnnamed = "(no revision)";
  return id.empty() ? kUnnamed.str() : id;
}

std::vector<std::string> Values(const std::vector<ast::Text>& texts) {
  std::vector<std::string> values;
  values.reserve(texts.size());
  for (const ast::Text& text : texts) {
    values.push_back(text.value);
  }
  return values;
}

}  // namespace

std::string OneLine(std::string text) {
  for (char& character : text) {
    if (static_cast<unsigned char>(character) < ' ' || character == '\x7f') {
      character = ' ';
    }
  }
  return text;
}

std::unique_ptr<Headers> ReadHeaders(const Options& options, Judge judge,
                                     Environment& environment) {
  auto headers = std::make_unique<Headers>();
  headers->folder =
      ReadFolder(environment.file_system, headers->files,
                 options.Get("directory"), options.Get("lock-file"),
                 /*headers_only=*/true, headers->emitter);
  diagnostics::Emitter rules;
  checks::CheckGraph(headers->folder.graph, rules);
  for (diagnostics::Diagnostic& diagnostic : rules.diagnostics()) {
    if (Counts(diagnostic.kind, judge)) {
      headers->emitter.Emit(std::move(diagnostic));
    }
  }
  if (judge == Judge::kLaws) {
    ReportSquashes(headers->folder.graph, headers->emitter);
  }
  return headers;
}

std::optional<int> RefuseHalf(const Options& options, Headers& headers,
                              Environment& environment) {
  if (!options.WantsJson() || !headers.emitter.HasErrors()) {
    return std::nullopt;
  }
  return Report(headers.emitter.diagnostics(), environment.err);
}

std::string DateOf(const graph::Revision& revision) {
  if (const auto& created = revision.migration.header.created) {
    return created->value;
  }
  // YYYYMMDD_HHMMSS_ of the file's name.
  constexpr std::size_t kDateDigits = 8;
  constexpr std::size_t kStampSize = 15;
  const llvm::StringRef stamp =
      llvm::StringRef(revision.migration.file->base_name())
          .take_front(kStampSize);
  const llvm::StringRef date = stamp.take_front(kDateDigits);
  const llvm::StringRef time =
      stamp.drop_front(date.size())
          .drop_front(stamp.size() > date.size() ? 1 : 0);
  if (stamp.size() != kStampSize || stamp[kDateDigits] != '_' ||
      !llvm::all_of(date, llvm::isDigit) ||
      !llvm::all_of(time, llvm::isDigit)) {
    return "";
  }
  return (date.substr(0, 4) + "-" + date.substr(4, 2) + "-" +
          date.substr(6, 2) + " " + time.substr(0, 2) + ":" +
          time.substr(2, 2) + ":" + time.substr(4, 2))
      .str();
}

std::vector<std::pair<std::string, std::string>> AllowsOf(
    const graph::Revision& revision) {
  // The headers may be all that was read so far.
  diagnostics::Emitter ignored;
  const ast::Migration migration =
      parse::ParseMigration(*revision.migration.file, ignored);
  std::vector<std::pair<std::string, std::string>> allows;
  for (const ast::Allow& allow : migration.allows) {
    allows.emplace_back(allow.rule.text, allow.reason.value);
  }
  return allows;
}

llvm::json::Object JsonFile(const graph::Revision& revision) {
  const ast::Header& header = revision.migration.header;
  llvm::json::Array allows;
  for (const auto& [rule, reason] : AllowsOf(revision)) {
    allows.push_back(llvm::json::Object{{"rule", JsonText(rule)},
                                        {"reason", JsonText(reason)}});
  }
  return llvm::json::Object{
      {"revision", JsonText(revision.id)},
      {"title", JsonText(header.title.value)},
      {"date", JsonText(DateOf(revision))},
      {"file", JsonText(revision.migration.file->name())},
      {"parents", JsonTexts(Values(header.parents))},
      {"depends_on", JsonTexts(Values(header.depends_on))},
      {"branches", JsonTexts(Values(header.branch_labels))},
      {"checksum", revision.checksum},
      {"locked", revision.locked},
      {"draft", header.draft.has_value()},
      {"allows", std::move(allows)}};
}

llvm::json::Object JsonRevision(const graph::Graph& graph, std::size_t index) {
  llvm::json::Object object = JsonFile(graph.revisions[index]);
  object["head"] = llvm::is_contained(graph.heads, index);
  if (const graph::Squash* squash = graph.SquashOf(index)) {
    object["squashed_in"] = JsonText(squash->revision.id);
  }
  return object;
}

std::string LineOf(const graph::Revision& revision,
                   const std::vector<std::string>& marks) {
  std::string line = OrUnnamed(revision.id);
  for (const std::string& part :
       {DateOf(revision), revision.migration.header.title.value}) {
    if (!part.empty()) {
      line += "  " + part;
    }
  }
  if (!marks.empty()) {
    line += "  (" + llvm::join(marks, ", ") + ")";
  }
  return OneLine(line);
}

std::string RevisionLine(const graph::Graph& graph, std::size_t index,
                         const std::vector<std::string>& more_marks) {
  const graph::Revision& revision = graph.revisions[index];
  const ast::Header& header = revision.migration.header;
  std::vector<std::string> marks;
  if (llvm::is_contained(graph.heads, index)) {
    marks.emplace_back("head");
  }
  if (header.parents.size() > 1) {
    marks.emplace_back("merge");
  }
  for (const ast::Text& label : header.branch_labels) {
    marks.push_back("branch " + label.value);
  }
  if (const graph::Squash* squash = graph.SquashOf(index)) {
    marks.push_back("squashed in " + squash->revision.id);
  }
  if (revision.locked) {
    marks.emplace_back("locked");
  }
  if (header.draft) {
    marks.emplace_back("draft");
  }
  marks.insert(marks.end(), more_marks.begin(), more_marks.end());
  return LineOf(revision, marks);
}

void PrintField(llvm::StringRef name, const std::string& value,
                llvm::raw_ostream& out, llvm::StringRef indent) {
  if (!value.empty()) {
    out << indent << llvm::left_justify(name, 12) << OneLine(value) << '\n';
  }
}

void PrintFields(const graph::Revision& revision, llvm::raw_ostream& out,
                 llvm::StringRef indent) {
  const ast::Header& header = revision.migration.header;
  const auto print = [&](llvm::StringRef name, const std::string& value) {
    PrintField(name, value, out, indent);
  };
  print("file", revision.migration.file->name());
  print("revises", header.revises_none
                       ? "nothing"
                       : llvm::join(Values(header.parents), ", "));
  print("depends on", llvm::join(Values(header.depends_on), ", "));
  print("branches", llvm::join(Values(header.branch_labels), ", "));
  if (header.squashes) {
    print("squashes",
          header.squashes->from.value + " to " + header.squashes->to.value);
    if (header.squashes->approved_by) {
      print("approved by", header.squashes->approved_by->value);
    }
  }
  print("checksum", revision.checksum);
}

}  // namespace palindrome::driver
