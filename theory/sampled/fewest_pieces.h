// SPDX-License-Identifier: Apache-2.0
//
// How many linear pieces it takes to stay near a sampled function of one variable.

#ifndef HYPERWIDTH_THEORY_SAMPLED_FEWEST_PIECES_H_
#define HYPERWIDTH_THEORY_SAMPLED_FEWEST_PIECES_H_

#include <cstdint>
#include <span>
#include <vector>

namespace hyperwidth {

// Where a function has to be within epsilon of the samples.
enum class Nearness {
  kAtSamples,   // at each of them; between two of them it may do as it likes
  kEverywhere,  // between them, too, of the line from one to the next
};

// A continuous, piecewise linear function: the line from one vertex to the next.
struct PiecewiseLinear {
  std::vector<double> x = {};  // increasing
  std::vector<double> y = {};

  std::int64_t pieces() const { return static_cast<std::int64_t>(x.size()) - 1; }
};

// A continuous, piecewise linear function with the least number of pieces that is within epsilon of the samples (x_i,
// y_i), wherever its vertices may lie. A ReLU network of one input is such a function, whatever its weights and however
// it was trained: with hidden layers of k_1, .., k_L units it has prod (k_l + 1) pieces at most, so that it has at
// least pieces() - 1 hidden units if there is one hidden layer.
//
// The number of pieces is a lower bound in spite of rounding: it is that for an epsilon raised by kPiecesMargin times
// the largest |y_i| + epsilon, and the function is within that, up to rounding.
//
// Domain: x increasing, all finite, x and y of one length >= 1, epsilon >= 0; one sample is a piece of length 0.
// Throws: std::domain_error outside. Cost: O(samples).
// Source: the shortest path through a tube, Suri 1986, Imai and Iri 1986, on lines that are found as by O'Rourke 1981.
PiecewiseLinear FewestPieces(std::span<const double> x, std::span<const double> y, double epsilon, Nearness nearness);

inline constexpr double kPiecesMargin = 1e-12;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_SAMPLED_FEWEST_PIECES_H_
