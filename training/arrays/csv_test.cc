// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <clocale>
#include <cmath>
#include <filesystem>
#include <limits>
#include <string>

#include "models/random_stream.h"
#include "training/arrays/line_blocks.h"
#include "training/arrays/test_files.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::vector<CsvArray> kAccepted = {{.name = "x", .is_vector = true},
                                         {.name = "y", .is_vector = true},
                                         {.name = "split", .words = {{"train", 0}, {"test", 2}}}};

NamedArrays ReadText(const std::string& text) { return ReadCsv(WriteTestFile("table.csv", text), kAccepted); }

// The numbers of x of a table.
std::vector<double> X(const std::string& text) { return Numbers(ReadText(text).at("x")); }

std::string Refusal(const std::string& text) {
  const std::string message = MessageOf([&] { ReadText(text); });
  EXPECT_THAT(message, AllOf(HasSubstr("table.csv, line "), HasSubstr("accepted: ")));
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  return message.substr(message.find("line "));
}

TEST(Csv, PutsColumnsOfAnyOrderIntoArrays) {
  const NamedArrays arrays = ReadText("x_1,y_0,split,x_0\n1,2,0,3\n4,5,test,6\n");
  ASSERT_EQ(arrays.size(), 3u);
  EXPECT_EQ(arrays.at("x").Text(), "float64 [2, 2]");
  EXPECT_THAT(Numbers(arrays.at("x")), ElementsAre(3, 1, 6, 4));
  EXPECT_EQ(arrays.at("y").Text(), "float64 [2, 1]");
  EXPECT_THAT(Numbers(arrays.at("y")), ElementsAre(2, 5));
  EXPECT_EQ(arrays.at("split").Text(), "float64 [2]");
  EXPECT_THAT(Numbers(arrays.at("split")), ElementsAre(0, 2));
}

TEST(Csv, ReadsNumbersAsPeopleAndProgramsWriteThem) {
  const std::vector<double> x = X("x_0\n-1.5\n+2e-3\n1E5\n.5\n3.\n007\n-0\n1e-400\n-1e-400\n 4 \n\"5\"\n");
  EXPECT_THAT(x, ElementsAre(-1.5, 2e-3, 1e5, 0.5, 3, 7, 0, 0, 0, 4, 5));
  EXPECT_TRUE(std::signbit(x[6]));
  EXPECT_TRUE(std::signbit(x[8]));
  const std::vector<double> special = X("x_0\nnan\nNaN\ninf\n-inf\nInfinity\n");
  EXPECT_TRUE(std::isnan(special[0]) && std::isnan(special[1]));
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(special[2], infinity);
  EXPECT_EQ(special[3], -infinity);
  EXPECT_EQ(special[4], infinity);
}

TEST(Csv, TinyNumbersAreZeroAndHugeOnesRefused) {
  EXPECT_THAT(X("x_0\n0." + std::string(400, '0') + "1\n0.01e-322\n1e-99999999999999999999\n"), ElementsAre(0, 0, 0));
  for (const std::string huge : {"1e400", "-1e400", "1e99999999999999999999"}) {
    EXPECT_THAT(Refusal("x_0\n" + huge + "\n"), HasSubstr("numbers below 1.8e308, or inf"));
  }
  EXPECT_THAT(Refusal("x_0\n" + std::string(400, '9') + "\n"), HasSubstr("numbers below 1.8e308"));
  EXPECT_THAT(X("x_0\n0." + std::string(400, '0') + "1e401\n"), ElementsAre(1));
}

TEST(Csv, ReadsBackTheShortestTextOfAnyDouble) {
  RandomStream random(7);
  std::string text = "x_0\n";
  std::vector<double> numbers;
  for (int i = 0; i < 10000; ++i) {
    const auto number = std::bit_cast<double>(random());
    if (!std::isfinite(number)) continue;
    char digits[32];
    *std::to_chars(digits, digits + 31, number).ptr = '\0';
    text += std::string(digits) + "\n";
    numbers.push_back(number);
  }
  EXPECT_EQ(X(text), numbers);
}

TEST(Csv, LineEndsBlankLinesAndTrailingDelimitersDoNotMatter) {
  const auto expected = ElementsAre(1, 2, 3, 4);
  EXPECT_THAT(X("x_0,x_1\n1,2\n3,4"), expected);
  EXPECT_THAT(X("x_0,x_1\r\n1,2\r\n3,4\r\n"), expected);
  EXPECT_THAT(X("\n\nx_0,x_1\n\n1,2\n  \n\n3,4\n\n\n"), expected);
  EXPECT_THAT(X("x_0,x_1,\n1,2,\n3,4,\n"), expected);
  EXPECT_THAT(X("x_0,x_1\n1,2,\n3,4, \n"), expected);
  EXPECT_THAT(X("x_0,x_1,\n1,2\n3,4\n"), expected);
  EXPECT_THAT(X("x_0;x_1\n1;2\n3;4\n"), expected);
  EXPECT_THAT(X("x_0\tx_1\n1\t2\n3\t 4\n"), expected);
  EXPECT_THAT(X("\xef\xbb\xbfx_0,x_1\n1,2\n3,4\n"), expected);
  EXPECT_THAT(X("\"x_0\" , x_1\n\"1\",\" 2 \"\n3, \"4\" \n"), expected);
}

