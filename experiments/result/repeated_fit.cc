// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/repeated_fit.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>

#include "experiments/result/student_quantile.h"
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

// How far the repetitions lie from their mean, scaled to the variance of the distribution they are from: n of them have
// (n - 1) / n times that on average.
std::vector<double> Deviations(const Group& group) {
  const double mean = group.Mean(), scale = std::sqrt(group.Count() / (group.Count() - 1));
  std::vector<double> deviations;
  for (const double value : group.log_y) deviations.push_back(scale * (value - mean));
  return deviations;
}

// How much the slope changes by for each unit of the mean of log y at each x, with the weights given.
std::vector<double> Leverages(const LogLogPoints& points) {
  std::vector<double> weights = points.weights, u;
  if (weights.empty()) weights.assign(points.x.size(), 1.0);
  const double largest = *std::max_element(weights.begin(), weights.end());
  for (double& weight : weights) weight /= largest;
  for (const double x : points.x) u.push_back(std::log(x));
  const double mean = std::inner_product(weights.begin(), weights.end(), u.begin(), 0.0) /
                      std::accumulate(weights.begin(), weights.end(), 0.0);
  double norm = 0;
  for (std::size_t i = 0; i < u.size(); ++i) norm += weights[i] * (u[i] - mean) * (u[i] - mean);
  std::vector<double> leverages;
  for (std::size_t i = 0; i < u.size(); ++i) leverages.push_back(weights[i] * (u[i] - mean) / norm);
  return leverages;
}

// Welch and Satterthwaite's for the variance of the slope, a sum of variances s^2 each with a factor: that of the own
// part of log y's variance, and that of the share in the pooled one. Infinite if nothing varies.
double DegreesOfFreedom(const std::vector<Group>& groups, const std::vector<double>& leverages) {
  double all = 0, pooled_factor = 0, sum = 0, squares = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    all += groups[i].Count() - 1;
    pooled_factor += leverages[i] * leverages[i] / (2 * groups[i].Count());
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const double degrees = groups[i].Count() - 1;
    const double factor = leverages[i] * leverages[i] / (2 * groups[i].Count()) + pooled_factor * degrees / all;
    const double part = factor * groups[i].Squares() / degrees;
    sum += part;
    squares += part * part / degrees;
  }
  return squares > 0 ? sum * sum / squares : std::numeric_limits<double>::infinity();
}

// What the slope is resampled from.
class Resampling {
 public:
  Resampling(const std::vector<Group>& groups, double resolution)
      : leverages_(Leverages(PointsOf(groups, resolution))), step_(resolution > 1 ? std::log(resolution) : 0) {
    for (const Group& group : groups) {
      own_.push_back(Deviations(group));
      all_.insert(all_.end(), own_.back().begin(), own_.back().end());
    }
    constexpr double kNormalQuantile = 1.959963984540054;  // exceeded with probability kTail95
    widening_ = StudentQuantile(DegreesOfFreedom(groups, leverages_)) / kNormalQuantile;
  }

  // How far one resampled slope is from the fitted one.
  double Draw(RandomStream& random) const {
    double change = 0;
    for (std::size_t i = 0; i < own_.size(); ++i) {
      double sum = 0;
      for (std::size_t j = 0; j < own_[i].size(); ++j) {
        const std::vector<double>& from = random.Below(2) == 0 ? own_[i] : all_;
        sum += from[random.Below(from.size())];
      }
      const double mean = sum / static_cast<double>(own_[i].size());
      change += leverages_[i] * (widening_ * mean + random.Uniform(-0.5, 0.5) * step_);
    }
    return change;
  }

 private:
  std::vector<double> leverages_;
  std::vector<std::vector<double>> own_;  // deviations at each x
  std::vector<double> all_;               // at all x together
  double widening_ = 1;
  double step_;
};

// The value below which another draw lies with this probability: of n sorted values, the (n + 1) * fraction-th one,
// interpolated.
double Quantile(const std::vector<double>& sorted, double fraction) {
  const double count = static_cast<double>(sorted.size());
  const double place = std::clamp((count + 1) * fraction - 1, 0.0, count - 1);
  const std::size_t below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

Interval Bootstrap(const std::vector<Group>& groups, double slope, const RepeatedFitOptions& options) {
  const Resampling resampling(groups, options.resolution);
  std::vector<double> slopes;
  for (int sample = 0; sample < options.bootstrap_samples; ++sample) {
    RandomStream random(options.seed, {static_cast<std::uint64_t>(sample)});
    slopes.push_back(slope + resampling.Draw(random));
  }
  std::sort(slopes.begin(), slopes.end());
  return {.low = Quantile(slopes, kTail95), .high = Quantile(slopes, 1 - kTail95)};
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
  fit.bootstrap95 = Bootstrap(groups, fit.slope, options);
  fit.ci95 = {.low = std::min(fit.student95.low, fit.bootstrap95->low),
              .high = std::max(fit.student95.high, fit.bootstrap95->high)};
  return fit;
}

}  // namespace hyperwidth
