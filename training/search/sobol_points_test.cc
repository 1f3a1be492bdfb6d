// SPDX-License-Identifier: Apache-2.0
#include "training/search/sobol_points.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

namespace hyperwidth {
namespace {

using ::testing::ThrowsMessage;
using Points = std::vector<std::vector<double>>;

Points FirstPoints(std::uint64_t seed, std::int64_t count, std::size_t dimensions) {
  Points points;
  for (std::int64_t i = 0; i < count; ++i) points.push_back(ScrambledSobolPoint(seed, i, dimensions));
  return points;
}

// Whether each of the 2^a x 2^b rectangles has equally many of the points, of which there are at least so many.
bool IsEven(const Points& points, std::size_t first, int a, std::size_t second, int b) {
  std::vector<std::size_t> counts(std::size_t{1} << (a + b));
  for (const std::vector<double>& point : points) {
    const auto row = static_cast<std::size_t>(std::ldexp(point[first], a));
    const auto column = static_cast<std::size_t>(std::ldexp(point[second], b));
    ++counts[(row << b) + column];
  }
  for (const std::size_t count : counts) {
    if (count != points.size() / counts.size()) return false;
  }
  return true;
}

// The least t for which 2^m points are a (t, m, 2)-net in these two coordinates: all rectangles of area 2^(t - m) with
// sides that are powers of 2 have 2^t of them.
int NetParameter(const Points& points, int m, std::size_t first, std::size_t second) {
  for (int t = 0;; ++t) {
    bool is_net = true;
    for (int a = 0; a <= m - t; ++a) is_net = is_net && IsEven(points, first, a, second, m - t - a);
    if (is_net) return t;
  }
}

TEST(ScrambledSobol, HasOneOfTheFirstPowersOfTwoInEachIntervalOfEveryCoordinate) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    for (const int m : {1, 3, 6, 8}) {
      const Points points = FirstPoints(seed, std::int64_t{1} << m, 10);
      for (std::size_t d = 0; d < 10; ++d) EXPECT_TRUE(IsEven(points, d, m, d, 0)) << "coordinate " << d << " m " << m;
    }
  }
}

TEST(ScrambledSobol, HasOnePointInEachRectangleOfTheFirstTwoCoordinates) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    for (const int m : {1, 4, 7}) {
      EXPECT_EQ(NetParameter(FirstPoints(seed, std::int64_t{1} << m, 2), m, 0, 1), 0) << "m " << m;
    }
  }
}

// Sobol's theorem: t is at most the sum, over the coordinates, of the degrees of their primitive polynomials less one.
// Joe and Kuo take the polynomials by degree: 1, 1, 2, 3, 3, 4, 4, 5, the first standing for the coordinate without
// one. What t is belongs to the direction numbers, and scrambling keeps it.
TEST(ScrambledSobol, KeepsEveryProjectionOnTwoCoordinatesANet) {
  constexpr int kM = 6;
  constexpr std::array<int, 8> kDegrees = {1, 1, 2, 3, 3, 4, 4, 5};
  const Points one = FirstPoints(1, 64, kDegrees.size()), other = FirstPoints(2, 64, kDegrees.size());
  for (std::size_t i = 0; i < kDegrees.size(); ++i) {
    for (std::size_t j = i + 1; j < kDegrees.size(); ++j) {
      const int t = NetParameter(one, kM, i, j);
      EXPECT_EQ(NetParameter(other, kM, i, j), t) << i << ", " << j;
      EXPECT_LE(t, kDegrees[i] + kDegrees[j] - 2) << i << ", " << j;
    }
  }
}

TEST(ScrambledSobol, IsScrambledInEveryCoordinateByTheSeed) {
  const std::vector<double> one = ScrambledSobolPoint(1, 5, 20), other = ScrambledSobolPoint(2, 5, 20);
  std::set<double> origin;
  for (std::size_t d = 0; d < one.size(); ++d) {
    EXPECT_NE(one[d], other[d]);
    origin.insert(ScrambledSobolPoint(1, 0, 20)[d]);
  }
  EXPECT_EQ(origin.size(), 20u) << "each coordinate of the origin goes somewhere else";
  EXPECT_EQ(ScrambledSobolPoint(1, 5, 20), one);
}

