// SPDX-License-Identifier: Apache-2.0
#include "training/optimizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace hyperwidth {
namespace {

constexpr Index kParameters = 37;  // odd, so that vectorised loops have a remainder
constexpr int kSteps = 5;

Vector<double> GradientOfStep(int step) {
  return Vector<double>::LinSpaced(kParameters, -1, 1).array() * std::cos(step) + 0.1 * step;
}

// One of each kind of update.
const std::vector<OptimizerOptions> kAllKinds = {
    {.learning_rate = 0.1, .weight_decay = 0.2},
    {.learning_rate = 0.1, .momentum = 0.5, .weight_decay = 0.2},
    {.learning_rate = 0.1, .momentum = 0.5, .weight_decay = 0.2, .nesterov = true},
    {.method = OptimizerMethod::kAdam, .weight_decay = 0.2},
    {.method = OptimizerMethod::kAdamW, .weight_decay = 0.2},
    {.method = OptimizerMethod::kAdadelta, .learning_rate = 1, .weight_decay = 0.2},
    {.learning_rate = 0.1, .weight_decay = 0.2, .max_gradient_norm = 1},
    {.learning_rate = 0.1, .momentum = 0.5, .weight_decay = 0.2, .max_gradient_norm = 1},
    {.method = OptimizerMethod::kAdam, .weight_decay = 0.2, .max_gradient_norm = 1},
};

Vector<double> Start() { return Vector<double>::LinSpaced(kParameters, 2, -3); }

// Hands over a part of the gradient as a model does.
void Give(Optimizer<double>& optimizer, const ParameterBlock& block, const Vector<double>& gradient) {
  const auto destination = optimizer.Begin(block);
  for (Index col = 0; col < block.cols; ++col) {
    for (Index row = 0; row < block.rows; ++row) {
      double& place = destination.data[col * destination.stride + row];
      place =
          (destination.accumulate ? place : 0) + optimizer.scale() * gradient[block.first + col * block.stride + row];
    }
  }
  optimizer.End(block);
}

Vector<double> After(const OptimizerOptions& options, Index range) {
  Vector<double> parameters = Start();
  Optimizer<double> optimizer(options, parameters);
  for (int step = 1; step <= kSteps; ++step) {
    optimizer.BeginStep();
    const Vector<double> gradient = GradientOfStep(step);
    for (Index first = 0; first < kParameters; first += range) {
      const Index count = std::min(range, kParameters - first);
      Give(optimizer, {.first = first, .rows = count, .cols = 1, .stride = count}, gradient);
    }
    optimizer.EndStep();
  }
  return parameters;
}

TEST(Optimizer, SgdFollowsItsFormula) {
  const OptimizerOptions options{.learning_rate = 0.1, .momentum = 0.9, .weight_decay = 0.01};
  const Vector<double> found = After(options, kParameters);
  for (Index i = 0; i < kParameters; ++i) {
    double theta = Start()[i], velocity = 0;
    for (int step = 1; step <= kSteps; ++step) {
      const double g = GradientOfStep(step)[i] + 0.01 * theta;
      velocity = step == 1 ? g : 0.9 * velocity + g;
      theta -= 0.1 * velocity;
    }
    EXPECT_NEAR(found[i], theta, 1e-14);
  }
}

TEST(Optimizer, SgdWithoutMomentumIsPlainDescent) {
  const Vector<double> found = After({.learning_rate = 0.5}, kParameters);
  Vector<double> expected = Start();
  for (int step = 1; step <= kSteps; ++step) expected -= 0.5 * GradientOfStep(step);
  EXPECT_LT((found - expected).norm(), 1e-13);
}

TEST(Optimizer, PlainDescentPullsParametersToZeroByItsWeightDecay) {
  const Vector<double> found = After({.learning_rate = 0.5, .weight_decay = 0.1}, kParameters);
  Vector<double> expected = Start();
  for (int step = 1; step <= kSteps; ++step) expected -= 0.5 * (GradientOfStep(step) + 0.1 * expected);
  EXPECT_LT((found - expected).norm(), 1e-13);
  // Without a gradient nothing else is left: each step takes a fraction learning_rate * weight_decay away.
  Vector<double> alone = Start();
  Optimizer<double> optimizer({.learning_rate = 0.5, .weight_decay = 0.1}, alone);
  optimizer.BeginStep();
  Give(optimizer,
       {.first = 0, .rows = kParameters, .cols = 1, .stride = kParameters},
       Vector<double>::Zero(kParameters));
  optimizer.EndStep();
  EXPECT_LT((alone - 0.95 * Start()).norm(), 1e-15);
}

TEST(Optimizer, AdamFollowsItsFormula) {
  for (const double decay : {0.0, 0.1, 1.0}) {
    const Vector<double> found =
        After({.method = OptimizerMethod::kAdam, .learning_rate = 0.01, .weight_decay = decay}, kParameters);
    for (Index i = 0; i < kParameters; ++i) {
      double theta = Start()[i], mean = 0, square = 0;
      for (int step = 1; step <= kSteps; ++step) {
        const double g = GradientOfStep(step)[i] + decay * theta;
        mean = 0.9 * mean + 0.1 * g;
        square = 0.999 * square + 0.001 * g * g;
        theta -= 0.01 * (mean / (1 - std::pow(0.9, step))) / (std::sqrt(square / (1 - std::pow(0.999, step))) + 1e-8);
      }
      EXPECT_NEAR(found[i], theta, 1e-12) << decay;
    }
  }
}

TEST(Optimizer, AdamsFirstStepIsTheLearningRateWhateverTheGradientsSize) {
  for (const double size : {1e-3, 1.0, 1e6}) {
    Vector<double> parameters = Vector<double>::Zero(1);
    Optimizer<double> optimizer({.method = OptimizerMethod::kAdam, .learning_rate = 0.02}, parameters);
    optimizer.BeginStep();
    Give(optimizer, {.first = 0, .rows = 1, .cols = 1, .stride = 1}, Vector<double>::Constant(1, -size));
    optimizer.EndStep();
    EXPECT_NEAR(parameters[0], 0.02, 0.02 * 1e-8 / size + 1e-16);
  }
}

TEST(Optimizer, RangesDoNotChangeABit) {
  for (const OptimizerOptions& options : kAllKinds) {
    // Ranges start at multiples of the vector width, as the trainer's do; a remainder is the last range alone.
    EXPECT_EQ(After(options, kParameters), After(options, 16));
  }
}

TEST(Optimizer, RowsOfAMatrixAreUpdatedLikeTheWhole) {
  // 37 parameters: a matrix [6, 6] in two halves, and one more.
  for (const OptimizerOptions& options : kAllKinds) {
    Vector<double> parameters = Start();
    Optimizer<double> optimizer(options, parameters);
    for (int step = 1; step <= kSteps; ++step) {
      optimizer.BeginStep();
      const Vector<double> gradient = GradientOfStep(step);
      Give(optimizer, {.first = 2, .rows = 4, .cols = 6, .stride = 6}, gradient);
      Give(optimizer, {.first = 0, .rows = 2, .cols = 6, .stride = 6}, gradient);
      Give(optimizer, {.first = 36, .rows = 1, .cols = 1, .stride = 1}, gradient);
      optimizer.EndStep();
    }
    EXPECT_LT((parameters - After(options, kParameters)).norm(), 1e-13);
  }
}

TEST(Optimizer, AShortGradientIsNotClipped) {
  for (OptimizerOptions options : kAllKinds) {
    options.max_gradient_norm = std::numeric_limits<double>::infinity();
    const Vector<double> expected = After(options, kParameters);
    options.max_gradient_norm = 100;
    EXPECT_LT((After(options, kParameters) - expected).norm(), 1e-13);
  }
}

TEST(Optimizer, ClippingIsByTheNormOfAllParametersForAnyNumberOfThreads) {
  // Three chunks, of which the last is not full, and blocks that end elsewhere.
  constexpr Index kMany = 40'000;
  const Vector<double> gradient = Vector<double>::LinSpaced(kMany, -1, 2);
  Vector<double> serial = Vector<double>::Zero(kMany);
  Vector<double> backward = serial;
  const auto step = [&](Vector<double>& theta, const Executor& executor) {
    Optimizer<double> optimizer({.learning_rate = 0.5, .max_gradient_norm = 3}, theta);
    optimizer.BeginStep();
    for (Index first = 0; first < kMany; first += 10'000) {
      Give(optimizer, {.first = first, .rows = 10'000, .cols = 1, .stride = 10'000}, gradient);
      EXPECT_EQ(theta.norm(), 0) << "applied before the norm is known";
    }
    optimizer.EndStep(executor);
  };
  step(serial, SerialExecutor());
  EXPECT_LT((serial + 0.5 * 3 / (gradient.norm() + 1e-6) * gradient).norm(), 1e-12);

  // Tasks in another order than theirs.
  class Backward final : public Executor {
   public:
    Index slot_count() const override { return 1; }
    void Run(Index count, const Task& task) const override {
      for (Index i = count; i-- > 0;) task(i, 0);
    }
  };
  step(backward, Backward());
  EXPECT_EQ(backward, serial);
}

// Steps first + 1 .. last with all parameters in one block.
void Continue(Optimizer<double>& optimizer, int first, int last) {
  for (int step = first + 1; step <= last; ++step) {
    optimizer.BeginStep();
    Give(optimizer, {.first = 0, .rows = kParameters, .cols = 1, .stride = kParameters}, GradientOfStep(step));
    optimizer.EndStep();
  }
}

TEST(Optimizer, GoesOnFromAStateBitForBit) {
  for (OptimizerOptions options : kAllKinds) {
    options.schedule = {.shape = ScheduleShape::kExponential, .period = 2, .decay = 0.5};
    Vector<double> parameters = Start();
    Optimizer<double> optimizer(options, parameters);
    Continue(optimizer, 0, 3);
    const OptimizerState<double> state = optimizer.state();
    const Vector<double> halfway = parameters;
    Continue(optimizer, 3, kSteps);

    Vector<double> others = Start();
    Optimizer<double> other(options, others);
    Continue(other, 0, 1);  // something to forget
    others = halfway;
    other.Restore(state);
    EXPECT_EQ(other.state().step, 3);
    Continue(other, 3, kSteps);
    EXPECT_EQ(others, parameters) << OptimizerMethodName(options.method);
  }
}

TEST(Optimizer, AStateOfAnotherMethodOrSizeIsRefused) {
  Vector<double> parameters = Start();
  Optimizer<double> optimizer({.method = OptimizerMethod::kAdam}, parameters);
  const auto message = [&](const OptimizerState<double>& state) -> std::string {
    try {
      optimizer.Restore(state);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "accepted";
  };
  OptimizerState<double> state = optimizer.state();
  EXPECT_EQ(message(state), "accepted");
  state.first_moment.resize(1);
  EXPECT_EQ(message(state), "optimiser state: found 1 entries of the first moment, accepted: 37");
  state = optimizer.state();
  state.second_moment.resize(0);
  EXPECT_EQ(message(state), "optimiser state: found 0 entries of the second moment, accepted: 37");
  state = optimizer.state();
  state.step = -1;
  EXPECT_EQ(message(state), "optimiser state: found step -1, accepted: at least 0");
  EXPECT_EQ(optimizer.state().step, 0) << "nothing is changed";
}

TEST(Optimizer, OptionsOutsideTheirRangeAreRefused) {
  const auto message = [](const OptimizerOptions& options) -> std::string {
    try {
      Validate(options);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(message({}), "accepted");
  EXPECT_THAT(message({.learning_rate = 0}),
              ::testing::HasSubstr("learning rate: found 0, accepted: a number above 0"));
  EXPECT_THAT(message({.learning_rate = NAN}), ::testing::HasSubstr("learning rate"));
  EXPECT_THAT(message({.momentum = 1}), ::testing::HasSubstr("momentum: found 1"));
  EXPECT_THAT(message({.method = OptimizerMethod::kAdam, .momentum = 0.9}), ::testing::HasSubstr("beta1"));
  EXPECT_EQ(message({.momentum = 0.5, .nesterov = true}), "accepted");
  EXPECT_THAT(message({.nesterov = true}), ::testing::HasSubstr("momentum: found 0, accepted: above 0 with Nesterov"));
  EXPECT_THAT(message({.rho = 1}), ::testing::HasSubstr("rho: found 1"));
  EXPECT_THAT(message({.max_gradient_norm = 0}), ::testing::HasSubstr("gradient norm: found 0, accepted: above 0"));
  EXPECT_THAT(message({.schedule = {.warm_up = -1}}), ::testing::HasSubstr("warm-up"));
  EXPECT_THAT(message({.weight_decay = -1}), ::testing::HasSubstr("weight decay: found -1"));
  EXPECT_THAT(message({.beta2 = 1}), ::testing::HasSubstr("beta2"));
  EXPECT_THAT(message({.epsilon = 0}), ::testing::HasSubstr("epsilon"));
  for (const char* name : {"sgd", "adam", "adamw", "adadelta"}) {
    EXPECT_EQ(OptimizerMethodName(ParseOptimizerMethod(name)), name);
  }
  EXPECT_EQ(ParseOptimizerMethod("adamw"), OptimizerMethod::kAdamW);
  EXPECT_EQ(OptimizerMethodName(OptimizerMethod::kSgd), "sgd");
  EXPECT_THROW(ParseOptimizerMethod("lion"), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
