// What Clang finds of structs that are marked as tables.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/cpp_units.h"

namespace palindrome::tooling {
namespace {

using facts::Field;
using facts::Struct;
using facts::ValueKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string kHead =
    "#include <palindrome/model.h>\n"
    "#include <array>\n#include <chrono>\n#include <cstddef>\n"
    "#include <cstdint>\n#include <optional>\n#include <string>\n"
    "#include <string_view>\n#include <vector>\n";

facts::Unit Read(const std::string& text) {
  auto units = testing::ReadHeaders({{"models.h", kHead + text}}, {"models.h"});
  EXPECT_EQ(units.size(), 1U);
  EXPECT_THAT(units[0].errors, IsEmpty());
  return std::move(units[0]);
}

std::vector<std::string> Names(const facts::Unit& unit) {
  std::vector<std::string> names;
  for (const Struct& each : unit.structs) {
    names.push_back(each.name);
  }
  return names;
}

std::vector<std::string> FieldNames(const Struct& model) {
  std::vector<std::string> names;
  for (const Field& field : model.fields) {
    names.push_back(field.name);
  }
  return names;
}

// What the first field of a struct of these fields is.
facts::FieldType TypeOf(const std::string& type,
                        const std::string& before = "") {
  const facts::Unit unit =
      Read(before + "struct PALINDROME_TABLE(\"t\") T { " + type + " x; };");
  EXPECT_EQ(unit.structs.size(), 1U);
  return unit.structs.at(0).fields.at(0).type;
}

TEST(StructsTest, Types) {
  const std::string enums =
      "enum class Lane { low = 1, high = -2 };\n"
      "enum class Key : std::int64_t {};\n"
      "template <class T> struct PALINDROME_MAPS_TO(\"REAL\") Id { T t; };\n"
      "using Alias PALINDROME_MAPS_TO(\"DATE\") = std::vector<int>;\n"
      "template <class T> struct S { T x; };\n"
      "struct PALINDROME_TABLE(\"t\") T {\n"
      "  int a; unsigned char b; bool c; double d; float e; std::string f;\n"
      "  std::string_view g; std::vector<std::byte> h;\n"
      "  std::vector<std::uint8_t> i; std::array<unsigned char, 16> j;\n"
      "  std::chrono::system_clock::time_point k; std::chrono::sys_days l;\n"
      "  Lane m; Key n; Id<int> o; Alias p; std::u8string q; std::wstring r;\n"
      "  std::vector<int> s; int* t; int& u; S<int> v; __int128 w;\n"
      "  std::optional<std::optional<int>> x; int y[3]; std::byte z;\n"
      "};";
  const facts::Unit unit = Read(enums);
  ASSERT_EQ(unit.structs.size(), 1U);
  std::string kinds;
  for (const Field& field : unit.structs[0].fields) {
    EXPECT_FALSE(field.type.is_optional && field.name != "x");
    constexpr const char* kLetters = "?ibrtBTed";
    kinds += kLetters[static_cast<std::size_t>(field.type.kind)];
  }
  EXPECT_EQ(kinds,
            "iibrrttBBBTTeiddt???????"
            "?i");
}

TEST(StructsTest, OptionalAndEnumerators) {
  const facts::FieldType type = TypeOf(
      "std::optional<E>",
      "enum class E { one PALINDROME_VALUE(\"first\"), two = 7, three };\n");
  EXPECT_TRUE(type.is_optional);
  EXPECT_EQ(type.kind, ValueKind::kEnumerator);
  ASSERT_EQ(type.enumerators.size(), 3U);
  EXPECT_EQ(type.enumerators[0].text->value, "first");
  EXPECT_EQ(type.enumerators[1].value, "7");
  EXPECT_FALSE(type.enumerators[1].text);
  EXPECT_EQ(type.enumerators[2].name, "three");
}

// An alias is seen within an optional as well.
TEST(StructsTest, OptionalAliases) {
  for (const char* type : {"std::optional<Money>", "const MaybeMoney"}) {
    const facts::FieldType read =
        TypeOf(type,
               "using Money PALINDROME_MAPS_TO(\"DECIMAL\") = std::int64_t;\n"
               "using MaybeMoney = std::optional<Money>;\n");
    EXPECT_TRUE(read.is_optional) << type;
    ASSERT_TRUE(read.maps_to) << type;
    EXPECT_EQ(read.maps_to->value, "DECIMAL");
  }
  EXPECT_FALSE(TypeOf("std::optional<std::int64_t>").maps_to);
}

TEST(StructsTest, MarksInOrderWithPlaces) {
  const std::string text =
      "constexpr const char* kName = \"tas\" \"ks\";\n"
      "struct PALINDROME_TABLE(kName) PALINDROME_UNIQUE(\"a\", \"b\")\n"
      "    PALINDROME_INDEX(\"ix\", \"a\") T {\n"
      "  PALINDROME_DEFAULT(\"'x'\") PALINDROME_COLLATE(\"NOCASE\")\n"
      "  std::string a;\n  int b;\n};\n";
  const facts::Unit unit = Read(text);
  ASSERT_EQ(unit.structs.size(), 1U);
  const Struct& model = unit.structs[0];
  const std::string all = kHead + text;
  const auto written = [&](facts::Place place) {
    EXPECT_EQ(unit.files[place.file].path, "/project/models.h");
    return all.substr(place.begin, place.end - place.begin);
  };
  ASSERT_EQ(model.marks.size(), 3U);
  EXPECT_EQ(model.marks[0].name, "table");
  EXPECT_EQ(model.marks[0].arguments[0].value, "tasks");
  EXPECT_EQ(model.marks[1].name, "unique");
  EXPECT_EQ(written(model.marks[1].place), "PALINDROME_UNIQUE(\"a\", \"b\")");
  EXPECT_EQ(written(model.marks[1].arguments[1].place), "\"b\"");
  EXPECT_EQ(written(facts::PlaceOf(model.marks[0].arguments[0], 3, 5)), "ks");
  EXPECT_EQ(model.marks[2].name, "index");
  EXPECT_EQ(written(model.place), "T");
  EXPECT_EQ(model.fields[0].marks[0].name, "default");
  EXPECT_EQ(model.fields[0].marks[1].name, "collate");
  EXPECT_EQ(written(model.fields[0].place), "a");
}

TEST(StructsTest, ArgumentsThatAreNoConstants) {
  const facts::Unit unit = Read(
      "struct PALINDROME_TABLE(\"t\") PALINDROME_UNIQUE(\"\\xff\")\n"
      "    PALINDROME_CHECK(\"c\", 3) T { int a; };");
  ASSERT_EQ(unit.structs.size(), 1U);
  EXPECT_EQ(unit.structs[0].bad_marks.size(), 2U);
  EXPECT_EQ(unit.structs[0].marks.size(), 1U);
}

TEST(StructsTest, BasesFirstAndTheirMarks) {
  const facts::Unit unit = Read(
      "struct PALINDROME_CHECK(\"c\", \"b > 0\") Root { int b; };\n"
      "struct Left : virtual Root { int l; };\n"
      "struct Right : virtual Root { int r; };\n"
      "struct PALINDROME_TABLE(\"base\") PALINDROME_STRICT Base { int s; };\n"
      "class PALINDROME_TABLE(\"t\") T : Left, Right, public Base {\n"
      "  static int none; int a; int : 4; unsigned bit : 3;\n"
      "};");
  ASSERT_THAT(Names(unit), ElementsAre("Base", "T"));
  EXPECT_THAT(FieldNames(unit.structs[1]),
              ElementsAre("b", "l", "r", "s", "a", "bit"));
  ASSERT_EQ(unit.structs[1].marks.size(), 2U);
  EXPECT_NE(unit.structs[1].marks[0].name, "strict");
  EXPECT_NE(unit.structs[1].marks[1].name, "strict");
}

TEST(StructsTest, TemplatesNamespacesAndNested) {
  const facts::Unit unit = Read(
      "namespace a { inline namespace b { struct Outer {\n"
      "  struct PALINDROME_TABLE(\"inner\") Inner { int x; };\n"
      "}; } }\n"
      "template <class T> struct PALINDROME_TABLE(T::kName) Row {\n"
      "  PALINDROME_DEFAULT(\"1\") T value;\n};\n"
      "template <class T> struct PALINDROME_TABLE(\"never\") Unused {\n"
      "  T value;\n};\n"
      "struct Names { static constexpr char kName[] = \"rows\"; };\n"
      "inline Row<Names> row;\n"
      "struct PALINDROME_TABLE(\"later\") Forward;\n"
      "struct Forward { int x; };\n"
      "inline void Function() {\n"
      "  struct PALINDROME_TABLE(\"local\") Local { int x; };\n}\n");
  ASSERT_THAT(Names(unit),
              ElementsAre("a::Outer::Inner", "Row<Names>", "Forward",
                          ::testing::HasSubstr("Local")));
  EXPECT_EQ(unit.structs[1].marks[0].arguments[0].value, "rows");
  EXPECT_EQ(unit.structs[1].fields[0].marks.size(), 1U);
}

TEST(StructsTest, TheSameAgainFromJson) {
  const facts::Unit unit = Read(
      "enum E { x PALINDROME_VALUE(\"y\") };\n"
      "struct PALINDROME_TABLE(\"t\") T {\n"
      "  PALINDROME_TYPE(\"INT\") std::optional<E> e; int* p;\n};\n"
      "struct B { PALINDROME_PRIMARY_KEY int id; };\n"
      "struct PALINDROME_TABLE(\"u\") U : B {};\n"
      "PALINDROME_IGNORE int stray;\n");
  EXPECT_EQ(unit.structs.back().bases.size(), 1U);
  EXPECT_EQ(unit.strays.size(), 2U);
  EXPECT_EQ(facts::ReadUnit(facts::WriteUnit(unit)), unit);
}

}  // namespace
}  // namespace palindrome::tooling
