// SPDX-License-Identifier: Apache-2.0
#include "training/least_squares/levenberg_marquardt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <stdexcept>

namespace hyperwidth {
namespace {

using Stop = LevenbergMarquardtStop;

// residuals = slopes^T parameters - values.
class LinearProblem : public LeastSquaresProblem {
 public:
  LinearProblem(Matrix<double> slopes, Vector<double> values)
      : slopes_(std::move(slopes)), values_(std::move(values)) {}
  double Objective(const Vector<double>& parameters) override {
    return (slopes_.transpose() * parameters - values_).squaredNorm();
  }
  void Linearise(const Vector<double>& parameters, Vector<double>& residuals, Matrix<double>& gradients) override {
    residuals = slopes_.transpose() * parameters - values_;
    gradients = slopes_;
  }

 private:
  Matrix<double> slopes_;
  Vector<double> values_;
};

class Rosenbrock : public LeastSquaresProblem {
 public:
  double Objective(const Vector<double>& p) override {
    return std::pow(10 * (p[1] - p[0] * p[0]), 2) + std::pow(1 - p[0], 2);
  }
  void Linearise(const Vector<double>& p, Vector<double>& residuals, Matrix<double>& gradients) override {
    residuals = Vector<double>{{10 * (p[1] - p[0] * p[0]), 1 - p[0]}};
    gradients.resize(2, 2);
    gradients << -20 * p[0], -1, 10, 0;
  }
};

// y = b1 (1 - exp(-b2 x)), the dataset Misra1a of NIST's Statistical Reference Datasets.
class Misra1a : public LeastSquaresProblem {
 public:
  double Objective(const Vector<double>& b) override {
    double sum = 0;
    for (std::size_t i = 0; i < kX.size(); ++i) sum += std::pow(b[0] * (1 - std::exp(-b[1] * kX[i])) - kY[i], 2);
    return sum;
  }
  void Linearise(const Vector<double>& b, Vector<double>& residuals, Matrix<double>& gradients) override {
    residuals.resize(kX.size());
    gradients.resize(2, kX.size());
    for (std::size_t i = 0; i < kX.size(); ++i) {
      const auto column = static_cast<Index>(i);
      const double decay = std::exp(-b[1] * kX[i]);
      residuals[column] = b[0] * (1 - decay) - kY[i];
      gradients.col(column) << 1 - decay, b[0] * kX[i] * decay;
    }
  }

