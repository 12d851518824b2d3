#include "compiler/driver/query_report.h"

#include "llvm/ADT/STLExtras.h"

#include "compiler/driver/headers.h"
#include "compiler/driver/report.h"
#include "runtime/src/printable.h"

namespace palindrome::driver {

using queries::Query;

// "`db::Find` (src/db.cpp:12:3)".
std::string ImpactReport::Describe(const Query& query) const {
  const source::Location location = locate_(query);
  std::string place = "no place";
  if (location.file != nullptr) {
    const auto [line, column] = location.file->Resolve(location.range.begin);
    place = location.file->name() + ":" + std::to_string(line) + ":" +
            std::to_string(column);
  }
  return query.function.empty()
             ? Printable(place)
             : "`" + query.function + "` (" + Printable(place) + ")";
}

void ImpactReport::Print(const std::vector<Impact>& impacts,
                         llvm::raw_ostream& out) const {
  const graph::Graph& graph = schemas_.folder.graph;
  if (impacts.empty()) {
    out << "every migration is locked\n";
  }
  for (std::size_t i = 0; i < impacts.size(); ++i) {
    out << RevisionLine(graph, schemas_.unlocked[i].revision) << '\n';
    const Impact& impact = impacts[i];
    for (const BrokenQuery& each : impact.breaks) {
      out << "    breaks " << Describe(program_.queries[each.query]) << ": "
          << Printable(each.message)
          << (each.is_deployed ? "" : "; no locked migration lets it work")
          << '\n';
    }
    for (const std::size_t each : impact.needed_by) {
      out << "    is needed by " << Describe(program_.queries[each]) << '\n';
    }
    if (impact.breaks.empty()) {
      out << "    breaks no SQL here\n";
    } else if (llvm::any_of(impact.breaks, [](const BrokenQuery& each) {
                 return each.is_deployed;
               })) {
      out << "    programs that are in use break with it\n";
    }
  }
}

llvm::json::Object ImpactReport::JsonQuery(const Query& query) const {
  llvm::json::Object object{{"function", JsonText(query.function)},
                            {"sql", JsonText(query.text.value)},
                            {"file", ""},
                            {"line", 0},
                            {"column", 0}};
  const source::Location location = locate_(query);
  if (location.file != nullptr) {
    const auto [line, column] = location.file->Resolve(location.range.begin);
    object["file"] = JsonText(location.file->name());
    object["line"] = line;
    object["column"] = column;
  }
  return object;
}

llvm::json::Array ImpactReport::Json(const std::vector<Impact>& impacts) const {
  llvm::json::Array array;
  for (std::size_t i = 0; i < impacts.size(); ++i) {
    llvm::json::Array breaks;
    for (const BrokenQuery& each : impacts[i].breaks) {
      llvm::json::Object object = JsonQuery(program_.queries[each.query]);
      object["message"] = JsonText(each.message);
      object["deployed"] = each.is_deployed;
      breaks.push_back(std::move(object));
    }
    llvm::json::Array needed_by;
    for (const std::size_t each : impacts[i].needed_by) {
      needed_by.push_back(JsonQuery(program_.queries[each]));
    }
    array.push_back(llvm::json::Object{
        {"migration",
         JsonRevision(schemas_.folder.graph, schemas_.unlocked[i].revision)},
        {"breaks", std::move(breaks)},
        {"needed_by", std::move(needed_by)}});
  }
  return array;
}

void PrintCounts(const QueryCounts& counts, llvm::raw_ostream& out) {
  const auto several = [](std::size_t count, const char* noun) {
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
  };
  out << several(counts.literals, "literal") << " of SQL: " << counts.checked
      << " checked, " << counts.unchecked << " not checked";
  if (counts.unknown != 0) {
    out << "; " << several(counts.unknown, "place")
        << " with SQL that is no constant, not checked";
  }
  out << '\n';
}

}  // namespace palindrome::driver
