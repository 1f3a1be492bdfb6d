// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_SEARCH_SOBOL_POINTS_H_
#define HYPERWIDTH_TRAINING_SEARCH_SOBOL_POINTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hyperwidth {

// As far as Boost's table of Joe and Kuo's direction numbers goes.
inline constexpr std::size_t kMostSobolDimensions = 3667;

// Point `index`, 0, 1, .., of the Sobol sequence in [0, 1)^dimensions (Joe and Kuo 2008, SIAM J. Sci. Comput. 30, 2635,
// in the order of Gray's code), with its origin, scrambled by Owen's nested uniform scrambling (Owen 1995, "Randomly
// permuted (t, m, s)-nets and (t, s)-sequences"): in each dimension, a bit is flipped or not by a random bit that
// belongs to the bits before it, down to 2^-53. Random bits are drawn from (seed, dimension, bits before), so that any
// point can be had by itself.
//
// Each coordinate is uniform on the multiples of 2^-53 in [0, 1), over seeds. For one seed, the first 2^m points are a
// net with the parameter t of the sequence itself: among them, each interval [a 2^-m, (a + 1) 2^-m) has one of each
// coordinate, and each rectangle of area 2^-m with such sides has one of the first two.
//
// Throws std::invalid_argument for index < 0 or above 2^53, and for dimensions below 1 or above kMostSobolDimensions.
std::vector<double> ScrambledSobolPoint(std::uint64_t seed, std::int64_t index, std::size_t dimensions);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_SOBOL_POINTS_H_
