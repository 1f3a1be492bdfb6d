// SPDX-License-Identifier: Apache-2.0
//
// What the explanations say and anybody can compute, computed; and that each says what was computed.

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/explain/explanation.h"
#include "theory/problem.h"
#include "theory/statement.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

constexpr double kPi = 3.14159265358979323846;

std::string WholeText(const std::string& id) {
  std::string text;
  for (const ExplanationSection& section : Explain(id).sections) {
    for (const std::string& paragraph : section.paragraphs) text += paragraph + "\n";
  }
  return text;
}

Statement StatementNamed(const std::string& id, const Problem& problem) {
  for (const Statement& statement : AllStatements(problem)) {
    if (statement.id == id) return statement;
  }
  ADD_FAILURE() << id;
  return {};
}

// The path of `explain thm1`, and what is said to be its best approximator.
double ChebyshevSix(double x) { return ((32 * x * x - 48) * x * x + 18) * x * x - 1; }
double Approximator(double t, double x) { return 0.3 * (std::cos(t) * std::tanh(x) + std::sin(t)); }
double Path(double t, double x) { return Approximator(t, x) + 0.01 * std::cos(t) * ChebyshevSix(x); }

std::vector<double> TimesOfThePath() {
  std::vector<double> times;
  for (int i = 0; i <= 100; ++i) times.push_back(kPi * i / 100);
  return times;
}

TEST(PathOfTheoremOne, IsTheOneInTheText) {
  EXPECT_THAT(WholeText("thm1"), HasSubstr("y_t(x) = 0.3 (cos t tanh x + sin t) + 0.01 cos t T_6(x),   0 <= t <= pi,"));
  EXPECT_THAT(WholeText("thm1"), HasSubstr("its error alternates at seven points"));
}

TEST(PathOfTheoremOne, LeadsFromATargetToItsOppositeWithinTheBall) {
  for (double x = -1; x <= 1; x += 0.01) EXPECT_NEAR(Path(kPi, x), -Path(0, x), 1e-15);
  for (const double t : TimesOfThePath()) {
    double value = 0;
    double slope = 0;
    for (int i = -1000; i <= 1000; ++i) {
      const double x = i / 1000.0;
      value = std::max(value, std::fabs(Path(t, x)));
      slope = std::max(slope, std::fabs(Path(t, x + 1e-6) - Path(t, x - 1e-6)) / 2e-6);
    }
    EXPECT_LT(value + slope, 0.99) << t;  // the grid misses at most 0.001 of a curvature below 5
  }
}

// Seven extrema of one magnitude, which is the largest, with alternating signs.
TEST(PathOfTheoremOne, TheErrorAlternatesAtSevenPoints) {
  for (const double t : TimesOfThePath()) {
    const double largest = 0.01 * std::fabs(std::cos(t));
    const double sign = std::cos(t) > 0 ? 1 : -1;
    for (int i = 0; i <= 6; ++i) {
      const double x = std::cos(kPi * i / 6);
      EXPECT_NEAR(Path(t, x) - Approximator(t, x), (i % 2 == 0 ? sign : -sign) * largest, 1e-15) << t << " " << x;
    }
    for (double x = -1; x <= 1; x += 0.001) EXPECT_LE(std::fabs(Path(t, x) - Approximator(t, x)), largest + 1e-15);
  }
}

TEST(PathOfTheoremOne, TheApproximatorMovesContinuouslyAndNeverVanishes) {
  const std::vector<double> times = TimesOfThePath();
  for (std::size_t i = 0; i < times.size(); ++i) {
    double largest = 0;
    double step = 0;
    for (double x = -1; x <= 1; x += 0.01) {
      largest = std::max(largest, std::fabs(Approximator(times[i], x)));
      if (i > 0) step = std::max(step, std::fabs(Approximator(times[i], x) - Approximator(times[i - 1], x)));
    }
    EXPECT_GT(largest, 0.2) << times[i];
    EXPECT_LT(step, 0.3 * 1.27 * kPi / 100) << times[i];  // |d/dt| <= 0.3 sqrt(tanh(1)^2 + 1)
  }
}

