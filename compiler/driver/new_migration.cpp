#include "compiler/driver/new_migration.h"

#include <algorithm>
#include <array>
#include <utility>

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

#include "compiler/driver/path.h"
#include "compiler/driver/report.h"
#include "compiler/driver/slug.h"
#include "compiler/parse/names.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::driver {
namespace {

// In the form of strftime, in UTC.
std::string FormatTime(std::time_t time, const char* format) {
  std::tm fields = {};
  gmtime_r(&time, &fields);
  std::array<char, 32> text = {};
  const std::size_t size =
      std::strftime(text.data(), text.size(), format, &fields);
  return {text.data(), size};
}

bool IsOneLine(const std::string& text) {
  return llvm::json::isUTF8(text) && llvm::none_of(text, [](char character) {
           return static_cast<unsigned char>(character) < ' ' ||
                  character == '\x7f';
         });
}

std::string CheckLabels(const std::vector<std::string>& labels) {
  for (auto label = labels.begin(); label != labels.end(); ++label) {
    if (!llvm::json::isUTF8(*label)) {
      return "--branch-label: a label is UTF-8 text";
    }
    if (const std::string why = parse::WhyNoLabel(*label); !why.empty()) {
      return "--branch-label: " + why;
    }
    if (std::find_if(labels.begin(), label, [&](const std::string& other) {
          return sql::EqualsIgnoringCase(other, *label);
        }) != label) {
      return "--branch-label: `" + *label + "` stands there twice";
    }
  }
  return "";
}

// The revision that has the text as its id or as a label, as a message says it;
// empty if none has.
std::string Holder(const graph::Graph& graph, const std::string& text) {
  if (const auto found = graph.Find(text)) {
    return "there is a revision `" + graph.revisions[*found].id + "` already";
  }
  if (graph.FindSquash(text) != nullptr) {
    return "there is a squash `" + text + "` already";
  }
  for (const graph::Revision& revision : graph.revisions) {
    for (const ast::Text& label : revision.migration.header.branch_labels) {
      if (sql::EqualsIgnoringCase(label.value, text)) {
        return "`" + label.value + "` is a branch label of revision `" +
               revision.id + "` already";
      }
    }
  }
  return "";
}

// An id that no migration of the folder has; empty if chance fails.
std::string FreshId(const graph::Graph& graph, Environment& environment) {
  constexpr int kAttempts = 16;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    std::string id = environment.random_id();
    if (Holder(graph, id).empty()) {
      return id;
    }
  }
  return "";
}

// Why the names cannot be had, or an empty string.
std::string CheckFree(const NewMigration& migration,
                      const graph::Graph& graph) {
  if (const std::string holder = Holder(graph, migration.id); !holder.empty()) {
    return holder + "; choose another `--rev-id`";
  }
  for (const std::string& label : migration.branch_labels) {
    if (sql::EqualsIgnoringCase(label, migration.id)) {
      return "the branch label `" + label + "` is the id of the revision";
    }
    if (const std::string holder = Holder(graph, label); !holder.empty()) {
      return holder + "; choose another `--branch-label`";
    }
  }
  return "";
}

std::string Quote(const std::vector<std::string>& texts) {
  std::vector<std::string> quoted;
  quoted.reserve(texts.size());
  for (const std::string& text : texts) {
    quoted.push_back(sql::QuoteString(text));
  }
  return llvm::join(quoted, ", ");
}

}  // namespace

std::string QuoteIds(const graph::Graph& graph,
                     const std::vector<std::size_t>& revisions) {
  std::vector<std::string> ids;
  ids.reserve(revisions.size());
  for (const std::size_t revision : revisions) {
    ids.push_back(graph.revisions[revision].id);
  }
  return Quote(ids);
}

