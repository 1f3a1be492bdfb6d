// SPDX-License-Identifier: Apache-2.0
//
// What continuity alone forbids. Let the condition I, of dimension m2, enter a model through kappa < m2 scalars that
// depend continuously on it: an embedding, what a hypernetwork's narrowest layer passes on, generated scales, biases or
// coefficients. Whatever stands behind the scalars, of whatever size, some target in W(r, m1 + m2) is missed by a fixed
// error rho.
//
// Proof. Let phi_i, i <= kappa + 1, be functions of x and x_i points with phi_i(x_j) = 1 for i = j, else 0, and
//
//     y(x, I) = rho sum over i <= kappa + 1 of I_i phi_i(x).
//
// The boundary of the cube [-1,1]^(kappa+1) is a sphere of dimension kappa, mapped oddly. By the Borsuk-Ulam theorem
// the scalars, kappa continuous functions on it, take the same values at some I and -I, all other coordinates being 0.
// So the model has one value at (x, I) and (x, -I), for every x. Some |I_i| is 1, so that y(x_i, I) = -y(x_i, -I) is
// rho or -rho: one of the two is missed by rho. (In W(r, .) the error is a supremum: bumps are limits of smooth ones.)
//
// rho. The derivatives of y that do not vanish are of order 0 or 1 in I, so y lies in the ball if
//
//     1 / rho = sum over |a| <= r of sup_x sum_i |D^a phi_i| + (kappa + 1) sum over |a| < r of max_i sup_x |D^a phi_i|,
//
// in the max norm (ball_norm.h) the maximum of the first sum's terms, which those of the second do not exceed: 1 at r =
// 1 and few scalars, so that not even the model that is 0 does worse.
//
// Several outputs. With K of them the terms of the sum are dealt out: output c is the sum over its own coordinates of
// I, at most ceil((kappa + 1) / K) of them, so that as many functions are enough, in place of kappa + 1, here and in
// rho.
//
// Two kinds of functions of one coordinate t: (1 - t)/2 and (1 + t)/2, the only ones without a second derivative, and
// bumps. Along each axis one kind is chosen, and phi_i is a product. Where 2^m1 >= kappa + 1 and r >= 2 the first kind
// is the better one along all axes that are needed: no bump on n cells is as flat as log2(n + 1) of these.

#ifndef HYPERWIDTH_THEORY_CONTINUOUS_ENCODER_H_
#define HYPERWIDTH_THEORY_CONTINUOUS_ENCODER_H_

#include <cstdint>
#include <optional>
#include <string>

#include "theory/grid.h"
#include "theory/problem.h"

namespace hyperwidth {

// No model whose kappa scalars are continuous in I comes closer than radius / inverse_error to every target.
struct EncoderFloor {
  std::int64_t scalars = 0;  // kappa
  int affine_axes = 0;       // axes of x along which the functions are (1 - t)/2 and (1 + t)/2
  Grid grid = {};            // the bumps along the other axes of x; none along I
  std::int64_t outputs = 1;  // K
  double inverse_error = 2;  // 1 / rho, rounded up; exact at smoothness 1 and where there are no bumps
  double radius = 1;         // of the ball of targets, A; the functions above are for the unit ball, in the grid's norm

  double Error() const;      // A rho, rounded down
  std::string Text() const;  // "1/4", "2/3": a fraction of whole numbers below a million, or four digits, rounded down
  std::string Description() const;                                          // which functions prove it
  std::int64_t Functions() const { return (scalars + outputs) / outputs; }  // in each output: ceil((kappa + 1) / K)
};

// The largest rho of the functions above. Domain: 1 <= smoothness <= kMaxSmoothness, 1 <= primary_dim <= kMaxDimension,
// 0 <= scalars < kMaxDimension, kMinRadius <= radius <= kMaxRadius, 1 <= outputs <= kMaxCount. Throws:
// std::domain_error outside. Never increases with any of smoothness and scalars, nor decreases with outputs.
EncoderFloor ContinuousEncoderFloor(int smoothness,
                                    int primary_dim,
                                    std::int64_t scalars,
                                    double radius = 1,
                                    BallNorm norm = BallNorm::kSum,
                                    std::int64_t outputs = 1);

// Whether the error in the floor's ball exceeds epsilon, for every real epsilon that rounds to the given double.
bool ProvesError(const EncoderFloor& floor, double epsilon);

// The least number of scalars that is not excluded at the problem's epsilon.
struct LeastScalars {
  std::int64_t scalars = 1;          // 1 <= scalars <= m2; 1 says nothing
  EncoderFloor floor = {};           // for one scalar less
  std::optional<double> onset = {};  // if it is 1: the largest epsilon, rounded down to three digits, at which it is 2
};

// m2 scalars are enough at any epsilon: the encoder e(I) = I is continuous. Throws: std::domain_error as Validate.
LeastScalars LeastContinuousScalars(const Problem& problem);

// The floor of so many scalars in the problem's ball; nothing if they are at least m2. Domain: scalars >= 0.
std::optional<EncoderFloor> FloorOfScalars(const Problem& problem, std::int64_t scalars);

// The same for the problem's own number of scalars, EmbeddingDim().
std::optional<EncoderFloor> FloorOfEmbeddingDim(const Problem& problem);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_CONTINUOUS_ENCODER_H_
