// Tables that are not what they should be: each is refused for what it is, and
// none makes the reader look beside it.
#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/src/history_table.h"
#include "tests/support/read_table.h"
#include "tests/unit/runtime/table_blob.h"

namespace palindrome {
namespace {

constexpr std::uint32_t kHuge = std::numeric_limits<std::uint32_t>::max();

testing::TableBlob MakeBlob() {
  testing::BlobRow first;
  first.revision = "a1";
  first.title = "create tasks";
  first.branch_labels = {"core"};
  testing::BlobProgram program;
  program.up.statements = {{0, "CREATE TABLE tasks (id INTEGER)", 7}};
  program.down.statements = {{0, "DROP TABLE tasks", 0}};
  first.programs = {program};
  testing::BlobRow second = first;
  second.revision = "b2";
  second.parents = {"a1"};
  second.depends_on = {"a1"};
  second.allowed = {{"rule", "reason"}};
  testing::BlobShortcut shortcut;
  shortcut.rows = {0, 2};
  shortcut.up.statements = {{0, "CREATE TABLE tasks (id INTEGER)", 0}};
  return testing::TableBlob("board", {first, second}, {shortcut});
}

struct Spoiling {
  const char* name;
  StatusCode code;
  std::function<void(testing::TableBlob&)> spoil;
};

void PrintTo(const Spoiling& spoiling, std::ostream* out) {
  *out << spoiling.name;
}

template <typename Entry>
Entry& First(testing::TableBlob& blob, table::Section table::Header::*section) {
  return blob.At<Entry>(blob.header().*section, 0);
}
table::Row& Row(testing::TableBlob& blob) {
  return blob.At<table::Row>(blob.header().rows, 1);
}

const Spoiling kSpoilings[] = {
    {"Magic", StatusCode::kMalformedHistory,
     [](auto& blob) { blob.header().magic[7] = '\r'; }},
    {"NewerVersion", StatusCode::kUnsupportedHistory,
     [](auto& blob) { blob.header().version = 2; }},
    {"ByteOrder", StatusCode::kUnsupportedHistory,
     [](auto& blob) { blob.header().version = 0x01000000; }},
    {"HeaderFlag", StatusCode::kUnsupportedHistory,
     [](auto& blob) { blob.header().flags = 1; }},
    {"LongerThanTheFile", StatusCode::kMalformedHistory,
     [](auto& blob) { ++blob.header().length; }},
    {"ShorterThanItsText", StatusCode::kMalformedHistory,
     [](auto& blob) { --blob.header().length; }},
    {"ShorterThanItsHeader", StatusCode::kMalformedHistory,
     [](auto& blob) { blob.header().length = 3; }},
    {"NoName", StatusCode::kMalformedHistory,
     [](auto& blob) {
       blob.header().name = {0, 0};
     }},
    {"NameOutside", StatusCode::kMalformedHistory,
     [](auto& blob) {
       blob.header().name = {kHuge, 1};
     }},
    {"SectionOutside", StatusCode::kMalformedHistory,
     [](auto& blob) { blob.header().links.offset = kHuge - 3; }},
    {"StrideTooSmall", StatusCode::kMalformedHistory,
     [](auto& blob) { blob.header().statements.stride = 4; }},
    {"TextStride", StatusCode::kMalformedHistory,
     [](auto& blob) {
       blob.header().text.stride = 2;
       blob.header().text.count = 1;
     }},
    {"TooManyRows", StatusCode::kMalformedHistory,
     [](auto& blob) { blob.header().rows.count = kHuge; }},
    {"ProductOverflows", StatusCode::kMalformedHistory,
     [](auto& blob) {
       blob.header().statements.count = 1U << 31U;
       blob.header().statements.stride = 1U << 31U;
     }},
    {"LinkOutside", StatusCode::kMalformedHistory,
     [](auto& blob) {
       First<table::Text>(blob, &table::Header::links) = {1, kHuge};
     }},
    {"RuleOutside", StatusCode::kMalformedHistory,
     [](auto& blob) {
       First<table::Allowed>(blob, &table::Header::allowed).rule.offset = kHuge;
     }},
    {"ReasonOutside", StatusCode::kMalformedHistory,
     [](auto& blob) {
       First<table::Allowed>(blob, &table::Header::allowed).reason.size = kHuge;
     }},
    {"StatementOutside", StatusCode::kMalformedHistory,
     [](auto& blob) {
       First<table::Statement>(blob, &table::Header::statements).sql.size =
           kHuge;
     }},
    {"StatementFlag", StatusCode::kUnsupportedHistory,
     [](auto& blob) {
       First<table::Statement>(blob, &table::Header::statements).flags =
           table::kKnownStatementFlags + 1;
     }},
    {"Dialect", StatusCode::kUnsupportedHistory,
     [](auto& blob) {
       First<table::Program>(blob, &table::Header::programs).dialect =
           static_cast<table::Dialect>(3);
     }},
    {"ShortcutDialect", StatusCode::kUnsupportedHistory,
     [](auto& blob) {
       First<table::Shortcut>(blob, &table::Header::shortcuts).dialect =
           static_cast<table::Dialect>(3);
     }},
    {"ShortcutKind", StatusCode::kUnsupportedHistory,
     [](auto& blob) {
       First<table::Shortcut>(blob, &table::Header::shortcuts).kind =
           static_cast<table::ShortcutKind>(4);
     }},
    {"ShortcutOfNoRow", StatusCode::kMalformedHistory,
     [](auto& blob) {
       First<table::Shortcut>(blob, &table::Header::shortcuts).rows = {0, 0};
     }},
    {"ShortcutOfRowsOutside", StatusCode::kMalformedHistory,
     [](auto& blob) {
       auto& shortcut = First<table::Shortcut>(blob, &table::Header::shortcuts);
       shortcut.kind = table::ShortcutKind::kMergedRebuilds;
       shortcut.rows = {1, 2};
     }},
    {"SnapshotOfSomeRows", StatusCode::kMalformedHistory,
     [](auto& blob) {
       First<table::Shortcut>(blob, &table::Header::shortcuts).rows = {0, 1};
     }},
    {"ShortcutOutside", StatusCode::kMalformedHistory,
     [](auto& blob) {
       First<table::Shortcut>(blob, &table::Header::shortcuts).up.first = 5;
     }},
    {"ShortcutShares", StatusCode::kMalformedHistory,
     [](auto& blob) {
       First<table::Shortcut>(blob, &table::Header::shortcuts).up = {0, 5};
     }},
    {"UpOutside", StatusCode::kMalformedHistory,
     [](auto& blob) {
       First<table::Program>(blob, &table::Header::programs).up.first = 5;
     }},
    {"DownOutside", StatusCode::kMalformedHistory,
     [](auto& blob) {
       First<table::Program>(blob, &table::Header::programs).down.count = kHuge;
     }},
    {"StatementsShared", StatusCode::kMalformedHistory,
     [](auto& blob) {
       First<table::Program>(blob, &table::Header::programs).up = {0, 4};
     }},
    {"UpDigestOutside", StatusCode::kMalformedHistory,
     [](auto& blob) {
       First<table::Program>(blob, &table::Header::programs).up_digest.size =
           kHuge;
     }},
    {"DownDigestOutside", StatusCode::kMalformedHistory,
     [](auto& blob) {
       First<table::Program>(blob, &table::Header::programs)
           .down_digest.offset = kHuge;
     }},
    {"NoRevision", StatusCode::kMalformedHistory,
     [](auto& blob) { Row(blob).revision.size = 0; }},
    {"RevisionWithSpaces", StatusCode::kMalformedHistory,
     [](auto& blob) {
       Row(blob).revision =
           First<table::Statement>(blob, &table::Header::statements).sql;
     }},
    {"ParentsOutside", StatusCode::kMalformedHistory,
     [](auto& blob) {
       Row(blob).parents = {kHuge, 1};
     }},
    {"DependenciesOutside", StatusCode::kMalformedHistory,
     [](auto& blob) {
       Row(blob).depends_on = {1, kHuge};
     }},
    {"LabelsOutside", StatusCode::kMalformedHistory,
     [](auto& blob) { Row(blob).branch_labels.first = kHuge; }},
    {"LinksShared", StatusCode::kMalformedHistory,
     [](auto& blob) {
       Row(blob).parents = {0, 4};
     }},
    {"AllowedOutside", StatusCode::kMalformedHistory,
     [](auto& blob) { Row(blob).allowed.count = 2; }},
    {"ProgramsOutside", StatusCode::kMalformedHistory,
     [](auto& blob) { Row(blob).programs.first = 2; }},
    {"EmptyLink", StatusCode::kMalformedHistory,
     [](auto& blob) {
       First<table::Text>(blob, &table::Header::links).size = 0;
     }},
    {"RevisionTwice", StatusCode::kMalformedHistory,
     [](auto& blob) {
       Row(blob).revision =
           First<table::Row>(blob, &table::Header::rows).revision;
     }},
    {"ChildFirst", StatusCode::kMalformedHistory,
     [](auto& blob) {
       std::swap(Row(blob), First<table::Row>(blob, &table::Header::rows));
     }},
    {"Proof", StatusCode::kUnsupportedHistory,
     [](auto& blob) { Row(blob).proof = static_cast<table::Proof>(3); }},
    {"Loss", StatusCode::kUnsupportedHistory,
     [](auto& blob) { Row(blob).loss = static_cast<table::Loss>(7); }},
    {"Compatibility", StatusCode::kUnsupportedHistory,
     [](auto& blob) { Row(blob).compatibility = 1U << 3; }},
    {"CompatibilityThatIsNotClassified", StatusCode::kMalformedHistory,
     [](auto& blob) { Row(blob).compatibility = table::kBreaksWrites; }},
};

// What opening and checking a table gives.
Status Read(const char* bytes, std::size_t size) {
  const Result<HistoryTable> table =
      HistoryTable::Open(std::as_bytes(std::span(bytes, size)));
  return table.ok() ? table->Validate() : table.status();
}

class HostileTable : public ::testing::TestWithParam<Spoiling> {};

TEST_P(HostileTable, IsRefused) {
  testing::TableBlob blob = MakeBlob();
  GetParam().spoil(blob);
  const Status status = Read(blob.bytes(), blob.size());
  EXPECT_EQ(status.code(), GetParam().code) << status.ToString();
}

INSTANTIATE_TEST_SUITE_P(
    All, HostileTable, ::testing::ValuesIn(kSpoilings),
    [](const ::testing::TestParamInfo<Spoiling>& parameter) {
      return parameter.param.name;
    });

TEST(HostileTableText, EveryTextOfARowIsChecked) {
  const std::array texts = {
      &table::Row::revision,      &table::Row::title,
      &table::Row::documentation, &table::Row::file_name,
      &table::Row::created,       &table::Row::checksum,
      &table::Row::chain,         &table::Row::digest_before,
      &table::Row::digest_after,  &table::Row::squashes_from,
      &table::Row::squashes_to,   &table::Row::approved_by};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    testing::TableBlob blob = MakeBlob();
    Row(blob).*texts[i] = {blob.header().text.count, 1};
    EXPECT_EQ(Read(blob.bytes(), blob.size()).code(),
              StatusCode::kMalformedHistory)
        << i;
  }
}

TEST(HostileTableBytes, NothingAndTooLittle) {
  const testing::TableBlob blob = MakeBlob();
  EXPECT_EQ(HistoryTable::Open(History{nullptr}).status().code(),
            StatusCode::kMalformedHistory);
  EXPECT_EQ(HistoryTable::Open(std::span<const std::byte>()).status().code(),
            StatusCode::kMalformedHistory);
  for (std::size_t size = 0; size < blob.size(); ++size) {
    // Memory of exactly that size, so that a sanitizer sees a read beyond it.
    const auto copy = std::make_unique<char[]>(size);
    std::memcpy(copy.get(), blob.bytes(), size);
    EXPECT_EQ(Read(copy.get(), size).code(), StatusCode::kMalformedHistory)
        << size;
  }
}

// Random values at random places: whatever can be opened can be read. A
// sanitizer sees what leaves the memory, which has the blob's exact size.
TEST(HostileTableBytes, RandomChangesNeverLeadOutside) {
  const testing::TableBlob original = MakeBlob();
  std::mt19937 random(20250115);
  std::map<StatusCode, int> seen;
  std::size_t sum = 0;
  constexpr std::array<std::uint32_t, 8> kValues = {
      0, 1, 2, 4, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff};
  for (int round = 0; round < 20000; ++round) {
    const auto copy = std::make_unique<char[]>(original.size());
    std::memcpy(copy.get(), original.bytes(), original.size());
    const std::size_t words = original.size() / sizeof(std::uint32_t);
    const auto changes = 1 + random() % 3;
    for (std::size_t change = 0; change < changes; ++change) {
      const std::uint32_t value =
          random() % 2 == 0 ? kValues[random() % kValues.size()]
                            : static_cast<std::uint32_t>(random() % 512);
      std::memcpy(copy.get() + random() % words * sizeof(value), &value,
                  sizeof(value));
    }
    const Result<HistoryTable> table = HistoryTable::Open(
        std::as_bytes(std::span(copy.get(), original.size())));
    if (table.ok()) {
      sum += testing::ReadAll(*table);
      (void)table->IsLinear();
    }
    ++seen[table.ok() ? table->Validate().code() : table.status().code()];
  }
  EXPECT_GT(sum, 0U);
  // Each outcome is there, and no other.
  EXPECT_EQ(seen.size(), 3U);
  EXPECT_GT(seen[StatusCode::kOk], 0);
  EXPECT_GT(seen[StatusCode::kMalformedHistory], 0);
  EXPECT_GT(seen[StatusCode::kUnsupportedHistory], 0);
}

}  // namespace
}  // namespace palindrome
