// SPDX-License-Identifier: Apache-2.0
#include "training/learning_rate_schedule.h"

#include <array>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "training/require_option.h"

namespace hyperwidth {
namespace {

constexpr std::array<const char*, 4> kNames = {"constant", "step", "exponential", "cosine"};

}  // namespace

std::string ScheduleShapeName(ScheduleShape shape) { return kNames[static_cast<std::size_t>(shape)]; }

ScheduleShape ParseScheduleShape(const std::string& name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (name == kNames[i]) return static_cast<ScheduleShape>(i);
  }
  throw std::invalid_argument("learning rate schedule: found '" + name +
                              "', accepted: constant, step, exponential, cosine");
}

void Validate(const LearningRateSchedule& schedule) {
  RequireOption(schedule.warm_up >= 0,
                "learning rate schedule's warm-up",
                static_cast<double>(schedule.warm_up),
                "at least 0 steps");
  RequireOption(schedule.shape == ScheduleShape::kConstant || schedule.period >= 1,
                "learning rate schedule's period",
                static_cast<double>(schedule.period),
                "at least 1 step");
  RequireOption(schedule.decay > 0 && schedule.decay <= 1,
                "learning rate schedule's decay",
                schedule.decay,
                "above 0 and at most 1");
  RequireOption(schedule.floor >= 0 && schedule.floor <= 1, "learning rate schedule's floor", schedule.floor, "0 to 1");
}

double LearningRateFactor(const LearningRateSchedule& schedule, Index step) {
  if (step <= schedule.warm_up) return static_cast<double>(step) / static_cast<double>(schedule.warm_up + 1);
  const Index since = step - schedule.warm_up - 1;
  const auto periods = [&] { return static_cast<double>(since) / static_cast<double>(schedule.period); };
  switch (schedule.shape) {
    case ScheduleShape::kConstant:
      return 1;
    case ScheduleShape::kStep: {
      const Index whole_periods = since / schedule.period;
      return std::pow(schedule.decay, static_cast<double>(whole_periods));
    }
    case ScheduleShape::kExponential:
      return std::pow(schedule.decay, periods());
    case ScheduleShape::kCosine:
      if (since >= schedule.period) return schedule.floor;
      return schedule.floor + (1 - schedule.floor) * (1 + std::cos(std::numbers::pi * periods())) / 2;
  }
  throw std::invalid_argument("learning rate schedule: not a value of the enumeration");
}

}  // namespace hyperwidth