TEST(Csv, SkipsColumnsWithoutAName) {
  EXPECT_THAT(X(",x_0\n0,1\n1,2\n"), ElementsAre(1, 2));  // pandas' row numbers
  EXPECT_THAT(X(",x_0\nfirst,1\n\"a, \"\"b\"\"\",2\n"), ElementsAre(1, 2));
}

TEST(Csv, RefusesDecimalCommasAndSaysWhatToDo) {
  EXPECT_THAT(Refusal("x_0;x_1\n1;1,5\n"),
              StartsWith("line 2: column x_1: found '1,5'; accepted: a decimal point, as in 1.5"));
  EXPECT_THAT(Refusal("x_0,x_1\n\"-1,5e3\",2\n"), HasSubstr("a decimal point, as in -1.5e3"));
  EXPECT_THAT(Refusal("x_0,x_1\n1,5,2,5\n"), HasSubstr("found 4 fields; accepted: 2, as in the first line (commas"));
}

TEST(Csv, NamesLineAndColumnOfWhatIsNoNumber) {
  EXPECT_THAT(Refusal("x_0,x_1\n1,2\n\n3,abc\n"), StartsWith("line 4: column x_1: found 'abc'; accepted: a number"));
  EXPECT_THAT(Refusal("x_0,x_1\n1,\n"), StartsWith("line 2: column x_1: found an empty field"));
  EXPECT_THAT(Refusal("x_0,x_1\n,1\n"), StartsWith("line 2: column x_0: found an empty field"));
  EXPECT_THAT(Refusal("x_0,x_1\n1\n"), StartsWith("line 2: found 1 fields; accepted: 2"));
  EXPECT_THAT(Refusal("x_0,x_1\n1,2,3\n"), StartsWith("line 2: found 3 fields; accepted: 2"));
  EXPECT_THAT(Refusal("x_0,x_1\n1,2,,\n"), StartsWith("line 2: found 4 fields; accepted: 2"));
  EXPECT_THAT(Refusal("split\nvalid\n"), HasSubstr("or test, or train"));
  for (const std::string text : {"0x10", "1 2", "--1", "+-1", "+", "1e", "train", "\"\"", "1.2.3"}) {
    EXPECT_THAT(Refusal("x_0\n" + text + "\n"), StartsWith("line 2: column x_0: found ")) << text;
  }
  EXPECT_THAT(Refusal("x_0\n\"1\n2\"\n"), HasSubstr("a quote without its end"));
  EXPECT_THAT(Refusal("x_0\n1,\"2\n"), StartsWith("line 2: found a quote without its end"));  // one field too many
  EXPECT_THAT(Refusal("x_0\n\"1\"2\n"), HasSubstr("text behind a quoted field"));
}

TEST(Csv, RefusesColumnsThatItDoesNotKnow) {
  EXPECT_THAT(Refusal("x_0,z\n1,2\n"), StartsWith("line 1: found a column 'z'; accepted: x_0 .., y_0 .., split"));
  EXPECT_THAT(Refusal("x_0,x_0\n1,2\n"), HasSubstr("'x_0' twice"));
  EXPECT_THAT(Refusal("x_0,x_2\n1,2\n"), HasSubstr("found column 'x_2' of 2; accepted: x_0 to x_1"));
  for (const std::string name : {"x", "x_", "x_00", "x_-1", "x_0a", "X_0", "split_0", "x_99999999999999999999"}) {
    EXPECT_THAT(Refusal(name + "\n1\n"), HasSubstr("found a column '" + name + "'"));
  }
  EXPECT_THAT(Refusal(""), HasSubstr("the file is empty"));
  EXPECT_THAT(Refusal("\n \n"), HasSubstr("the file is empty"));
  EXPECT_THAT(Refusal(",\n1,2\n"), HasSubstr("found no column"));
  EXPECT_THAT(Refusal(std::string("\xff\xfex\0_\0", 6)), HasSubstr("UTF-16"));
}

TEST(Csv, ATableMayHaveNoRows) {
  EXPECT_EQ(ReadText("x_0,x_1\n").at("x").Text(), "float64 [0, 2]");
  EXPECT_EQ(ReadText("x_0").at("x").Text(), "float64 [0, 1]");
}

