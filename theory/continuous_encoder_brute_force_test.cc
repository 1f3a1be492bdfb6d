// SPDX-License-Identifier: Apache-2.0
//
// The targets of continuous_encoder.h, looked at: they lie in the ball, and no continuous encoder that is tried, with
// the best answer behind it, comes closer than the floor.

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "theory/bump.h"
#include "theory/continuous_encoder.h"

namespace hyperwidth {
namespace {

// One function of one coordinate with its derivatives: value(order, t).
using Function = std::function<double(int, double)>;

std::vector<Function> FunctionsOfAnAffineAxis() {
  const auto with_slope = [](double slope) -> Function {
    return [slope](int order, double t) { return order == 0 ? 0.5 + slope * t : order == 1 ? slope : 0.0; };
  };
  return {with_slope(-0.5), with_slope(0.5)};
}

std::vector<Function> FunctionsOfABumpAxis(const Bump& bump, double cells) {
  const bool is_spline = bump.family == Bump::Family::kPerfectSpline;
  const PerfectSpline spline(bump.order);
  const CosinePower cosine(bump.order);
  std::vector<Function> functions;
  for (int node = 0; node <= cells; ++node) {
    functions.push_back([=](int order, double t) {
      const double u = (t - (2 * node / std::max(cells, 1.0) - 1)) * std::max(cells, 1.0);
      if (cells == 0) return order == 0 ? 1.0 : 0.0;
      return std::pow(cells, order) * (is_spline ? spline.Derivative(order, u) : cosine.Derivative(order, u));
    });
  }
  return functions;
}

// The functions phi_i along each axis of x, from what the floor says about them.
std::vector<std::vector<Function>> AxesOf(const EncoderFloor& floor) {
  std::vector<std::vector<Function>> axes(floor.affine_axes, FunctionsOfAnAffineAxis());
  for (int axis = 0; axis < floor.grid.x.axes; ++axis) {
    axes.push_back(
        FunctionsOfABumpAxis(floor.grid.bump, floor.grid.x.cells + (axis < floor.grid.x.finer_axes ? 1 : 0)));
  }
  return axes;
}

// The norm of y / rho in W(r, m1 + kappa + 1), sampled: over the derivatives in x, of order |a| <= r the sup over x and
// I of |sum I_i D^a phi_i|, which is the sum of the magnitudes, and for each i that of |D^a phi_i| for |a| < r.
double SampledNorm(int r, const EncoderFloor& floor) {
  const auto axes = AxesOf(floor);
  const std::size_t dim = axes.size();
  std::vector<std::vector<std::size_t>> products = {{}};
  for (const auto& axis : axes) {
    std::vector<std::vector<std::size_t>> longer;
    for (const auto& product : products) {
      for (std::size_t i = 0; i < axis.size(); ++i) {
        longer.push_back(product);
        longer.back().push_back(i);
      }
    }
    products = longer;
  }
  products.resize(floor.scalars + 1);
  constexpr int kSamples = 40;
  double norm = 0;
  std::vector<int> a(dim, 0);
  const std::function<void(std::size_t, int)> add_orders = [&](std::size_t axis, int left) {
    if (axis < dim) {
      for (a[axis] = 0; a[axis] <= left; ++a[axis]) add_orders(axis + 1, left - a[axis]);
      a[axis] = 0;
      return;
    }
    double sup_of_sum = 0;
    std::vector<double> sup(products.size(), 0.0);
    for (int sample = 0; sample < std::pow(kSamples + 1, dim); ++sample) {
      double sum = 0;
      for (std::size_t i = 0; i < products.size(); ++i) {
        double value = 1;
        int rest = sample;
        for (std::size_t j = 0; j < dim; ++j, rest /= kSamples + 1) {
          // Off the nodes and the ends of the bumps, where derivatives of order r jump.
          const double t = 2 * (rest % (kSamples + 1) + 0.437) / (kSamples + 1) - 1;
          value *= axes[j][products[i][j]](a[j], t);
        }
        sum += std::abs(value);
        sup[i] = std::max(sup[i], std::abs(value));
      }
      sup_of_sum = std::max(sup_of_sum, sum);
    }
    norm += sup_of_sum;
    if (left > 0) {
      for (const double one : sup) norm += one;  // a derivative in I_i besides
    }
  };
  add_orders(0, r);
  return norm;
}

TEST(ContinuousEncoderFloor, TargetsLieInTheBall) {
  for (const auto& [r, m1, kappa] : std::vector<std::array<int, 3>>{{1, 1, 1},
                                                                    {1, 1, 4},
                                                                    {2, 1, 1},
                                                                    {2, 1, 2},
                                                                    {3, 1, 1},
                                                                    {3, 1, 3},
                                                                    {2, 2, 3},
                                                                    {3, 2, 2},
                                                                    {2, 2, 5},
                                                                    {3, 2, 6}}) {
    const EncoderFloor floor = ContinuousEncoderFloor(r, m1, kappa);
    const bool has_pyramids = r == 1 && m1 > 1;
    ASSERT_FALSE(has_pyramids);
    const double sampled = SampledNorm(r, floor);
    EXPECT_LE(sampled, floor.inverse_error * (1 + 1e-7)) << r << m1 << kappa;
    EXPECT_GE(sampled, floor.inverse_error * 0.85) << r << m1 << kappa;  // what sampling loses, and not all products
  }
}

// Encoders with fibres that are known exactly, on a grid of conditions: whatever stands behind, the best answer on a
// fibre is the middle of the targets' range.
using Encoder = std::function<std::vector<int>(const std::vector<int>&)>;

double LeastErrorBehind(const Encoder& encoder, const EncoderFloor& floor) {
  constexpr int kSteps = 4;  // conditions are multiples of 1/4
  const auto axes = AxesOf(floor);
  const int coordinates = static_cast<int>(floor.scalars) + 1;
  double error = 0;
  for (int node = -8; node <= 8; ++node) {
    std::map<std::vector<int>, std::pair<double, double>> ranges;
    for (int number = 0; number < std::pow(2 * kSteps + 1, coordinates); ++number) {
      std::vector<int> condition;
      for (int i = 0, rest = number; i < coordinates; ++i, rest /= 2 * kSteps + 1) {
        condition.push_back(rest % (2 * kSteps + 1) - kSteps);
      }
      double y = 0;
      for (int i = 0; i < coordinates; ++i) y += floor.Error() * condition[i] / kSteps * axes[0][i](0, node / 8.0);
      const auto [range, is_new] = ranges.try_emplace(encoder(condition), y, y);
      range->second = {std::min(range->second.first, y), std::max(range->second.second, y)};
    }
    for (const auto& [scalars, range] : ranges) error = std::max(error, (range.second - range.first) / 2);
  }
  return error;
}

TEST(ContinuousEncoderFloor, IsNotBeatenByTheBestAnswerBehindOneContinuousScalar) {
  for (const int r : {1, 2, 5}) {
    const EncoderFloor floor = ContinuousEncoderFloor(r, 1, 1);
    const auto expect = [&](const Encoder& encoder, const char* what) {
      EXPECT_GE(LeastErrorBehind(encoder, floor), floor.Error() * (1 - 1e-12)) << what << ", r = " << r;
    };
    for (const int a : {-2, -1, 0, 1, 2}) {
      for (const int b : {-2, -1, 0, 1, 2}) {
        expect([=](const auto& I) { return std::vector{a * I[0] + b * I[1]}; }, "linear");
        expect([=](const auto& I) { return std::vector{a * std::abs(I[0]) + b * std::abs(I[1])}; }, "weighted norm");
      }
    }
    expect([](const auto& I) { return std::vector{I[0] * I[0] + I[1] * I[1]}; }, "Euclidean norm");
    expect([](const auto& I) { return std::vector{std::max(I[0], I[1])}; }, "maximum");
    expect([](const auto& I) { return std::vector{I[0] * I[1]}; }, "product");
    expect([](const auto& I) { return std::vector{I[0] + I[1] * I[1] * I[1]}; }, "a cubic");
  }
}

TEST(ContinuousEncoderFloor, IsNotBeatenByTheBestAnswerBehindTwoContinuousScalars) {
  const EncoderFloor floor = ContinuousEncoderFloor(1, 1, 2);
  const auto expect = [&](const Encoder& encoder, const char* what) {
    EXPECT_GE(LeastErrorBehind(encoder, floor), floor.Error() * (1 - 1e-12)) << what;
  };
  for (const int a : {-1, 0, 1}) {
    for (const int b : {-1, 0, 1}) {
      expect([=](const auto& I) { return std::vector{I[0] + a * I[2], I[1] + b * I[2]}; }, "linear");
    }
  }
  expect(
      [](auto I) {
        std::sort(I.begin(), I.end());
        return std::vector{I[0], I[2]};
      },
      "smallest and largest");
  expect([](const auto& I) { return std::vector{I[0], I[1] * I[1] + I[2] * I[2]}; }, "a coordinate and a norm");
}

// Without the hypotheses it is beaten: as many scalars as coordinates, or one that is not continuous.
TEST(ContinuousEncoderFloor, IsBeatenByTheIdentityAndByADiscontinuousScalar) {
  const EncoderFloor floor = ContinuousEncoderFloor(1, 1, 1);
  EXPECT_EQ(LeastErrorBehind([](const auto& I) { return I; }, floor), 0);
  EXPECT_EQ(LeastErrorBehind([](const auto& I) { return std::vector{100 * I[0] + I[1]}; }, floor), 0);
}

}  // namespace
}  // namespace hyperwidth
