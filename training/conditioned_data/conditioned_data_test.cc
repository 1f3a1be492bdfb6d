// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/conditioned_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "training/arrays/npy.h"
#include "training/arrays/npz.h"
#include "training/arrays/test_files.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

using Shape = std::vector<std::int64_t>;

// 0, 1, 2, .. in this shape.
NumericArray Counted(const Shape& shape) {
  std::int64_t size = 1;
  for (const std::int64_t side : shape) size *= side;
  std::vector<double> entries;
  for (std::int64_t i = 0; i < size; ++i) entries.push_back(static_cast<double>(i));
  return NumericArray::Of<double>(shape, entries);
}

NamedArrays Arrays(NumericArray x, NumericArray condition, NumericArray y) {
  NamedArrays arrays;
  arrays.emplace("x", std::move(x));
  arrays.emplace("I", std::move(condition));
  arrays.emplace("y", std::move(y));
  return arrays;
}

NamedArrays Arrays(const Shape& x, const Shape& condition, const Shape& y) {
  return Arrays(Counted(x), Counted(condition), Counted(y));
}

// Every sample as "x|I|y".
std::vector<std::string> Samples(const ConditionedData& data) {
  std::vector<std::string> samples;
  const auto text = [](const std::vector<float>& entries) {
    std::string joined;
    for (const float entry : entries) joined += (joined.empty() ? "" : ",") + std::to_string(static_cast<int>(entry));
    return joined;
  };
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    for (std::int64_t s = data.start(g); s < data.start(g + 1); ++s) {
      std::vector<float> x(static_cast<std::size_t>(data.x_size())), y(static_cast<std::size_t>(data.y_size())),
          condition(static_cast<std::size_t>(data.condition_size()));
      data.CopyX<float>(s, x);
      if (data.has_y()) data.CopyY<float>(s, y);
      data.CopyCondition<float>(g, condition);
      samples.push_back(text(x) + "|" + text(condition) + "|" + text(y));
    }
  }
  return samples;
}

std::string Refusal(NamedArrays arrays) {
  const std::string message = MessageOf([&] { ConditionedData::FromArrays(std::move(arrays), "data.npz"); });
  EXPECT_THAT(message, AllOf(StartsWith("data.npz: "), HasSubstr("found "), HasSubstr("accepted: ")));
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  return message;
}

TEST(ConditionedData, RowsOfOneConditionStandTogetherAndAreStoredOnce) {
  const ConditionedData data =
      ConditionedData::FromArrays(Arrays(ArrayOf<float>({5, 1}, {10, 11, 12, 13, 14}),
                                         ArrayOf<float>({5, 2}, {1, 2, 3, 4, 1, 2, 5, 6, 3, 4}),
                                         ArrayOf<float>({5, 1}, {20, 21, 22, 23, 24})),
                                  "data");
  EXPECT_EQ(data.layout(), DataLayout::kRows);
  EXPECT_EQ(data.conditions(), 3);
  EXPECT_EQ(data.condition().Text(), "float32 [3, 2]");
  EXPECT_THAT(Samples(data), ElementsAre("10|1,2|20", "12|1,2|22", "11|3,4|21", "14|3,4|24", "13|5,6|23"));
  EXPECT_EQ(data.file_row(1), 2);
  EXPECT_EQ(data.representative(2), 2);
}

TEST(ConditionedData, RowsThatAreInOrderNeedNoIndexAndNoCopy) {
  NamedArrays arrays = Arrays({3, 1}, {3, 1}, {3, 1});
  const std::byte* const stored = arrays.at("I").bytes().data();
  const ConditionedData data = ConditionedData::FromArrays(std::move(arrays), "data");
  EXPECT_EQ(data.condition().bytes().data(), stored);
  EXPECT_THAT(Samples(data), ElementsAre("0|0|0", "1|1|1", "2|2|2"));
}

TEST(ConditionedData, GroupsNameTheRowsOfI) {
  NamedArrays arrays = Arrays({4, 2}, {3, 1}, {4, 1});
  arrays.emplace("group", ArrayOf<std::int64_t>({4}, {2, 0, 2, 0}));
  const ConditionedData data = ConditionedData::FromArrays(std::move(arrays), "data");
  EXPECT_EQ(data.layout(), DataLayout::kGroups);
  EXPECT_EQ(data.conditions(), 3);
  EXPECT_EQ(data.start(1), data.start(2));  // no sample of condition 1
  EXPECT_THAT(Samples(data), ElementsAre("2,3|0|1", "6,7|0|3", "0,1|2|0", "4,5|2|2"));
}

