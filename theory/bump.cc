// SPDX-License-Identifier: Apache-2.0

#include "theory/bump.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <numbers>
#include <utility>

#include "boost/math/constants/constants.hpp"
#include "boost/math/special_functions/binomial.hpp"
#include "boost/multiprecision/cpp_bin_float.hpp"
#include "theory/domain_check.h"
#include "theory/problem.h"

namespace hyperwidth {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr int kMaxOrder = kMaxSmoothness + 1;

// The largest |f| on [left, right] for a smooth f: the best of a scan, improved by shrinking around it. Golden-section
// steps need f to have one extremum between neighbours of the scan, which `intervals` provides. At least `known`; the
// scan is not improved where that could not matter, f being far from doubling between neighbours.
template <class Function>
double LargestMagnitude(const Function& f, double left, double right, int intervals, double known = 0) {
  const auto at = [&](double step) { return std::abs(f(left + (right - left) * step / intervals)); };
  double best_step = 0;
  double best = at(0);
  for (int step = 1; step <= intervals; ++step) {
    if (const double value = at(step); value > best) {
      best = value;
      best_step = step;
    }
  }
  if (2 * best < known) return known;
  double low = std::max(best_step - 1, 0.0);
  double high = std::min<double>(best_step + 1, intervals);
  // To a millionth of a step, at which f differs from its extremum by 10^-12 of its change over the step.
  for (int shrink = 0; shrink < 30; ++shrink) {
    const double a = low + 0.382 * (high - low);
    const double b = low + 0.618 * (high - low);
    const bool is_rising = at(a) < at(b);
    (is_rising ? low : high) = is_rising ? a : b;
  }
  return std::max({known, best, at(0.5 * (low + high))});
}

}  // namespace

PerfectSpline::PerfectSpline(int degree) : degree_(degree) {
  RequireInteger("degree", degree, 1, kMaxOrder);
  // Integrate the sign pattern from the left end, where everything vanishes, and only up to the middle: symmetry gives
  // the right half. With 50 digits, since rounding a knot changes low derivatives by as much as the highest is large.
  using Real = boost::multiprecision::cpp_bin_float_50;
  std::vector<Real> knots;
  for (int j = 0; j <= (degree + 2) / 2; ++j) {
    knots.push_back(-cos(j * boost::math::constants::pi<Real>() / (degree + 1)));
  }
  std::vector<Real> derivatives(degree + 1, Real(0));
  derivatives[degree] = 1;
  std::vector<std::vector<Real>> at_knots;
  Real peak = 0;
  for (int piece = 0; 2 * piece < degree + 1; ++piece) {
    at_knots.push_back(derivatives);
    const auto advanced = [&](int order, const Real& step) {
      Real value = 0;
      for (int j = degree; j >= order; --j) value = value * step / (j - order + 1) + at_knots.back()[j];
      return value;
    };
    peak = advanced(0, -knots[piece]);
    const Real step = knots[piece + 1] - knots[piece];
    for (int j = 0; j < degree; ++j) derivatives[j] = advanced(j, step);
    derivatives[degree] = -derivatives[degree];
    knots_.push_back(static_cast<double>(knots[piece]));
  }
  for (const auto& exact : at_knots) {
    at_knots_.emplace_back();
    for (const Real& derivative : exact) at_knots_.back().push_back(static_cast<double>(Real(derivative / peak)));
  }
}

double PerfectSpline::DerivativeOnLeftHalf(int order, double t) const {
  std::size_t piece = at_knots_.size() - 1;
  while (piece > 0 && t < knots_[piece]) --piece;
  const double step = t - knots_[piece];
  double value = 0;
  for (int j = degree_; j >= order; --j) value = value * step / (j - order + 1) + at_knots_[piece][j];
  return value;
}

double PerfectSpline::Derivative(int order, double t) const {
  RequireInteger("order", order, 0, degree_);
  if (std::abs(t) > 1) return 0;
  const double value = DerivativeOnLeftHalf(order, -std::abs(t));
  return t > 0 && order % 2 == 1 ? -value : value;
}

double PerfectSpline::Seminorm(int order) const {
  RequireInteger("order", order, 0, degree_);
  if (order == degree_) return at_knots_[0][degree_];
  double largest = 0;
  for (std::size_t piece = at_knots_.size(); piece-- > 0;) {
    const auto derivative = [&](double t) { return DerivativeOnLeftHalf(order, t); };
    const double end = piece + 1 < knots_.size() ? knots_[piece + 1] : 0.0;
    largest = LargestMagnitude(derivative, knots_[piece], end, 16, largest);
  }
  return largest;
}

