// Alembic: what `alembic upgrade base:head --sql` and `alembic downgrade
// head:base --sql` print, in files of any name. Sections begin with the line
// `-- Running upgrade a -> b`, perhaps with `, message`. The statements on
// Alembic's own table and its transactions are dropped, as is what stands
// before the first section. Where the folder also has the revisions' Python
// files, titles and dates come from those.
#include <optional>
#include <tuple>
#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

#include "compiler/import/formats.h"
#include "compiler/import/lines.h"
#include "compiler/import/names.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::importer {
namespace {

struct Header {
  bool is_upgrade = false;
  llvm::StringRef revision;
  llvm::StringRef message;
};

std::optional<Header> ReadHeader(llvm::StringRef line) {
  Header header;
  header.is_upgrade = line.consume_front("-- Running upgrade ");
  if ((!header.is_upgrade && !line.consume_front("-- Running downgrade ")) ||
      !line.contains("->")) {
    return std::nullopt;
  }
  const auto [from, to] = line.split("->");
  if (header.is_upgrade) {
    // Many may come before the arrow of a merge, but one only after it.
    std::tie(header.revision, header.message) = to.split(',');
    header.message = header.message.trim();
  } else {
    header.revision = from;
  }
  header.revision = header.revision.trim();
  return header;
}

bool IsScript(const ForeignFile& file) {
  return llvm::StringRef(file.path).ends_with(".sql");
}

// The tokens of a statement and the semicolon after it.
using Statement = llvm::SmallVector<sql::Token>;

bool IsWord(const sql::Token& token, llvm::StringRef word) {
  return token.kind == sql::TokenKind::kWord &&
         word.equals_insensitive(token.spelling);
}

bool IsTransaction(const Statement& statement) {
  return (IsWord(statement[0], "BEGIN") || IsWord(statement[0], "COMMIT")) &&
         llvm::all_of(llvm::drop_begin(statement), [](const sql::Token& token) {
           return IsWord(token, "TRANSACTION") || token.spelling == ";";
         });
}

bool IsOnVersionTable(const Statement& statement) {
  const bool is_verb = llvm::any_of(
      llvm::ArrayRef({"CREATE", "INSERT", "UPDATE", "DELETE", "DROP"}),
      [&](const char* verb) { return IsWord(statement[0], verb); });
  if (!is_verb) {
    return false;
  }
  std::size_t at = 1;
  const auto skip = [&](const char* word) {
    at += at < statement.size() && IsWord(statement[at], word) ? 1 : 0;
  };
  for (const char* word : {"INTO", "FROM", "TABLE", "IF", "NOT", "EXISTS"}) {
    skip(word);
  }
  if (at + 1 < statement.size() && statement[at + 1].spelling == ".") {
    at += 2;
  }
  return at < statement.size() &&
         sql::EqualsIgnoringCase(sql::Unquote(statement[at]),
                                 "alembic_version");
}

// Without what Alembic does for itself, and without empty statements.
std::string DropBookkeeping(llvm::StringRef text) {
  std::string kept;
  std::size_t copied = 0;
  Statement statement;
  const auto finish = [&] {
    if (!statement.empty() &&
        (statement[0].spelling == ";" || IsTransaction(statement) ||
         IsOnVersionTable(statement))) {
      const sql::Token& last = statement.back();
      kept += text.slice(copied, statement[0].offset);
      copied = last.offset + last.spelling.size();
    }
    statement.clear();
  };
  sql::Token token = sql::NextToken(text, 0);
  while (token.kind != sql::TokenKind::kEnd) {
    if (token.kind != sql::TokenKind::kComment) {
      statement.push_back(token);
    }
    if (token.spelling == ";") {
      finish();
    }
    token = sql::NextToken(
        text, token.offset + static_cast<std::uint32_t>(token.spelling.size()));
  }
  finish();
  return kept + text.substr(copied).str();
}

// Blank lines of what was dropped would pile up.
std::string JoinBlankLines(llvm::StringRef text) {
  std::string joined;
  bool was_blank = false;
  for (const llvm::StringRef line : Lines(text)) {
    const bool is_blank = line.trim().empty();
    if (!is_blank || !was_blank) {
      (joined += line) += '\n';
    }
    was_blank = is_blank;
  }
  return joined;
}

struct Revision {
  std::string message;
  std::string date;
};

// Of `versions/1975ea83b712_create_account_table.py`: the first line of its
// docstring and `Create Date: 2011-11-08 11:40:27.089406` in it.
void ReadRevision(const ForeignFile& file,
                  llvm::StringMap<Revision>& revisions) {
  Revision revision;
  const std::string text = PlainText(file.text);
  for (llvm::StringRef line : Lines(text)) {
    if (revision.message.empty() &&
        (line.consume_front(R"(""")") || line.consume_front("'''"))) {
      line.consume_back(R"(""")");
      revision.message = line.trim().str();
    } else if (line.consume_front("Create Date:")) {
      std::string digits;
      for (const char byte : line.trim().take_front(19)) {
        digits += llvm::isDigit(byte) ? std::string(1, byte) : "";
      }
      revision.date = DateOf(digits);
    } else if (line.starts_with("revision =") ||
               line.starts_with("revision:")) {
      const llvm::StringRef id = line.split('=').second.trim();
      revisions[id.trim("'\"")] = revision;
      return;
    }
  }
}

}  // namespace

bool LooksLikeAlembic(const ForeignFolder& folder) {
  return llvm::any_of(folder, [](const ForeignFile& file) {
    const std::string text = IsScript(file) ? PlainText(file.text) : "";
    return llvm::any_of(Lines(text), [](llvm::StringRef line) {
      const std::optional<Header> header = ReadHeader(line);
      return header && header->is_upgrade;
    });
  });
}

ForeignHistory ReadAlembic(const ForeignFolder& folder) {
  std::vector<Versioned> ups;
  std::vector<Versioned> downs;
  llvm::StringMap<Revision> revisions;
  for (const ForeignFile& file : folder) {
    if (llvm::StringRef(file.path).ends_with(".py")) {
      ReadRevision(file, revisions);
    }
    const std::string text = IsScript(file) ? PlainText(file.text) : "";
    std::string* section = nullptr;
    for (const llvm::StringRef line : Lines(text)) {
      if (const std::optional<Header> header = ReadHeader(line)) {
        Versioned& versioned =
            (header->is_upgrade ? ups : downs).emplace_back();
        versioned.key = header->revision.str();
        ForeignMigration& migration = versioned.migration;
        migration.source = file.path;
        migration.name = versioned.key;
        migration.title = header->message.str();
        section =
            header->is_upgrade ? &migration.up : &migration.down.emplace();
      } else if (section != nullptr) {
        (*section += line) += '\n';
      }
    }
  }
  AttachDowns(ups, std::move(downs));
  for (Versioned& versioned : ups) {
    ForeignMigration& migration = versioned.migration;
    const Revision revision = revisions.lookup(migration.name);
    if (migration.title.empty()) {
      migration.title = revision.message;
    }
    migration.date = revision.date;
    migration.up = Body(JoinBlankLines(DropBookkeeping(migration.up)));
    if (migration.down) {
      migration.down = Body(JoinBlankLines(DropBookkeeping(*migration.down)));
    }
  }
  // The order of the files is that of the revisions.
  return InOrder(std::move(ups),
                 [](const Versioned&, const Versioned&) { return false; });
}

}  // namespace palindrome::importer
