// SPDX-License-Identifier: Apache-2.0
//
// Gradients against finite differences, for the tests of everything that computes one.

#ifndef HYPERWIDTH_MODELS_GRADIENT_CHECK_H_
#define HYPERWIDTH_MODELS_GRADIENT_CHECK_H_

#include <functional>

#include "models/types.h"

namespace hyperwidth {

// The gradient of `function` at `point` by central differences, each coordinate moved by `step` both ways. The error of
// each entry is about step^2 times the third derivative, plus rounding of the function's value divided by step: with
// the default step both are near 1e-10 for functions and derivatives of order one.
inline Vector<double> FiniteDifferenceGradient(const std::function<double(const Vector<double>&)>& function,
                                               const Vector<double>& point,
                                               double step = 1e-5) {
  Vector<double> gradient(point.size());
  Vector<double> moved = point;
  for (Index i = 0; i < point.size(); ++i) {
    moved[i] = point[i] + step;
    const double above = function(moved);
    moved[i] = point[i] - step;
    const double below = function(moved);
    moved[i] = point[i];
    gradient[i] = (above - below) / (2 * step);
  }
  return gradient;
}

// ||found - expected|| / ||expected|| in the Euclidean norm.
inline double RelativeError(const Vector<double>& found, const Vector<double>& expected) {
  return (found - expected).norm() / expected.norm();
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_GRADIENT_CHECK_H_
