#include "compiler/driver/offers.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace palindrome::driver {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Fix;
using diagnostics::Kind;

std::optional<source::Range> ItemAt(const ast::Migration& migration,
                                    source::Range place) {
  for (const ast::Section* section :
       {&migration.upgrade,
        migration.downgrade ? &*migration.downgrade : nullptr}) {
    for (std::size_t i = 0; section != nullptr && i < section->items.size();
         ++i) {
      const ast::Item& item = section->items[i];
      const bool has_for = item.for_block.begin < item.for_block.end;
      source::Range range = has_for ? item.for_block : item.statement.range;
      if (!has_for && item.preserve.begin < item.preserve.end) {
        range.begin = item.preserve.begin;
      }
      if (range.begin <= place.begin && place.begin < range.end) {
        return range;
      }
    }
  }
  return std::nullopt;
}

// The white space before the place on its line.
std::string IndentAt(std::string_view text, std::uint32_t offset) {
  const std::size_t line = text.rfind('\n', offset);
  const std::size_t begin =
      line == std::string_view::npos || offset == 0 ? 0 : line + 1;
  const std::string_view indent = text.substr(begin, offset - begin);
  return indent.find_first_not_of(" \t") == std::string_view::npos
             ? std::string(indent)
             : "  ";
}

// ALLOW before the item, or in the header; the reason is the author's to give.
std::optional<Fix> Signed(const Diagnostic& finding,
                          const ast::Migration& migration) {
  const diagnostics::KindInfo& info = diagnostics::Info(finding.kind);
  if (info.policy != diagnostics::Policy::kOpen || !info.meaning.empty()) {
    return std::nullopt;
  }
  const std::string allow = "ALLOW " + info.tag.str() + " BECAUSE ''";
  const std::string title = "allow `" + info.tag.str() + "` here";
  const source::File* file = migration.file;
  if (const auto item = ItemAt(migration, finding.location.range)) {
    const std::string indent = IndentAt(file->text(), item->begin);
    return Fix{title,
               {{{file, {item->begin, item->begin}}, allow + ";\n" + indent}}};
  }
  const source::Range header = migration.header.range;
  if (!migration.header_ok || header.end == 0) {
    return std::nullopt;
  }
  return Fix{title,
             {{{file, {header.end - 1, header.end - 1}}, "\n  " + allow}}};
}

// The archive is the author's to choose, and only AUTO takes it back.
std::optional<Fix> Preserved(const Diagnostic& finding,
                             const ast::Migration& migration) {
  if (finding.kind != Kind::kDropTableUnarchived &&
      finding.kind != Kind::kDropColumnUnarchived &&
      finding.kind != Kind::kDeleteRowsUnarchived) {
    return std::nullopt;
  }
  const auto item = ItemAt(migration, finding.location.range);
  if (!item || !migration.downgrade || !migration.downgrade->is_auto) {
    return std::nullopt;
  }
  return Fix{"keep what is destroyed with `PRESERVE`",
             {{{migration.file, {item->begin, item->begin}}, "PRESERVE "}}};
}

bool HasComment(std::string_view text) {
  return text.find("--") != std::string_view::npos ||
         text.find("/*") != std::string_view::npos;
}

// The section's text ends in its `;`, which its range may lack.
diagnostics::Edit InPlaceOf(const ast::Migration& migration,
                            llvm::StringRef section) {
  const source::File* file = migration.file;
  section = section.trim('\n');
  if (!migration.downgrade) {
    const auto end = static_cast<std::uint32_t>(file->text().size());
    const bool has_break = file->text().ends_with('\n');
    return {{file, {end, end}},
            (has_break ? "\n" : "\n\n") + section.str() + "\n"};
  }
  source::Range range = migration.downgrade->range;
  range.begin = migration.downgrade->keyword.begin;
  if (range.end == 0 || file->text()[range.end - 1] != ';') {
    section.consume_back(";");
  }
  return {{file, range}, section.str()};
}

// What undoes the upgrade, in place of a downgrade that is missing or wrong.
void OfferDowngrade(const ast::Migration& migration, const std::string& section,
                    Diagnostic& finding) {
  if (finding.kind == Kind::kMissingDowngrade) {
    diagnostics::Edit edit = InPlaceOf(migration, "DOWNGRADE AUTO;");
    const bool keeps_all =
        !HasComment(migration.file->text(edit.location.range));
    finding.Mended(
        Fix{"write `DOWNGRADE AUTO;`", {std::move(edit)}, keeps_all});
  } else if (finding.kind != Kind::kDowngradeDoesNotApply &&
             finding.kind != Kind::kDowngradeSchemaMismatch) {
    return;
  }
  finding.Mended(Fix{"write the downgrade that follows from the upgrade",
                     {InPlaceOf(migration, section)}});
}

// Lines end as those of the file do.
void EndLinesAlike(Diagnostic& finding) {
  for (Fix& fix : finding.fixes) {
    for (diagnostics::Edit& edit : fix.edits) {
      if (edit.location.file->text().find("\r\n") == std::string_view::npos ||
          edit.text.find('\r') != std::string::npos) {
        continue;
      }
      for (std::size_t at = edit.text.find('\n'); at != std::string::npos;
           at = edit.text.find('\n', at + 2)) {
        edit.text.insert(at, 1, '\r');
      }
    }
  }
}

}  // namespace

void OfferFixes(const graph::Graph& graph,
                const std::vector<Suggestion>& suggestions,
                std::vector<Diagnostic>& findings) {
  std::map<const source::File*, const ast::Migration*> migrations;
  for (const graph::Revision* revision : graph.All()) {
    migrations[revision->migration.file] = &revision->migration;
  }
  std::map<const source::File*, const std::string*> downgrades;
  for (const Suggestion& suggestion : suggestions) {
    if (!suggestion.downgrade.section.empty()) {
      downgrades[suggestion.revision->migration.file] =
          &suggestion.downgrade.section;
    }
  }
  for (Diagnostic& finding : findings) {
    const auto migration = migrations.find(finding.location.file);
    if (migration == migrations.end()) {
      continue;
    }
    const auto downgrade = downgrades.find(finding.location.file);
    if (downgrade != downgrades.end()) {
      OfferDowngrade(*migration->second, *downgrade->second, finding);
    }
    finding.Mended(Preserved(finding, *migration->second));
    finding.Mended(Signed(finding, *migration->second));
    EndLinesAlike(finding);
  }
}

}  // namespace palindrome::driver
