// SPDX-License-Identifier: Apache-2.0
//
// Optimisers and schedules against PyTorch 1.13 (Debian 12's), in double: the numbers are those that
// tools/peers/torch_optimizers.py prints.

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "training/optimizer.h"

namespace hyperwidth {
namespace {

constexpr int kSteps = 100;
constexpr Index kParameters = 5;

struct Case {
  std::string name;
  OptimizerOptions options;
  std::array<double, kParameters> expected;
};

const std::vector<Case> kCases = {
    {"sgd",
     {.learning_rate = 0.02, .weight_decay = 0.1},
     {0.4144182014736927, -1.5694271446960633, 0.456104571675601, 1.3762369432869672, -0.24322317921659362}},
    {"momentum",
     {.learning_rate = 0.02, .momentum = 0.9, .weight_decay = 0.1},
     {0.7255045435718445, -1.8149537455886846, 0.4854806775445492, 0.9904272059818507, -0.2435383216330134}},
    {"nesterov",
     {.learning_rate = 0.02, .momentum = 0.9, .weight_decay = 0.1, .nesterov = true},
     {0.7264126971469647, -1.815925025775448, 0.48496620843762883, 0.9886084801121741, -0.23601565597151167}},
    {"adam",
     {.method = OptimizerMethod::kAdam, .learning_rate = 0.02, .weight_decay = 0.1},
     {0.7524868639791753, -1.115593846077544, 0.33439242509845674, 1.2910289045413745, 0.3906439330342016}},
    {"adam, other constants",
     {.method = OptimizerMethod::kAdam, .learning_rate = 0.02, .beta1 = 0.8, .beta2 = 0.95, .epsilon = 0.1},
     {0.8388403856270046, -1.1822315342393832, 0.37442277215948666, 1.7594320285819276, 0.2988546996121478}},
    {"adamw",
     {.method = OptimizerMethod::kAdamW, .learning_rate = 0.02, .weight_decay = 0.1},
     {0.9069757121723048, -1.0827892005242283, 0.34892935088578697, 1.5061457506091667, 0.25536189067038195}},
    {"adadelta",
     {.method = OptimizerMethod::kAdadelta, .learning_rate = 1, .weight_decay = 0.1},
     {0.27530424451296304, 0.12437394905022152, -0.6442163411484548, 1.46770933304744, 1.6204515752179227}},
    {"adadelta, other constants",
     {.method = OptimizerMethod::kAdadelta, .learning_rate = 0.5, .epsilon = 1e-3, .rho = 0.7},
     {0.9322267230073448, -2.009449176763274, 0.49536330296934217, 2.3669562311183214, -0.26723694638298745}},
    {"clipped sgd",
     {.learning_rate = 0.05, .weight_decay = 0.1, .max_gradient_norm = 1.5},
     {0.5909248015103559, -1.7925990088016455, 0.4740720327867408, 1.185046553419332, -0.2452330688419278}},
    {"clipped momentum",
     {.learning_rate = 0.02, .momentum = 0.9, .weight_decay = 0.1, .max_gradient_norm = 1.5},
     {0.7252343638513182, -1.8054716109792321, 0.48352827729661046, 0.9753342989419901, -0.22709918587513364}},
    {"clipped adamw",
     {.method = OptimizerMethod::kAdamW, .learning_rate = 0.02, .weight_decay = 0.1, .max_gradient_norm = 1.5},
     {0.8385364391210243, -1.553347931215572, 0.5373213680689404, 1.7453638340256066, -0.12492688996994303}},
    {"step",
     {.learning_rate = 0.02, .schedule = {.shape = ScheduleShape::kStep, .period = 30, .decay = 0.5}},
     {0.2748412353920097, -1.155689738173232, 0.33525448856120416, 1.586395514510734, -0.22300318947513792}},
    {"exponential",
     {.method = OptimizerMethod::kAdam,
      .learning_rate = 0.05,
      .schedule = {.shape = ScheduleShape::kExponential, .period = 1, .decay = 0.97}},
     {0.9460729845371604, -0.9248534236317555, 0.2364807158218057, 1.7280602535462855, 0.5907725375392738}},
    {"cosine",
     {.method = OptimizerMethod::kAdamW,
      .learning_rate = 0.05,
      .weight_decay = 0.1,
      .schedule = {.shape = ScheduleShape::kCosine, .period = 120, .floor = 0.1}},
     {0.9192848722576392, -1.5993694781837051, 0.4860147228951831, 1.6146503059486212, -0.1769896706994642}},
    {"warm-up",
     {.learning_rate = 0.02, .schedule = {.warm_up = 20}},
     {0.417679082606163, -1.5955839960023306, 0.46186582731123077, 1.6297226901069792, -0.24849341872122335}},
};

// As in the script.
Vector<double> GradientAt(const Vector<double>& theta, int step) {
  const Vector<double> target{{1.0, -2.0, 0.5, 3.0, -0.25}};
  const Vector<double> stiffness{{0.3, 1.0, 2.0, 0.05, 4.0}};
  Vector<double> gradient(kParameters);
  for (Index i = 0; i < kParameters; ++i) {
    gradient[i] = stiffness[i] * (theta[i] - target[i]) + 0.5 * std::cos(step) * theta[(i + 1) % kParameters];
  }
  return gradient;
}

TEST(TorchOptimizers, AHundredStepsEndWherePyTorchsDo) {
  // Rounding differs, and is carried along for 100 steps on numbers of order one.
  constexpr double kTolerance = 1e-13;
  for (const Case& tested : kCases) {
    SCOPED_TRACE(tested.name);
    Vector<double> theta{{0.0, 0.5, -1.0, 1.5, 2.0}};
    Optimizer<double> optimizer(tested.options, theta);
    for (int step = 1; step <= kSteps; ++step) {
      const Vector<double> gradient = GradientAt(theta, step);
      optimizer.BeginStep();
      const ParameterBlock all{.first = 0, .rows = kParameters, .cols = 1, .stride = kParameters};
      const auto destination = optimizer.Begin(all);
      for (Index i = 0; i < kParameters; ++i) {
        double& place = destination.data[i];
        place = (destination.accumulate ? place : 0) + optimizer.scale() * gradient[i];
      }
      optimizer.End(all);
      optimizer.EndStep();
    }
    for (Index i = 0; i < kParameters; ++i) {
      EXPECT_NEAR(theta[i], tested.expected[static_cast<std::size_t>(i)], kTolerance) << "parameter " << i;
    }
  }
}

}  // namespace
}  // namespace hyperwidth
