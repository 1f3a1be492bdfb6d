// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/estimate.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace hyperwidth {
namespace {

constexpr double kTail = 0.025;  // probability beyond either end of a 95 % interval

// The value that Student's t with this many degrees of freedom exceeds with probability kTail.
double StudentQuantile(double degrees_of_freedom) {
  return boost::math::quantile(boost::math::complement(boost::math::students_t(degrees_of_freedom), kTail));
}

double Mean(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

void RequireSameLength(std::span<const double> a, std::span<const double> b) {
  if (a.size() != b.size()) {
    throw std::invalid_argument("paired values: " + std::to_string(a.size()) + " and " + std::to_string(b.size()) +
                                "; accepted: as many of one as of the other");
  }
}

std::vector<double> Logarithms(std::span<const double> values, const char* name) {
  std::vector<double> logarithms;
  for (const double value : values) {
    if (!(value > 0) || !std::isfinite(value)) {
      throw std::domain_error(std::string("log-log fit: ") + name + " = " + std::to_string(value) +
                              "; accepted: positive finite numbers");
    }
    logarithms.push_back(std::log(value));
  }
  return logarithms;
}

// Half the width of the slope's interval that comes from rounding: each logarithm is off by up to half a unit in its
// last place, with the sign that turns the line most.
double RoundingOfSlope(std::span<const double> u, std::span<const double> v, double u_mean, double slope, double s_uu) {
  double rounding = 0;
  for (std::size_t i = 0; i < u.size(); ++i) {
    const double error = (std::abs(v[i]) + std::abs(slope * u[i]) + 1) * std::numeric_limits<double>::epsilon();
    rounding += std::abs(u[i] - u_mean) * error;
  }
  return rounding / s_uu;
}

}  // namespace

Estimate MeanEstimate(std::span<const double> samples) {
  for (const double sample : samples) {
    if (!std::isfinite(sample)) throw std::domain_error("mean: a sample is not finite; accepted: finite numbers");
  }
  Estimate estimate{.samples = static_cast<std::int64_t>(samples.size())};
  if (samples.empty()) return estimate;
  const double n = static_cast<double>(samples.size());
  estimate.value = Mean(samples);
  if (samples.size() < 2) return estimate;
  double squares = 0;
  for (const double sample : samples) squares += (sample - estimate.value) * (sample - estimate.value);
  const double half_width = StudentQuantile(n - 1) * std::sqrt(squares / (n - 1) / n);
  estimate.ci95 = {.low = estimate.value - half_width, .high = estimate.value + half_width};
  return estimate;
}

Estimate PairedDifferenceEstimate(std::span<const double> a, std::span<const double> b) {
  RequireSameLength(a, b);
  std::vector<double> differences;
  for (std::size_t i = 0; i < a.size(); ++i) differences.push_back(a[i] - b[i]);
  return MeanEstimate(differences);
}

Estimate FractionEstimate(std::int64_t errors, std::int64_t samples) {
  if (samples < 1 || errors < 0 || errors > samples) {
    throw std::domain_error("fraction: " + std::to_string(errors) + " errors in " + std::to_string(samples) +
                            " samples; accepted: 0 <= errors <= samples, samples >= 1");
  }
  using Binomial = boost::math::binomial_distribution<double>;
  const double k = static_cast<double>(errors), n = static_cast<double>(samples);
  return {.value = k / n,
          .ci95 = {.low = Binomial::find_lower_bound_on_p(n, k, kTail),
                   .high = Binomial::find_upper_bound_on_p(n, k, kTail)},
          .samples = samples};
}

SlopeFit FitLogLog(std::span<const double> x, std::span<const double> y) {
  RequireSameLength(x, y);
  const std::vector<double> u = Logarithms(x, "x"), v = Logarithms(y, "y");
  SlopeFit fit{.points = static_cast<std::int64_t>(u.size())};
  if (u.empty()) return fit;
  const auto [smallest, largest] = std::minmax_element(x.begin(), x.end());
  fit.x_range = {.low = *smallest, .high = *largest};
  if (u.size() < 2) return fit;

  const double u_mean = Mean(u), v_mean = Mean(v);
  double s_uu = 0, s_uv = 0;
  for (std::size_t i = 0; i < u.size(); ++i) {
    s_uu += (u[i] - u_mean) * (u[i] - u_mean);
    s_uv += (u[i] - u_mean) * (v[i] - v_mean);
  }
  if (*smallest == *largest) throw std::invalid_argument("log-log fit: all x are equal; accepted: two x or more");
  fit.slope = s_uv / s_uu;
  fit.log_intercept = v_mean - fit.slope * u_mean;
  if (u.size() < 3) return fit;

  double residuals = 0;
  for (std::size_t i = 0; i < u.size(); ++i) {
    const double residual = v[i] - (fit.log_intercept + fit.slope * u[i]);
    residuals += residual * residual;
  }
  const double degrees_of_freedom = static_cast<double>(u.size()) - 2;
  const double half_width = StudentQuantile(degrees_of_freedom) * std::sqrt(residuals / degrees_of_freedom / s_uu) +
                            RoundingOfSlope(u, v, u_mean, fit.slope, s_uu);
  fit.ci95 = {.low = fit.slope - half_width, .high = fit.slope + half_width};
  return fit;
}

}  // namespace hyperwidth
