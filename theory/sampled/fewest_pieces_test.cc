// SPDX-License-Identifier: Apache-2.0
#include "theory/sampled/fewest_pieces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_real_distribution.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

namespace hyperwidth {
namespace {

constexpr Nearness kBoth[] = {Nearness::kAtSamples, Nearness::kEverywhere};

struct Samples {
  std::vector<double> x = {};
  std::vector<double> y = {};

  std::int64_t Pieces(double epsilon, Nearness nearness) const {
    return FewestPieces(x, y, epsilon, nearness).pieces();
  }
};

double Evaluate(const PiecewiseLinear& function, double x) {
  if (function.x.size() == 1) return function.y.front();
  const auto above = std::upper_bound(function.x.begin() + 1, function.x.end() - 1, x);
  const auto i = static_cast<std::size_t>(above - function.x.begin());
  const double width = function.x[i] - function.x[i - 1];
  if (width == 0) return function.y[i];
  const double share = (x - function.x[i - 1]) / width;
  return function.y[i - 1] + share * (function.y[i] - function.y[i - 1]);
}

// The largest distance at the samples, or from the lines between them, which is found at a vertex of either.
double Distance(const PiecewiseLinear& function, const Samples& samples, Nearness nearness) {
  double largest = 0;
  for (std::size_t i = 0; i < samples.x.size(); ++i) {
    largest = std::max(largest, std::abs(Evaluate(function, samples.x[i]) - samples.y[i]));
  }
  if (nearness == Nearness::kAtSamples) return largest;
  const PiecewiseLinear lines{.x = samples.x, .y = samples.y};
  for (std::size_t i = 0; i < function.x.size(); ++i) {
    largest = std::max(largest, std::abs(Evaluate(lines, function.x[i]) - function.y[i]));
  }
  return largest;
}

class Random {
 public:
  explicit Random(unsigned seed) : generator_(seed) {}
  double operator()(double low, double high) {
    return boost::random::uniform_real_distribution<double>(low, high)(generator_);
  }

