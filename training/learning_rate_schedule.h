// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_LEARNING_RATE_SCHEDULE_H_
#define HYPERWIDTH_TRAINING_LEARNING_RATE_SCHEDULE_H_

#include <string>

#include "models/types.h"

namespace hyperwidth {

enum class ScheduleShape { kConstant, kStep, kExponential, kCosine };

// "constant", "step", "exponential" or "cosine".
std::string ScheduleShapeName(ScheduleShape shape);
// The inverse. Throws std::invalid_argument naming `name` and the accepted names.
ScheduleShape ParseScheduleShape(const std::string& name);

// What the learning rate is multiplied by, as a function of the step alone: a run that is continued needs to know
// nothing but how far it was. Steps are counted in batches, over all epochs.
//
// With s the steps since the warm-up, 0 at the first one after it:
//   constant     1
//   step         decay^floor(s / period)
//   exponential  decay^(s / period)
//   cosine       floor + (1 - floor) (1 + cos(pi s / period)) / 2 up to s = period, floor from there on
// During the warm-up, at step t = 1 .. warm_up, t / (warm_up + 1): a line up to 1.
struct LearningRateSchedule {
  ScheduleShape shape = ScheduleShape::kConstant;
  Index warm_up = 0;   // steps, >= 0
  Index period = 0;    // steps, >= 1 unless constant, whose period means nothing
  double decay = 0.1;  // step and exponential, in (0, 1]
  double floor = 0;    // cosine, in [0, 1]
};

// Throws std::invalid_argument naming the first option outside its range.
void Validate(const LearningRateSchedule& schedule);

// The factor at step 1, 2, ..; in [0, 1].
double LearningRateFactor(const LearningRateSchedule& schedule, Index step);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_LEARNING_RATE_SCHEDULE_H_