namespace {

std::string TextOf(const NewMigration& migration, const graph::Graph& graph,
                   std::time_t now) {
  std::string text =
      migration.documentation + "MIGRATION " +
      sql::QuoteString(migration.message) + "\n  REVISION '" + migration.id +
      "'\n  REVISES  " +
      (migration.parents.empty() ? "NONE"
                                 : QuoteIds(graph, migration.parents)) +
      "\n  CREATED  '" + CreatedText(now) + "'";
  if (!migration.branch_labels.empty()) {
    text += "\n  BRANCH   " + Quote(migration.branch_labels);
  }
  if (!migration.depends_on.empty()) {
    text += "\n  DEPENDS ON " + QuoteIds(graph, migration.depends_on);
  }
  if (migration.is_draft) {
    text += "\n  DRAFT";
  }
  return text + ";\n\nUPGRADE BEGIN\n" + migration.upgrade + "END;\n\n" +
         migration.downgrade;
}

}  // namespace

void AddNewMigrationOptions(Options& options) {
  options.AddValue("message,m", "MESSAGE",
                   "what the migration does, such as \"add status to tasks\"");
  options.AddValue("rev-id", "ID",
                   "its revision id, if not one that chance chooses");
  options.AddList("branch-label", "LABEL",
                  "a branch label for it; may be repeated");
}

std::string CheckMessage(const std::string& message) {
  if (message.empty()) {
    return "say what the migration does with -m \"add status to tasks\"";
  }
  if (!IsOneLine(message)) {
    return "the message must be one line of UTF-8 text";
  }
  if (MakeSlug(message).empty()) {
    return "the message must have a word of the letters a to z";
  }
  return "";
}

std::string ReadNewMigration(const Options& options, NewMigration& migration) {
  migration.message = llvm::StringRef(options.Get("message")).trim().str();
  migration.id = options.Get("rev-id");
  migration.branch_labels = options.List("branch-label");
  if (options.Has("rev-id") && !parse::IsRevisionId(migration.id)) {
    return "--rev-id: `" + migration.id +
           "` is no revision id; it consists of 1 to 40 of the characters "
           "a-z, 0-9 and `_`";
  }
  if (parse::IsTargetWord(migration.id)) {
    return "--rev-id: `" + migration.id +
           "` is no revision id; as a target it means something else";
  }
  return CheckLabels(migration.branch_labels);
}

Status CheckUnrevised(const graph::Graph& graph, std::size_t parent,
                      llvm::StringRef hint) {
  for (const graph::Revision& revision : graph.revisions) {
    if (llvm::is_contained(revision.parents, parent)) {
      return {StatusCode::kBadTarget, "`" + graph.revisions[parent].id +
                                          "` is revised by `" + revision.id +
                                          "` already; " + hint.str()};
    }
  }
  return Status();
}

Status CheckOutsideSquash(const graph::Graph& graph, std::size_t needed) {
  const graph::Squash* squash = graph.SquashOf(needed);
  if (squash == nullptr || squash->members.back() == needed) {
    return Status();
  }
  return {StatusCode::kBadTarget,
          "`" + graph.revisions[needed].id + "` is inside the squash `" +
              squash->revision.id +
              "`, of which nothing else may need any but the last; name `" +
              graph.revisions[squash->members.back()].id + "` instead"};
}

std::string CreatedText(std::time_t time) {
  return FormatTime(time, "%Y-%m-%d %H:%M:%S");
}

std::string FileStamp(std::time_t time) {
  return FormatTime(time, "%Y%m%d_%H%M%S_");
}

std::string SettleId(NewMigration& migration, const graph::Graph& graph,
                     Environment& environment) {
  if (migration.id.empty()) {
    migration.id = FreshId(graph, environment);
  }
  return migration.id.empty() ? "no free revision id was found; try again"
                              : CheckFree(migration, graph);
}

int WriteNewMigration(NewMigration migration, const graph::Graph& graph,
                      const Options& options, Environment& environment) {
  if (const std::string problem = SettleId(migration, graph, environment);
      !problem.empty()) {
    return ReportFailure(environment, problem);
  }
  const std::time_t now = environment.now();
  const std::string path =
      JoinPath(options.Get("directory"),
               FileStamp(now) + MakeSlug(migration.message) + ".sql");
  if (llvm::Error error =
          environment.output.Create({path, TextOf(migration, graph, now)})) {
    return ReportFailure(environment, llvm::toString(std::move(error)));
  }
  environment.out << path << '\n';
  return kSuccess;
}

}  // namespace palindrome::driver
