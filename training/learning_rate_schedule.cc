// SPDX-License-Identifier: Apache-2.0
#include "training/learning_rate_schedule.h"

#include <array>
#include <cmath>
#include <numbers>
#include <sstream>
#include <stdexcept>

namespace hyperwidth {
namespace {

constexpr std::array<const char*, 4> kNames = {"constant", "step", "exponential", "cosine"};

void Require(bool holds, const char* option, double found, const char* accepted) {
  if (holds) return;
  std::ostringstream message;
  message << "learning rate schedule's " << option << ": found " << found << ", accepted: " << accepted;
  throw std::invalid_argument(message.str());
}

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
  Require(schedule.warm_up >= 0, "warm-up", static_cast<double>(schedule.warm_up), "at least 0 steps");
  Require(schedule.shape == ScheduleShape::kConstant || schedule.period >= 1,
          "period",
          static_cast<double>(schedule.period),
          "at least 1 step");
  Require(schedule.decay > 0 && schedule.decay <= 1, "decay", schedule.decay, "above 0 and at most 1");
  Require(schedule.floor >= 0 && schedule.floor <= 1, "floor", schedule.floor, "0 to 1");
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
