// What the tests of the front end share: parsing text, and errors as lines.
#ifndef PALINDROME_TESTS_UNIT_COMPILER_FRONTEND_FRONTEND_TEST_H_
#define PALINDROME_TESTS_UNIT_COMPILER_FRONTEND_FRONTEND_TEST_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/console.h"
#include "compiler/lex/lex.h"
#include "compiler/parse/parse.h"

namespace palindrome::frontend_test {

// "line:column: message [tag]" of each diagnostic in order of place; notes
// follow as "  line:column: message".
inline std::string Lines(diagnostics::Emitter& emitter) {
  const auto place = [](const source::Location& location) {
    const auto at = location.file->Resolve(location.range.begin);
    return std::to_string(at.line) + ":" + std::to_string(at.column) + ": ";
  };
  diagnostics::Sort(emitter.diagnostics());
  std::string lines;
  for (const auto& each : emitter.diagnostics()) {
    lines += place(each.location) + each.message + " [" +
             diagnostics::Info(each.kind).tag.str() + "]\n";
    for (const auto& note : each.notes) {
      lines += "  " + place(note.location) + note.message + "\n";
    }
  }
  return lines;
}

// A parsed file with everything that its nodes point into.
struct Parsed {
  explicit Parsed(std::string text)
      : file(std::make_unique<source::File>("m.sql", std::move(text))) {
    migration = parse::ParseMigration(*file, emitter);
    errors = Lines(emitter);
  }
  std::unique_ptr<source::File> file;
  diagnostics::Emitter emitter;
  ast::Migration migration;
  std::string errors;
};

struct ParsedStatement {
  explicit ParsedStatement(std::string text)
      : file(std::make_unique<source::File>("s.sql", std::move(text))) {
    statement = parse::ParseStatement(*file, emitter);
    errors = Lines(emitter);
  }
  std::unique_ptr<source::File> file;
  diagnostics::Emitter emitter;
  std::optional<ast::Statement> statement;
  std::string errors;
};

constexpr const char* kHeader = "MIGRATION 't' REVISION 'a' REVISES NONE;\n";

// A file whose upgrade is `body`, from line 3 on.
inline std::string WithUpgrade(const std::string& body) {
  return kHeader + ("UPGRADE BEGIN\n" + body) + "\nEND;\nDOWNGRADE AUTO;\n";
}

// The only statement of such a file; fails if there is an error.
template <typename Node>
Node Only(const Parsed& parsed) {
  if (parsed.migration.upgrade.items.size() != 1) {
    return {};
  }
  const auto* node =
      std::get_if<Node>(&parsed.migration.upgrade.items[0].statement.node);
  return node == nullptr ? Node{} : *node;
}

}  // namespace palindrome::frontend_test

#endif  // PALINDROME_TESTS_UNIT_COMPILER_FRONTEND_FRONTEND_TEST_H_
