// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/estimate.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "experiments/result/student_quantile.h"

namespace hyperwidth {
namespace {

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

Estimate MeanOfFinite(std::span<const double> values) {
  std::vector<double> finite;
  std::copy_if(values.begin(), values.end(), std::back_inserter(finite), [](double v) { return std::isfinite(v); });
  return MeanEstimate(finite);
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
          .ci95 = {.low = Binomial::find_lower_bound_on_p(n, k, kTail95),
                   .high = Binomial::find_upper_bound_on_p(n, k, kTail95)},
          .samples = samples};
}

}  // namespace hyperwidth
