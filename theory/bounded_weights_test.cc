// SPDX-License-Identifier: Apache-2.0

#include "theory/bounded_weights.h"

#include <cmath>
#include <random>
#include <stdexcept>
#include <vector>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

const Problem kExample{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};

// The Lipschitz constant is the one step that is not counting: perturb the weights of random tanh networks and compare.
TEST(BoundedWeights, LipschitzConstantCoversRandomNetworks) {
  std::mt19937_64 random(17);
  for (const int depth : {2, 3, 4}) {
    for (const double bound : {0.3, 1.0, 4.0}) {
      constexpr int kWidth = 6;
      double sum = 0;
      for (int j = 0; j < depth; ++j) sum += std::pow(bound * kWidth, j);
      const double lipschitz = (kWidth + 1) * sum;
      std::uniform_real_distribution<double> weight(-bound, bound);
      std::uniform_real_distribution<double> uniform(-1, 1);
      for (int draw = 0; draw < 200; ++draw) {
        constexpr double kStep = 1e-4;
        std::vector<double> a(kWidth), b;
        for (double& x : a) x = uniform(random);
        b = a;
        for (int layer = 0; layer < depth; ++layer) {
          std::vector<double> next_a, next_b;
          for (int unit = 0; unit < (layer + 1 < depth ? kWidth : 1); ++unit) {
            const double bias = weight(random);
            double sum_a = bias;
            double sum_b = bias + (random() % 2 == 0 ? kStep : -kStep);
            for (int i = 0; i < kWidth; ++i) {
              const double w = weight(random);
              sum_a += w * a[i];
              sum_b += (w + (random() % 2 == 0 ? kStep : -kStep)) * b[i];
            }
            next_a.push_back(layer + 1 < depth ? std::tanh(sum_a) : sum_a);
            next_b.push_back(layer + 1 < depth ? std::tanh(sum_b) : sum_b);
          }
          a = next_a;
          b = next_b;
        }
        // Weights in [-B - step, B + step], so allow for the larger bound.
        EXPECT_LE(std::abs(a[0] - b[0]), lipschitz * kStep * std::pow(1 + kStep / bound, depth));
      }
    }
  }
}

TEST(BoundedWeights, BoundFollowsFromItsGrid) {
  const CertifiedBound bound = BoundedWeightsBound(kExample);
  const double rho = 1 / bound.grid.Norm();
  const double h = 100;
  const double lipschitz = (h + 1) * (1 + 10 * h);
  const double points = std::exp2(bound.grid.Log2Points());
  EXPECT_GT(rho, kExample.epsilon);
  EXPECT_LE(*bound.count.value, std::ceil(points / std::log2(1 + 10 * lipschitz / (rho - kExample.epsilon))));
  EXPECT_GE(*bound.count.value, 0.9 * points / std::log2(1 + 10 * lipschitz / (rho - kExample.epsilon)));
}

TEST(BoundedWeights, FallsWithDepthWidthBoundAndEpsilon) {
  const Count here = BoundedWeightsBound(kExample).count;
  Problem deeper = kExample;
  deeper.depth = 5;
  Problem wider = kExample;
  wider.width = 1000;
  Problem looser = kExample;
  looser.weight_bound = 100;
  Problem coarser = kExample;
  coarser.epsilon = 2e-3;
  for (const Problem& problem : {deeper, wider, looser, coarser}) {
    EXPECT_TRUE(BoundedWeightsBound(problem).count < here);
  }
}

TEST(BoundedWeights, IsFiniteAtTheExtremes) {
  for (const double bound : {1e-9, 1e6}) {
    for (const double epsilon : {1e-12, 0.999999}) {
      const Count count = BoundedWeightsBound({.smoothness = 12,
                                               .primary_dim = 50,
                                               .condition_dim = 50,
                                               .epsilon = epsilon,
                                               .depth = 1000,
                                               .weight_bound = bound,
                                               .width = kMaxCount})
                              .count;
      EXPECT_TRUE(std::isfinite(count.log10));
    }
  }
}

TEST(BoundedWeights, RefusesBoundsOutsideTheirRange) {
  Problem problem = kExample;
  problem.weight_bound = -1;
  EXPECT_THROW(BoundedWeightsBound(problem), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