TEST(ConditionedData, GroupsMayBeOfAnyTypeThatHoldsIntegers) {
  for (const Shape& shape : {Shape{2}, Shape{2, 1}}) {
    NamedArrays arrays = Arrays({2, 1}, {2, 1}, {2, 1});
    arrays.emplace("group", ArrayOf<double>(shape, {1, 0}));
    EXPECT_THAT(Samples(ConditionedData::FromArrays(std::move(arrays), "data")), ElementsAre("1|0|1", "0|1|0"));
  }
}

TEST(ConditionedData, AGridHasEveryConditionAtEveryPoint) {
  for (const Shape& y : {Shape{2, 3}, Shape{2, 3, 1}}) {
    const ConditionedData data = ConditionedData::FromArrays(Arrays({3, 1}, {2, 1}, y), "data");
    EXPECT_EQ(data.layout(), DataLayout::kGrid);
    EXPECT_EQ(data.samples(), 6);
    EXPECT_THAT(Samples(data), ElementsAre("0|0|0", "1|0|1", "2|0|2", "0|1|3", "1|1|4", "2|1|5"));
  }
  const ConditionedData outputs = ConditionedData::FromArrays(Arrays({2, 2}, {1, 1}, {1, 2, 2}), "data");
  EXPECT_EQ(outputs.y_size(), 2);
  EXPECT_THAT(Samples(outputs), ElementsAre("0,1|0|0,1", "2,3|0|2,3"));
}

TEST(ConditionedData, ASquareIsAGrid) {
  EXPECT_EQ(ConditionedData::FromArrays(Arrays({3, 1}, {3, 1}, {3, 3}), "data").layout(), DataLayout::kGrid);
  EXPECT_EQ(ConditionedData::FromArrays(Arrays({3, 1}, {3, 1}, {3, 2}), "data").layout(), DataLayout::kRows);
}

TEST(ConditionedData, VectorsCountAsColumns) {
  const ConditionedData rows = ConditionedData::FromArrays(Arrays({3}, {3}, {3}), "data");
  EXPECT_THAT(Samples(rows), ElementsAre("0|0|0", "1|1|1", "2|2|2"));
  EXPECT_EQ(ConditionedData::FromArrays(Arrays({3}, {2}, {2, 3}), "data").layout(), DataLayout::kGrid);
}

TEST(ConditionedData, RepeatedConditionsOfGridsAndGroupsAreNamedByTheFirst) {
  const ConditionedData grid = ConditionedData::FromArrays(
      Arrays(Counted({2, 1}), ArrayOf<float>({4, 1}, {7, 8, 7, 8}), Counted({4, 2})), "data");
  EXPECT_EQ(grid.conditions(), 4);
  EXPECT_THAT(
      (std::vector{grid.representative(0), grid.representative(1), grid.representative(2), grid.representative(3)}),
      ElementsAre(0, 1, 0, 1));
}

TEST(ConditionedData, TakesTheUsersSplitBySampleOrCondition) {
  NamedArrays rows = Arrays(Counted({3, 1}), ArrayOf<float>({3, 1}, {5, 6, 5}), Counted({3, 1}));
  rows.emplace("split", ArrayOf<std::int64_t>({3}, {0, 1, 2}));
  const ConditionedData by_sample = ConditionedData::FromArrays(std::move(rows), "data");
  ASSERT_TRUE(by_sample.given_split().has_value());
  EXPECT_FALSE(by_sample.given_split()->per_condition);
  EXPECT_THAT(by_sample.given_split()->parts, ElementsAre(DataPart::kTrain, DataPart::kTest, DataPart::kValidation));

  NamedArrays grid = Arrays({2, 1}, {3, 1}, {3, 2});
  grid.emplace("split", ArrayOf<double>({3, 1}, {2, 0, 1}));
  const ConditionedData by_condition = ConditionedData::FromArrays(std::move(grid), "data");
  EXPECT_TRUE(by_condition.given_split()->per_condition);
  EXPECT_THAT(by_condition.given_split()->parts, ElementsAre(DataPart::kTest, DataPart::kTrain, DataPart::kValidation));
  EXPECT_FALSE(ConditionedData::FromArrays(Arrays({3, 1}, {3, 1}, {3, 1}), "data").given_split().has_value());
}

