// SPDX-License-Identifier: Apache-2.0

#include "tools/text_table.h"

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

TEST(FormatTable, AlignsColumnsUnderTheirTitles) {
  EXPECT_EQ(
      FormatTable({{.title = "name"}, {.title = "size", .right_aligned = true}}, {{"a", "1,000"}, {"longer", "7"}}),
      "name     size\n"
      "------  -----\n"
      "a       1,000\n"
      "longer      7\n");
}

TEST(FormatTable, WrapsCellsOfFixedWidthAtSpaces) {
  EXPECT_EQ(FormatTable({{.title = "id"}, {.title = "text", .width = 9}}, {{"x", "one two three"}}),
            "id  text\n"
            "--  ---------\n"
            "x   one two\n"
            "    three\n");
}

TEST(FormatTable, GivesTheLastColumnWhatIsLeftOfTheTotalWidth) {
  const std::string long_text = "a rather long sentence in the last column";
  EXPECT_EQ(FormatTable({{.title = "id"}, {.title = "text"}}, {{"x", long_text}}, 26),
            "id  text\n"
            "--  ----------------------\n"
            "x   a rather long sentence\n"
            "    in the last column\n");
}

TEST(FormatTable, CountsCharactersNotBytes) {
  EXPECT_EQ(FormatTable({{.title = "a"}, {.title = "b"}}, {{"\u03b5", "1"}, {"xx", "2"}}),
            "a   b\n"
            "--  -\n"
            "\u03b5   1\n"
            "xx  2\n");
}

TEST(WrapText, IndentsEveryLineAfterTheFirst) { EXPECT_EQ(WrapText("aa bb cc dd", 7, 2), "aa bb\n  cc dd"); }

}  // namespace
}  // namespace hyperwidth
