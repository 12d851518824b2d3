// The public headers in a program that has Qt's macros.
#define emit
#define slots
#define signals public
#define foreach for

#include <palindrome/command_line.h>
#include <palindrome/database.h>
#include <palindrome/migration.h>
#include <palindrome/migrator.h>
#include <palindrome/model.h>
#include <palindrome/observer.h>
#include <palindrome/options.h>
#include <palindrome/query.h>
#include <palindrome/sqlite.h>
#include <palindrome/status.h>

#undef emit
#undef slots
#undef signals
#undef foreach

#include <cstddef>
#include <type_traits>

#include <gtest/gtest.h>

namespace palindrome {
namespace {

// The format of compiled tables: a layout that differs from compiler to
// compiler would make them unreadable elsewhere.
TEST(Headers, TheTableHasTheLayoutThatItsFormatSays) {
  EXPECT_TRUE(std::is_standard_layout_v<table::Header>);
  EXPECT_TRUE(std::is_trivially_copyable_v<table::Row>);
  EXPECT_EQ(alignof(table::Header), 4U);
  EXPECT_EQ(sizeof(table::Header), 112U);
  EXPECT_EQ(offsetof(table::Header, length), 12U);
  EXPECT_EQ(offsetof(table::Header, name), 20U);
  EXPECT_EQ(offsetof(table::Header, rows), 28U);
  EXPECT_EQ(offsetof(table::Header, shortcuts), 88U);
  EXPECT_EQ(offsetof(table::Header, text), 100U);
  EXPECT_EQ(sizeof(table::Row), 148U);
  EXPECT_EQ(offsetof(table::Row, parents), 96U);
  EXPECT_EQ(offsetof(table::Row, proof), 136U);
  EXPECT_EQ(offsetof(table::Row, compatibility), 144U);
  EXPECT_EQ(sizeof(table::Program), 40U);
  EXPECT_EQ(sizeof(table::Statement), 16U);
  EXPECT_EQ(sizeof(table::Shortcut), 24U);
  EXPECT_EQ(sizeof(table::Allowed), 16U);
  EXPECT_EQ(sizeof(table::Text), 8U);
}

TEST(Headers, AHistoryIsPlainData) {
  EXPECT_TRUE(std::is_trivial_v<History>);
  EXPECT_TRUE(std::is_trivially_destructible_v<History>);
}

}  // namespace
}  // namespace palindrome
