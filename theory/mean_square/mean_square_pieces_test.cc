// SPDX-License-Identifier: Apache-2.0
//
// Linear pieces and wrong signs against the best functions there are: all continuous ones with a few linear pieces,
// which networks of one input and as many hidden units less one are among, fitted by least squares for all places of
// the kinks on a grid.

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "gtest/gtest.h"
#include "theory/mean_square/mean_square_bounds.h"

namespace hyperwidth {
namespace {

constexpr int kSamples = 240;

double At(int sample) { return -1 + 2 * (sample + 0.5) / kSamples; }

// The smallest sum of squares left by combinations of the columns: Gram and Schmidt.
double LeftBy(const std::vector<std::vector<double>>& columns, std::vector<double> target) {
  std::vector<std::vector<double>> basis;
  for (std::vector<double> column : columns) {
    for (int pass = 0; pass < 2; ++pass) {
      for (const auto& unit : basis) {
        double product = 0;
        for (int i = 0; i < kSamples; ++i) product += unit[i] * column[i];
        for (int i = 0; i < kSamples; ++i) column[i] -= product * unit[i];
      }
    }
    double norm = 0;
    for (const double value : column) norm += value * value;
    if (norm < 1e-18) continue;
    for (double& value : column) value /= std::sqrt(norm);
    basis.push_back(column);
  }
  for (const auto& unit : basis) {
    double product = 0;
    for (int i = 0; i < kSamples; ++i) product += unit[i] * target[i];
    for (int i = 0; i < kSamples; ++i) target[i] -= product * unit[i];
  }
  double left = 0;
  for (const double value : target) left += value * value;
  return left / kSamples;
}

// The mean square error of the best continuous function with `kinks` kinks, on a grid of places.
double BestMeanSquare(const std::vector<double>& target, int kinks, int places) {
  std::vector<std::vector<double>> columns(2, std::vector<double>(kSamples, 1.0));
  for (int i = 0; i < kSamples; ++i) columns[1][i] = At(i);
  double best = 1e300;
  const std::function<void(int, int)> place = [&](int from, int left) {
    if (left == 0) {
      best = std::min(best, LeftBy(columns, target));
      return;
    }
    for (int p = from; p < places; ++p) {
      const double kink = -1 + 2.0 * p / places;
      columns.emplace_back(kSamples);
      for (int i = 0; i < kSamples; ++i) columns.back()[i] = std::max(0.0, At(i) - kink);
      place(p + 1, left - 1);
      columns.pop_back();
    }
  };
  place(1, kinks);
  return best;
}

std::vector<double> Hats(int cells, const std::function<double(int)>& sign) {
  std::vector<double> values(kSamples);
  for (int i = 0; i < kSamples; ++i) {
    const double t = (At(i) + 1) / 2 * cells;
    values[i] = sign(static_cast<int>(t)) * (1 - std::abs(2 * (t - std::floor(t)) - 1));
  }
  return values;
}

TEST(MeanSquareOfPieces, OfAlternatingHatsIsNeverBelowWhatIsProved) {
  for (const int cells : {2, 4, 6}) {
    const std::vector<double> target = Hats(cells, [](int cell) { return cell % 2 == 0 ? 1.0 : -1.0; });
    for (int kinks = 0; kinks <= 2; ++kinks) {
      const double proved = (1 - 2.0 * kinks / cells) * 7 / 48;
      const double found = BestMeanSquare(target, kinks, 48);
      EXPECT_GE(found, proved * (1 - 1e-3)) << cells << " " << kinks;
    }
  }
  // Two hats and a line: exactly.
  const std::vector<double> pair = Hats(2, [](int cell) { return cell % 2 == 0 ? 1.0 : -1.0; });
  EXPECT_NEAR(BestMeanSquare(pair, 0, 2), 7.0 / 48, 1e-4);
}

TEST(MeanSquareOfPieces, OfTheParabolaIsNeverBelowWhatIsProvedAndExactlyThatForALine) {
  std::vector<double> target(kSamples);
  for (int i = 0; i < kSamples; ++i) target[i] = At(i) * At(i) / 2;
  EXPECT_NEAR(BestMeanSquare(target, 0, 2), 1.0 / 45, 1e-5);
  for (int kinks = 1; kinks <= 3; ++kinks) {
    const double proved = 1 / (45 * std::pow(kinks + 1, 4));
    const double found = BestMeanSquare(target, kinks, 24);
    EXPECT_GE(found, proved * (1 - 1e-2)) << kinks;
    EXPECT_LE(found, proved * 3) << kinks;
  }
}

// P pieces change sign P times at most. The pattern that is nearest among those with so few changes says at how many
// points any such function is wrong, and so what is left of the mean square.
TEST(MeanSquareOfWrongSigns, IsNeverBelowTheShareOfThePointsTimesTheMeanSquareOfTheBumps) {
  constexpr int kCells = 6;
  const auto changes = [](int pattern) {
    int count = 0;
    for (int i = 0; i + 1 < kCells; ++i) count += ((pattern >> i) & 1) != ((pattern >> (i + 1)) & 1);
    return count;
  };
  for (int kinks = 0; kinks <= 2; ++kinks) {
    double most_of_all = 0;
    for (int target = 0; target < 1 << (kCells - 1); ++target) {
      int fewest_wrong = kCells;
      for (int reached = 0; reached < 1 << kCells; ++reached) {
        if (changes(reached) <= kinks + 1) fewest_wrong = std::min(fewest_wrong, __builtin_popcount(reached ^ target));
      }
      const double proved = fewest_wrong / static_cast<double>(kCells) / 3;
      const double found =
          BestMeanSquare(Hats(kCells, [target](int cell) { return (target >> cell) & 1 ? 1.0 : -1.0; }), kinks, 24);
      EXPECT_GE(found, proved * (1 - 1e-3)) << kinks << " " << target;
      most_of_all = std::max(most_of_all, proved);
    }
    if (kinks < 2) {
      EXPECT_GE(most_of_all, 1.0 / 18);
    }
  }
}

TEST(LeastPiecesInMeanSquare, AreTheFirstThatAreNotMissed) {
  for (int p = 1; p < 40; ++p) {
    const double of_max = 1 / (std::sqrt(45.0) * p * p);
    EXPECT_EQ(LeastPiecesInMeanSquare(2, of_max * (1 + 1e-12), BallNorm::kMax).pieces, p);
    EXPECT_EQ(LeastPiecesInMeanSquare(7, of_max * (1 - 1e-12), BallNorm::kMax).pieces, p + 1);
    EXPECT_EQ(LeastPiecesInMeanSquare(2, 4.0 / 9 * of_max * (1 + 1e-12), BallNorm::kSum).pieces, p);
    EXPECT_EQ(LeastPiecesInMeanSquare(2, 4.0 / 9 * of_max * (1 - 1e-12), BallNorm::kSum).pieces, p + 1);
  }
  EXPECT_EQ(LeastPiecesInMeanSquare(2, 0.5, BallNorm::kSum).pieces, 1);
}

TEST(LeastPiecesInMeanSquare, OfHatsAreTheMostOfAllEvenNumbers) {
  for (const BallNorm norm : {BallNorm::kSum, BallNorm::kMax}) {
    for (const double epsilon : {0.5, 0.1, 0.02, 3e-3, 1e-4}) {
      double most = 1;
      for (double n = 2; n < 1 / epsilon; n += 2) {
        const double inverse_height = norm == BallNorm::kSum ? 1 + n : n;
        const double alone = 1 - epsilon * epsilon * inverse_height * inverse_height * 48 / 7;
        if (alone > 0) most = std::max(most, 1 + std::ceil(n / 2 * alone - 1e-12));
      }
      const LeastPieces least = LeastPiecesInMeanSquare(1, epsilon, norm);
      EXPECT_EQ(least.pieces, most) << epsilon << NameOf(norm);
      EXPECT_EQ(std::fmod(least.grid.x.cells, 2.0), 0);
    }
  }
}

}  // namespace
}  // namespace hyperwidth
