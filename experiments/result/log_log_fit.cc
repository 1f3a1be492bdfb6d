// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/log_log_fit.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>

#include "experiments/result/student_quantile.h"

namespace hyperwidth {
namespace {

// Logarithms u of x and v of y, with weights whose mean is 1.
struct Logarithms {
  std::vector<double> u = {};
  std::vector<double> v = {};
  std::vector<double> w = {};
  double variance_of_rounding = 0;  // of each v, from the resolution of y
};

double Logarithm(double value, const char* name) {
  if (value > 0 && std::isfinite(value)) return std::log(value);
  throw std::domain_error(std::string("log-log fit: ") + name + " = " + std::to_string(value) +
                          "; accepted: positive finite numbers");
}

void RequireLength(const char* name, std::size_t found, std::size_t expected) {
  if (found == expected) return;
  throw std::invalid_argument(std::string("log-log fit: ") + std::to_string(found) + " values of " + name + " for " +
                              std::to_string(expected) + " of x; accepted: as many of one as of the other");
}

Logarithms TakeLogarithms(const LogLogPoints& points) {
  RequireLength("y", points.y.size(), points.x.size());
  if (!points.weights.empty()) RequireLength("weights", points.weights.size(), points.x.size());
  if (points.resolution != 0 && (!(points.resolution >= 1) || !std::isfinite(points.resolution))) {
    throw std::domain_error("log-log fit: resolution = " + std::to_string(points.resolution) +
                            "; accepted: 0, or a finite ratio >= 1");
  }
  Logarithms logs{.w = points.weights};
  for (const double x : points.x) logs.u.push_back(Logarithm(x, "x"));
  for (const double y : points.y) logs.v.push_back(Logarithm(y, "y"));
  for (const double weight : points.weights) Logarithm(weight, "a weight");
  if (logs.w.empty()) logs.w.assign(points.x.size(), 1.0);
  // By the largest first: neither the sum nor a quotient then leaves the range of double.
  const double largest = logs.w.empty() ? 1 : *std::max_element(logs.w.begin(), logs.w.end());
  for (double& weight : logs.w) weight /= largest;
  const double mean = std::accumulate(logs.w.begin(), logs.w.end(), 0.0) / static_cast<double>(logs.w.size());
  for (double& weight : logs.w) weight /= mean;
  const double step = points.resolution > 1 ? std::log(points.resolution) : 0;
  logs.variance_of_rounding = step * step / 12;
  return logs;
}

// The sum of w[i] * a[i] * b[i].
double Product(const std::vector<double>& w, const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < w.size(); ++i) sum += w[i] * a[i] * b[i];
  return sum;
}

double WeightedMean(const std::vector<double>& w, const std::vector<double>& values) {
  return Product(w, values, std::vector<double>(values.size(), 1.0)) / std::accumulate(w.begin(), w.end(), 0.0);
}

std::vector<double> Shifted(std::vector<double> values, double shift) {
  for (double& value : values) value -= shift;
  return values;
}

// How much of `basis` is in v, which is orthogonal to what was fitted before; v becomes what remains.
double Project(const std::vector<double>& w, const std::vector<double>& basis, std::vector<double>& v) {
  const double coefficient = Product(w, basis, v) / Product(w, basis, basis);
  for (std::size_t i = 0; i < v.size(); ++i) v[i] -= coefficient * basis[i];
  return coefficient;
}

// The standard error of the coefficient of `basis`, from the residuals that remain; not less than what rounding to the
// resolution causes, which is independent from point to point.
double StandardError(const Logarithms& logs,
                     const std::vector<double>& basis,
                     const std::vector<double>& residuals,
                     double degrees_of_freedom) {
  const double norm = Product(logs.w, basis, basis);
  const double scatter = Product(logs.w, residuals, residuals) / degrees_of_freedom / norm;
  double rounding = 0;
  for (std::size_t i = 0; i < basis.size(); ++i) rounding += std::pow(logs.w[i] * basis[i] / norm, 2);
  return std::sqrt(std::max(scatter, rounding * logs.variance_of_rounding));
}

// Half the width of the slope's interval that comes from rounding: each logarithm is off by up to half a unit in its
// last place, with the sign that turns the line most.
double RoundingOfSlope(const Logarithms& logs, const std::vector<double>& centred, double slope) {
  double rounding = 0;
  for (std::size_t i = 0; i < centred.size(); ++i) {
    const double error =
        (std::abs(logs.v[i]) + std::abs(slope * logs.u[i]) + 1) * std::numeric_limits<double>::epsilon();
    rounding += logs.w[i] * std::abs(centred[i]) * error;
  }
  return rounding / Product(logs.w, centred, centred);
}

// Whether a parabola says that the points are not on a straight line.
bool IsBent(const Logarithms& logs, const AsymptoticRange& range) {
  const double degrees_of_freedom = static_cast<double>(logs.u.size()) - 3;
  if (std::set<double>(logs.u.begin(), logs.u.end()).size() < 3) return false;
  const std::vector<double> linear = Shifted(logs.u, WeightedMean(logs.w, logs.u));
  std::vector<double> quadratic = linear;
  for (double& value : quadratic) value *= value;
  quadratic = Shifted(quadratic, WeightedMean(logs.w, quadratic));
  Project(logs.w, linear, quadratic);
  std::vector<double> rest = Shifted(logs.v, WeightedMean(logs.w, logs.v));
  Project(logs.w, linear, rest);
  const double curvature = Project(logs.w, quadratic, rest);
  const auto [first, last] = std::minmax_element(logs.u.begin(), logs.u.end());
  if (2 * std::abs(curvature) * (*last - *first) <= range.negligible_bend) return false;
  return std::abs(curvature) > StudentQuantile(degrees_of_freedom, range.significance / 2) *
                                   StandardError(logs, quadratic, rest, degrees_of_freedom);
}

void Validate(const AsymptoticRange& range) {
  if (std::isfinite(range.min_x) && range.min_x >= 0 && range.min_points >= 4 && range.significance > 0 &&
      range.significance < 1 && range.negligible_bend >= 0) {
    return;
  }
  throw std::invalid_argument("asymptotic range: min_x = " + std::to_string(range.min_x) +
                              ", min_points = " + std::to_string(range.min_points) +
                              ", significance = " + std::to_string(range.significance) +
                              ", negligible_bend = " + std::to_string(range.negligible_bend) +
                              "; accepted: min_x >= 0, min_points >= 4, significance between 0 and 1, "
                              "negligible_bend >= 0");
}

LogLogPoints Selected(const LogLogPoints& points, const std::vector<std::size_t>& places) {
  LogLogPoints selected{.resolution = points.resolution};
  for (const std::size_t place : places) {
    selected.x.push_back(points.x[place]);
    selected.y.push_back(points.y[place]);
    if (!points.weights.empty()) selected.weights.push_back(points.weights[place]);
  }
  return selected;
}

}  // namespace

