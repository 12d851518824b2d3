#include "tests/support/format_properties.h"

#include <algorithm>
#include <vector>

#include "compiler/format/format.h"
#include "compiler/graph/graph.h"
#include "compiler/lex/lex.h"
#include "compiler/parse/parse.h"

namespace palindrome::testing {
namespace {

std::string DescribeSection(const ast::Section& section) {
  std::string text = section.is_auto ? "AUTO\n" : "";
  for (const ast::Item& item : section.items) {
    text += item.dialect + (item.commented ? " commented " : " ") +
            (item.archive.empty() ? "" : "PRESERVE ") +
            ast::Print(item.statement) + "\n";
  }
  return text;
}

// All of the migration but where it stands in the file.
std::string Describe(const ast::Migration& migration) {
  std::string text = migration.header.title.value + "\n" +
                     migration.header.documentation + "\n";
  for (const ast::Allow& allow : migration.allows) {
    text += allow.rule.text + ": " + allow.reason.value + "\n";
  }
  text += DescribeSection(migration.upgrade);
  if (migration.downgrade) {
    text += "DOWNGRADE\n" + DescribeSection(*migration.downgrade);
  }
  return text;
}

// The comments in their order, without white space at their ends.
std::string CommentsOf(const source::File& file) {
  diagnostics::Emitter emitter;
  std::string text;
  for (const lex::Comment& comment : lex::Lex(file, emitter).comments) {
    const std::string_view spelling = file.text(comment.range);
    text += spelling.substr(0, spelling.find_last_not_of(" \t\r\f") + 1);
    text += '\n';
  }
  return text;
}

bool HasLineEndFault(const std::string& text) {
  // White space at the end of a line within a string or comment is its own.
  return text.size() < 2 || text.back() != '\n' ||
         text[text.size() - 2] == '\n' || text.front() == '\n';
}

}  // namespace

std::string FindFormatFault(const std::string& text) {
  const source::File file("m.sql", text);
  diagnostics::Emitter emitter;
  const ast::Migration migration = parse::ParseMigration(file, emitter);
  const auto formatted = format::Format(migration);
  const bool is_sound = migration.header_ok && migration.body_ok;
  if (!is_sound || !formatted) {
    return is_sound == formatted.has_value()
               ? ""
               : "is formatted or not, against expectation:\n" + text;
  }
  const source::File after("m.sql", *formatted);
  const ast::Migration again = parse::ParseMigration(after, emitter);
  std::string fault;
  if (!again.header_ok || !again.body_ok || !emitter.diagnostics().empty()) {
    fault = "does not parse";
  } else if (graph::Checksum(file) != graph::Checksum(after)) {
    fault = "has another checksum";
  } else if (Describe(migration) != Describe(again)) {
    fault = "means something else:\n" + Describe(migration) + "\n" +
            Describe(again);
  } else if (CommentsOf(file) != CommentsOf(after)) {
    fault = "has other comments";
  } else if (HasLineEndFault(*formatted)) {
    fault = "begins or ends with an empty line";
  } else if (const auto twice = format::Format(again); twice != formatted) {
    fault = "is formatted otherwise again:\n" + twice.value_or("(not)");
  }
  return fault.empty() ? ""
                       : "formatted, it " + fault + "\n--- source\n" + text +
                             "\n--- formatted\n" + *formatted;
}

}  // namespace palindrome::testing
