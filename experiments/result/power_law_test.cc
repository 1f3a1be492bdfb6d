// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/power_law.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace hyperwidth {
namespace {

using ::testing::ThrowsMessage;

constexpr double kRounding = 1e-13;  // relative, of a few powers and logarithms

Series Measured() {
  return {.name = "measured",
          .x_name = "cells",
          .x = {1, 10, 100},
          .y_name = "error",
          .y = {2, 0.2, 0.02},
          .y_scale = AxisScale::kLogarithmic,
          .figure = "rates"};
}

TEST(PowerLaw, IsThePowerOnTheWholeRange) {
  const Series line =
      PowerLaw({.name = "slope 1.5", .exponent = 1.5, .through_x = 10, .through_y = 7, .x_low = 0.1, .x_high = 1000},
               Measured());
  ASSERT_EQ(line.x.size(), 33u);
  EXPECT_EQ(line.x.front(), 0.1);
  EXPECT_EQ(line.x.back(), 1000);
  for (std::size_t i = 0; i < line.x.size(); ++i) {
    EXPECT_NEAR(line.y[i] / (7 * std::pow(line.x[i] / 10, 1.5)), 1, kRounding);
    if (i > 0) {
      EXPECT_NEAR(std::log(line.x[i] / line.x[i - 1]), std::log(1e4) / 32, kRounding);
    }
  }
}

TEST(PowerLaw, BelongsToTheFigureOfTheMeasuredSeries) {
  const Series line = PowerLaw({.name = "slope", .exponent = -1}, Measured());
  EXPECT_EQ(line.name, "slope");
  EXPECT_EQ(line.style, SeriesStyle::kLine);
  EXPECT_EQ(line.x_name, "cells");
  EXPECT_EQ(line.y_name, "error");
  EXPECT_EQ(line.figure, "rates");
  EXPECT_EQ(line.y_scale, AxisScale::kLogarithmic);
  EXPECT_EQ(line.x_scale, AxisScale::kAutomatic);
}

TEST(PowerLawThrough, GoesThroughPointsThatHaveTheExponent) {
  const Series line = PowerLawThrough("slope -1", -1, Measured());
  EXPECT_EQ(line.x.front(), 1);
  EXPECT_EQ(line.x.back(), 100);
  for (std::size_t i = 0; i < line.x.size(); ++i) EXPECT_NEAR(line.y[i] * line.x[i] / 2, 1, kRounding);
}

TEST(PowerLawThrough, GoesThroughTheMiddleOfOthersAndSkipsWhatHasNoLogarithm) {
  Series measured = Measured();
  measured.x.insert(measured.x.end(), {1000, -5, 7});
  measured.y.insert(measured.y.end(), {std::nan(""), 3, 0});
  const Series line = PowerLawThrough("flat", 0, measured);
  EXPECT_EQ(line.x.back(), 100);
  for (const double y : line.y) EXPECT_NEAR(y / 0.2, 1, kRounding);  // the geometric mean
}

TEST(PowerLaw, RefusesTheImpossible) {
  EXPECT_THROW(PowerLaw({.name = "s", .exponent = std::nan("")}, Measured()), std::invalid_argument);
  EXPECT_THAT([] { PowerLaw({.name = "s", .exponent = 2, .through_x = 0}, Measured()); },
              ThrowsMessage<std::invalid_argument>(
                  "power law 's': exponent 2.000000 through (0.000000, 1.000000) from x = 1.000000 to 10.000000; "
                  "accepted: a finite exponent, a positive point, 0 < x_low < x_high"));
  EXPECT_THROW(PowerLaw({.name = "s", .x_low = 0}, Measured()), std::invalid_argument);
  EXPECT_THROW(PowerLaw({.name = "s", .x_high = std::numeric_limits<double>::infinity()}, Measured()),
               std::invalid_argument);
  EXPECT_THROW(PowerLaw({.name = "s", .through_y = -1}, Measured()), std::invalid_argument);
  EXPECT_THROW(PowerLaw({.name = "s", .x_low = 2, .x_high = 2}, Measured()), std::invalid_argument);
  EXPECT_THAT(
      [] {
        PowerLawThrough("s", 1, {.name = "one", .x = {1, 1}, .y = {2, 3}});
      },
      ThrowsMessage<std::invalid_argument>(
          "power law 's': 'one' has fewer than two positive x; accepted: two or more"));
}

}  // namespace
}  // namespace hyperwidth