int SignChanges(const std::vector<double>& values) {
  int changes = 0;
  double last = 0;
  for (const double value : values) {
    if (value == 0) continue;
    if (last * value < 0) ++changes;
    last = value;
  }
  return changes;
}

// Uniqueness: a second function as close would agree with the first at least six times. The derivative of the
// difference has, over a common denominator, four exponentials, hence two zeros at most (Descartes' rule of signs).
TEST(PathOfTheoremOne, TwoTanhNeuronsAgreeAtMostThreeTimes) {
  EXPECT_THAT(WholeText("thm1"), HasSubstr("two functions of the class agree in at most three"));
  std::mt19937 random(1);
  std::uniform_real_distribution<double> parameter(-6, 6);
  int most = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    const double v = parameter(random), w = parameter(random), b = parameter(random);
    const double v2 = parameter(random), w2 = parameter(random), b2 = parameter(random);
    std::vector<double> difference;
    for (int i = -500; i <= 500; ++i) {
      const double x = i / 500.0;
      difference.push_back(v * std::tanh(w * x + b) - v2 * std::tanh(w2 * x + b2));
    }
    // The constant that lets them agree most often is somewhere between the extremes.
    const auto [low, high] = std::minmax_element(difference.begin(), difference.end());
    const double bottom = *low;
    const double top = *high;
    for (int level = 1; level < 40; ++level) {
      std::vector<double> shifted = difference;
      for (double& value : shifted) value -= bottom + (top - bottom) * level / 40;
      most = std::max(most, SignChanges(shifted));
    }
  }
  EXPECT_EQ(most, 3);
}

struct ClippedRelu {
  double v, w, b;
};

int SignChanges(const std::vector<ClippedRelu>& units, double constant) {
  std::vector<double> values;
  for (int j = -1000; j <= 1000; ++j) {
    double sum = constant;
    for (const auto& [v, w, b] : units) sum += v * std::clamp(w * j / 1000 + b, 0.0, 1.0);
    values.push_back(sum);
  }
  return SignChanges(values);
}

// 2k kinks and no slope beyond the outer ones: 2k - 1 pieces that can change sign.
TEST(ElementaryCase, ClippedReluNetworksChangeSignAtMostOncePerSlopedPiece) {
  EXPECT_THAT(WholeText("thm1"), HasSubstr("N = 3k + 1 parameters and at most 2k - 1 sign changes"));
  std::mt19937 random(2);
  std::normal_distribution<double> weight(0, 3);
  for (int k = 1; k <= 4; ++k) {
    for (int trial = 0; trial < 3000; ++trial) {
      std::vector<ClippedRelu> units(k);
      for (auto& [v, w, b] : units) {
        v = weight(random);
        w = weight(random);
        b = weight(random);
      }
      ASSERT_LE(SignChanges(units, weight(random) / 3), 2 * k - 1) << k;
    }
    // So many: a slow rise by 2k from -1, and a quick fall by 2 wherever it has come to 1, but for the end.
    std::vector<ClippedRelu> saw = {{.v = 2.0 * k, .w = 0.5, .b = 0.5}};
    for (int i = 1; i < k; ++i) saw.push_back({.v = -2, .w = 50, .b = 0.5 - 50 * (2.0 * i / k - 1)});
    EXPECT_EQ(SignChanges(saw, -1), 2 * k - 1) << k;
  }
}

