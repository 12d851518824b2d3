#include "compiler/driver/desired.h"

#include <utility>

#include "compiler/config/places.h"
#include "compiler/driver/path.h"
#include "compiler/driver/reach.h"
#include "compiler/driver/report.h"
#include "compiler/driver/schema_of.h"
#include "compiler/models/adapt.h"
#include "compiler/models/kept.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::driver {
namespace {

PALINDROME_TEXT(kNoTable, kConfiguration,
                "`unmodelled` of palindrome.toml has `{0}`, which is no table "
                "of the history{1}",
                std::string, std::string);
PALINDROME_TEXT(kUnmodelledTable, kModel,
                "table `{0}` is said to be the history's alone by `unmodelled` "
                "of palindrome.toml",
                std::string);

bool IsSql(llvm::StringRef path) {
  return path.ends_with_insensitive(".sql");
}

// The tokens of a text, without comments.
std::vector<sql::Token> Tokens(std::string_view text) {
  std::vector<sql::Token> tokens;
  std::uint32_t at = 0;
  for (sql::Token token = sql::NextToken(text, at);
       token.kind != sql::TokenKind::kEnd; token = sql::NextToken(text, at)) {
    at = token.offset + static_cast<std::uint32_t>(token.spelling.size());
    if (token.kind != sql::TokenKind::kComment) {
      tokens.push_back(token);
    }
  }
  return tokens;
}

// The name that a CREATE of the kind gives, from behind that word.
const sql::Token* FindName(const std::vector<sql::Token>& tokens,
                           std::size_t at) {
  const auto is = [&](std::size_t index, std::string_view word) {
    return index < tokens.size() &&
           sql::EqualsIgnoringCase(tokens[index].spelling, word);
  };
  if (is(at, "IF") && is(at + 1, "NOT") && is(at + 2, "EXISTS")) {
    at += 3;
  }
  if (is(at + 1, ".")) {
    at += 2;
  }
  return at < tokens.size() ? &tokens[at] : nullptr;
}

// Where the tables, their columns and the indexes of the text are.
void FindPlaces(const source::File& file, models::Models& models) {
  const auto tokens = Tokens(file.text());
  const auto at = [&](const sql::Token& token) {
    const auto size = static_cast<std::uint32_t>(token.spelling.size());
    return source::Location{&file, {token.offset, token.offset + size}};
  };
  models::ModelTable* table = nullptr;
  const ast::Table* definition = nullptr;
  std::size_t depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string word = sql::FoldCase(tokens[i].spelling);
    const bool begins = i > 0 && depth == 0;
    const sql::Token* name = FindName(tokens, i + 1);
    const std::string folded =
        name != nullptr ? sql::FoldCase(sql::Unquote(*name)) : "";
    if (begins && word == "table" && name != nullptr) {
      table = &models.tables[folded];
      table->place = at(*name);
      definition = models.catalog.FindTable(folded);
    } else if (begins && word == "index" && name != nullptr) {
      models.indexes[folded] = at(*name);
    } else if (word == ";") {
      table = nullptr;
    } else if (word == "(") {
      ++depth;
    } else if (word == ")" && depth > 0) {
      --depth;
    }
    // A column begins behind `(` or `,`.
    const bool may_be_column = table != nullptr && definition != nullptr &&
                               depth == 1 && (word == "(" || word == ",") &&
                               i + 1 < tokens.size();
    if (may_be_column) {
      const std::string column = sql::FoldCase(sql::Unquote(tokens[i + 1]));
      for (const ast::Column& each : definition->columns) {
        if (sql::EqualsIgnoringCase(each.name.text, column)) {
          table->columns[column].place = at(tokens[i + 1]);
        }
      }
    }
  }
}

bool ReadSql(const std::string& path, const Options& options,
             const rehearse::StandIns& stand_ins, Environment& environment,
             Desired& desired) {
  auto file = desired.files.Read(environment.file_system, path);
  if (!file) {
    ReportFailure(environment, file.takeError());
    return false;
  }
  auto schema = SchemaOf(path, options, stand_ins, environment);
  if (!schema) {
    return false;
  }
  desired.models.is_sql = true;
  desired.models.catalog = std::move(*schema);
  FindPlaces(**file, desired.models);
  for (const std::string& table : desired.unmodelled) {
    const std::string name = sql::FoldCase(table);
    desired.models.unmodelled.insert(name);
    if (desired.models.catalog.FindTable(name) != nullptr) {
      desired.emitter.Emit(kUnmodelledTable, desired.models.tables[name].place,
                           table);
    }
  }
  desired.first = {*file, {0, 0}};
  desired.inputs.push_back(path);
  return true;
}