TEST(ConditionedData, RefusesShapesThatDoNotBelongTogether) {
  EXPECT_THAT(Refusal(Arrays({3, 1}, {2, 1}, {4, 1})), HasSubstr("shapes: found x [3, 1], I [2, 1], y [4, 1]"));
  EXPECT_THAT(Refusal(Arrays({3, 1}, {3, 1}, {2, 3, 1})), HasSubstr("shapes: found"));
  EXPECT_THAT(Refusal(Arrays({}, {3, 1}, {3, 1})), HasSubstr("x: found float64 []"));
  EXPECT_THAT(Refusal(Arrays({3, 1, 1}, {3, 1}, {3, 1})), HasSubstr("x: found float64 [3, 1, 1]"));
  EXPECT_THAT(Refusal(Arrays({3, 1}, {3, 1}, {3, 1, 1, 1})), HasSubstr("y: found float64 [3, 1, 1, 1]"));
  EXPECT_THAT(Refusal(Arrays({0, 2}, {3, 1}, {3, 1})), HasSubstr("x: found the empty array float64 [0, 2]"));
  EXPECT_THAT(Refusal(Arrays({3, 1}, {3, 0}, {3, 1})), HasSubstr("I: found the empty array"));
  NamedArrays lacking = Arrays({3, 1}, {3, 1}, {3, 1});
  lacking.erase("I");
  EXPECT_THAT(Refusal(std::move(lacking)), HasSubstr("I: found no such array beside x, y"));
  EXPECT_THAT(Refusal({}), HasSubstr("y: found no such array beside none"));
}

TEST(ConditionedData, RefusesGroupsThatAreNone) {
  const auto refusal = [](NumericArray group) {
    NamedArrays arrays = Arrays({3, 1}, {2, 1}, {3, 1});
    arrays.emplace("group", std::move(group));
    return Refusal(std::move(arrays));
  };
  EXPECT_THAT(refusal(ArrayOf<std::int64_t>({3}, {0, 1, 2})),
              HasSubstr("group: found 2 at [2]; accepted: integers from 0 to 1, which number the rows of I"));
  EXPECT_THAT(refusal(ArrayOf<std::int64_t>({3}, {0, -1, 1})), HasSubstr("found -1 at [1]"));
  EXPECT_THAT(refusal(ArrayOf<double>({3}, {0.5, 0, 1})), HasSubstr("found 0.500000 at [0]"));
  EXPECT_THAT(refusal(ArrayOf<std::int64_t>({2}, {0, 1})), HasSubstr("found int64 [2] for 3 samples"));
  EXPECT_THAT(refusal(ArrayOf<std::int64_t>({1, 3}, {0, 1, 1})), HasSubstr("found int64 [1, 3]"));
  NamedArrays longer = Arrays({3, 1}, {2, 1}, {4, 1});
  longer.emplace("group", ArrayOf<std::int64_t>({3}, {0, 1, 1}));
  EXPECT_THAT(Refusal(std::move(longer)), HasSubstr("y: found [4, 1] beside x [3, 1]"));
  NamedArrays deep = Arrays({3, 1}, {2, 1}, {2, 3, 1});
  deep.emplace("group", ArrayOf<std::int64_t>({3}, {0, 1, 1}));
  EXPECT_THAT(Refusal(std::move(deep)), HasSubstr("y: found [2, 3, 1]"));
}

TEST(ConditionedData, RefusesSplitsThatAreNone) {
  const auto refusal = [](NumericArray split) {
    NamedArrays arrays = Arrays({2, 1}, {3, 1}, {3, 2});
    arrays.emplace("split", std::move(split));
    return Refusal(std::move(arrays));
  };
  EXPECT_THAT(refusal(ArrayOf<std::int64_t>({3}, {0, 1, 3})),
              HasSubstr("split: found 3 at [2]; accepted: 0 (train), 1"));
  EXPECT_THAT(refusal(ArrayOf<double>({3}, {0, 1, 1.5})), HasSubstr("found 1.500000 at [2]"));
  EXPECT_THAT(refusal(ArrayOf<std::int64_t>({2}, {0, 1})),
              HasSubstr("found int64 [2] for 6 samples of 3 conditions; accepted: split [n] or [G]"));
  EXPECT_THAT(refusal(NumericArray(NumberType::kBool, {3})), HasSubstr("found bool [3]"));
  NamedArrays rows = Arrays(Counted({3, 1}), ArrayOf<float>({3, 1}, {1, 1, 2}), Counted({3, 1}));
  rows.emplace("split", ArrayOf<std::int64_t>({2}, {0, 1}));
  EXPECT_THAT(Refusal(std::move(rows)), HasSubstr("found int64 [2] for 3 samples; accepted: split [n]"));
}

