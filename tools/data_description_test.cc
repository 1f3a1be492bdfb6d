// SPDX-License-Identifier: Apache-2.0

#include "tools/data_description.h"

#include <cmath>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "training/arrays/numeric_array.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

NumericArray Array(std::vector<std::int64_t> shape, const std::vector<double>& values) {
  return NumericArray::Of<double>(std::move(shape), std::span<const double>(values));
}

constexpr int kPoints = 40;
constexpr int kConditions = 120;

// y = sum over j < rank of cos(w_j . I) sin((j + 1) x), on a grid, with I on a curve or on a square in five dimensions.
ConditionedData RankData(int rank, bool is_surface) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> uniform(-1, 1);
  std::vector<double> x, condition, y;
  for (int i = 0; i < kPoints; ++i) x.push_back(-1 + 2.0 * i / (kPoints - 1));
  for (int g = 0; g < kConditions; ++g) {
    const double s = uniform(random), t = is_surface ? uniform(random) : 0;
    const std::vector<double> row = {s, t, s + t, s - t, 0.5 * s + 2 * t};
    condition.insert(condition.end(), row.begin(), row.end());
    for (const double point : x) {
      double value = 0;
      for (int j = 0; j < rank; ++j) value += std::cos((j + 1) * (s + 0.3 * t) + j) * std::sin((j + 1) * point);
      y.push_back(value);
    }
  }
  NamedArrays arrays;
  arrays.emplace("x", Array({kPoints, 1}, x));
  arrays.emplace("I", Array({kConditions, 5}, condition));
  arrays.emplace("y", Array({kConditions, kPoints}, y));
  return ConditionedData::FromArrays(std::move(arrays), "made");
}

TEST(Describe, FindsTheRankOfWhatLinearDecodersNeed) {
  for (const int rank : {1, 3, 4}) {
    const DataDescription description = Describe(RankData(rank, true), 1);
    ASSERT_TRUE(description.floor.has_value());
    EXPECT_EQ(description.floor->FunctionsFor(1e-9), rank);
    EXPECT_GT(description.floor->Relative(rank - 1), 1e-5);
    EXPECT_EQ(description.floor->mean_squares().size(), kPoints);
  }
}

TEST(Describe, TellsACurveOfConditionsFromASurface) {
  const auto dimension = [](bool is_surface) {
    return Describe(RankData(2, is_surface), 1).dimensions.of_conditions.value().levina_bickel.value().value;
  };
  EXPECT_NEAR(dimension(false), 1, 0.25);
  EXPECT_NEAR(dimension(true), 2, 0.4);
}

TEST(DescriptionText, SaysWhatIsThereHowItIsSplitAndWhatIsOutOfReach) {
  const std::string text = DescriptionText(Describe(RankData(3, true), 1));
  EXPECT_THAT(text, HasSubstr("120"));
  EXPECT_THAT(text, HasSubstr("Split: "));
  EXPECT_THAT(text, HasSubstr("conditions I: Levina and Bickel"));
  EXPECT_THAT(text, HasSubstr("functions y(., I): "));
  EXPECT_THAT(text, HasSubstr("What no linear decoder can do"));
  EXPECT_THAT(text, HasSubstr("3 for 0.1 % of y's root mean square"));
}

TEST(DescriptionText, SaysWhyThereIsNoFloor) {
  std::vector<double> x, condition, y;
  for (int n = 0; n < 60; ++n) {
    x.push_back(0.1 * n);
    condition.push_back(n / 3);
    y.push_back(std::sin(0.3 * n));
  }
  const auto data = [&] {
    NamedArrays arrays;
    arrays.emplace("x", Array({60, 1}, x));
    arrays.emplace("I", Array({60, 1}, condition));
    arrays.emplace("y", Array({60, 1}, y));
    return ConditionedData::FromArrays(std::move(arrays), "made");
  };
  const std::string scattered = DescriptionText(Describe(data(), 1));
  EXPECT_THAT(scattered, HasSubstr("sampled at different x"));
  EXPECT_THAT(scattered, HasSubstr("conditions I: no estimate"));
  EXPECT_THAT(scattered, Not(HasSubstr("functions y")));
  for (int n = 0; n < 60; ++n) x[n] = n % 3;
  EXPECT_THAT(DescriptionText(Describe(data(), 1)), HasSubstr("Functions needed at least"));
  y[7] = std::nan("");
  EXPECT_THAT(DescriptionText(Describe(data(), 1)), HasSubstr("not finite"));
}

}  // namespace
}  // namespace hyperwidth
