// SPDX-License-Identifier: Apache-2.0

#include "theory/gap_series.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "theory/domain_check.h"

namespace hyperwidth {
namespace {

// `value` to two digits: round numbers read better and plot the same.
double Rounded(double value) {
  std::array<char, 32> text;
  const char* const end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific, 1).ptr;
  double rounded = 0;
  std::from_chars(text.data(), end, rounded);
  return rounded;
}

}  // namespace

std::vector<GapPoint> GapOverEpsilon(const Problem& problem, double from_epsilon, int points) {
  Validate(problem);
  RequireInteger("points", points, 1, 1000);
  const bool is_finite = from_epsilon >= problem.epsilon && std::isfinite(from_epsilon);
  if (!is_finite || UnitEpsilon(from_epsilon, problem.radius) > kMaxEpsilon) {
    throw std::domain_error("from_epsilon = " + ShortestDecimal(from_epsilon) +
                            " is outside the admissible range: at least epsilon = " + ShortestDecimal(problem.epsilon) +
                            " and at most " + TimesRadius(kMaxEpsilon, problem.radius));
  }
  // The ends of the range, which rounding to two digits may cross; just inside where they are rounded themselves.
  const double inside = problem.radius == 1 ? 0 : 1e-15;
  const double smallest = kMinEpsilon * problem.radius * (1 + inside);
  const double largest = kMaxEpsilon * problem.radius * (1 - inside);
  std::vector<GapPoint> series;
  for (int i = 0; i < points; ++i) {
    Problem at = problem;
    if (i + 1 < points) {
      at.epsilon = Rounded(from_epsilon * std::pow(problem.epsilon / from_epsilon, i / (points - 1.0)));
    }
    at.epsilon = std::clamp(at.epsilon, smallest, largest);
    series.push_back({.epsilon = at.epsilon, .gap = CertifiedGap(at)});
  }
  return series;
}

}  // namespace hyperwidth
