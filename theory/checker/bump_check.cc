// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/bump_check.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <mutex>
#include <numbers>
#include <stdexcept>
#include <tuple>

#include "boost/math/constants/constants.hpp"
#include "boost/multiprecision/cpp_bin_float.hpp"

namespace hyperwidth::checker {
namespace {

// Truncated powers cancel: at order 64 they lose some 20 of these digits.
using Real = boost::multiprecision::cpp_bin_float_50;

constexpr int kSamples = 16000;            // on half of [-1, 1]; bumps are even
constexpr long double kRounding = 1e-12L;  // relative, far above that of the arithmetic below

// The derivatives of order 0 .. q - 1 of the spline at t, as sums of truncated powers. The one of order q is
// +1, -1, +1, .. between the knots t_j = -cos(j pi / (q+1)), so it jumps by 1 at t_0 and by 2 (-1)^j at t_j:
//   bump^(k)(t) = sum over j of jump_j (t - t_j)_+^(q-k) / (q-k)!, up to a common factor.
std::vector<Real> SplineDerivatives(const std::vector<Real>& knots, int q, const Real& t) {
  std::vector<Real> sums(q, Real(0));
  for (int j = 0; j <= q && knots[j] < t; ++j) {
    Real term = j == 0 ? 1 : j % 2 == 0 ? 2 : -2;
    const Real distance = t - knots[j];
    for (int k = q - 1; k >= 0; --k) {
      term *= distance;
      sums[k] += term;
    }
  }
  Real factorial = 1;
  for (int k = q - 1; k >= 0; --k) {
    factorial *= q - k;
    sums[k] /= factorial;
  }
  return sums;
}

// Calls visit(derivatives) at the knots and at kSamples + 1 places from -1 to 0, left to right, with the derivatives of
// order 0 .. q - 1 there, divided by the bump's height; and with the place's number, or -1 for a knot. Between knots
// they are those of a Taylor polynomial about the knot on the left, whose terms are of one magnitude.
template <typename Visit>
void SampleSpline(int q, const Visit& visit) {
  std::vector<Real> knots;
  for (int j = 0; j <= q + 1; ++j) knots.push_back(-cos(j * boost::math::constants::pi<Real>() / (q + 1)));
  const Real peak = SplineDerivatives(knots, q, Real(0))[0];
  int next = 0;
  long double left = -1;
  std::vector<long double> at_knot(q + 1, 0), derivatives(q), steps(q + 1);
  for (int i = 0; i <= kSamples; ++i) {
    for (; next <= q + 1 && knots[next] <= Real(i - kSamples) / kSamples; ++next) {
      const std::vector<Real> exact = SplineDerivatives(knots, q, knots[next]);
      for (int k = 0; k < q; ++k) at_knot[k] = static_cast<long double>(Real(exact[k] / peak));
      at_knot[q] = static_cast<long double>(Real((next % 2 == 0 ? 1 : -1) / peak));
      left = static_cast<long double>(knots[next]);
      visit(std::vector<long double>(at_knot.begin(), at_knot.end() - 1), -1);
    }
    const long double distance = static_cast<long double>(i - kSamples) / kSamples - left;
    for (int m = 1; m <= q; ++m) steps[m] = distance / m;
    for (int k = 0; k < q; ++k) {
      derivatives[k] = at_knot[q];
      for (int order = q - 1; order >= k; --order) {
        derivatives[k] = at_knot[order] + derivatives[k] * steps[order - k + 1];
      }
    }
    visit(derivatives, i);
  }
}

// Of the derivative of order q, which is constant between knots.
long double SplineHighest(int q) {
  std::vector<Real> knots;
  for (int j = 0; j <= q + 1; ++j) knots.push_back(-cos(j * boost::math::constants::pi<Real>() / (q + 1)));
  return static_cast<long double>(Real(1 / SplineDerivatives(knots, q, Real(0))[0]));
}

std::vector<long double> SplineSupNorms(int q) {
  std::vector<long double> largest(q, 0);
  SampleSpline(q, [&](const std::vector<long double>& derivatives, int) {
    for (int k = 0; k < q; ++k) largest[k] = std::max(largest[k], std::abs(derivatives[k]));
  });
  std::vector<long double> sup(q + 1);
  sup[q] = SplineHighest(q);
  for (int k = q - 1; k >= 0; --k) {
    // bump^(q-1) is linear between knots; below, a function that f'' bounds exceeds its samples by step^2/8 sup |f''|.
    const long double between = k <= q - 2 ? sup[k + 2] / (8.0L * kSamples * kSamples) : 0;
    sup[k] = largest[k] + between;
  }
  return sup;
}

// cos^q and its derivatives as sums of cos^a sin^b, by the product rule; each differentiation brings a factor pi / 2.
std::vector<long double> CosineSupNorms(int q, int smoothness) {
  const long double half_pi = std::numbers::pi_v<long double> / 2;
  using Monomials = std::map<std::pair<int, int>, long double>;
  std::vector<Monomials> derivatives = {{{{q, 0}, 1.0L}}};
  for (int k = 1; k <= smoothness + 2; ++k) {
    Monomials next;
    for (const auto& [powers, coefficient] : derivatives.back()) {
      const auto [a, b] = powers;
      if (a > 0) next[{a - 1, b + 1}] -= half_pi * a * coefficient;
      if (b > 0) next[{a + 1, b - 1}] += half_pi * b * coefficient;
    }
    derivatives.push_back(next);
  }
  std::vector<long double> largest_of(smoothness + 1, 0);
  std::vector<long double> cosines(q + 1, 1), sines(q + 1, 1);  // powers
  for (int i = 0; i <= kSamples; ++i) {
    const long double angle = half_pi * i / kSamples;
    const long double cosine = std::cos(angle), sine = std::sin(angle);
    for (std::size_t n = 1; n < cosines.size(); ++n) {
      cosines[n] = cosines[n - 1] * cosine;
      sines[n] = sines[n - 1] * sine;
    }
    for (int k = 0; k <= smoothness; ++k) {
      long double value = 0;
      for (const auto& [powers, coefficient] : derivatives[k]) {
        value += coefficient * cosines[powers.first] * sines[powers.second];
      }
      largest_of[k] = std::max(largest_of[k], std::abs(value));
    }
  }
  std::vector<long double> sup;
  for (int k = 0; k <= smoothness; ++k) {
    const long double largest = largest_of[k];
    long double second = 0;  // sup of the derivative of order k + 2: each monomial is at most 1
    for (const auto& [powers, coefficient] : derivatives[k + 2]) second += std::abs(coefficient);
    sup.push_back(largest + second / (8.0L * kSamples * kSamples));
  }
  return sup;
}

}  // namespace

namespace {

// Of the derivatives of order 0 .. smoothness at least; sampling takes a while, so each bump is looked at once.
const std::vector<long double>& SampledSupNorms(const std::string& family, int order, int smoothness) {
  static std::mutex mutex;
  static std::map<std::tuple<std::string, int, int>, std::vector<long double>> known;
  const std::lock_guard<std::mutex> lock(mutex);
  std::vector<long double>& sup = known[{family, order, smoothness}];
  if (sup.empty()) sup = family == "perfect-spline" ? SplineSupNorms(order) : CosineSupNorms(order, smoothness);
  return sup;
}

}  // namespace

long double SplineMeanSquareBelow(int order) {
  if (order < 1 || order > 64) throw std::runtime_error("the bump's order " + std::to_string(order) + " is not 1..64");
  static std::mutex mutex;
  static std::map<int, long double> known;
  const std::lock_guard<std::mutex> lock(mutex);
  const auto found = known.find(order);
  if (found != known.end()) return found->second;
  long double sum = 0;
  SampleSpline(order, [&](const std::vector<long double>& derivatives, int place) {
    if (place >= 0 && place < kSamples) sum += derivatives[0] * derivatives[0];
  });
  return known[order] = sum / kSamples * (1 - kRounding);
}

std::vector<long double> SupNorms(const std::string& family, int order, int smoothness) {
  if (order < smoothness)
    throw std::runtime_error("a " + family + " of order " + std::to_string(order) + " is not smooth enough");
  if (smoothness < 1 || order > 64)
    throw std::runtime_error("the bump's order " + std::to_string(order) + " is not 1..64");
  if (family != "perfect-spline" && family != "cosine-power") throw std::runtime_error("unknown bump '" + family + "'");
  std::vector<long double> sup = SampledSupNorms(family, order, smoothness);
  sup.resize(smoothness + 1);
  for (long double& value : sup) value *= 1 + kRounding;
  return sup;
}

}  // namespace hyperwidth::checker
