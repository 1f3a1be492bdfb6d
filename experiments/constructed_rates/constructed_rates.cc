// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructed_rates/constructed_rates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "experiments/constructed_rates/bump_target.h"
#include "experiments/constructed_rates/sup_error.h"
#include "experiments/program/run_config.h"
#include "experiments/result/estimate.h"
#include "experiments/result/verdict.h"
#include "models/linear_spline.h"
#include "models/random_stream.h"
#include "theory/lower_bounds.h"
#include "theory/problem.h"
#include "theory/spline_network.h"

namespace hyperwidth {
namespace {

// Fixed before anything was measured: how far an exponent over a finite range may be from its limit.
constexpr double kFiniteRangeTolerance = 0.05;

Fields Settings(const ConstructedRatesOptions& options) {
  return {{"smoothness", options.smoothness},
          {"cells", options.cells},
          {"targets", options.targets},
          {"seed", options.program.seed},
          {"threads", static_cast<std::int64_t>(options.program.threads)}};
}

// The largest error over hard targets: bumps in step with the network's cells, so that it sees none of them (the worst
// for r = 1); bumps four cells wide, whose parabolas fill whole cells of the network (nearly the worst for r = 2); and
// random ones, coarser and finer.
double LargestError(const ConstructedRatesOptions& options, int smoothness, int cells) {
  const LinearSpline spline(cells);
  const std::uint64_t seed = options.program.seed;
  double largest = std::max(SupErrorOfInterpolation(spline, BumpTarget(smoothness, cells, seed)),
                            SupErrorOfInterpolation(spline, BumpTarget(smoothness, std::max(1, cells / 4), seed)));
  for (std::int64_t i = 0; i < options.targets; ++i) {
    RandomStream random(seed, {static_cast<std::uint64_t>(cells), static_cast<std::uint64_t>(i)});
    const int target_cells = 1 + static_cast<int>(random.Below(2 * static_cast<std::uint64_t>(cells)));
    largest = std::max(largest, SupErrorOfInterpolation(spline, BumpTarget(smoothness, target_cells, random())));
  }
  return largest;
}

// What the evaluation of n units at points of order one may lose to rounding, for an error of this size.
double RelativeRounding(const ConstructedSize& size) {
  return 4 * size.cells * std::numeric_limits<double>::epsilon() / size.sup_error;
}

Check JudgeBound(int smoothness, const std::vector<ConstructedSize>& sizes) {
  Estimate worst{.value = 0, .ci95 = {0, 0}, .samples = static_cast<std::int64_t>(sizes.size())};
  for (const ConstructedSize& size : sizes) {
    const double ratio = size.sup_error / size.bound;
    if (ratio <= worst.value) continue;
    worst.value = ratio;
    worst.ci95 = {ratio * (1 - RelativeRounding(size)), ratio * (1 + RelativeRounding(size))};
  }
  return JudgeRange(
      {fmt::format("constructed_rates.r{}.never_above_bound", smoothness),
       fmt::format("The sup error of the constructed network is at most the proved bound {}, for every size "
                   "and target (largest ratio).",
                   smoothness == 1 ? "1/n" : "1/(2 n^2)")},
      {.low = 0, .high = 1},
      worst,
      fmt::format("over {} sizes, the interval being rounding", sizes.size()));
}

Check JudgeLowerBound(int smoothness, const std::vector<ConstructedSize>& sizes) {
  double smallest = std::numeric_limits<double>::infinity();
  for (const ConstructedSize& size : sizes) {
    const Problem problem{.smoothness = smoothness, .primary_dim = 1, .condition_dim = 1, .epsilon = size.bound};
    const Count least = LowerBounds(problem).Primary().count;
    smallest = std::min(smallest, std::log10(size.parameters) - least.log10);
  }
  const double ratio = std::pow(10, smallest);
  return JudgeRange({fmt::format("constructed_rates.r{}.not_below_certified", smoothness),
                     "No constructed network has fewer parameters than the certified lower bound demands for the error "
                     "that it is proved to reach (smallest ratio)."},
                    {.low = 1},
                    {.value = ratio, .ci95 = {ratio, ratio}, .samples = static_cast<std::int64_t>(sizes.size())},
                    fmt::format("over {} sizes, both counts being exact", sizes.size()));
}

Check JudgeRate(int smoothness, const std::vector<ConstructedSize>& sizes, double exponent) {
  std::vector<double> parameters, inverse_errors;
  for (const ConstructedSize& size : sizes) {
    parameters.push_back(size.parameters);
    inverse_errors.push_back(1 / size.sup_error);
  }
  return JudgeExponent({fmt::format("constructed_rates.r{}.exponent", smoothness),
                        "The parameters needed grow like a power of the inverse error, with the exponent m1/r."},
                       exponent,
                       FitLogLog(inverse_errors, parameters),
                       {.finite_range_tolerance = kFiniteRangeTolerance});
}

std::vector<ConstructedSize> WithSmoothness(const std::vector<ConstructedSize>& sizes, int smoothness) {
  std::vector<ConstructedSize> selected;
  std::copy_if(sizes.begin(), sizes.end(), std::back_inserter(selected), [&](const ConstructedSize& size) {
    return size.smoothness == smoothness;
  });
  return selected;
}

void AddSeries(int smoothness, const std::vector<ConstructedSize>& sizes, Result& result) {
  Series measured{.name = fmt::format("measured, r = {}", smoothness),
                  .x_name = "parameters",
                  .x = {},
                  .y_name = "sup_error",
                  .y = {}};
  measured.x_scale = AxisScale::kLogarithmic;
  measured.y_scale = AxisScale::kLogarithmic;
  Series bound = measured;
  bound.name = fmt::format("proved bound, r = {}", smoothness);
  bound.style = SeriesStyle::kLine;
  measured.columns = {{"cells", {}}};
  for (const ConstructedSize& size : sizes) {
    measured.x.push_back(size.parameters);
    measured.y.push_back(size.sup_error);
    measured.columns[0].values.push_back(size.cells);
    bound.x.push_back(size.parameters);
    bound.y.push_back(size.bound);
  }
  result.series.push_back(measured);
  result.series.push_back(bound);
}

}  // namespace

ConstructedRatesOptions QuickConstructedRates() {
  ConstructedRatesOptions options;
  options.cells = {8, 16, 32, 64, 128, 256, 512, 1024};
  options.targets = 3;
  return options;
}

std::vector<ConstructedSize> MeasureConstructedRates(const ConstructedRatesOptions& options, const RunFolder& folder) {
  WriteOrCheckConfig(folder, Settings(options));
  MetricsTable metrics(folder, {"smoothness", "cells", "parameters", "sup_error", "bound"});
  fmt::print("{:>10} {:>8} {:>12} {:>12} {:>12}\n", "smoothness", "cells", "parameters", "sup error", "proved bound");
  std::vector<ConstructedSize> sizes;
  for (const int smoothness : options.smoothness) {
    for (const int cells : options.cells) {
      const ConstructedSize size{.smoothness = smoothness,
                                 .cells = cells,
                                 .parameters = static_cast<double>(LinearSpline(cells).parameter_count()),
                                 .sup_error = LargestError(options, smoothness, cells),
                                 .bound = SplineErrorBound(smoothness, /*dim=*/1, cells)};
      fmt::print(
          "{:>10} {:>8} {:>12} {:>12.5g} {:>12.5g}\n", smoothness, cells, size.parameters, size.sup_error, size.bound);
      std::fflush(stdout);
      metrics.AddRow({std::to_string(smoothness),
                      std::to_string(cells),
                      MetricText(size.parameters),
                      MetricText(size.sup_error),
                      MetricText(size.bound)});
      sizes.push_back(size);
    }
  }
  return sizes;
}

Result SummariseConstructedRates(const ConstructedRatesOptions& options,
                                 const std::vector<ConstructedSize>& sizes,
                                 double exponent_times_smoothness) {
  Result result{.experiment = "constructed_rates"};
  result.title = "Constructed networks against their proved rates";
  result.about =
      "A ReLU network with one hidden layer is built, not trained, so that it interpolates its target at n + 1 nodes: "
      "N = 3 n + 1 parameters, error at most 1/n for targets with one bounded derivative (r = 1) and 1/(2 n^2) with "
      "two. "
      "The targets are sums of bumps with random signs, the hardest that the Sobolev ball holds; the error is the "
      "supremum itself, computed piece by piece. The exponents are limits: over a finite range the constant terms of "
      "N = 3 n + 1 and of the largest error, 1/(n + 1) for r = 1, bend the line, for which 5 % are allowed, fixed "
      "beforehand.";
  result.settings = Settings(options);
  result.provenance = CommonProvenance(options.program, "random-sign bump sums");
  result.provenance.push_back({"quick", options.program.quick});
  for (const int smoothness : options.smoothness) {
    const std::vector<ConstructedSize> selected = WithSmoothness(sizes, smoothness);
    AddSeries(smoothness, selected, result);
    result.checks.push_back(JudgeBound(smoothness, selected));
    result.checks.push_back(JudgeLowerBound(smoothness, selected));
    result.checks.push_back(JudgeRate(smoothness, selected, exponent_times_smoothness / smoothness));
  }
  return result;
}

Result RunConstructedRates(const ConstructedRatesOptions& options, const RunFolder& folder) {
  return SummariseConstructedRates(options, MeasureConstructedRates(options, folder));
}

}  // namespace hyperwidth