TEST(ConditionedData, TargetsMayBeMissingWhereTheyAreOptional) {
  const auto layout_of = [](const Shape& x, const Shape& condition, bool has_group) {
    NamedArrays arrays = Arrays(x, condition, {1});
    arrays.erase("y");
    if (has_group) arrays.emplace("group", ArrayOf<std::int64_t>({4}, {2, 0, 2, 1}));
    const ConditionedData data = ConditionedData::FromArrays(std::move(arrays), "data", Targets::kOptional);
    EXPECT_FALSE(data.has_y());
    EXPECT_EQ(data.y_size(), 0);
    return std::tuple(data.layout(), data.samples(), data.conditions());
  };
  EXPECT_EQ(layout_of({4, 2}, {4, 1}, false), std::tuple(DataLayout::kRows, 4, 4));
  EXPECT_EQ(layout_of({4, 2}, {3, 1}, false), std::tuple(DataLayout::kGrid, 12, 3));
  EXPECT_EQ(layout_of({4, 2}, {3, 1}, true), std::tuple(DataLayout::kGroups, 4, 3));
  NamedArrays arrays = Arrays(Shape{2, 1}, {2, 1}, {2, 1});
  EXPECT_TRUE(ConditionedData::FromArrays(std::move(arrays), "data", Targets::kOptional).has_y());
  NamedArrays without = Arrays(Shape{2, 1}, {2, 1}, {2, 1});
  without.erase("y");
  EXPECT_THAT(Refusal(std::move(without)), HasSubstr("y: found no such array"));
}

TEST(LoadConditionedData, TargetsMayBeMissingWhereTheyAreOptional) {
  const auto table = WriteTestFile("inputs.csv", "I_0,x_0,group\n1,3,0\n2,4,5\n1,6,0\n");
  const ConditionedData data = LoadConditionedData(table, Targets::kOptional);
  EXPECT_THAT(Samples(data), ElementsAre("3|1|", "6|1|", "4|2|"));
  EXPECT_THAT(MessageOf([&] { LoadConditionedData(table); }),
              HasSubstr("inputs.csv: has no array y; found: I, group, x"));
}

TEST(LoadConditionedData, ReadsTheSameFromEveryForm) {
  const auto folder = WriteTestFile("form/notes.txt", "").parent_path();
  const auto archive = WriteTestFile("form.npz", "");
  const auto table = WriteTestFile("form.csv", "y_0,I_0,x_0,split\n5,1,3,train\n6,2,4,test\n");
  NamedArrays arrays = Arrays(ArrayOf<double>({2}, {3, 4}), ArrayOf<double>({2}, {1, 2}), ArrayOf<double>({2}, {5, 6}));
  arrays.emplace("split", ArrayOf<std::uint8_t>({2}, {0, 2}));
  WriteNpz(archive, arrays);
  for (const auto& [name, array] : arrays) WriteNpy(folder / (name + ".npy"), array);
  for (const auto& path : {folder, archive, table}) {
    const ConditionedData data = LoadConditionedData(path);
    EXPECT_THAT(Samples(data), ElementsAre("3|1|5", "4|2|6")) << path;
    EXPECT_THAT(data.given_split()->parts, ElementsAre(DataPart::kTrain, DataPart::kTest)) << path;
    EXPECT_EQ(data.origin(), path.string());
  }
}

TEST(LoadConditionedData, GroupsOfATableAgreeWithI) {
  const auto data =
      LoadConditionedData(WriteTestFile("groups.csv", "x_0,I_0,y_0,group\n1,5,2,7\n3,6,4,-9\n5,5,6,7\n7,5,8,0\n"));
  EXPECT_EQ(data.layout(), DataLayout::kRows);
  EXPECT_THAT(Samples(data), ElementsAre("1|5|2", "5|5|6", "7|5|8", "3|6|4"));
  EXPECT_THAT(MessageOf([] {
                LoadConditionedData(WriteTestFile("groups.csv", "x_0,I_0,y_0,group\n1,5,2,7\n3,6,4,8\n5,6,6,7\n"));
              }),
              HasSubstr("groups.csv: group 7: found two conditions I, in rows 0 and 2 (the first row below the header "
                        "is 0); accepted: one for each group"));
  EXPECT_THAT(MessageOf([] { LoadConditionedData(WriteTestFile("groups.csv", "x_0,I_0,y_0,group\n1,5,2,0.5\n")); }),
              HasSubstr("group: found 0.500000 in row 0; accepted: integers"));
}

TEST(LoadConditionedData, SaysWhichArraysAreThere) {
  NamedArrays arrays;
  arrays.emplace("X", Counted({2}));
  arrays.emplace("y", Counted({2}));
  const auto path = WriteTestFile("lacking.npz", "");
  WriteNpz(path, arrays);
  EXPECT_THAT(MessageOf([&] { LoadConditionedData(path); }), HasSubstr("lacking.npz: has no array x; found: y, X;"));
}

}  // namespace
}  // namespace hyperwidth