bool ReadModels(const std::vector<std::string>& named, const Options& options,
                const std::vector<std::string>& compiler_arguments,
                const config::Settings& settings, Environment& environment,
                Desired& desired) {
  auto commands =
      FindCompileCommands(named, options, compiler_arguments, environment);
  if (!commands) {
    ReportFailure(environment, commands.takeError());
    return false;
  }
  auto units = ReadCpp(*commands, options, settings, environment);
  if (!units) {
    ReportFailure(environment, units.takeError());
    return false;
  }
  CppFiles files(environment, desired.files, named);
  const models::Locate locate = [&](const std::string& path,
                                    source::Range range) {
    return files.Locate(path, range);
  };
  const auto engine = environment.make_engine(settings.stand_ins);
  desired.models = models::ReadModels(*units, desired.unmodelled, locate,
                                      *engine, desired.emitter);
  for (const facts::Unit& unit : *units) {
    for (const facts::SourceFile& file : unit.files) {
      desired.inputs.push_back(file.path);
    }
  }
  if (!commands->empty()) {
    desired.first = files.Locate(commands->front().file, {0, 0});
  }
  // A mark that was forgotten is not to drop every table.
  if (desired.models.tables.empty() && !desired.emitter.HasErrors()) {
    ReportFailure(environment,
                  "no struct is marked as a table by `PALINDROME_TABLE` of "
                  "palindrome/model.h in what was read");
    return false;
  }
  return true;
}

}  // namespace

catalog::Catalog Desired::After(const catalog::Catalog& history) const {
  return models.is_sql ? models::WithKept(models, history, models.catalog)
                       : models::Adapt(models, history);
}

void Desired::CheckUnmodelled(const catalog::Catalog& history,
                              const Options& options,
                              Environment& environment) {
  for (const std::string& name : unmodelled) {
    if (history.FindTable(name) != nullptr) {
      continue;
    }
    auto file =
        files.Read(environment.file_system,
                   JoinPath(options.Get("directory"), "palindrome.toml"));
    if (!file) {
      ReportFailure(environment, file.takeError());
      return;
    }
    emitter.Emit(kNoTable, config::FindUnmodelled(**file, name), name,
                 diagnostics::Suggestion(
                     name, history.Names(catalog::ObjectKind::kTable)));
  }
}

void AddDesiredOptions(Options& options) {
  options.AddList("models", "FILE",
                  "a C++ file with models, if not every source of the build "
                  "directory, or a schema in SQL, `.sql`; may be repeated");
  options.AddValue("schema", "FILE", "a schema in SQL in the place of models");
  AddCppOptions(options);
}

std::unique_ptr<Desired> ReadDesired(
    const Options& options, const std::vector<std::string>& compiler_arguments,
    const config::Settings& settings, Environment& environment) {
  auto desired = std::make_unique<Desired>();
  desired->unmodelled = settings.unmodelled_tables;
  std::vector<std::string> named = options.List("models");
  if (options.Has("schema")) {
    named.push_back(options.Get("schema"));
  }
  const bool has_sql = options.Has("schema") || llvm::any_of(named, IsSql);
  if (has_sql && named.size() > 1) {
    ReportFailure(environment,
                  "a schema in SQL stands alone, without models beside it");
    return nullptr;
  }
  const bool is_read = has_sql
                           ? ReadSql(named.front(), options, settings.stand_ins,
                                     environment, *desired)
                           : ReadModels(named, options, compiler_arguments,
                                        settings, environment, *desired);
  return is_read ? std::move(desired) : nullptr;
}

std::optional<catalog::Catalog> ReadHistory(const Options& options,
                                            const config::Settings& settings,
                                            Environment& environment,
                                            std::vector<std::string>& inputs) {
  const auto headers = ReadHeaders(options, Judge::kOrder, environment);
  const auto engine = environment.make_engine(settings.stand_ins);
  catalog::Catalog history;
  if (!headers->emitter.HasErrors()) {
    history = SchemaOfHeads(headers->folder.graph, std::nullopt, *engine,
                            headers->emitter);
  }
  if (Report(headers->emitter.diagnostics(), environment.err) != kSuccess) {
    return std::nullopt;
  }
  inputs.insert(inputs.end(), headers->folder.inputs.begin(),
                headers->folder.inputs.end());
  return history;
}

catalog::Catalog SchemaOfHeads(const graph::Graph& graph,
                               std::optional<std::size_t> last,
                               catalog::Engine& engine,
                               diagnostics::Emitter& emitter) {
  std::vector<std::size_t> heads = graph.heads;
  if (last) {
    llvm::erase(heads, *last);
    heads.push_back(*last);
  }
  catalog::Catalog schema;
  for (const std::size_t head : heads) {
    const Reached reached =
        Reach(graph, graph.revisions[head], engine, emitter);
    if (schema.empty()) {
      schema = reached.upgrade.after;
      continue;
    }
    for (const catalog::ObjectPtr& object : reached.upgrade.after.Objects()) {
      catalog::Object copy = *object;
      copy.number = 0;
      schema = schema.With(std::move(copy));
    }
  }
  return schema;
}

}  // namespace palindrome::driver
