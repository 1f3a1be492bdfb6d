// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/repeated_fit.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <stdexcept>
#include <string>

#include "models/random_stream.h"

namespace hyperwidth {
namespace {

// The logarithms of the repetitions at one x.
struct Group {
  double x;
  std::vector<double> log_y;

  double Count() const { return static_cast<double>(log_y.size()); }
  double Mean() const { return std::accumulate(log_y.begin(), log_y.end(), 0.0) / Count(); }
  // The sum of the squared deviations from the mean.
  double Squares() const {
    const double mean = Mean();
    double squares = 0;
    for (const double value : log_y) squares += (value - mean) * (value - mean);
    return squares;
  }
};

std::vector<Group> TakeGroups(const RepeatedMeasurements& measurements) {
  if (measurements.x.size() != measurements.y.size()) {
    throw std::invalid_argument("repeated measurements: " + std::to_string(measurements.x.size()) +
                                " values of x and " + std::to_string(measurements.y.size()) +
                                " lists of y; accepted: as many of one as of the other");
  }
  std::vector<Group> groups;
  for (std::size_t i = 0; i < measurements.x.size(); ++i) {
    Group group{.x = measurements.x[i], .log_y = {}};
    if (measurements.y[i].empty()) {
      throw std::invalid_argument("repeated measurements: none at x = " + std::to_string(group.x) +
                                  "; accepted: one or more for each x");
    }
    for (const double y : measurements.y[i]) {
      if (!(y > 0) || !std::isfinite(y)) {
        throw std::domain_error("repeated measurements: y = " + std::to_string(y) +
                                " at x = " + std::to_string(group.x) + "; accepted: positive finite numbers");
      }
      group.log_y.push_back(std::log(y));
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

// The geometric means, weighted as the header says.
LogLogPoints PointsOf(const std::vector<Group>& groups, double resolution) {
  double squares = 0, degrees_of_freedom = 0;
  for (const Group& group : groups) {
    squares += group.Squares();
    degrees_of_freedom += group.Count() - 1;
  }
  const double pooled = degrees_of_freedom > 0 ? squares / degrees_of_freedom : 0;
  const double step = resolution > 1 ? std::log(resolution) : 0;
  LogLogPoints points{.resolution = resolution};
  for (const Group& group : groups) {
    points.x.push_back(group.x);
    points.y.push_back(std::exp(group.Mean()));
    const double own = group.Count() > 1 ? group.Squares() / (group.Count() - 1) : pooled;
    const double variance = (own + pooled) / (2 * group.Count()) + step * step / 12;
    points.weights.push_back(1 / variance);
  }
  // All variances are zero together: each has its share of the pooled one.
  if (!std::all_of(points.weights.begin(), points.weights.end(), [](double w) { return std::isfinite(w); })) {
    points.weights.clear();
  }
  return points;
}

// The groups with as many repetitions drawn from each, with replacement.
std::vector<Group> Resampled(const std::vector<Group>& groups, double resolution, RandomStream& random) {
  const double step = resolution > 1 ? std::log(resolution) : 0;
  std::vector<Group> resampled = groups;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const Group& group = groups[i];
    const double mean = group.Mean();
    const double inflation = std::sqrt(group.Count() / (group.Count() - 1));
    const double moved = mean + random.Uniform(-0.5, 0.5) * step;
    for (double& value : resampled[i].log_y) {
      value = moved + inflation * (group.log_y[random.Below(group.log_y.size())] - mean);
    }
  }
  return resampled;
}

// The value below which this fraction of the sorted values lies, interpolated.
double Quantile(const std::vector<double>& sorted, double fraction) {
  const double place = fraction * static_cast<double>(sorted.size() - 1);
  const std::size_t below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

Interval Bootstrap(const std::vector<Group>& groups, const RepeatedFitOptions& options) {
  std::vector<double> slopes;
  for (int sample = 0; sample < options.bootstrap_samples; ++sample) {
    RandomStream random(options.seed, {static_cast<std::uint64_t>(sample)});
    slopes.push_back(FitLogLog(PointsOf(Resampled(groups, options.resolution, random), options.resolution)).slope);
  }
  std::sort(slopes.begin(), slopes.end());
  return {.low = Quantile(slopes, 0.025), .high = Quantile(slopes, 0.975)};
}

}  // namespace

LogLogPoints MeansOf(const RepeatedMeasurements& measurements, double resolution) {
  LogLogPoints points = PointsOf(TakeGroups(measurements), resolution);
  AsymptoticPoints(points, {.drop_bent_start = false});  // refuses a wrong x or resolution
  return points;
}

SlopeFit FitRepeated(const RepeatedMeasurements& measurements, const RepeatedFitOptions& options) {
  if (options.bootstrap_samples != 0 && options.bootstrap_samples < 100) {
    throw std::invalid_argument("repeated measurements: bootstrap_samples = " +
                                std::to_string(options.bootstrap_samples) + "; accepted: 0, or 100 or more");
  }
  const std::vector<Group> all = TakeGroups(measurements);
  const AsymptoticRange range = options.range.value_or(AsymptoticRange{.drop_bent_start = false});
  const std::vector<std::size_t> kept = AsymptoticPoints(PointsOf(all, options.resolution), range);
  std::vector<Group> groups;
  for (const std::size_t place : kept) groups.push_back(all[place]);

  SlopeFit fit = FitLogLog(PointsOf(groups, options.resolution));
  fit.kept = kept;
  fit.dropped = static_cast<std::int64_t>(all.size() - kept.size());
  const bool repeated =
      std::all_of(groups.begin(), groups.end(), [](const Group& group) { return group.log_y.size() >= 2; });
  if (options.bootstrap_samples == 0 || !repeated || groups.size() < 3) return fit;
  fit.bootstrap95 = Bootstrap(groups, options);
  fit.ci95 = {.low = std::min(fit.student95.low, fit.bootstrap95->low),
              .high = std::max(fit.student95.high, fit.bootstrap95->high)};
  return fit;
}

}  // namespace hyperwidth
