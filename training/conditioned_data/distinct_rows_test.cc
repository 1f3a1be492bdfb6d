// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/distinct_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "models/random_stream.h"
#include "training/arrays/test_files.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;

TEST(DistinctRows, AreNumberedInTheOrderOfTheirFirstOccurrence) {
  const DistinctRows rows = FindDistinctRows(ArrayOf<double>({5, 2}, {1, 2, 2, 1, 1, 2, 0, 0, 2, 1}));
  EXPECT_THAT(rows.number_of, ElementsAre(0, 1, 0, 2, 1));
  EXPECT_THAT(rows.first, ElementsAre(0, 1, 3));
}

TEST(DistinctRows, ZeroHasNoSignAndNotANumberEqualsItself) {
  EXPECT_THAT(FindDistinctRows(ArrayOf<float>({4, 1}, {0, -0.0f, std::nanf(""), std::nanf("")})).number_of,
              ElementsAre(0, 0, 1, 1));
  EXPECT_THAT(FindDistinctRows(ArrayOf<double>({3, 2}, {-0.0, -1, 0, -1, 0x1p-1074, -1})).number_of,
              ElementsAre(0, 0, 1));
  NumericArray halves(NumberType::kFloat16, {3});
  const std::string bits("\x00\x80\x00\x00\x01\x80", 6);  // -0, 0, -2^-24
  std::copy(bits.begin(), bits.end(), reinterpret_cast<char*>(halves.bytes().data()));
  EXPECT_THAT(FindDistinctRows(halves).number_of, ElementsAre(0, 0, 1));
}

TEST(DistinctRows, IntegersAreComparedAsTheyAre) {
  const std::int64_t large = std::int64_t{1} << 60;  // equal as doubles
  EXPECT_THAT(FindDistinctRows(ArrayOf<std::int64_t>({3}, {large, large + 1, large})).number_of, ElementsAre(0, 1, 0));
  EXPECT_THAT(FindDistinctRows(ArrayOf<std::uint8_t>({3}, {0, 128, 128})).number_of, ElementsAre(0, 1, 1));
}

// In milliseconds; in minutes, which no test is given, if rows were compared with all others.
TEST(DistinctRows, AreFoundWithoutComparingAllPairs) {
  std::vector<double> entries;
  for (int i = 0; i < 200000; ++i) entries.push_back(i);
  EXPECT_EQ(FindDistinctRows(NumericArray::Of<double>({200000, 1}, entries)).first.size(), 200000u);
}

TEST(DistinctRows, AgreeWithAMapForManyRows) {
  RandomStream random(3);
  std::vector<std::uint8_t> entries(3 * 5000);
  for (std::uint8_t& entry : entries) entry = static_cast<std::uint8_t>(random.Below(12));
  const DistinctRows rows = FindDistinctRows(NumericArray::Of<std::uint8_t>({5000, 3}, entries));
  std::map<std::vector<std::uint8_t>, std::int64_t> numbers;
  for (std::size_t i = 0; i < 5000; ++i) {
    const std::vector<std::uint8_t> row(entries.begin() + 3 * static_cast<std::ptrdiff_t>(i),
                                        entries.begin() + 3 * static_cast<std::ptrdiff_t>(i) + 3);
    const auto found = numbers.try_emplace(row, static_cast<std::int64_t>(numbers.size())).first;
    ASSERT_EQ(rows.number_of[i], found->second);
  }
  EXPECT_EQ(rows.first.size(), numbers.size());
}

}  // namespace
}  // namespace hyperwidth
