#include "compiler/driver/schema_of.h"

#include <utility>
#include <vector>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include "compiler/catalog/read_schema.h"
#include "compiler/driver/binary_file.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/reach.h"
#include "compiler/driver/report.h"
#include "compiler/driver/target.h"
#include "compiler/import/database.h"
#include "compiler/import/sql_text.h"
#include "compiler/inspect/sections.h"
#include "runtime/src/printable.h"
#include "runtime/src/revision_target.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::driver {
namespace {

using catalog::Catalog;
using Objects = std::vector<catalog::EngineObject>;

llvm::Error Failed(const std::string& path, const std::string& what) {
  return llvm::createStringError(
      llvm::inconvertibleErrorCode(),
      "`" + Printable(path) + "` " + Printable(what));
}

// The programs that bring a new database to the heads of the history.
llvm::Expected<std::vector<Program>> UpgradesOf(
    const inspect::History& history) {
  std::vector<Program> programs;
  for (const std::size_t index : history.loaded.graph.order()) {
    const auto program = history.loaded.table.FindProgram(
        history.row(index), table::Dialect::kSqlite);
    if (!program) {
      return llvm::createStringError(
          "its revision `%s` is not compiled for SQLite",
          history.loaded.graph.node(index).id.c_str());
    }
    programs.push_back(history.loaded.table.Statements(program->up));
  }
  return programs;
}

// The history of the name, or the only one.
llvm::Expected<const inspect::History*> Choose(
    const std::vector<inspect::History>& histories, const std::string& name) {
  std::vector<std::string> names;
  std::vector<const inspect::History*> chosen;
  for (const inspect::History& history : histories) {
    names.push_back("`" + history.name() + "`");
    if (name.empty() || history.name() == name) {
      chosen.push_back(&history);
    }
  }
  if (chosen.size() == 1) {
    return chosen.front();
  }
  if (chosen.empty()) {
    return llvm::createStringError("there is no history `%s`, but %s",
                                   name.c_str(),
                                   llvm::join(names, ", ").c_str());
  }
  return llvm::createStringError(
      "it has several histories; choose one by `--history`: %s",
      llvm::join(names, ", ").c_str());
}

// Reads the schemas of files and revisions.
class Reader {
 public:
  Reader(const Options& options, const rehearse::StandIns& stand_ins,
         Environment& environment)
      : options_(options), stand_ins_(stand_ins), environment_(environment) {}

  llvm::Expected<Catalog> ReadFile(const std::string& path);
  std::optional<Catalog> ReadRevision(const std::string& target);
  // Why the name of a file may not be it: it is a revision as well, or may be
  // meant as one. Empty: it is none.
  std::string FindRevision(const std::string& word);

 private:
  llvm::Expected<Objects> ReadObjects(const std::string& path,
                                      llvm::StringRef bytes);
  llvm::Expected<Objects> RunProgram(const std::string& path);
  llvm::Expected<Objects> RunText(llvm::StringRef text);

