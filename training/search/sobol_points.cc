// SPDX-License-Identifier: Apache-2.0
#include "training/search/sobol_points.h"

#include <boost/random/sobol.hpp>
#include <stdexcept>
#include <string>

#include "models/random_stream.h"

namespace hyperwidth {
namespace {

constexpr std::uint64_t kScramblingStream = 0x536f626f6c;
constexpr int kBits = 53;  // of a coordinate: what a double in [0, 1) has

// Owen's scrambling of the first bits of 64: each is flipped by a random bit named by those before it.
std::uint64_t Scrambled(std::uint64_t seed, std::size_t dimension, std::uint64_t bits) {
  std::uint64_t flips = 0;
  for (int bit = 0; bit < kBits; ++bit) {
    const std::uint64_t before = bit == 0 ? 0 : bits >> (64 - bit);
    RandomStream random(seed, {kScramblingStream, dimension, static_cast<std::uint64_t>(bit), before});
    flips = (flips << 1) | (random() >> 63);
  }
  return (bits >> (64 - kBits)) ^ flips;
}

}  // namespace

std::vector<double> ScrambledSobolPoint(std::uint64_t seed, std::int64_t index, std::size_t dimensions) {
  if (index < 0 || index > (std::int64_t{1} << kBits)) {
    throw std::invalid_argument("Sobol point: found index " + std::to_string(index) + ", accepted: 0 to 2^53");
  }
  if (dimensions < 1 || dimensions > kMostSobolDimensions) {
    throw std::invalid_argument("Sobol point: found " + std::to_string(dimensions) + " dimensions, accepted: 1 to " +
                                std::to_string(kMostSobolDimensions));
  }
  // Boost leaves out the origin, without which the first 2^m points are no net (Owen 2020, "On dropping the first
  // Sobol' point").
  boost::random::sobol engine(dimensions);
  if (index > 0) engine.seed(static_cast<std::uint64_t>(index - 1));
  std::vector<double> point;
  for (std::size_t dimension = 0; dimension < dimensions; ++dimension) {
    const std::uint64_t bits = index > 0 ? engine() : 0;
    point.push_back(static_cast<double>(Scrambled(seed, dimension, bits)) * 0x1p-53);
  }
  return point;
}

}  // namespace hyperwidth
