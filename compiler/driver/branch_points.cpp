// The command `branches`.
#include "compiler/driver/command.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/report.h"

namespace palindrome::driver {
namespace {

// A revision that several others revise.
struct BranchPoint {
  std::size_t revision = 0;
  std::vector<std::size_t> children;
};

std::vector<BranchPoint> BranchPointsOf(const graph::Graph& graph) {
  std::vector<BranchPoint> points(graph.revisions.size());
  for (std::size_t i = 0; i < graph.revisions.size(); ++i) {
    points[i].revision = i;
    for (const std::size_t parent : graph.revisions[i].parents) {
      points[parent].children.push_back(i);
    }
  }
  llvm::erase_if(points, [](const BranchPoint& point) {
    return point.children.size() < 2;
  });
  return points;
}

void PrintPlain(const graph::Graph& graph, const Options& options,
                llvm::raw_ostream& out) {
  for (const BranchPoint& point : BranchPointsOf(graph)) {
    out << RevisionLine(graph, point.revision, {"branch point"}) << '\n';
    if (options.Has("verbose")) {
      PrintFields(graph.revisions[point.revision], out, "    ");
    }
    for (const std::size_t child : point.children) {
      out << "    -> " << RevisionLine(graph, child) << '\n';
    }
  }
  for (std::size_t i = 0; i < graph.revisions.size(); ++i) {
    for (const ast::Text& label :
         graph.revisions[i].migration.header.branch_labels) {
      out << "label " << OneLine(label.value) << ": " << RevisionLine(graph, i)
          << '\n';
    }
  }
}

llvm::json::Object JsonBranches(const graph::Graph& graph) {
  llvm::json::Array branches;
  for (const BranchPoint& point : BranchPointsOf(graph)) {
    llvm::json::Array children;
    for (const std::size_t child : point.children) {
      children.push_back(JsonRevision(graph, child));
    }
    llvm::json::Object branch = JsonRevision(graph, point.revision);
    branch["children"] = std::move(children);
    branches.push_back(std::move(branch));
  }
  llvm::json::Array labels;
  for (const graph::Revision& revision : graph.revisions) {
    for (const ast::Text& label : revision.migration.header.branch_labels) {
      labels.push_back(llvm::json::Object{{"label", JsonText(label.value)},
                                          {"revision", JsonText(revision.id)}});
    }
  }
  return llvm::json::Object{{"branch_points", std::move(branches)},
                            {"labels", std::move(labels)}};
}

}  // namespace

int RunBranches(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("branches", "[OPTION]...",
                  "Lists the migrations that several others revise, with those "
                  "others, and the\n"
                  "branch labels.");
  options.AddFlag("verbose,v", "show the headers of the branch points");
  options.AddFolder();
  options.AddFormat();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  const auto headers = ReadHeaders(options, Judge::kOrder, environment);
  if (const auto status = RefuseHalf(options, *headers, environment)) {
    return *status;
  }
  const graph::Graph& graph = headers->folder.graph;
  if (options.WantsJson()) {
    PrintJson(JsonBranches(graph), environment.out);
  } else {
    PrintPlain(graph, options, environment.out);
  }
  return Report(headers->emitter.diagnostics(), environment.err);
}

}  // namespace palindrome::driver
