// SPDX-License-Identifier: Apache-2.0
#include "training/learning_rate_schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace hyperwidth {
namespace {

TEST(LearningRateSchedule, ConstantIsOne) {
  EXPECT_EQ(LearningRateFactor({}, 1), 1);
  EXPECT_EQ(LearningRateFactor({}, 1'000'000), 1);
}

TEST(LearningRateSchedule, StepFallsAfterEachPeriod) {
  const LearningRateSchedule schedule{.shape = ScheduleShape::kStep, .period = 3, .decay = 0.5};
  EXPECT_EQ(LearningRateFactor(schedule, 1), 1);
  EXPECT_EQ(LearningRateFactor(schedule, 3), 1);
  EXPECT_EQ(LearningRateFactor(schedule, 4), 0.5);
  EXPECT_EQ(LearningRateFactor(schedule, 6), 0.5);
  EXPECT_EQ(LearningRateFactor(schedule, 7), 0.25);
}

TEST(LearningRateSchedule, ExponentialFallsAtEachStepAndByDecayInAPeriod) {
  const LearningRateSchedule schedule{.shape = ScheduleShape::kExponential, .period = 2, .decay = 0.25};
  EXPECT_EQ(LearningRateFactor(schedule, 1), 1);
  EXPECT_DOUBLE_EQ(LearningRateFactor(schedule, 2), 0.5);
  EXPECT_DOUBLE_EQ(LearningRateFactor(schedule, 3), 0.25);
  EXPECT_DOUBLE_EQ(LearningRateFactor(schedule, 4), 0.125);
}

TEST(LearningRateSchedule, CosineFallsToItsFloorAndStaysThere) {
  const LearningRateSchedule schedule{.shape = ScheduleShape::kCosine, .period = 4, .floor = 0.2};
  EXPECT_EQ(LearningRateFactor(schedule, 1), 1);
  EXPECT_DOUBLE_EQ(LearningRateFactor(schedule, 2), 0.2 + 0.8 * (1 + std::sqrt(0.5)) / 2);
  EXPECT_DOUBLE_EQ(LearningRateFactor(schedule, 3), 0.6);
  EXPECT_EQ(LearningRateFactor(schedule, 5), 0.2);
  EXPECT_EQ(LearningRateFactor(schedule, 6), 0.2);
  EXPECT_EQ(LearningRateFactor(schedule, 100), 0.2);
}

TEST(LearningRateSchedule, WarmUpIsALineAfterWhichTheScheduleBegins) {
  for (const ScheduleShape shape :
       {ScheduleShape::kConstant, ScheduleShape::kStep, ScheduleShape::kExponential, ScheduleShape::kCosine}) {
    const LearningRateSchedule cold{.shape = shape, .period = 2, .decay = 0.3};
    LearningRateSchedule warm = cold;
    warm.warm_up = 3;
    EXPECT_EQ(LearningRateFactor(warm, 1), 0.25);
    EXPECT_EQ(LearningRateFactor(warm, 2), 0.5);
    EXPECT_EQ(LearningRateFactor(warm, 3), 0.75);
    for (Index step = 1; step < 8; ++step) {
      EXPECT_EQ(LearningRateFactor(warm, 3 + step), LearningRateFactor(cold, step)) << ScheduleShapeName(shape);
    }
  }
}

TEST(LearningRateSchedule, NamesAreReadAsTheyAreWritten) {
  for (const ScheduleShape shape :
       {ScheduleShape::kConstant, ScheduleShape::kStep, ScheduleShape::kExponential, ScheduleShape::kCosine}) {
    EXPECT_EQ(ParseScheduleShape(ScheduleShapeName(shape)), shape);
  }
  EXPECT_EQ(ScheduleShapeName(ScheduleShape::kCosine), "cosine");
  EXPECT_THROW(ParseScheduleShape("linear"), std::invalid_argument);
}

TEST(LearningRateSchedule, OptionsOutsideTheirRangeAreRefused) {
  const auto message = [](const LearningRateSchedule& schedule) -> std::string {
    try {
      Validate(schedule);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "accepted";
  };
  using ::testing::HasSubstr;
  EXPECT_EQ(message({}), "accepted");
  EXPECT_EQ(message({.shape = ScheduleShape::kCosine, .period = 1}), "accepted");
  EXPECT_THAT(message({.shape = ScheduleShape::kStep}), HasSubstr("period: found 0, accepted: at least 1 step"));
  EXPECT_THAT(message({.warm_up = -1}), HasSubstr("warm-up: found -1"));
  EXPECT_THAT(message({.decay = 0}), HasSubstr("decay: found 0"));
  EXPECT_THAT(message({.decay = 1.5}), HasSubstr("decay: found 1.5"));
  EXPECT_THAT(message({.floor = -0.1}), HasSubstr("floor: found -0.1"));
  EXPECT_THAT(message({.floor = std::nan("")}), HasSubstr("floor: found nan"));
}

}  // namespace
}  // namespace hyperwidth