// y = rho (I_1 (1 + x) / 2 + I_2 (1 - x) / 2): odd in I, of height rho for every I on the boundary of the square.
TEST(ContinuousEmbedding, TheTargetThatOneNumberCannotCarry) {
  const auto target = [](double x, double first, double second) { return first * (1 + x) / 2 + second * (1 - x) / 2; };
  for (int i = 0; i < 400; ++i) {
    const double along = i % 100 / 50.0 - 1;
    const double first = i < 100 ? 1 : i < 200 ? -1 : along;
    const double second = i < 200 ? along : i < 300 ? 1 : -1;
    double height = 0;
    for (double x = -1; x <= 1; x += 0.125) {
      height = std::max(height, std::fabs(target(x, first, second)));
      EXPECT_EQ(target(x, -first, -second), -target(x, first, second));
    }
    EXPECT_EQ(height, 1);
  }
  // Largest absolute values of y, its derivatives in x, I_1, I_2, and its two mixed ones, the only others but 0: at
  // corners, since y is affine in each variable. Differences over an interval of length 2.
  const double value = target(1, 1, 1);
  const double in_x = (target(1, 1, -1) - target(-1, 1, -1)) / 2;
  const double in_first = (target(1, 1, 0) - target(1, -1, 0)) / 2;
  const double in_second = (target(-1, 0, 1) - target(-1, 0, -1)) / 2;
  const double mixed = (target(1, 1, 0) - target(-1, 1, 0)) / 2 + std::fabs(target(1, 0, 1) - target(-1, 0, 1)) / 2;
  EXPECT_EQ(1 / (value + in_x + in_first + in_second), 1.0 / 4);
  EXPECT_EQ(1 / (value + in_x + in_first + in_second + mixed), 1.0 / 5);
  EXPECT_THAT(WholeText("certified.continuous_encoder"), HasSubstr("rho is 1/4 at r = 1 and 1/5 at r >= 2"));
}

// Rank p against rho times the identity of size p + 1: rho / (p + 1), and for p = 1 no less is needed.
TEST(DeepOnet, AtFixedRankTheErrorStaysAboveAFixedValue) {
  EXPECT_THAT(WholeText("schemes"), HasSubstr("at least rho / (p + 1)"));
  double least = 1;
  for (double a = -1; a <= 1; a += 0.05) {
    for (double b = -1; b <= 1; b += 0.05) {
      for (double c = -1; c <= 1; c += 0.05) {
        for (double d = -1; d <= 1; d += 0.05) {  // the matrix (a, b)^T (c, d)
          const double error =
              std::max({std::fabs(a * c - 1), std::fabs(a * d), std::fabs(b * c), std::fabs(b * d - 1)});
          least = std::min(least, error);
        }
      }
    }
  }
  EXPECT_GE(least, 0.5);
  EXPECT_LT(least, 0.52);
}

TEST(Primary, SaysHowFarTheFloorIsFromWhatIsBuilt) {
  const Problem readme{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};
  EXPECT_THAT(
      WholeText("certified.primary"),
      HasSubstr("epsilon = 0.001 and depth 2 it is " + StatementNamed("certified.primary", readme).count->Text() +
                ", and the network that can be built has " +
                StatementNamed("constructed.hypernetwork", readme).count->Text() + "."));
}

TEST(Standard, SaysHowSmallTheBallIsInManyDimensions) {
  const Problem many{.smoothness = 2, .primary_dim = 1, .condition_dim = 66, .epsilon = 0.05};
  EXPECT_THAT(WholeText("certified.standard"),
              HasSubstr("few fit: four for m1 = 1, m2 = 66, r = 2, epsilon = 0.05, where no such bound is above 2"));
  EXPECT_EQ(StatementNamed("certified.continuous_selection", many).count->Text(), "4");
  for (const char* id : {"standard", "primary", "embedding", "embedding_any_dimension", "hypernetwork_total"}) {
    EXPECT_LE(*StatementNamed(std::string("certified.") + id, many).count->value, 2) << id;
  }
}

TEST(BoundedWeights, TheLogarithmIsAFewDozen) {
  EXPECT_THAT(WholeText("tanh"), HasSubstr("the logarithm is a few dozen"));
  for (const double epsilon : {1e-1, 1e-2, 1e-3, 1e-4}) {
    const Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = epsilon};
    const double points = StatementNamed("certified.bits", problem).count->log10;
    const double weights = StatementNamed("certified.bounded_weights", problem).count->log10;
    if (weights == 0) continue;  // says nothing
    EXPECT_GT(std::pow(10, points - weights), 12) << epsilon;
    EXPECT_LT(std::pow(10, points - weights), 60) << epsilon;
  }
}

}  // namespace
}  // namespace hyperwidth
