// SPDX-License-Identifier: Apache-2.0
#include "experiments/best_approximation/one_neuron.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace hyperwidth {
namespace {

constexpr int kCoarse = 160, kFine = 4000;  // intervals
constexpr int kMostRounds = 150;            // of a refinement
constexpr std::size_t kMostMinima = 8;      // that are refined

// Two numbers that differ by less are the same but for rounding, relative to the larger range of y.
constexpr double kRounding = 1e-12;

// log cosh t, which does not overflow.
double LogCosh(double t) { return std::abs(t) + std::log1p(std::exp(-2 * std::abs(t))) - std::log(2.0); }

double Rise(double w, double b, double x) {
  if (x <= -1) return 0;
  // sinh(w (x + 1)) / sinh(2 w) and the cosh without overflow.
  return std::exp(w * (x - 1) + LogCosh(w + b) - LogCosh(w * x + b)) * std::expm1(-2 * w * (x + 1)) /
         std::expm1(-4 * w);
}

std::vector<double> Points(int intervals) {
  std::vector<double> points;
  for (int i = 0; i <= intervals; ++i) points.push_back(-1 + 2.0 * i / intervals);
  return points;
}

struct Samples {
  std::vector<double> x;
  std::vector<double> y;
};

Samples SamplesOf(const Target& y, int intervals) {
  Samples samples{.x = Points(intervals), .y = {}};
  for (const double x : samples.x) samples.y.push_back(y(x));
  return samples;
}

// A function of v: half the range of y - v s, what the best c leaves.
struct HalfRange {
  double v, error, slope, c;
};

HalfRange HalfRangeAt(double v, const std::vector<double>& s, const std::vector<double>& y) {
  std::size_t low = 0, high = 0;
  double least = y[0] - v * s[0], largest = least;
  for (std::size_t i = 1; i < y.size(); ++i) {
    const double rest = y[i] - v * s[i];
    if (rest < least) {
      least = rest;
      low = i;
    }
    if (rest > largest) {
      largest = rest;
      high = i;
    }
  }
  return {.v = v, .error = (largest - least) / 2, .slope = (s[low] - s[high]) / 2, .c = (largest + least) / 2};
}

struct Fit {
  OneNeuron f = {};
  double error = std::numeric_limits<double>::infinity();
};

// The best v and c: the error is convex and piecewise linear in v, so its tangents from both sides meet below the
// minimum, and finitely many do.
Fit FitAt(double w, double b, const Samples& samples) {
  std::vector<double> s;
  s.reserve(samples.x.size());
  for (const double x : samples.x) s.push_back(Rise(w, b, x));
  const auto [least, largest] = std::minmax_element(samples.y.begin(), samples.y.end());
  const double reach = 2 * (*largest - *least) + 1e-300;  // beyond, the error is larger than a constant's
  HalfRange left = HalfRangeAt(-reach, s, samples.y), right = HalfRangeAt(reach, s, samples.y);
  HalfRange best = left.error < right.error ? left : right;
  for (int i = 0; i < 100 && left.slope < 0 && right.slope > 0; ++i) {
    const double v =
        (right.error - left.error + left.slope * left.v - right.slope * right.v) / (left.slope - right.slope);
    const double floor = left.error + left.slope * (v - left.v);
    const HalfRange middle = HalfRangeAt(v, s, samples.y);
    if (middle.error < best.error) best = middle;
    if (middle.error <= floor * (1 + 1e-13) + 1e-300 || v <= left.v || v >= right.v) break;
    (middle.slope < 0 ? left : right) = middle;
    if (middle.slope == 0) break;
  }
  return {.f = {.v = best.v, .w = w, .b = b, .c = best.c}, .error = best.error};
}

// Pattern search in log w and b. The error has kinks, along which few of any fixed directions lead down: the eight that
// are tried are turned by the golden angle whenever none does.
Fit Refined(Fit fit, const Samples& samples) {
  constexpr double kGoldenAngle = 2.399963229728653;
  const double unit_b = std::max(fit.f.w, 1.0);
  double step = 0.15, turn = 0;
  for (int i = 0; i < kMostRounds && step > 1e-9; ++i) {
    Fit best = fit;
    for (int way = 0; way < 8; ++way) {
      const double angle = turn + way * std::numbers::pi / 4;
      const double w = std::clamp(fit.f.w * std::exp(step * std::cos(angle)), kFlattest, kSteepest);
      const double b =
          std::clamp(fit.f.b * w / fit.f.w + step * unit_b * std::sin(angle), -w - kFarthest, w + kFarthest);
      const Fit next = FitAt(w, b, samples);
      if (next.error < best.error) best = next;
    }
    const bool is_better = best.error < fit.error * (1 - 1e-9);
    if (best.error < fit.error) fit = best;
    if (!is_better) {
      step *= 0.6;
      turn += kGoldenAngle;
    }
  }
  return fit;
}

// A grid of (w, b): rows of w, in each b from the far left to the far right.
std::vector<std::vector<Fit>> GridOf(const Samples& samples) {
  std::vector<std::vector<Fit>> grid;
  for (int i = 0; i <= 20; ++i) {
    const double w = kFlattest * std::pow(kSteepest / kFlattest, i / 20.0);
    std::vector<Fit>& row = grid.emplace_back();
    for (const double outside : {8.0, 4.0, 2.0, 1.0, 0.5}) row.push_back(FitAt(w, w + outside, samples));
    for (int j = -12; j <= 12; ++j) row.push_back(FitAt(w, -w * j / 12.0, samples));
    for (const double outside : {0.5, 1.0, 2.0, 4.0, 8.0}) row.push_back(FitAt(w, -w - outside, samples));
  }
  return grid;
}

std::vector<Fit> LocalMinima(const Samples& samples) {
  const std::vector<std::vector<Fit>> grid = GridOf(samples);
  std::vector<Fit> minima;
  const int rows = static_cast<int>(grid.size()), columns = static_cast<int>(grid.front().size());
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) {
      const Fit& here = grid[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
      bool is_least = true;
      for (int k = std::max(i - 1, 0); k <= std::min(i + 1, rows - 1); ++k) {
        for (int l = std::max(j - 1, 0); l <= std::min(j + 1, columns - 1); ++l) {
          is_least = is_least && here.error <= grid[static_cast<std::size_t>(k)][static_cast<std::size_t>(l)].error;
        }
      }
      if (is_least) minima.push_back(here);
    }
  }
  std::stable_sort(minima.begin(), minima.end(), [](const Fit& a, const Fit& b) { return a.error < b.error; });
  if (minima.size() > kMostMinima) minima.resize(kMostMinima);
  for (Fit& fit : minima) fit = Refined(fit, samples);
  std::stable_sort(minima.begin(), minima.end(), [](const Fit& a, const Fit& b) { return a.error < b.error; });
  return minima;
}

