// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_model/number_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <limits>

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;

TEST(NumberText, ComesBackBitForBit) {
  using Limits = std::numeric_limits<double>;
  const std::vector<double> numbers = {0.1,
                                       -0.0,
                                       1 / 3.0,
                                       Limits::denorm_min(),
                                       Limits::max(),
                                       Limits::min(),
                                       1 + Limits::epsilon(),
                                       -Limits::infinity()};
  const auto read = NumbersOfText<double>(NumbersText(numbers));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    EXPECT_EQ(std::bit_cast<std::uint64_t>((*read)[i]), std::bit_cast<std::uint64_t>(numbers[i])) << numbers[i];
  }
}

TEST(NumberText, HasCommasBetweenNumbersAndNothingElse) {
  EXPECT_EQ(NumbersText<double>({1, -2.5, 1e300}), "1,-2.5,1e+300");
  EXPECT_EQ(NumbersText<std::ptrdiff_t>({64, 32}), "64,32");
  EXPECT_EQ(NumbersText<double>({}), "");
}

TEST(NumberText, OfNothingAreNoNumbers) {
  EXPECT_THAT(NumbersOfText<double>(""), Optional(ElementsAre()));
  EXPECT_THAT(NumbersOfText<double>("7"), Optional(ElementsAre(7)));
  EXPECT_THAT(NumbersOfText<std::ptrdiff_t>("7,-8"), Optional(ElementsAre(7, -8)));
}

TEST(NumberText, IsRefusedWhereANumberIsNone) {
  for (const char* const text : {",", "1,", ",1", "1,,2", "1, 2", " 1", "1 ", "+1", "x", "1;2", "1e999", "0x1"}) {
    EXPECT_EQ(NumbersOfText<double>(text), std::nullopt) << text;
  }
  for (const char* const text : {"1.5", "9223372036854775808", "1e3", "1,"}) {
    EXPECT_EQ(NumbersOfText<std::ptrdiff_t>(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace hyperwidth