SlopeFit FitLogLog(const LogLogPoints& points) {
  const Logarithms logs = TakeLogarithms(points);
  SlopeFit fit{.points = static_cast<std::int64_t>(logs.u.size())};
  fit.kept.resize(logs.u.size());
  std::iota(fit.kept.begin(), fit.kept.end(), std::size_t{0});
  if (logs.u.empty()) return fit;
  const auto [smallest, largest] = std::minmax_element(points.x.begin(), points.x.end());
  fit.x_range = {.low = *smallest, .high = *largest};
  if (logs.u.size() < 2) return fit;
  if (*smallest == *largest) throw std::invalid_argument("log-log fit: all x are equal; accepted: two x or more");

  const double u_mean = WeightedMean(logs.w, logs.u), v_mean = WeightedMean(logs.w, logs.v);
  const std::vector<double> centred = Shifted(logs.u, u_mean);
  std::vector<double> rest = Shifted(logs.v, v_mean);
  fit.slope = Project(logs.w, centred, rest);
  fit.log_intercept = v_mean - fit.slope * u_mean;
  if (logs.u.size() < 3) return fit;
  const double degrees_of_freedom = static_cast<double>(logs.u.size()) - 2;
  const double half_width =
      StudentQuantile(degrees_of_freedom) * StandardError(logs, centred, rest, degrees_of_freedom) +
      RoundingOfSlope(logs, centred, fit.slope);
  fit.student95 = {.low = fit.slope - half_width, .high = fit.slope + half_width};
  fit.ci95 = fit.student95;
  return fit;
}

SlopeFit FitLogLog(std::span<const double> x, std::span<const double> y, std::span<const double> weights) {
  return FitLogLog({.x = {x.begin(), x.end()}, .y = {y.begin(), y.end()}, .weights = {weights.begin(), weights.end()}});
}

std::vector<std::size_t> AsymptoticPoints(const LogLogPoints& points, const AsymptoticRange& range) {
  Validate(range);
  TakeLogarithms(points);  // refuses what cannot be fitted
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < points.x.size(); ++i) {
    if (points.x[i] >= range.min_x) kept.push_back(i);
  }
  while (range.drop_bent_start && !kept.empty()) {
    double smallest = points.x[kept[0]];
    for (const std::size_t place : kept) smallest = std::min(smallest, points.x[place]);
    std::vector<std::size_t> fewer;
    std::copy_if(kept.begin(), kept.end(), std::back_inserter(fewer), [&](std::size_t place) {
      return points.x[place] > smallest;
    });
    if (static_cast<std::int64_t>(fewer.size()) < range.min_points) break;
    if (!IsBent(TakeLogarithms(Selected(points, kept)), range)) break;
    kept = fewer;
  }
  return kept;
}

SlopeFit FitAsymptotic(const LogLogPoints& points, const AsymptoticRange& range) {
  const std::vector<std::size_t> kept = AsymptoticPoints(points, range);
  SlopeFit fit = FitLogLog(Selected(points, kept));
  fit.kept = kept;
  fit.dropped = static_cast<std::int64_t>(points.x.size() - kept.size());
  return fit;
}

}  // namespace hyperwidth
