#include "tests/unit/compiler/models/read_models.h"

#include <utility>

#include <gtest/gtest.h>

#include "compiler/rehearse/sqlite/engine.h"
#include "tests/support/cpp_units.h"
#include "tests/support/simulation.h"

namespace palindrome::testing {

std::string WithHead(const std::string& text) {
  // Those that it needs alone, for each takes its time.
  std::string head = "#include <palindrome/model.h>\n";
  for (const auto& [word, header] : {std::pair{"std::chrono", "chrono"},
                                     {"std::byte", "cstddef"},
                                     {"int", "cstdint"},
                                     {"std::optional", "optional"},
                                     {"std::string", "string"},
                                     {"std::wstring", "string"},
                                     {"std::u8string", "string"},
                                     {"std::vector", "vector"},
                                     {"std::array", "array"}}) {
    if (text.find(word) != std::string::npos) {
      head += "#include <" + std::string(header) + ">\n";
    }
  }
  return head + "#line 1\n" + text;
}

std::string ReadModels::Describe(source::Location place) const {
  if (place.file == nullptr) {
    return "nowhere";
  }
  return "`" + std::string(place.file->text(place.range)) + "`";
}

std::unique_ptr<ReadModels> Read(
    const std::map<std::string, std::string>& files) {
  auto result = std::make_unique<ReadModels>();
  std::vector<std::string> names;
  for (const auto& [name, text] : files) {
    const std::string path = "/project/" + name;
    names.push_back(name);
    result->files[path] = std::make_unique<source::File>(path, text);
  }
  const auto units = ReadHeaders(files, names);
  const models::Locate locate = [&](const std::string& path,
                                    source::Range range) {
    const auto file = result->files.find(path);
    return file == result->files.end()
               ? source::Location()
               : source::Location{file->second.get(), range};
  };
  diagnostics::Emitter emitter;
  const auto engine = rehearse::sqlite::MakeEngine({});
  result->models = models::ReadModels(units, {}, locate, *engine, emitter);
  for (const diagnostics::Diagnostic& each : emitter.diagnostics()) {
    result->problems.push_back(each.message + " at " +
                               result->Describe(each.location));
    for (const diagnostics::Note& note : each.notes) {
      result->problems.push_back(note.message + " at " +
                                 result->Describe(note.location));
    }
  }
  return result;
}

std::unique_ptr<ReadModels> Read(const std::string& text) {
  return Read({{"models.h", WithHead(text)}});
}

catalog::Catalog Schema(const std::vector<std::string>& statements) {
  std::string text;
  for (const std::string& statement : statements) {
    text += statement + ";\n";
  }
  const auto simulated = SimulateStatements(text);
  EXPECT_EQ(Messages(simulated->simulation), "");
  return simulated->simulation.after;
}

}  // namespace palindrome::testing
