#include "runtime/src/made_objects.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <string_view>
#include <vector>

#include "runtime/src/sql_lexer.h"
#include "runtime/src/sql_normalize.h"

namespace palindrome {
namespace {

// Reads a statement from its beginning, as far as it is asked.
class Reader {
 public:
  explicit Reader(std::string_view text) : tokens_(sql::Tokenize(text)) {}

  bool Take(std::string_view word) {
    const bool is_there =
        at_ < tokens_.size() && sql::IsWord(tokens_[at_], word);
    at_ += is_there ? 1 : 0;
    return is_there;
  }
  // Goes behind the next `word`; false if there is none.
  bool Find(std::string_view word) {
    while (at_ < tokens_.size() && !Take(word)) {
      ++at_;
    }
    return at_ < tokens_.size();
  }
  void SkipIfExists() {
    if (Take("IF")) {
      Take("NOT");
      Take("EXISTS");
    }
  }
  // The kind of object that the next word names; empty if it names none.
  std::string TakeKind() {
    for (const std::string_view kind : {"TABLE", "INDEX", "VIEW", "TRIGGER"}) {
      if (Take(kind)) {
        return sql::FoldCase(kind);
      }
    }
    return "";
  }
  // A name that may be qualified, folded.
  std::string TakeName() {
    std::string name = TakePart();
    if (at_ < tokens_.size() && sql::IsPunctuation(tokens_[at_], ".")) {
      ++at_;
      name = TakePart();
    }
    return name;
  }

 private:
  std::string TakePart() {
    return at_ < tokens_.size() ? sql::FoldCase(sql::Unquote(tokens_[at_++]))
                                : "";
  }

  const std::vector<sql::Token> tokens_;
  std::size_t at_ = 0;
};

class MadeObjects {
 public:
  void Run(std::string_view statement) {
    Reader reader(statement);
    if (reader.Take("CREATE")) {
      Create(reader);
    } else if (reader.Take("DROP")) {
      Drop(reader);
    } else if (reader.Take("ALTER") && reader.Take("TABLE")) {
      Alter(reader);
    }
  }

  ObjectNames Names() const {
    ObjectNames names;
    std::transform(tables_.begin(), tables_.end(),
                   std::inserter(names, names.end()),
                   [](const auto& entry) { return entry.first; });
    return names;
  }

 private:
  void Create(Reader& reader) {
    if (reader.Take("TEMP") || reader.Take("TEMPORARY")) {
      return;
    }
    static_cast<void>(reader.Take("UNIQUE") || reader.Take("VIRTUAL"));
    const std::string kind = reader.TakeKind();
    reader.SkipIfExists();
    const std::string name = reader.TakeName();
    std::string table;
    if ((kind == "index" || kind == "trigger") && reader.Find("ON")) {
      table = reader.TakeName();
    }
    if (!kind.empty()) {
      tables_.insert_or_assign({kind, name}, std::move(table));
    }
  }

  void Drop(Reader& reader) {
    const std::string kind = reader.TakeKind();
    reader.SkipIfExists();
    const std::string name = reader.TakeName();
    tables_.erase({kind, name});
    if (!name.empty() && (kind == "table" || kind == "view")) {
      std::erase_if(tables_,
                    [&](const auto& entry) { return entry.second == name; });
    }
  }

  void Alter(Reader& reader) {
    const std::string name = reader.TakeName();
    if (name.empty() || !reader.Take("RENAME") || !reader.Take("TO")) {
      return;
    }
    const std::string now = reader.TakeName();
    if (tables_.erase({"table", name}) != 0) {
      tables_.insert_or_assign({"table", now}, "");
    }
    for (auto& [object, table] : tables_) {
      if (table == name) {
        table = now;
      }
    }
  }

  // The objects, and of an index or a trigger what it is on.
  std::map<std::pair<std::string, std::string>, std::string> tables_;
};

void RunAll(std::span<const ProgramStatement> statements, MadeObjects* made) {
  for (const ProgramStatement& statement : statements) {
    if ((statement.flags & table::kDataStatement) == 0) {
      made->Run(statement.sql);
    }
  }
}

}  // namespace

ObjectNames FindMadeObjects(std::span<const ProgramStatement> statements) {
  MadeObjects made;
  RunAll(statements, &made);
  return made.Names();
}

ObjectNames FindMadeObjects(const LoadedHistory& history,
                            const RevisionSet& applied,
                            table::Dialect dialect) {
  MadeObjects made;
  for (const std::size_t index : history.graph.order()) {
    const auto program =
        applied[index]
            ? history.table.FindProgram(
                  history.table.Row(static_cast<std::uint32_t>(index)), dialect)
            : std::nullopt;
    if (program) {
      RunAll(history.table.Statements(program->up).statements, &made);
    }
  }
  return made.Names();
}

}  // namespace palindrome