 private:
  static constexpr std::array kX = {
      77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0};
  static constexpr std::array kY = {
      10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78};
};

LevenbergMarquardtOptions Patient() { return {.max_iterations = 500, .patience = 100, .stall_factor = 1}; }

TEST(LevenbergMarquardt, SolvesLinearProblemsWithMoreResidualsThanParameters) {
  Matrix<double> slopes(2, 4);
  slopes << 1, 1, 1, 1, 0, 1, 2, 3;
  const Vector<double> values{{1.0, 3.0, 4.0, 8.0}};  // the regression line is 0.7 + 2.2 t
  LinearProblem problem(slopes, values);
  Vector<double> parameters = Vector<double>::Zero(2);
  MinimiseLeastSquares(problem, Patient(), parameters);
  EXPECT_NEAR(parameters[0], 0.7, 1e-7);
  EXPECT_NEAR(parameters[1], 2.2, 1e-7);
}

TEST(LevenbergMarquardt, SolvesLinearProblemsWithFewerResidualsThanParameters) {
  Matrix<double> slopes(3, 2);
  slopes << 1, 0, 1, 1, 0, 2;
  LinearProblem problem(slopes, Vector<double>{{3.0, 5.0}});
  Vector<double> parameters = Vector<double>::Zero(3);
  const LevenbergMarquardtSummary summary = MinimiseLeastSquares(problem, Patient(), parameters);
  EXPECT_LT(summary.objective, 1e-16);
}

TEST(LevenbergMarquardt, FollowsACurvedValley) {
  Rosenbrock problem;
  Vector<double> parameters = Vector<double>{{-1.2, 1.0}};
  const LevenbergMarquardtSummary summary = MinimiseLeastSquares(problem, Patient(), parameters);
  EXPECT_LT(summary.objective, 1e-20);
  EXPECT_NEAR(parameters[0], 1, 1e-9);
  EXPECT_NEAR(parameters[1], 1, 1e-9);
}

TEST(LevenbergMarquardt, ReachesCertifiedParametersFromTheFarStart) {
  Misra1a problem;
  Vector<double> parameters = Vector<double>{{500.0, 0.0001}};
  const LevenbergMarquardtSummary summary = MinimiseLeastSquares(problem, Patient(), parameters);
  // Certified to 11 digits; 7 are asked of a method that squares the condition number.
  EXPECT_NEAR(parameters[0] / 2.3894212918e+02, 1, 1e-7);
  EXPECT_NEAR(parameters[1] / 5.5015643181e-04, 1, 1e-7);
  EXPECT_NEAR(summary.objective / 1.2455138894e-01, 1, 1e-7);
}

TEST(LevenbergMarquardt, NeverRaisesTheObjective) {
  Rosenbrock problem;
  Vector<double> parameters = Vector<double>{{-1.2, 1.0}};
  double before = problem.Objective(parameters);
  for (int i = 0; i < 30; ++i) {
    MinimiseLeastSquares(problem, {.max_iterations = 1, .initial_damping = 1e-6}, parameters);
    const double after = problem.Objective(parameters);
    EXPECT_LE(after, before);
    before = after;
  }
}

TEST(LevenbergMarquardt, SaysWhyItEnds) {
  Rosenbrock problem;
  const auto run = [&](LevenbergMarquardtOptions options, Vector<double> start = Vector<double>{{-1.2, 1.0}}) {
    return MinimiseLeastSquares(problem, options, start);
  };
  EXPECT_EQ(run({.max_iterations = 0}).reason, Stop::kIterations);
  EXPECT_EQ(run({.max_iterations = 3, .patience = 100}).iterations, 3);
  EXPECT_EQ(run({.patience = 1, .stall_factor = 1e-3}).reason, Stop::kStalled);
  EXPECT_EQ(run({}, Vector<double>{{1.0, 1.0}}).reason, Stop::kZero);
  int asked = 0;
  EXPECT_EQ(run({.is_done = [&](const Vector<double>&) { return ++asked == 3; }}).reason, Stop::kDone);
  LinearProblem flat(Matrix<double>::Zero(2, 1), Vector<double>::Ones(1));
  Vector<double> start = Vector<double>::Zero(2);
  EXPECT_EQ(MinimiseLeastSquares(flat, {}, start).reason, Stop::kNoStep);
}

TEST(LevenbergMarquardt, RefusesOptionsOutOfRange) {
  Rosenbrock problem;
  Vector<double> parameters = Vector<double>{{0.0, 0.0}};
  for (const LevenbergMarquardtOptions& options : {LevenbergMarquardtOptions{.max_iterations = -1},
                                                   LevenbergMarquardtOptions{.initial_damping = 0},
                                                   LevenbergMarquardtOptions{.patience = 0},
                                                   LevenbergMarquardtOptions{.stall_factor = 0},
                                                   LevenbergMarquardtOptions{.stall_factor = 1.5}}) {
    EXPECT_THROW(MinimiseLeastSquares(problem, options, parameters), std::invalid_argument);
  }
  const LevenbergMarquardtOptions options{
      .max_iterations = 0, .initial_damping = 0.5, .patience = 0, .stall_factor = 1};
  EXPECT_THAT(
      [&] { MinimiseLeastSquares(problem, options, parameters); },
      ::testing::ThrowsMessage<std::invalid_argument>(
          "Levenberg-Marquardt: max_iterations = 0, patience = 0, initial_damping = 0.500000, stall_factor = "
          "1.000000; accepted: max_iterations >= 0, patience >= 1, initial_damping > 0, 0 < stall_factor <= 1"));
}

}  // namespace
}  // namespace hyperwidth