TEST(ScrambledSobol, DoesNotChangeACoordinateWhenOthersFollow) {
  const std::vector<double> few = ScrambledSobolPoint(1, 77, 3), many = ScrambledSobolPoint(1, 77, 9);
  for (std::size_t d = 0; d < few.size(); ++d) EXPECT_EQ(few[d], many[d]);
}

// Over seeds, a coordinate of a point is uniform: the mean of n is off 1/2 by a deviation of sqrt(1 / 12 n), the share
// of set bits off 1/2 by sqrt(1 / 4 n). Five of them: less than 1e-6 of false alarms each, and the seeds are fixed.
TEST(ScrambledSobol, IsUniformOverSeedsToTheLastBits) {
  constexpr int kSeeds = 4000;
  for (const std::int64_t index : {0, 1, 37}) {
    double sum = 0;
    std::vector<int> set(53);
    for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
      const double coordinate = ScrambledSobolPoint(seed, index, 3)[2];
      ASSERT_TRUE(coordinate >= 0 && coordinate < 1);
      sum += coordinate;
      const auto bits = static_cast<std::uint64_t>(std::ldexp(coordinate, 53));
      for (int bit = 0; bit < 53; ++bit) set[static_cast<std::size_t>(bit)] += static_cast<int>(bits >> bit & 1);
    }
    EXPECT_NEAR(sum / kSeeds, 0.5, 5 * std::sqrt(1.0 / (12 * kSeeds)));
    for (const int count : set) EXPECT_NEAR(count / double{kSeeds}, 0.5, 5 * std::sqrt(1.0 / (4 * kSeeds)));
  }
}

// Nested: bits that two points share at the front stay shared, and the first that differs still does, in whatever
// coordinate; what follows is flipped independently, which a shift by a constant would not do.
TEST(ScrambledSobol, FlipsBitsByTheBitsBeforeThem) {
  const auto bits = [](std::uint64_t seed, std::int64_t index) {
    return static_cast<std::uint64_t>(std::ldexp(ScrambledSobolPoint(seed, index, 1)[0], 53));
  };
  std::set<std::uint64_t> differences;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const std::uint64_t difference = bits(seed, 0) ^ bits(seed, 1);  // of 0 and 1/2
    EXPECT_EQ(difference >> 52, 1u);
    differences.insert(difference);
  }
  EXPECT_EQ(differences.size(), 50u);
}

TEST(ScrambledSobol, HasPointsFarOutAndInManyDimensions) {
  const std::int64_t last = std::int64_t{1} << 53;
  EXPECT_NE(ScrambledSobolPoint(1, last, 2), ScrambledSobolPoint(1, last - 1, 2));
  EXPECT_EQ(ScrambledSobolPoint(1, 3, kMostSobolDimensions).size(), kMostSobolDimensions);
}

TEST(ScrambledSobol, RefusesWhatItDoesNotHave) {
  EXPECT_THAT([] { ScrambledSobolPoint(1, -1, 2); },
              ThrowsMessage<std::invalid_argument>("Sobol point: found index -1, accepted: 0 to 2^53"));
  EXPECT_THAT([] { ScrambledSobolPoint(1, (std::int64_t{1} << 53) + 1, 2); },
              ThrowsMessage<std::invalid_argument>("Sobol point: found index 9007199254740993, accepted: 0 to 2^53"));
  EXPECT_THAT([] { ScrambledSobolPoint(1, 0, 0); },
              ThrowsMessage<std::invalid_argument>("Sobol point: found 0 dimensions, accepted: 1 to 3667"));
  EXPECT_THAT([] { ScrambledSobolPoint(1, 0, 3668); },
              ThrowsMessage<std::invalid_argument>("Sobol point: found 3668 dimensions, accepted: 1 to 3667"));
}

}  // namespace
}  // namespace hyperwidth
