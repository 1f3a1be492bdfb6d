// SPDX-License-Identifier: Apache-2.0

#include "theory/linear_pieces.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <set>
#include <stdexcept>
#include <vector>

#include "gtest/gtest.h"
#include "theory/bump.h"
#include "theory/problem.h"

namespace hyperwidth {
namespace {

TEST(LeastLinearPieces, AreThoseOfAsManyAlternatingHatsAsFitAtSmoothnessOne) {
  EXPECT_EQ(LeastLinearPieces(1, 1e-3).pieces, 998);  // 1 + 998 < 1000
  EXPECT_EQ(LeastLinearPieces(1, 0.1).pieces, 8);
  EXPECT_EQ(LeastLinearPieces(1, 0.9).pieces, 1);
  EXPECT_EQ(LeastLinearPieces(1, 1e-3).target, PiecesTarget::kAlternatingBumps);
  EXPECT_EQ(LeastLinearPieces(1, 1e-3).grid.x.cells, 998);
}

TEST(LeastLinearPieces, AreThoseOfAParabolaWhereSmoothBumpsAreFewer) {
  EXPECT_EQ(LeastLinearPieces(10, 1e-6).pieces, 334);  // 9 * 333^2 = 998,001
  EXPECT_EQ(LeastLinearPieces(10, 1e-6).target, PiecesTarget::kParabola);
  EXPECT_EQ(LeastLinearPieces(30, 1e-300).target, PiecesTarget::kParabola);
  // 1 + 2 n + 4 n^2 < 10^6 for n = 499.
  EXPECT_EQ(LeastLinearPieces(2, 1e-6).pieces, 499);
  EXPECT_EQ(LeastLinearPieces(2, 1e-6).target, PiecesTarget::kAlternatingBumps);
}

// On both sides of the value: at the least epsilon for which p pieces are not excluded, and just below.
TEST(LeastLinearPieces, ChangeExactlyWhereTheErrorOfTheParabolaDoes) {
  for (const int p : {1, 2, 7, 100, 12345}) {
    const double error = 1.0 / (9.0 * p * p);
    EXPECT_EQ(LeastLinearPieces(12, error * (1 + 1e-14)).pieces, p);
    EXPECT_EQ(LeastLinearPieces(12, error * (1 - 1e-14)).pieces, p + 1);
  }
}

// The parabola's error on equal pieces is 1 / (9 P^2), and on no others is it smaller.
TEST(Parabola, IsMissedByOneNinthOverTheSquareOfThePieces) {
  const auto y = [](double x) { return (x * x - 0.5) * 2 / 9; };
  const auto error_on = [&](double a, double b) {  // best linear function: chord, moved by half of the largest distance
    double largest = 0;
    for (int i = 0; i <= 100; ++i) {
      const double x = a + (b - a) * i / 100;
      largest = std::max(largest, y(a) + (y(b) - y(a)) * (x - a) / (b - a) - y(x));
    }
    return largest / 2;
  };
  std::mt19937 random(1);
  for (const int pieces : {1, 2, 5, 20}) {
    const double least = 1.0 / (9 * pieces * pieces);
    EXPECT_NEAR(error_on(-1, -1 + 2.0 / pieces), least, 1e-12);
    for (int repeat = 0; repeat < 50; ++repeat) {
      std::set<double> breaks = {-1, 1};
      while (static_cast<int>(breaks.size()) < pieces + 1)
        breaks.insert(std::uniform_real_distribution<>(-1, 1)(random));
      double error = 0;
      for (auto right = std::next(breaks.begin()); right != breaks.end(); ++right) {
        error = std::max(error, error_on(*std::prev(right), *right));
      }
      EXPECT_GE(error, least * (1 - 1e-9));
    }
  }
  // In the ball: 1/9 + 4/9 + 4/9.
  EXPECT_DOUBLE_EQ(std::max(y(1), -y(0)) + 4.0 / 9 + 4.0 / 9, 1);
}

TEST(LeastParametersForPieces, AreThreePerUnitButFourAtDepthTwo) {
  EXPECT_EQ(LeastParametersForPieces(998, 2).value, 2990);
  EXPECT_EQ(LeastParametersForPieces(334, 2).value, 998);
  EXPECT_EQ(LeastParametersForPieces(2, 2).value, 2);  // v |w x|
  EXPECT_EQ(LeastParametersForPieces(1, 2).value, 1);
  EXPECT_EQ(LeastParametersForPieces(1, 1000).value, 1);
}

// By trying all widths: 2 for each unit, 3 for those of the last layer, less 1.
int LeastByAllWidths(int pieces, int depth, int layer, int product, int units_before) {
  int least = std::numeric_limits<int>::max();
  for (int width = 1; product < pieces; ++width) {
    const int here = product * (width + 1);
    if (here >= pieces) {
      least = std::min(least, 2 * units_before + 3 * width - 1);
      break;
    }
    if (layer + 1 < depth - 1) {
      least = std::min(least, LeastByAllWidths(pieces, depth, layer + 1, here, units_before + width));
    }
  }
  return least;
}

TEST(LeastParametersForPieces, AreNeverMoreThanTheLeastOverAllWidthsAndHardlyFewer) {
  for (const int depth : {2, 3, 4, 6, 12}) {
    for (const int pieces : {2, 3, 4, 7, 8, 9, 30, 64, 100, 257, 999}) {
      const int least = LeastByAllWidths(pieces, depth, 0, 1, 0);
      const std::int64_t proved = *LeastParametersForPieces(pieces, depth).value;
      EXPECT_LE(proved, least) << pieces << " at depth " << depth;
      EXPECT_GE(proved, 0.8 * least - 2) << pieces << " at depth " << depth;
      if (depth == 2) {
        EXPECT_EQ(proved, least);
      }
    }
  }
}

TEST(LeastParametersForPieces, RiseWithPiecesAndFallWithDepth) {
  for (int depth = 2; depth < 40; ++depth) {
    double before = 0;
    for (double pieces = 1; pieces < 1e18; pieces = std::ceil(1.7 * pieces)) {
      const Count count = LeastParametersForPieces(pieces, depth);
      EXPECT_GE(count.log10, before);
      EXPECT_FALSE(count < LeastParametersForPieces(pieces, depth + 1)) << pieces << " " << depth;
      before = count.log10;
    }
  }
}

// (N + 2 q + 2)^q = q^q 3 2^(q-1) P in whole numbers: N parameters are just enough, one less is not.
TEST(LeastParametersForPieces, AreExactWhereBothSidesAreEqual) {
  for (const std::int64_t k : {1, 2, 3, 50, 4000}) {
    const auto size = static_cast<double>(k);
    const std::int64_t one = 3 * (k + 4) - 4;
    EXPECT_EQ(LeastParametersForPieces(size + 4, 2).value, one);
    EXPECT_EQ(LeastParametersForPieces(6 * size * size, 3).value, 12 * k - 6) << k;
    EXPECT_EQ(LeastParametersForPieces(18 * size * size * size, 4).value, 18 * k - 8) << k;
    EXPECT_EQ(LeastParametersForPieces(6 * size * size + 1, 3).value, 12 * k - 5) << k;
    EXPECT_EQ(LeastParametersForPieces(18 * size * size * size + 1, 4).value, 18 * k - 7) << k;
  }
}

TEST(LeastParametersForPieces, AreALogarithmBeyondAllIntegers) {
  const Count count = LeastParametersForPieces(1e200, 2);
  EXPECT_FALSE(count.value);
  EXPECT_NEAR(count.log10, 200 + std::log10(3), 1e-8);
  EXPECT_LT(count.log10, 200 + std::log10(3));
  EXPECT_EQ(LeastParametersForPieces(0x1p900, kMaxDepth).value, 1800);  // two a layer, with one unit in each of 900
}

TEST(LeastParametersForPieces, RefuseWhatIsNotAWholeNumberOfPieces) {
  EXPECT_THROW(LeastParametersForPieces(0, 2), std::domain_error);
  EXPECT_THROW(LeastParametersForPieces(2.5, 2), std::domain_error);
  EXPECT_THROW(LeastParametersForPieces(INFINITY, 2), std::domain_error);
  EXPECT_THROW(LeastParametersForPieces(2, 1), std::domain_error);
}

TEST(LeastLinearPieces, OfTheMaxNormAreThoseOfSteeperHatsAndOfALargerParabola) {
  EXPECT_EQ(LeastLinearPieces(1, 1e-3, BallNorm::kMax).pieces, 999);  // 999 < 1000
  EXPECT_EQ(LeastLinearPieces(1, 0.1, BallNorm::kMax).pieces, 9);
  EXPECT_EQ(LeastLinearPieces(10, 1e-6, BallNorm::kMax).target, PiecesTarget::kParabola);
  for (int p = 1; p < 200; ++p) {
    const double error = 1 / (4.0 * p * p);
    EXPECT_EQ(LeastLinearPieces(12, error * (1 + 1e-14), BallNorm::kMax).pieces, p);
    EXPECT_EQ(LeastLinearPieces(12, error * (1 - 1e-14), BallNorm::kMax).pieces, p + 1);
  }
}

// Interpolation at the ends of equal pieces, shifted to the middle of its error, is the best there is: x^2 / 2 on a
// piece of length h is missed by h^2 / 16.
TEST(LeastLinearPieces, OfTheParabolaOfTheMaxNormAreEnough) {
  for (int p = 1; p < 12; ++p) {
    const double h = 2.0 / p;
    double error = 0;
    for (int i = 0; i <= 1000; ++i) {
      const double t = -1 + h * i / 1000;
      const double line = 0.5 - (t + 1) * (2 - h) / 2;  // through (-1, 1/2) and (h - 1, (h - 1)^2 / 2)
      error = std::max(error, std::abs(t * t / 2 - line + h * h / 16));
    }
    EXPECT_EQ(LeastLinearPieces(12, error * (1 + 1e-9), BallNorm::kMax).pieces, p);
    EXPECT_EQ(LeastLinearPieces(12, error * (1 - 1e-9), BallNorm::kMax).pieces, p + 1);
  }
}

TEST(OnsetOfPieces, IsTheLargestEpsilonOfThreeDigitsThatNeedsTwoPieces) {
  for (const int r : {1, 2, 3, 12, 30}) {
    EXPECT_EQ(LeastLinearPieces(r, OnsetOfPieces(r)).pieces, 2) << r;
    EXPECT_EQ(LeastLinearPieces(r, OnsetOfPieces(r) + 0.001).pieces, 1) << r;
  }
}

// A sparse network of one input, as lists of connections; the kinks of its output are followed exactly enough through
// the layers: each unit is linear between the kinks so far.
struct Unit {
  std::vector<std::pair<int, double>> inputs;  // of the values so far: 0 is x
  double bias = 0;
};

struct RandomNetwork {
  std::vector<std::vector<Unit>> layers;  // hidden; the last one holds the output alone
  double slope_below = 0;                 // of the activation
  int parameters = 0;                     // that are not zero
};

RandomNetwork DrawNetwork(std::mt19937& random) {
  const auto integer = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  std::normal_distribution<double> normal;
  RandomNetwork network;
  network.slope_below = std::vector<double>{0, 0.1, -1}[integer(0, 2)];
  const int hidden = integer(1, 4);
  const double kept = integer(3, 10) / 10.0;
  int first = 0;
  int values = 1;
  for (int layer = 0; layer <= hidden; ++layer) {
    const int width = layer == hidden ? 1 : integer(1, 5);
    network.layers.emplace_back();
    for (int i = 0; i < width; ++i) {
      Unit unit;
      const bool skips = integer(0, 3) == 0;  // connections from all layers before, else from the last one
      for (int source = skips ? 0 : first; source < values; ++source) {
        if (std::uniform_real_distribution<>(0, 1)(random) < kept) unit.inputs.emplace_back(source, normal(random));
      }
      if (integer(0, 2) > 0) unit.bias = normal(random);
      network.parameters += static_cast<int>(unit.inputs.size()) + (unit.bias != 0 ? 1 : 0);
      network.layers.back().push_back(unit);
    }
    first = values;
    values += width;
  }
  return network;
}

double Output(const RandomNetwork& network, double x) {
  std::vector<double> values = {x};
  for (std::size_t layer = 0; layer < network.layers.size(); ++layer) {
    for (const Unit& unit : network.layers[layer]) {
      double input = unit.bias;
      for (const auto& [source, weight] : unit.inputs) input += weight * values[source];
      const bool is_output = layer + 1 == network.layers.size();
      values.push_back(is_output || input > 0 ? input : network.slope_below * input);
    }
  }
  return values.back();
}

// Pieces of the output on [-8, 8]: where the slope between neighbouring samples changes, kinks that share a cell of the
// samples counted once.
int CountPieces(const RandomNetwork& network) {
  constexpr int kSamples = 40000;
  std::vector<double> values;
  for (int i = 0; i <= kSamples; ++i) values.push_back(Output(network, -8 + 16.0 * i / kSamples));
  const auto slope = [&](int cell) { return (values[cell + 1] - values[cell]) * kSamples / 16; };
  int pieces = 1;
  double last = slope(0);
  for (int cell = 1; cell < kSamples; ++cell) {
    if (std::abs(slope(cell) - last) <= 1e-6 * (1 + std::abs(last))) continue;
    ++pieces;
    if (cell + 1 < kSamples) ++cell;  // the cell of the kink itself has a slope in between
    last = slope(cell);
  }
  return pieces;
}

TEST(RandomNetworks, NeverHaveMorePiecesThanAreCountedNorFewerParametersThanAreProved) {
  std::mt19937 random(5);
  int sharp = 0;
  for (int repeat = 0; repeat < 150; ++repeat) {
    const RandomNetwork network = DrawNetwork(random);
    const int pieces = CountPieces(network);
    double most = 1;
    for (std::size_t layer = 0; layer + 1 < network.layers.size(); ++layer) {
      most *= static_cast<double>(network.layers[layer].size()) + 1;
    }
    EXPECT_LE(pieces, most);
    const int depth = static_cast<int>(network.layers.size());
    if (pieces > 1) {
      EXPECT_GE(network.parameters, *LeastParametersForPieces(pieces, depth).value) << pieces;
    }
    sharp += pieces > most / 2;
  }
  EXPECT_GT(sharp, 20);
}

// Saw-teeth: |..||x| - 1/2| - .. |, one unit a layer, doubles the pieces with two parameters a layer.
TEST(SawTeeth, ReachThePiecesThatAreCounted) {
  RandomNetwork network{.layers = {}, .slope_below = -1, .parameters = 0};
  network.layers.push_back({Unit{.inputs = {{0, 1.0}}, .bias = 0}});
  double centre = 4;
  for (int layer = 1; layer < 7; ++layer, centre /= 2) {
    network.layers.push_back({Unit{.inputs = {{layer, 1.0}}, .bias = -centre}});
  }
  network.layers.push_back({Unit{.inputs = {{7, 1.0}}, .bias = 0}});
  const int parameters = 1 + 6 * 2 + 1;
  EXPECT_EQ(CountPieces(network), 128);
  EXPECT_EQ(LeastParametersForPieces(128, 8).value, parameters);
}

}  // namespace
}  // namespace hyperwidth