// Longer than what is read at once, with lines across the edges, many of them blank.
TEST(Csv, ReadsTablesLongerThanItsBuffer) {
  std::string text = "x_0,x_1\n";
  std::vector<double> numbers;
  for (int i = 0; i < 100000; ++i) {
    text += std::to_string(i) + "," + std::to_string(-i) + (i % 3 == 0 ? "\n\n" : "\n");
    numbers.push_back(i);
    numbers.push_back(-i);
  }
  EXPECT_EQ(X(text), numbers);
  std::string header, row;
  for (int i = 0; i < 50000; ++i) {
    header += (i == 0 ? "x_" : ",x_") + std::to_string(i);
    row += (i == 0 ? "" : ",") + std::to_string(i);
  }
  const NamedArrays wide = ReadText(header + "\n" + row + "\n" + row);
  EXPECT_EQ(wide.at("x").Text(), "float64 [2, 50000]");
  EXPECT_EQ(Numbers(wide.at("x")).back(), 49999);
}

// A number takes two bytes of the file and eight of memory, however many lines are blank: as rows of 10,000 columns,
// these would need 320 GB.
TEST(Csv, BlankLinesTakeNoMemory) {
  std::string header, row;
  for (int i = 0; i < 10000; ++i) {
    header += (i == 0 ? "x_" : ",x_") + std::to_string(i);
    row += i == 0 ? "1" : ",1";
  }
  EXPECT_EQ(ReadText(header + std::string(4'000'000, '\n') + row).at("x").Text(), "float64 [1, 10000]");
}

// Rows of three lengths, here and there with blank lines between them, in many blocks.
std::string LongTable(int rows) {
  std::string text = "x_0,x_1\n";
  for (int i = 0; i < rows; ++i) {
    text += std::to_string(i) + (i % 7 == 0 ? ".25" : "") + "," + std::to_string(-i) + (i % 5 == 0 ? "\r\n \n" : "\n");
  }
  return text;
}

TEST(Csv, IsTheSameForAnyNumberOfThreads) {
  const fs::path path = WriteTestFile("table.csv", LongTable(150'000));
  ASSERT_GT(fs::file_size(path), 7 * LineBlocks::kBlock);
  const std::vector<double> expected = Numbers(ReadCsv(path, kAccepted, 1).at("x"));
  ASSERT_EQ(expected.size(), 300'000u);
  for (int i = 0; i < 150'000; ++i) {
    ASSERT_EQ(expected[2 * static_cast<std::size_t>(i)], i % 7 == 0 ? i + 0.25 : i);
    ASSERT_EQ(expected[2 * static_cast<std::size_t>(i) + 1], -i);
  }
  for (const int threads : {0, 2, 3, 8}) EXPECT_EQ(Numbers(ReadCsv(path, kAccepted, threads).at("x")), expected);
}

TEST(Csv, NamesTheFirstMistakeInTheFileForAnyNumberOfThreads) {
  std::string text = LongTable(150'000);
  for (const int row : {140'000, 60'001, 60'002, 100'000}) {
    const std::string begin = "\n" + std::to_string(row) + (row % 7 == 0 ? ".25" : "") + ",";
    text.insert(text.find(begin) + begin.size(), "?");
  }
  const fs::path path = WriteTestFile("table.csv", text);
  for (const int threads : {1, 2, 3, 8}) {
    for (int i = 0; i < 5; ++i) {
      // A line for the header, and one for each row before and for each blank line behind a fifth of these.
      EXPECT_THAT(MessageOf([&] { ReadCsv(path, kAccepted, threads); }),
                  HasSubstr(", line " + std::to_string(60'001 + 12'001 + 2) + ": column x_1: found '?-60001'"));
    }
  }
}

TEST(Csv, NamesAMistakeBeforeALineThatIsTooLong) {
  EXPECT_THAT(Refusal("x_0\n1\n?\n" + std::string(LineBlocks::kMostLine + 1, '1') + "\n"),
              StartsWith("line 3: column"));
  EXPECT_THAT(Refusal("x_0\n1\n2\n" + std::string(LineBlocks::kMostLine + 1, '1') + "\n"),
              StartsWith("line 4: is longer"));
  EXPECT_THAT(X("x_0\n1\n" + std::string(LineBlocks::kMostLine - 1, ' ') + "2\n3\n"), ElementsAre(1, 2, 3));
}

TEST(Csv, RefusesALineWithoutEnd) {
  EXPECT_THAT(Refusal("x_0\n" + std::string(LineBlocks::kMostLine + (1 << 20), '1')), StartsWith("line 2: is longer"));
}

TEST(Csv, TheLocaleDoesNotMatter) {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  for (const char* const name : {"de_DE.UTF-8", "de_DE", "C.UTF-8"}) std::setlocale(LC_ALL, name);
  EXPECT_THAT(X("x_0\n1.5\n"), ElementsAre(1.5));
  std::setlocale(LC_ALL, before.c_str());
}

}  // namespace
}  // namespace hyperwidth
