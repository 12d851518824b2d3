#include "tests/unit/compiler/import/import_test.h"

#include <gtest/gtest.h>

#include "llvm/ADT/STLExtras.h"

#include "tests/support/import_properties.h"

namespace palindrome::importer {
namespace {

ForeignFolder Sorted(ForeignFolder folder) {
  llvm::sort(folder, [](const ForeignFile& left, const ForeignFile& right) {
    return left.path < right.path;
  });
  return folder;
}

template <typename Part>
Texts Each(const ForeignHistory& history, Part part) {
  Texts texts;
  for (const ForeignMigration& migration : history) {
    texts.push_back(part(migration));
  }
  return texts;
}

}  // namespace

ForeignHistory ReadAs(std::string_view format, ForeignFolder folder) {
  ForeignHistory history =
      ReadHistory(FindFormat(format).value(), Sorted(std::move(folder)));
  EXPECT_EQ(testing::FindHistoryFault(history), "");
  return history;
}

Texts Names(const ForeignHistory& history) {
  return Each(history, [](const auto& each) { return each.name; });
}

Texts Titles(const ForeignHistory& history) {
  return Each(history, [](const auto& each) { return each.title; });
}

Texts Dates(const ForeignHistory& history) {
  return Each(history, [](const auto& each) { return each.date; });
}

Texts Ups(const ForeignHistory& history) {
  return Each(history, [](const auto& each) { return each.up; });
}

Texts Downs(const ForeignHistory& history) {
  return Each(history,
              [](const auto& each) { return each.down.value_or("none"); });
}

Texts Failures(const ForeignHistory& history) {
  return Each(history, [](const auto& each) { return each.failure; });
}

std::string Recognized(ForeignFolder folder) {
  const std::optional<Format> format = Recognize(Sorted(std::move(folder)));
  return format ? std::string(FormatName(*format)) : "none";
}

}  // namespace palindrome::importer
