// SPDX-License-Identifier: Apache-2.0
#include "experiments/operators/linear_barrier.h"

#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <cmath>
#include <cstdint>
#include <span>
#include <stdexcept>

#include "experiments/tasks/task.h"
#include "models/random_stream.h"
#include "training/arrays/numeric_array.h"

namespace hyperwidth {
namespace {

// [P, G]: the outputs of a built-in task.
Eigen::MatrixXd Outputs(const std::string& task, std::int64_t functions) {
  const NamedArrays arrays = MakeTask(task, {.train = functions, .test = 1});
  for (const auto& [name, array] : arrays) {
    if (name != "y") continue;
    Eigen::MatrixXd values(array.row_size(), array.rows());
    array.CopyTo<double>(0, std::span<double>(values.data(), static_cast<std::size_t>(values.size())));
    return values;
  }
  throw std::logic_error("no y");
}

double RootMeanSquare(const Eigen::MatrixXd& values) { return std::sqrt(values.array().square().mean()); }

Eigen::MatrixXd Random(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed) {
  RandomStream random(seed, {});
  return Eigen::MatrixXd::NullaryExpr(rows, columns, [&](Eigen::Index, Eigen::Index) { return random.Uniform(-1, 1); });
}

// The eigenvalues of the integrals of products of Chebyshev polynomials, computed elsewhere.
TEST(ClosedFormBarrier, OfTwentyPolynomialsIsTheKnownOne) {
  for (const char* task : {"identity", "differentiation"}) {
    const auto barrier = ClosedFormBarrier(task);
    ASSERT_TRUE(barrier.has_value()) << task;
    EXPECT_NEAR(barrier->Relative(0), 1, 1e-5);  // floors are lowered by rounding
    EXPECT_NEAR(barrier->Relative(9), 0.576, 5e-4);
    EXPECT_NEAR(barrier->Relative(10), 0.525, 5e-4);
    EXPECT_NEAR(barrier->Relative(12), 0.4215, 5e-5);
    EXPECT_NEAR(barrier->Relative(15), 0.264, 5e-4);
    EXPECT_NEAR(barrier->Relative(18), 0.095, 5e-4);
    EXPECT_NEAR(barrier->Relative(19), 0.066, 5e-4);
    EXPECT_EQ(barrier->Relative(20), 0);
  }
  EXPECT_FALSE(ClosedFormBarrier("advection").has_value());
}

// Many sampled functions have nearly the singular values of all.
TEST(ClosedFormBarrier, OfTheAntiderivativeIsThatOfManySamples) {
  const auto barrier = ClosedFormBarrier("antiderivative");
  ASSERT_TRUE(barrier.has_value());
  const LinearBarrier sampled = BarrierOfSamples(Outputs("antiderivative", 2000));
  for (const std::int64_t functions : {1, 5, 10, 15, 18, 20, 22}) {
    EXPECT_NEAR(sampled.Relative(functions) / barrier->Relative(functions), 1, 0.05) << functions;
  }
  EXPECT_LT(barrier->Relative(24), 0.01 * barrier->Relative(18));
}

TEST(BarrierOfSamples, IsReachedByTheBestSumOfFunctionsAndABiasThatIsFree) {
  const Eigen::MatrixXd basis = Random(30, 3, 1), coefficients = Random(3, 12, 2);
  const Eigen::VectorXd bias = 5 * Random(30, 1, 3);
  const Eigen::MatrixXd values = (basis * coefficients).colwise() + bias;
  const LinearBarrier barrier = BarrierOfSamples(values);
  EXPECT_EQ(barrier.Relative(3), 0);
  EXPECT_GT(barrier.Relative(2), 0.01);
}

TEST(BarrierOfSamples, HoldsForSumsOfFunctionsWithAnyBias) {
  const Eigen::MatrixXd values = Outputs("antiderivative", 60);
  const LinearBarrier barrier = BarrierOfSamples(values);
  const double target = RootMeanSquare(values);
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Eigen::Index functions = 1 + static_cast<Eigen::Index>(seed);
    // Random functions, with the best coefficients: least squares on what a random bias leaves.
    const Eigen::MatrixXd basis = Random(values.rows(), functions, 10 + seed);
    const Eigen::VectorXd bias = values.rowwise().mean() + 0.01 * Random(values.rows(), 1, 40 + seed);
    const Eigen::MatrixXd left = values.colwise() - bias;
    const Eigen::MatrixXd coefficients = (basis.transpose() * basis).ldlt().solve(basis.transpose() * left);
    EXPECT_GE(RootMeanSquare(left - basis * coefficients) / target, barrier.Relative(functions));
  }
  // Without a function, the mean over conditions is the best that a bias can say.
  EXPECT_NEAR(RootMeanSquare(values.colwise() - values.rowwise().mean()) / target, barrier.Relative(0), 1e-9);
}

TEST(LinearBarrier, RefusesATargetThatIsZero) {
  EXPECT_THROW(BarrierOfSamples(Eigen::MatrixXd::Zero(3, 4)), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
