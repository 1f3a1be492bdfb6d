// SPDX-License-Identifier: Apache-2.0
#include "experiments/total_complexity/complexity_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "experiments/result/format.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {
namespace {

// Fixed before anything was measured: how far an exponent over a finite range may be from its limit.
constexpr double kFiniteRangeTolerance = 0.05;

using Measurements = std::vector<ComplexityMeasurement>;

// What the rounding of a network may add up to: in one variable the units' slopes and their sums are both of order n.
double Rounding(const ComplexityMeasurement& measurement) {
  const double cells = measurement.size.cells;
  return 4 * cells * cells * std::numeric_limits<double>::epsilon();
}

template <typename Ratio>
Check JudgeAtMostOne(const Claim& claim, const Measurements& all, const Ratio& ratio, const std::string& closest) {
  std::int64_t violations = 0;
  const ComplexityMeasurement* nearest = nullptr;
  for (const ComplexityMeasurement& measurement : all) {
    violations += ratio(measurement) > 1 ? 1 : 0;
    if (nearest == nullptr || ratio(measurement) > ratio(*nearest)) nearest = &measurement;
  }
  return JudgeNever(claim,
                    violations,
                    static_cast<std::int64_t>(all.size()),
                    nearest == nullptr
                        ? ""
                        : fmt::format("{} {} ({})", closest, FormatNumber(ratio(*nearest)), nearest->size.Name()));
}

// "factorised_hypernetwork.w4"
std::string IdOf(const ComplexitySize& size) {
  std::string id(ToString(size.method));
  std::replace(id.begin(), id.end(), ' ', '_');
  return UsesRank(size.method) ? fmt::format("{}.w{}", id, size.rank) : id;
}

}  // namespace

Measurements OfMethod(const Measurements& all, ComplexityMethod method, int rank) {
  Measurements selected;
  std::copy_if(all.begin(), all.end(), std::back_inserter(selected), [&](const ComplexityMeasurement& measurement) {
    return measurement.size.method == method && (!UsesRank(method) || measurement.size.rank == rank);
  });
  std::sort(selected.begin(), selected.end(), [](const auto& a, const auto& b) { return a.size.cells < b.size.cells; });
  return selected;
}

SlopeFit FitTotals(const Measurements& sizes) {
  LogLogPoints points;
  for (const ComplexityMeasurement& measurement : sizes) {
    points.x.push_back(1 / measurement.sup_error);
    points.y.push_back(measurement.total_parameters);
  }
  return points.x.size() < 2 ? SlopeFit{.points = static_cast<std::int64_t>(points.x.size())} : FitLogLog(points);
}

Check JudgeComplexityBounds(const Measurements& all) {
  return JudgeAtMostOne(
      {"total_complexity.never_above_bound", "No network errs by more than is proved for it on any structured target."},
      all,
      [](const ComplexityMeasurement& measurement) {
        return measurement.sup_error / (measurement.size.ProvedError() + Rounding(measurement));
      },
      "the largest error over its bound was");
}

Check JudgeComplexityFormulas(const Measurements& all) {
  Measurements built;
  std::copy_if(all.begin(), all.end(), std::back_inserter(built), [](const ComplexityMeasurement& measurement) {
    return measurement.network_points > 0;
  });
  return JudgeAtMostOne(
      {"total_complexity.network_is_its_formula",
       "Wherever a network was evaluated its value is that of the formula by which all cells were scanned, up to "
       "rounding."},
      built,
      [](const ComplexityMeasurement& measurement) { return measurement.disagreement / Rounding(measurement); },
      "the largest difference over what rounding allows was");
}

Check JudgeTotalExponent(const Measurements& sizes, double dimension_offset) {
  const ComplexitySize& size = sizes.front().size;
  const double predicted = PredictedExponent(size.method, size.targets) + dimension_offset / size.targets.smoothness;
  const std::string claim =
      UsesRank(size.method)
          ? "All parameters of a network that uses the structure grow like the power max(m1, m2)/r of the inverse error"
          : "All parameters of a network that does not know of the structure grow like the power m/r of the inverse "
            "error";
  const std::string which = UsesRank(size.method) ? fmt::format("{}, rank {}", ToString(size.method), size.rank)
                                                  : std::string(ToString(size.method));
  Check check = JudgeExponent({.id = fmt::format("total_complexity.{}.exponent", IdOf(size)),
                               .text = fmt::format("{} ({}).", claim, which),
                               .group = claim + ".",
                               .which = which},
                              predicted,
                              FitTotals(sizes),
                              {.finite_range_tolerance = kFiniteRangeTolerance});
  check.why += fmt::format(
      " N from {} to {}.", FormatNumber(sizes.front().total_parameters), FormatNumber(sizes.back().total_parameters));
  return check;
}

Check JudgeTenTimesSmaller(const Measurements& smaller, const Measurements& larger) {
  const Claim claim{"total_complexity.ten_times_smaller",
                    "At the smallest error that the standard network reached, the factorised hypernetwork for rank 1 "
                    "needs ten times fewer parameters in total, or fewer still."};
  const ComplexityMeasurement& standard = larger.back();
  for (const ComplexityMeasurement& measurement : smaller) {
    if (measurement.sup_error > standard.sup_error * (1 + 1e-12)) continue;
    const double ratio = standard.total_parameters / measurement.total_parameters;
    return JudgeRange(claim,
                      {.low = 10},
                      {.value = ratio, .ci95 = {ratio, ratio}, .samples = 1},
                      fmt::format("({} parameters against {} for an error of {}; the counts are exact)",
                                  FormatNumber(standard.total_parameters),
                                  FormatNumber(measurement.total_parameters),
                                  FormatNumber(standard.sup_error)));
  }
  return JudgeRange(claim, {.low = 10}, {}, "");
}

std::optional<double> CrossingRank(const Measurements& by_rank, double total) {
  for (std::size_t i = 0; i + 1 < by_rank.size(); ++i) {
    const ComplexityMeasurement& low = by_rank[i];
    const ComplexityMeasurement& high = by_rank[i + 1];
    if (low.total_parameters > total || high.total_parameters <= total) continue;
    return low.size.rank + (high.size.rank - low.size.rank) * (total - low.total_parameters) /
                               (high.total_parameters - low.total_parameters);
  }
  return std::nullopt;
}

Check JudgeCrossing(const Measurements& by_rank, const ComplexityMeasurement& full) {
  const double nodes = std::pow(full.size.cells + 1.0, full.size.targets.condition_dim);
  const std::optional<double> crossing = CrossingRank(by_rank, full.total_parameters);
  Estimate estimate;
  if (crossing) estimate = {.value = *crossing, .ci95 = {*crossing, *crossing}, .samples = 1};
  return JudgeRange({"total_complexity.crossing_rank",
                     "The factorised hypernetwork stops paying, against one that generates all nodal values, when the "
                     "rank is about the number of nodes of I: between a quarter of it and all of it."},
                    {.low = nodes / 4, .high = nodes},
                    estimate,
                    fmt::format("({} nodes of I, n = {}; the counts are exact)", FormatNumber(nodes), full.size.cells));
}

}  // namespace hyperwidth
