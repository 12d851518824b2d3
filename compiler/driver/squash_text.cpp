#include "compiler/driver/squash_text.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "llvm/ADT/StringRef.h"

#include "compiler/driver/headers.h"
#include "compiler/import/database.h"
#include "compiler/import/sql_text.h"
#include "compiler/rehearse/squash.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::driver {
namespace {

// What stands between BEGIN and END, each line as it is in the file.
std::string BodyOf(const ast::Section& section, const source::File& file) {
  const std::string_view text = file.text();
  std::optional<std::uint32_t> begin;
  std::uint32_t end = section.range.end;
  for (std::uint32_t at = section.keyword.end; at < section.range.end;) {
    const sql::Token token = sql::NextToken(text, at);
    at = token.offset + static_cast<std::uint32_t>(token.spelling.size());
    if (token.kind == sql::TokenKind::kEnd) {
      break;
    }
    if (!begin && sql::EqualsIgnoringCase(token.spelling, "BEGIN")) {
      begin = at;
    } else if (sql::EqualsIgnoringCase(token.spelling, "END")) {
      end = token.offset;
    }
  }
  llvm::StringRef body =
      llvm::StringRef(text).slice(begin.value_or(end), end).rtrim();
  // The rest of the line of BEGIN, if nothing stands there.
  const auto [line, rest] = body.split('\n');
  if (line.trim().empty()) {
    body = rest;
  } else {
    body = body.ltrim();
    return "  " + body.str() + "\n";
  }
  return body.empty() ? "" : body.str() + "\n";
}

// The lines between the first and the last.
std::string WithoutFrame(llvm::StringRef section) {
  const llvm::StringRef body = section.split('\n').second;
  return body.drop_back(body.size() - (body.rtrim().rfind('\n') + 1)).str();
}

std::string DowngradeBody(const ast::Migration& migration,
                          const MigrationAnalysis& analysis) {
  return analysis.downgrade.is_auto
             ? WithoutFrame(ast::PrintDowngrade(analysis.downgrade.items))
             : BodyOf(*migration.downgrade, *migration.file);
}

class Writer {
 public:
  Writer(const SquashRequest& request, const Analysis& analysis,
         std::time_t now)
      : request_(request), analysis_(analysis), now_(now) {}

  std::vector<std::string> Write() {
    std::vector<std::string> texts;
    if (request_.migration.parents.empty() &&
        request_.migration.depends_on.empty()) {
      if (const auto schema = SchemaAfter()) {
        texts.push_back(Text(/*with_allows=*/false, *schema, "AUTO"));
      }
    }
    const std::string upgrade = Upgrades();
    texts.push_back(Text(/*with_allows=*/true, upgrade, "AUTO"));
    texts.push_back(
        Text(/*with_allows=*/true, upgrade, "BEGIN\n" + Downgrades() + "END"));
    return texts;
  }

 private:
  const graph::Revision& Member(std::size_t i) const {
    return analysis_.folder.graph.revisions[i];
  }

  std::string Heading(const graph::Revision& member) const {
    return "  -- " + member.id + ": " +
           OneLine(member.migration.header.title.value) + "\n";
  }

  // The statements that make what the chain leaves. No value: that depends on
  // more than the chain, or is nothing.
  std::optional<std::string> SchemaAfter() const {
    std::vector<const lower::Program*> programs;
    for (const std::size_t member : request_.members) {
      programs.push_back(&analysis_.history[member]->task->up);
    }
    const rehearse::Left left =
        rehearse::RunForContents(programs, &analysis_.settings.stand_ins);
    if (!left.problem.empty()) {
      return std::nullopt;
    }
    const importer::ForeignMigration made = importer::FromDatabase(
        left.contents.objects, left.contents.rows, /*source=*/"");
    if (!made.failure.empty()) {
      return std::nullopt;
    }
    std::string text;
    for (const importer::SqlStatement& statement :
         importer::SplitStatements(made.up)) {
      if (!statement.text.empty()) {
        text += "  " + std::string(statement.text) + ";\n";
      }
    }
    return text;
  }

  std::string Upgrades() const {
    std::string text;
    for (const std::size_t member : request_.members) {
      const ast::Migration& migration = Member(member).migration;
      text +=
          Heading(Member(member)) + BodyOf(migration.upgrade, *migration.file);
    }
    return text;
  }

  std::string Downgrades() const {
    std::string text;
    for (std::size_t i = request_.members.size(); i-- > 0;) {
      const std::size_t member = request_.members[i];
      text +=
          Heading(Member(member)) +
          DowngradeBody(Member(member).migration, *analysis_.history[member]);
    }
    return text;
  }

  // The ALLOWs of the headers; others stand before their items.
  std::string Allows() const {
    std::string text;
    std::set<std::string> written;
    for (const std::size_t member : request_.members) {
      const ast::Migration& migration = Member(member).migration;
      for (const ast::Allow& allow : migration.allows) {
        if (allow.covers.begin != 0 ||
            allow.range.begin > migration.header.range.end) {
          continue;
        }
        std::string line = "\n  ALLOW " + sql::FoldCase(allow.rule.text) +
                           " BECAUSE " + sql::QuoteString(allow.reason.value);
        if (written.insert(line).second) {
          text += line;
        }
      }
    }
    return text;
  }

  std::string Text(bool with_allows, const std::string& upgrade,
                   const std::string& downgrade) const {
    const NewMigration& migration = request_.migration;
    const graph::Graph& graph = analysis_.folder.graph;
    const graph::Revision& first = Member(request_.members.front());
    std::string text =
        "-- Stands for the " + std::to_string(request_.members.size()) +
        " migrations from `" + first.id + "` to `" +
        Member(request_.members.back()).id +
        "`, which are in `squashed/`,\n-- wherever a database is to run all of "
        "them.\nMIGRATION " +
        sql::QuoteString(migration.message) + "\n  REVISION '" + migration.id +
        "'\n  REVISES  " +
        (migration.parents.empty() ? "NONE"
                                   : QuoteIds(graph, migration.parents)) +
        "\n  CREATED  '" + CreatedText(now_) + "'";
    if (!migration.depends_on.empty()) {
      text += "\n  DEPENDS ON " + QuoteIds(graph, migration.depends_on);
    }
    text += "\n  SQUASHES " + QuoteIds(graph, {request_.members.front()}) +
            " TO " + QuoteIds(graph, {request_.members.back()}) +
            "\n    APPROVED BY " + sql::QuoteString(request_.approved_by);
    return text + (with_allows ? Allows() : "") + ";\n\nUPGRADE BEGIN\n" +
           upgrade + "END;\n\nDOWNGRADE " + downgrade + ";\n";
  }

  const SquashRequest& request_;
  const Analysis& analysis_;
  std::time_t now_;
};

}  // namespace

std::vector<std::string> SquashTexts(const SquashRequest& request,
                                     const Analysis& analysis,
                                     std::time_t now) {
  return Writer(request, analysis, now).Write();
}

}  // namespace palindrome::driver