// Half the ranges of the first 1, 2, .. values.
std::vector<double> HalfRanges(const std::vector<double>& values) {
  std::vector<double> ranges;
  double least = values.front(), largest = least;
  for (const double value : values) {
    least = std::min(least, value);
    largest = std::max(largest, value);
    ranges.push_back((largest - least) / 2);
  }
  return ranges;
}

// y at a step's place belongs to both sides.
void AddSteps(const Samples& samples, Approximation& result) {
  const std::vector<double> left = HalfRanges(samples.y);
  std::vector<double> right = HalfRanges({samples.y.rbegin(), samples.y.rend()});
  std::reverse(right.begin(), right.end());
  result.step = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < samples.x.size(); ++i) {
    const double error = std::max(left[i], right[i]);
    if (error < result.step * (1 - kRounding)) result.first_step = samples.x[i];
    if (error <= result.step * (1 + kRounding)) result.last_step = samples.x[i];
    result.step = std::min(result.step, error);
  }
}

}  // namespace

bool Approximation::IsLimit() const {
  return best.w > 0.99 * kSteepest || best.w < 1.01 * kFlattest || std::abs(best.b) > best.w + 0.99 * kFarthest;
}

double OneNeuron::operator()(double x) const { return v * Rise(w, b, x) + c; }

double MonotoneBound(const std::vector<double>& values) {
  double fall = 0, rise = 0, least = values.front(), largest = values.front();
  for (const double value : values) {
    least = std::min(least, value);
    largest = std::max(largest, value);
    rise = std::max(rise, value - least);
    fall = std::max(fall, largest - value);
  }
  return std::min(rise, fall) / 2;
}

double AlternationBound(const std::vector<double>& errors, int count) {
  // Of each run of one sign the largest. The bound is the size of one of them.
  std::vector<double> runs;
  for (const double error : errors) {
    if (error == 0) continue;
    if (runs.empty() || (runs.back() > 0) != (error > 0)) {
      runs.push_back(error);
    } else if (std::abs(error) > std::abs(runs.back())) {
      runs.back() = error;
    }
  }
  const auto holds = [&](double delta) {
    int found = 0;
    double last = 0;
    for (const double run : runs) {
      if (std::abs(run) < delta || (found > 0 && (run > 0) == (last > 0))) continue;
      ++found;
      last = run;
    }
    return found >= count;
  };
  double bound = 0;
  for (const double run : runs) {
    if (std::abs(run) > bound && holds(std::abs(run))) bound = std::abs(run);
  }
  return bound;
}

double Distance(const OneNeuron& f, const OneNeuron& g) {
  double distance = 0;
  for (const double x : Points(400)) distance = std::max(distance, std::abs(f(x) - g(x)));
  return distance;
}

Approximation ApproximateByOneNeuron(const Target& y) {
  const std::vector<Fit> minima = LocalMinima(SamplesOf(y, kCoarse));
  const Samples fine = SamplesOf(y, kFine);
  Fit best;
  for (std::size_t i = 0; i < minima.size(); ++i) {
    if (minima[i].error > minima.front().error * 1.01 + 1e-12) break;
    const Fit fit = FitAt(minima[i].f.w, minima[i].f.b, fine);
    if (fit.error < best.error) best = fit;
  }
  const auto [least, largest] = std::minmax_element(fine.y.begin(), fine.y.end());
  const double middle = (*largest + *least) / 2, constant = (*largest - *least) / 2;
  if (constant <= best.error * (1 + kRounding)) best = {.f = {.v = 0, .w = 1, .b = 0, .c = middle}, .error = constant};
  Approximation result{.best = best.f, .error = best.error};
  result.constant = constant;
  std::vector<double> errors, constant_errors;
  for (std::size_t i = 0; i < fine.x.size(); ++i) {
    errors.push_back(best.f(fine.x[i]) - fine.y[i]);
    constant_errors.push_back(middle - fine.y[i]);
  }
  result.monotone = MonotoneBound(fine.y);
  result.alternation = AlternationBound(errors, kAlternation);
  result.constant_is_best =
      AlternationBound(constant_errors, kConstantAlternation) >= result.constant * (1 - kRounding);
  AddSteps(fine, result);
  return result;
}

}  // namespace hyperwidth
