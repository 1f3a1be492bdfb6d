// SPDX-License-Identifier: Apache-2.0
#include "training/planned_pass.h"

#include "models/graph/planner.h"

namespace hyperwidth {
namespace {

// Below this many multiply-adds a step is faster on one thread than shared out.
constexpr Index kSerialBelow = 600'000;

}  // namespace

template <typename Scalar>
PlannedPass<Scalar>::PlannedPass(const Model& model, const Batch<Scalar>& first, int threads)
    : model_(Plan(model, first.samples(), first.conditions())),
      executor_(threads, StepCost(model_, first.samples(), first.conditions()) < kSerialBelow),
      pass_(model_, executor_) {}

template class PlannedPass<float>;
template class PlannedPass<double>;

}  // namespace hyperwidth