  const Options& options_;
  const rehearse::StandIns& stand_ins_;
  Environment& environment_;
};

llvm::Expected<Objects> Reader::RunProgram(const std::string& path) {
  auto histories = ReadProgram(environment_.file_system, path);
  if (!histories) {
    return histories.takeError();
  }
  auto history = Choose(*histories, options_.Get("history"));
  if (!history) {
    return Failed(path, llvm::toString(history.takeError()));
  }
  auto programs = UpgradesOf(**history);
  if (!programs) {
    return Failed(path, llvm::toString(programs.takeError()));
  }
  auto objects = environment_.run_programs(*programs, stand_ins_);
  if (!objects) {
    return Failed(path, "has upgrades that do not run: " +
                            llvm::toString(objects.takeError()));
  }
  return objects;
}

// The engine makes it by itself, and the sqlite3 shell dumps it all the same.
bool IsSequenceTable(std::string_view statement) {
  const auto word = [&](std::uint32_t& at) {
    const sql::Token token = sql::NextToken(statement, at);
    at = token.offset + static_cast<std::uint32_t>(token.spelling.size());
    return sql::FoldCase(sql::Unquote(token));
  };
  std::uint32_t at = 0;
  return word(at) == "create" && word(at) == "table" &&
         word(at) == "sqlite_sequence";
}

llvm::Expected<Objects> Reader::RunText(llvm::StringRef text) {
  if (source::FindNoText(text)) {
    return llvm::createStringError(
        "is neither a database nor a program, and "
        "no text in UTF-8");
  }
  std::vector<std::string> statements;
  for (const importer::SqlStatement& statement :
       importer::SplitStatements(text)) {
    if (statement.text.empty() || IsSequenceTable(statement.text)) {
      continue;
    }
    const importer::Judgement judgement = importer::Judge(statement.text);
    if (judgement.fate == importer::Fate::kRefused) {
      return llvm::createStringError("cannot be run: " + judgement.reason);
    }
    if (judgement.fate == importer::Fate::kPlain ||
        judgement.fate == importer::Fate::kDialect) {
      statements.emplace_back(statement.text);
    }
  }
  auto contents = environment_.run_all(statements, stand_ins_);
  if (!contents) {
    return llvm::createStringError("does not run: " +
                                   llvm::toString(contents.takeError()));
  }
  return std::move(contents->objects);
}

llvm::Expected<Objects> Reader::ReadObjects(const std::string& path,
                                            llvm::StringRef bytes) {
  constexpr llvm::StringLiteral kSqlite("SQLite format 3");
  if (bytes.starts_with(kSqlite)) {
    return environment_.read_database(path);
  }
  if (inspect::IsBinary(bytes)) {
    return RunProgram(path);
  }
  auto objects = RunText(bytes);
  if (!objects) {
    return Failed(path, llvm::toString(objects.takeError()));
  }
  return objects;
}

llvm::Expected<Catalog> Reader::ReadFile(const std::string& path) {
  auto buffer = ReadBinary(environment_.file_system, path);
  if (!buffer) {
    return buffer.takeError();
  }
  auto objects = ReadObjects(path, (*buffer)->getBuffer());
  if (!objects) {
    return objects.takeError();
  }
  importer::TakeOutLedgers(*objects);
  const auto engine = environment_.make_engine(stand_ins_);
  auto schema = catalog::ReadSchema(*objects, *engine);
  if (!schema) {
    return Failed(path, "has a schema that cannot be compared: " +
                            llvm::toString(schema.takeError()));
  }
  return schema;
}

std::optional<Catalog> Reader::ReadRevision(const std::string& target) {
  if (target == "base") {
    return Catalog();
  }
  const auto headers = ReadHeaders(options_, Judge::kOrder, environment_);
  const graph::Graph& graph = headers->folder.graph;
  std::optional<Catalog> schema;
  if (!headers->emitter.HasErrors()) {
    const Result<std::size_t> index = FindTarget(graph, target);
    if (!index.ok()) {
      ReportFailure(environment_, "there is no file `" + target + "`, and " +
                                      index.status().message());
      return std::nullopt;
    }
    const auto engine = environment_.make_engine(stand_ins_);
    schema = Reach(graph, graph.revisions[*index], *engine, headers->emitter)
                 .upgrade.after;
  }
  if (Report(headers->emitter.diagnostics(), environment_.err) != kSuccess) {
    ReportFailure(environment_, "`" + Printable(target) +
                                    "` is no file, and as a revision it "
                                    "cannot be read");
    return std::nullopt;
  }
  return schema;
}

std::string Reader::FindRevision(const std::string& word) {
  const std::string is_file = "`" + Printable(word) + "` is a file and ";
  const std::string hint = "; write `./" + Printable(word) + "` for the file";
  const std::string both = is_file + "a revision" + hint + ", and ";
  if (word == "base") {
    return both +
           "for what is before every migration give the file another "
           "name";
  }
  if (!ParseTarget(word).ok()) {
    return "";
  }
  if (!environment_.file_system.exists(options_.Get("directory"))) {
    return "";
  }
  const auto headers = ReadHeaders(options_, Judge::kOrder, environment_);
  if (headers->emitter.HasErrors()) {
    return is_file +
           "may be a revision, which errors in headers leave open (`palindrome "
           "check` lists them)" +
           hint;
  }
  const graph::Graph& graph = headers->folder.graph;
  if (graph.revisions.empty()) {
    return "";
  }
  const Result<std::size_t> index = FindTarget(graph, word);
  if (!index.ok()) {
    return index.status().code() == StatusCode::kUnknownRevision
               ? ""
               : is_file + "may be meant as a revision: " +
                     Printable(index.status().message()) + hint;
  }
  // Its id on its own branch, where the file has the name of the id.
  const std::string& id = graph.revisions[*index].id;
  return both + "`" + (id == word ? id + "@" + id : id) + "` for the revision";
}

}  // namespace

std::optional<Catalog> SchemaOf(const std::string& word, const Options& options,
                                const rehearse::StandIns& stand_ins,
                                Environment& environment) {
  Reader reader(options, stand_ins, environment);
  const auto status = environment.file_system.status(word);
  if (!status || status->isDirectory()) {
    return reader.ReadRevision(word);
  }
  if (const std::string problem = reader.FindRevision(word); !problem.empty()) {
    ReportFailure(environment, problem);
    return std::nullopt;
  }
  auto schema = reader.ReadFile(word);
  if (!schema) {
    ReportFailure(environment, schema.takeError());
    return std::nullopt;
  }
  return std::move(*schema);
}

}  // namespace palindrome::driver
