// SPDX-License-Identifier: Apache-2.0
//
// The question that every calculator of this package answers: how large must a network be that approximates every
// target y(x, I) of a given smoothness up to a given error?

#ifndef HYPERWIDTH_THEORY_PROBLEM_H_
#define HYPERWIDTH_THEORY_PROBLEM_H_

#include <cstdint>
#include <optional>

#include "theory/ball_norm.h"
#include "theory/ball_radius.h"

namespace hyperwidth {

// The largest values that the calculators accept. Beyond them floating-point logarithms still work, but no bound says
// anything that a smaller value does not.
inline constexpr int kMaxSmoothness = 30;
inline constexpr int kMaxDimension = 10000;
inline constexpr int kMaxDepth = 1000000;
inline constexpr double kMaxWeightBound = 1e6;
// Errors so near 0 or 1 that double precision could not tell a grid's bumps from them are refused. Parts of an error,
// down to a ten-thousandth of the smallest one, are still served where constructions divide it.
inline constexpr double kMinEpsilon = 1e-300;
inline constexpr double kMaxEpsilon = 1 - 1e-9;
inline constexpr double kMinEpsilonShare = 1e-304;
inline constexpr std::int64_t kMaxCount = 1'000'000'000'000'000;  // embedding dimension, outputs, rank, width

// Approximate every y in W(smoothness, primary_dim + condition_dim) up to epsilon, in the sup norm on the cube
// [-1,1]^(primary_dim + condition_dim). W(r, d) is the set of functions whose derivatives of order 0 to r have sup
// norms that add up to at most `radius`, or are each at most that (see ball_norm.h; ball_radius.h for radii other
// than 1). The default is the smallest problem, not a recommendation.
struct Problem {
  int smoothness = 1;              // r >= 1: how many derivatives of the target are bounded
  int primary_dim = 1;             // m1 >= 1: dimension of the primary input x
  int condition_dim = 1;           // m2 >= 1: dimension of the conditioning input I
  double epsilon = 0.1;            // kMinEpsilon <= epsilon / radius <= kMaxEpsilon: the worst-case error allowed
  double radius = 1;               // A, kMinRadius <= A <= kMaxRadius: of the ball; the network that is 0 errs by A
  BallNorm norm = BallNorm::kSum;  // of the derivatives of targets
  int depth = 2;                   // L >= 2: weight layers of the primary network; 2 means one hidden layer
  int generator_depth = 2;         // L_f >= 2: weight layers of the network that generates weights or the embedding
  // k >= 1: scalars by which the embedding describes one I. Left open, it is m2, as many as I has coordinates: with
  // fewer, no continuous embedding reaches small errors (continuous_encoder.h).
  std::optional<std::int64_t> embedding_dim = std::nullopt;
  // w >= 1: units of the last hidden layer of a hypernetwork's generator, whose head is linear. Nothing: as many as it
  // generates weights, so that it may pass on all of them.
  std::optional<std::int64_t> bottleneck = std::nullopt;
  // K >= 1: outputs. A target has values in R^K, each coordinate in the ball, and the error is that of the worst one.
  std::int64_t outputs = 1;
  std::int64_t rank = 1;     // w >= 1: terms of a structured target, sum over l <= w of a_l(I) b_l(x)
  double weight_bound = 10;  // 0 < B <= 10^6: bound of all weights, for the statement on smooth activations
  std::int64_t width = 100;  // h >= 1: most units in a hidden layer, for the same statement
  double depth_growth = 1;   // 0 <= a <= 1: depth ~ N^a, for the statements on networks that grow deeper

  int Dim() const { return primary_dim + condition_dim; }                              // m
  std::int64_t EmbeddingDim() const { return embedding_dim.value_or(condition_dim); }  // k

  // epsilon / radius, for what is built and for lower bounds.
  double UnitEpsilon() const { return hyperwidth::UnitEpsilon(epsilon, radius); }
  double UnitEpsilonAbove() const { return hyperwidth::UnitEpsilonAbove(epsilon, radius); }
};

// Throws std::domain_error that names the argument, its value and the admissible range, unless all fields of `problem`
// are inside the ranges given at the fields and below the limits above.
void Validate(const Problem& problem);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_PROBLEM_H_
