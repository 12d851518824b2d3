#include "tests/property/database.h"

#include <algorithm>
#include <set>

#include "compiler/catalog/slice.h"
#include "compiler/rehearse/sqlite/steps.h"
#include "runtime/drivers/sqlite/sqlite_schema_facts.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::property {

namespace {

// An error of the engine comes as text, in `wrong`.
SchemaObjects Facts(rehearse::sqlite::Connection& connection,
                    std::string& wrong) {
  auto facts = palindrome::sqlite::ReadSchema(connection.handle());
  if (!facts.ok()) {
    wrong = "the schema cannot be read: " + facts.status().ToString();
    return {};
  }
  return std::move(facts).value();
}

catalog::Slice SliceOf(const catalog::Catalog& catalog) {
  std::set<catalog::Key> keys;
  for (const catalog::ObjectPtr& object : catalog.Objects()) {
    keys.insert(object->key());
  }
  return catalog::Restrict(catalog, keys);
}

std::string Join(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text += "`" + name + "` ";
  }
  return text;
}

}  // namespace

const SchemaObjects& DirectSchemas::Of(const catalog::Catalog& catalog,
                                       std::string& wrong) {
  constexpr std::size_t kKept = 16;
  for (const Known& known : known_) {
    if (known.catalog == catalog.identity()) {
      return known.facts;
    }
  }
  if (known_.size() == kKept) {
    known_.pop_front();
  }
  Known& known = known_.emplace_back(Known{catalog.identity(), {}});
  rehearse::sqlite::Connection connection(nullptr);
  if (const auto error = connection.Create(SliceOf(catalog))) {
    wrong += "the catalog cannot be created: " + error->message + "\n";
  } else {
    known.facts = Facts(connection, wrong);
  }
  return known.facts;
}

Database::Database(DirectSchemas& direct)
    : direct_(direct), connection_(nullptr), runner_(connection_) {}

std::string Database::Create(const catalog::Catalog& catalog) {
  const auto error = connection_.Create(SliceOf(catalog));
  return error ? error->message : "";
}

std::string Database::Run(const lower::Program& program) {
  const auto failure = runner_.Run(program, rehearse::Phase::kUp);
  return failure ? failure->error.message + "\nin: " +
                       (program.statements.empty()
                            ? ""
                            : program.statements[failure->statement].sql)
                 : "";
}

std::string Database::RunSteps(const lower::Program& program,
                               const catalog::Simulation& simulation) {
  const auto changes = rehearse::ChangesOf(simulation);
  auto texts = palindrome::sqlite::ReadSchemaTexts(connection_.handle());
  if (!texts.ok()) {
    return texts.status().ToString();
  }
  rehearse::sqlite::StepWitness witness(connection_, *texts, changes);
  const auto failure =
      runner_.Run(program, rehearse::Phase::kDown,
                  [&](std::size_t step) { witness.After(step); });
  if (failure) {
    return failure->error.message +
           "\nin: " + program.statements[failure->statement].sql;
  }
  const auto& found = witness.difference();
  return found ? "after step " + std::to_string(found->step) + ": " +
                     DescribeDifference(found->difference)
               : "";
}

bool Database::Execute(const std::string& sql) {
  return !connection_.Run(sql);
}

bool Database::Accepts(const std::string& sql) {
  connection_.RunTrusted("SAVEPOINT attempt");
  const bool accepted = !connection_.Run(sql);
  connection_.RunTrusted("ROLLBACK TO attempt");
  connection_.RunTrusted("RELEASE attempt");
  return accepted;
}

std::string Database::Differences(const catalog::Catalog& catalog) {
  std::string wrong;
  const SchemaObjects& expected = direct_.Of(catalog, wrong);
  const SchemaObjects found = Facts(connection_, wrong);
  const auto differences = CompareSchemas(expected, found);
  for (const SchemaDifference& difference : differences) {
    wrong += DescribeDifference(difference) + "\n";
  }
  for (std::size_t i = 0; differences.empty() && i < expected.size(); ++i) {
    if (!std::equal(expected[i].column_order.begin(),
                    expected[i].column_order.end(),
                    found[i].column_order.begin(), found[i].column_order.end(),
                    sql::EqualsIgnoringCase)) {
      wrong += "columns of `" + expected[i].name + "` are in the order " +
               Join(found[i].column_order) + "and not " +
               Join(expected[i].column_order) + "\n";
    }
  }
  return wrong;
}

bool Database::Read(const std::string& table,
                    const std::vector<std::string>& columns,
                    std::vector<Row>& rows) {
  constexpr char kEnd = '\x1f';
  std::string values = "''";
  for (const std::string& column : columns) {
    values += " || quote(" + sql::QuoteName(table) + "." +
              sql::QuoteName(column) + ") || char(31)";
  }
  rows.clear();
  const auto error = connection_.RunTrusted(
      "SELECT " + values + " FROM " + sql::QuoteName(table),
      [&rows](std::string_view text) {
        Row& row = rows.emplace_back();
        while (!text.empty()) {
          const auto end = text.find(kEnd);
          row.emplace_back(text.substr(0, end));
          text.remove_prefix(end + 1);
        }
        return true;
      });
  return !error;
}

}  // namespace palindrome::property