 private:
  boost::random::mt19937 generator_;
};

Samples RandomSamples(std::size_t count, Random& random) {
  Samples samples;
  for (std::size_t i = 0; i < count; ++i) {
    samples.x.push_back((samples.x.empty() ? 0 : samples.x.back()) + random(0.05, 1));
    samples.y.push_back(random(-1, 1));
  }
  return samples;
}

TEST(FewestPieces, OfAZigzagAreItsOwn) {
  for (const Nearness nearness : kBoth) {
    Samples samples;
    for (int i = 0; i < 40; ++i) {
      samples.x.push_back(i);
      samples.y.push_back(i % 2 == 0 ? 1 : -1);
    }
    EXPECT_EQ(samples.Pieces(0, nearness), 39);
    EXPECT_EQ(samples.Pieces(0.999, nearness), 39);
    EXPECT_EQ(samples.Pieces(1, nearness), 1);
  }
}

TEST(FewestPieces, OfHatsFarApartAreTwoOrThreeForEach) {
  // Hats with flats between them: up, down and along the floor.
  Samples samples;
  for (int bump = 0; bump < 10; ++bump) {
    for (const auto& [x, y] : {std::pair{0.0, 0.0}, {1.0, 1.0}, {2.0, 0.0}, {10.0, 0.0}}) {
      if (!samples.x.empty() && 10.0 * bump + x <= samples.x.back()) continue;
      samples.x.push_back(10.0 * bump + x);
      samples.y.push_back(y);
    }
  }
  EXPECT_EQ(samples.Pieces(0, Nearness::kEverywhere), 30);
  // From the peak to the end of the hat it falls by 0.4, and would fall through the floor before the next hat.
  EXPECT_EQ(samples.Pieces(0.3, Nearness::kEverywhere), 30);
  // By 0.1, and it is at -0.35 where the next hat begins.
  EXPECT_EQ(samples.Pieces(0.45, Nearness::kEverywhere), 20);
  EXPECT_EQ(samples.Pieces(0.5, Nearness::kEverywhere), 1);
}

// A line of length h errs by c h^2 / 16 at least where the second derivative is c, and the chord raised by half of that
// reaches it: 2 / sqrt(8 eps) pieces for x^2 on [-1, 1].
TEST(FewestPieces, OfAParabolaFollowItsCurvature) {
  Samples samples;
  constexpr int kSamples = 200001;
  for (int i = 0; i < kSamples; ++i) {
    samples.x.push_back(-1 + 2.0 * i / (kSamples - 1));
    samples.y.push_back(samples.x.back() * samples.x.back());
  }
  for (const Nearness nearness : kBoth) {
    for (const double pieces : {1.0, 2.0, 7.0, 50.0}) {
      const double epsilon = 4 / (8 * pieces * pieces);
      EXPECT_EQ(samples.Pieces(epsilon * 1.0001, nearness), pieces);
      EXPECT_EQ(samples.Pieces(epsilon * 0.999, nearness), pieces + 1);
    }
  }
}

TEST(FewestPieces, AreReachedByTheFunctionReturned) {
  Random random(1);
  for (int trial = 0; trial < 2000; ++trial) {
    const Samples samples = RandomSamples(1 + static_cast<std::size_t>(trial % 30), random);
    const double epsilon = trial % 5 == 0 ? 0 : random(0, 0.8);
    for (const Nearness nearness : kBoth) {
      const PiecewiseLinear function = FewestPieces(samples.x, samples.y, epsilon, nearness);
      EXPECT_TRUE(std::is_sorted(function.x.begin(), function.x.end()));
      EXPECT_LE(Distance(function, samples, nearness), epsilon + 1e-9) << "trial " << trial;
      EXPECT_EQ(function.x.front(), samples.x.front());
      EXPECT_EQ(function.x.back(), samples.x.back());
    }
  }
}

TEST(FewestPieces, AreNeverMoreThanOfAFunctionWithinEpsilon) {
  Random random(2);
  for (int trial = 0; trial < 2000; ++trial) {
    const Samples vertices = RandomSamples(2 + static_cast<std::size_t>(trial % 9), random);
    const PiecewiseLinear function{.x = vertices.x, .y = vertices.y};
    const double epsilon = random(0, 0.3);
    Samples samples;
    for (int i = 0; i < 60; ++i) samples.x.push_back(random(vertices.x.front(), vertices.x.back()));
    samples.x.insert(samples.x.end(), vertices.x.begin(), vertices.x.end());
    std::sort(samples.x.begin(), samples.x.end());
    for (const double x : samples.x) samples.y.push_back(Evaluate(function, x) + random(-epsilon, epsilon));
    for (const Nearness nearness : kBoth) EXPECT_LE(samples.Pieces(epsilon, nearness), function.pieces());
  }
}

// Whether there are numbers z with A z <= b and |z_i| <= bound, found at a vertex of these.
bool IsFeasible(Eigen::MatrixXd a, Eigen::VectorXd b, double bound) {
  const Eigen::Index n = a.cols(), m = a.rows() + 2 * n;
  Eigen::MatrixXd all(m, n);
  Eigen::VectorXd right(m);
  all << a, Eigen::MatrixXd::Identity(n, n), -Eigen::MatrixXd::Identity(n, n);
  right << b, Eigen::VectorXd::Constant(2 * n, bound);
  std::vector<bool> chosen(static_cast<std::size_t>(m), false);
  std::fill_n(chosen.begin(), n, true);
  do {
    Eigen::MatrixXd square(n, n);
    Eigen::VectorXd corner(n);
    Eigen::Index row = 0;
    for (Eigen::Index i = 0; i < m; ++i) {
      if (!chosen[static_cast<std::size_t>(i)]) continue;
      square.row(row) = all.row(i);
      corner[row++] = right[i];
    }
    const Eigen::FullPivLU<Eigen::MatrixXd> lu(square);
    if (!lu.isInvertible()) continue;
    if (((all * lu.solve(corner) - right).array() <= 1e-9).all()) return true;
  } while (std::prev_permutation(chosen.begin(), chosen.end()));
  return false;
}

// Whether two lines do: one for the first samples, one for the others, which cross between, from below or from above.
bool TwoPiecesDo(const Samples& samples, double epsilon) {
  const auto count = static_cast<Eigen::Index>(samples.x.size());
  for (Eigen::Index first = 1; first < count; ++first) {
    for (const double sign : {-1.0, 1.0}) {
      // z = (value, slope) of both lines at x = 0. Rows of A z <= b.
      Eigen::MatrixXd a = Eigen::MatrixXd::Zero(2 * count + 2, 4);
      Eigen::VectorXd b(2 * count + 2);
      for (Eigen::Index i = 0; i < count; ++i) {
        const double x = samples.x[static_cast<std::size_t>(i)], y = samples.y[static_cast<std::size_t>(i)];
        const Eigen::Index line = i < first ? 0 : 2;
        a.row(2 * i).segment(line, 2) << 1, x;
        b[2 * i] = y + epsilon;
        a.row(2 * i + 1).segment(line, 2) << -1, -x;
        b[2 * i + 1] = -y + epsilon;
      }
      for (Eigen::Index end = 0; end < 2; ++end) {  // line 2 - line 1 changes its sign from `first - 1` to `first`
        const double x = samples.x[static_cast<std::size_t>(first - 1 + end)], s = end == 0 ? sign : -sign;
        a.row(2 * count + end) << s, s * x, -s, -s * x;
        b[2 * count + end] = 0;
      }
      if (IsFeasible(a, b, 1e4)) return true;
    }
  }
  return false;
}

TEST(FewestPieces, AreTwoExactlyIfTwoLinesThatMeetBetweenSamplesDo) {
  Random random(3);
  int two = 0, more = 0;
  for (int trial = 0; trial < 40; ++trial) {
    const Samples samples = RandomSamples(5, random);
    const double epsilon = random(0.1, 0.5);
    const std::int64_t pieces = samples.Pieces(epsilon, Nearness::kAtSamples);
    EXPECT_EQ(pieces <= 2, TwoPiecesDo(samples, epsilon)) << "trial " << trial;
    (pieces <= 2 ? two : more) += 1;
  }
  EXPECT_GT(two, 10);
  EXPECT_GT(more, 10);
}

TEST(FewestPieces, AreTheSameForMirroredSamples) {
  Random random(4);
  for (int trial = 0; trial < 500; ++trial) {
    const Samples samples = RandomSamples(25, random);
    Samples upside_down = samples, backwards;
    for (double& y : upside_down.y) y = -y;
    for (std::size_t i = samples.x.size(); i-- > 0;) {
      backwards.x.push_back(-samples.x[i]);
      backwards.y.push_back(samples.y[i]);
    }
    const double epsilon = random(0, 0.7);
    for (const Nearness nearness : kBoth) {
      EXPECT_EQ(upside_down.Pieces(epsilon, nearness), samples.Pieces(epsilon, nearness));
      EXPECT_EQ(backwards.Pieces(epsilon, nearness), samples.Pieces(epsilon, nearness)) << "trial " << trial;
    }
    EXPECT_LE(samples.Pieces(epsilon, Nearness::kAtSamples), samples.Pieces(epsilon, Nearness::kEverywhere));
  }
}

TEST(FewestPieces, AreTheSameForAScaledTarget) {
  Random random(5);
  for (int trial = 0; trial < 100; ++trial) {
    const Samples samples = RandomSamples(25, random);
    Samples scaled = samples;
    for (double& y : scaled.y) y *= 0x1p-60;
    const double epsilon = random(0.01, 0.5);
    for (const Nearness nearness : kBoth) {
      EXPECT_EQ(scaled.Pieces(epsilon * 0x1p-60, nearness), samples.Pieces(epsilon, nearness));
    }
  }
}

TEST(FewestPieces, OfOneOrTwoSamplesIsOneAtMost) {
  for (const Nearness nearness : kBoth) {
    EXPECT_EQ(FewestPieces(std::vector{3.0}, std::vector{5.0}, 0, nearness).pieces(), 1);
    EXPECT_EQ((Samples{.x = {3, 4}, .y = {5, -5}}.Pieces(0, nearness)), 1);
    EXPECT_EQ((Samples{.x = {3, 4, 5}, .y = {5, -5, 5}}.Pieces(0, nearness)), 2);
  }
}

TEST(FewestPieces, RefusesWhatIsNoFunction) {
  const auto message = [](const std::vector<double>& x, const std::vector<double>& y, double epsilon) -> std::string {
    try {
      FewestPieces(x, y, epsilon, Nearness::kAtSamples);
    } catch (const std::domain_error& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_THAT(message({}, {}, 0.1), ::testing::HasSubstr("found 0 x and 0 y"));
  EXPECT_THAT(message({1, 2}, {1}, 0.1), ::testing::HasSubstr("found 2 x and 1 y"));
  EXPECT_THAT(message({1, 1}, {1, 2}, 0.1), ::testing::HasSubstr("sample 1: found x = 1, y = 2"));
  EXPECT_THAT(message({1, 2}, {1, std::nan("")}, 0.1), ::testing::HasSubstr("sample 1"));
  EXPECT_THAT(message({1, 2}, {1, 2}, -0.1), ::testing::HasSubstr("epsilon"));
  EXPECT_EQ(message({1, 2}, {1, 2}, 0), "accepted");
}

}  // namespace
}  // namespace hyperwidth