CosinePower::CosinePower(int power) : power_(power) {
  RequireInteger("power", power, 1, kMaxOrder);
  for (int l = 0; l <= power; ++l) {
    weights_.push_back(std::ldexp(boost::math::binomial_coefficient<double>(power, l), -power));
  }
}

double CosinePower::Derivative(int order, double t) const {
  RequireInteger("order", order, 0, kMaxOrder);
  if (std::abs(t) > 1) return 0;
  double value = 0;
  for (int l = 0; l <= power_; ++l) {
    const double frequency = (power_ - 2 * l) * kPi / 2;
    // The derivative of cos(f t) of order j is f^j cos(f t + j pi / 2).
    const double turned = order % 2 == 0 ? std::cos(frequency * t) : std::sin(frequency * t);
    const bool is_negative = order % 4 == 1 || order % 4 == 2;
    value += weights_[l] * std::pow(frequency, order) * (is_negative ? -turned : turned);
  }
  return value;
}

double CosinePower::Seminorm(int order) const {
  // Derivative's sum, from the lowest frequency up, with what does not depend on t computed once and the equal terms l
  // and power - l taken together. The waves of frequency m pi / 2, m in steps of 2, follow from the two before.
  std::vector<double> amplitudes;
  for (int m = power_ % 2; m <= power_; m += 2) {
    const double both = (m > 0 ? 2 : 1) * weights_[(power_ - m) / 2];
    amplitudes.push_back(both * std::pow(m * kPi / 2, order));
  }
  const bool is_even = order % 2 == 0;
  const auto magnitude = [&](double t) {
    const double lowest = power_ % 2 * kPi / 2 * t;
    double wave = is_even ? std::cos(lowest) : std::sin(lowest);
    double before = is_even ? std::cos(lowest - kPi * t) : std::sin(lowest - kPi * t);
    const double twice_cosine = 2 * std::cos(kPi * t);
    double value = 0;
    for (const double amplitude : amplitudes) {
      value += amplitude * wave;
      before = std::exchange(wave, twice_cosine * wave - before);
    }
    return value;
  };
  return LargestMagnitude(magnitude, -1, 0, 8 * (power_ + 1));
}

std::string Bump::Name() const {
  return family == Family::kPerfectSpline ? "perfect spline of degree " + std::to_string(order)
                                          : "cosine to the power " + std::to_string(order);
}

namespace {

constexpr double kSeminormMargin = 1e-6;

// The next number of 7 significant digits above value * (1 + kSeminormMargin).
double RaisedToSevenDigits(double value) {
  const double raised = value * (1 + kSeminormMargin);
  const int decimals = 6 - static_cast<int>(std::floor(std::log10(raised)));
  const double scale = std::pow(10.0, std::abs(decimals));
  // Multiplied or divided by an exact power of ten, so that the result prints with 7 digits.
  return decimals >= 0 ? std::ceil(raised * scale) / scale : std::ceil(raised / scale) * scale;
}

template <class Function>
Bump MakeBump(Bump::Family family, int order, int smoothness, const Function& function) {
  Bump bump{.family = family, .order = order, .seminorms = {1.0}};
  const bool exact = family == Bump::Family::kPerfectSpline && order <= 2;
  for (int j = 1; j <= smoothness; ++j) {
    const double seminorm = function.Seminorm(j);
    bump.seminorms.push_back(exact ? std::round(seminorm) : RaisedToSevenDigits(seminorm));
  }
  return bump;
}

bool IsNowhereBelow(const Bump& bump, const Bump& other) {
  for (std::size_t j = 0; j < bump.seminorms.size(); ++j) {
    if (bump.seminorms[j] < other.seminorms[j]) return false;
  }
  return true;
}

std::vector<Bump> FindAdmissibleBumps(int smoothness) {
  std::vector<Bump> bumps;
  const auto add = [&](const Bump& bump) {
    for (const Bump& known : bumps) {
      if (IsNowhereBelow(bump, known)) return;
    }
    bumps.push_back(bump);
  };
  for (int order = smoothness; order <= smoothness + 1; ++order) {
    add(MakeBump(Bump::Family::kPerfectSpline, order, smoothness, PerfectSpline(order)));
    add(MakeBump(Bump::Family::kCosinePower, order, smoothness, CosinePower(order)));
  }
  return bumps;
}

}  // namespace

const std::vector<Bump>& AdmissibleBumps(int smoothness) {
  RequireInteger("smoothness", smoothness, 1, kMaxSmoothness);
  static std::array<std::once_flag, kMaxSmoothness + 1> once;
  static std::array<std::vector<Bump>, kMaxSmoothness + 1> bumps;
  std::call_once(once[smoothness], [&] { bumps[smoothness] = FindAdmissibleBumps(smoothness); });
  return bumps[smoothness];
}

}  // namespace hyperwidth
