#include "compiler/import/convert.h"

#include <string_view>

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include "compiler/import/sql_text.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::importer {

namespace {

std::string AsComments(llvm::StringRef text) {
  std::string comments;
  llvm::SmallVector<llvm::StringRef> lines;
  text.trim("\r\n").split(lines, '\n');
  for (const llvm::StringRef line : lines) {
    comments += "-- " + line.rtrim().str();
    comments.erase(comments.find_last_not_of(' ') + 1);
    comments += '\n';
  }
  return comments;
}

// A line feed where none is, so that what follows begins a line.
void EndLine(std::string& text) {
  if (!text.empty() && text.back() != '\n') {
    text += '\n';
  }
}

class SectionWriter {
 public:
  explicit SectionWriter(Converted& result) : result_(result) {}

  // Whether anything stands in it but comments.
  bool has_statements() const { return has_statements_; }

  std::string Write(std::string_view sql) {
    for (const SqlStatement& statement : SplitStatements(sql)) {
      const Judgement judgement = Judge(statement.text);
      AddBefore(statement.before,
                judgement.fate == Fate::kDropped && !statement.text.empty());
      Add(statement.text, judgement);
    }
    return llvm::StringRef(body_).trim("\r\n").str();
  }

 private:
  // What is dropped leaves its comments, but no empty line.
  void AddBefore(llvm::StringRef before, bool is_dropped) {
    // The line feed that ended a comment may have gone with what was dropped.
    if (is_cut_ && !before.ltrim(" \t").starts_with("\n")) {
      EndLine(body_);
    }
    const llvm::StringRef kept = is_dropped ? before.rtrim() : before;
    is_cut_ = kept.size() < before.size();
    body_ += kept;
  }

  void Add(std::string_view text, const Judgement& judgement) {
    switch (judgement.fate) {
      case Fate::kPlain:
        has_statements_ = true;
        body_ += text;
        body_ += ';';
        return;
      case Fate::kDialect:
        has_statements_ = true;
        EndLine(body_);
        body_ += "FOR sqlite BEGIN\n";
        body_ += text;
        body_ += ";\nEND;";
        return;
      case Fate::kDropped:
        return;
      case Fate::kLeftOut:
        EndLine(body_);
        body_ += AsComments("Left out: " + std::string(text) + ";");
        result_.notes.push_back(judgement.reason);
        return;
      case Fate::kRefused:
        result_.failure = judgement.reason;
        return;
    }
  }

  Converted& result_;
  std::string body_;
  bool has_statements_ = false;
  bool is_cut_ = false;  // White space was taken off its end.
};

std::string Section(const char* keyword, const std::string& body) {
  return std::string(keyword) + " BEGIN\n" + body + (body.empty() ? "" : "\n") +
         "END;\n";
}

}  // namespace

Converted Convert(const ForeignMigration& migration, const Identity& identity) {
  Converted result;
  result.failure = migration.failure;
  result.notes = migration.notes;
  if (!result.failure.empty()) {
    return result;
  }
  SectionWriter upgrade(result);
  const std::string up = upgrade.Write(migration.up);
  SectionWriter downgrade(result);
  const std::string down = downgrade.Write(migration.down.value_or(""));
  if (!upgrade.has_statements() && !downgrade.has_statements() &&
      result.failure.empty()) {
    result.is_empty = true;
  }
  if (result.is_empty || !result.failure.empty()) {
    return result;
  }
  if (!migration.documentation.empty()) {
    result.text += AsComments(migration.documentation);
  }
  result.text +=
      "MIGRATION " + sql::QuoteString(identity.title) + "\n  REVISION " +
      sql::QuoteString(identity.revision) + "\n  REVISES  " +
      (identity.parent.empty() ? std::string("NONE")
                               : sql::QuoteString(identity.parent)) +
      "\n  CREATED  " + sql::QuoteString(identity.created) + ";\n\n" +
      Section("UPGRADE", up) + "\n" + Section("DOWNGRADE", down);
  return result;
}

}  // namespace palindrome::importer
