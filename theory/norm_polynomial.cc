// SPDX-License-Identifier: Apache-2.0

#include "theory/norm_polynomial.h"

#include <algorithm>
#include <cmath>

namespace hyperwidth::internal {
namespace {

NormPolynomial Multiply(const NormPolynomial& a, const NormPolynomial& b) {
  NormPolynomial product(a.norm(), a.size());
  product[0] = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == 0) continue;  // 0 * infinity would be NaN
    for (std::size_t j = 0; i + j < a.size(); ++j) {
      if (b[j] != 0) product[i + j] = Joined(a.norm(), product[i + j], a[i] * b[j]);
    }
  }
  return product;
}

// By repeated squaring: about 2 log2(exponent) products.
NormPolynomial Power(NormPolynomial base, int exponent) {
  NormPolynomial power(base.norm(), base.size());
  if (base.size() == 2 && base[0] == 1) {  // (1 + b t)^e = 1 + e b t + ..
    power[1] = (base.norm() == BallNorm::kSum ? exponent : std::min(exponent, 1)) * base[1];
    return power;
  }
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2 == 1) power = Multiply(power, base);
    if (exponent > 1) base = Multiply(base, base);
  }
  return power;
}

NormPolynomial OneAxis(BallNorm norm, const Bump& bump, double cells) {
  NormPolynomial axis(norm, bump.seminorms.size());
  double scale = 1;
  for (std::size_t j = 1; j < axis.size() && cells > 0; ++j) {
    scale *= cells;
    axis[j] = bump.seminorms[j] * scale;
  }
  return axis;
}

}  // namespace

NormPolynomial ProductOverAxes(BallNorm norm, const Bump& bump, const AxisGroup& group) {
  const NormPolynomial coarse = Power(OneAxis(norm, bump, group.cells), group.axes - group.finer_axes);
  if (group.finer_axes == 0) return coarse;
  return Multiply(coarse, Power(OneAxis(norm, bump, group.cells + 1), group.finer_axes));
}

double TotalNorm(const NormPolynomial& a, const NormPolynomial& b) {
  const NormPolynomial product = Multiply(a, b);
  double total = 0;
  for (std::size_t degree = 0; degree < product.size(); ++degree) total = Joined(a.norm(), total, product[degree]);
  return total;
}

}  // namespace hyperwidth::internal
