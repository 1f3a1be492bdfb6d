// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructed_rates/rate_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "experiments/result/format.h"
#include "experiments/result/log_log_fit.h"
#include "experiments/result/power_law.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {
namespace {

// Fixed before anything was measured: how far an exponent over a finite range may be from its limit.
constexpr double kFiniteRangeTolerance = 0.05;

using Measurements = std::vector<RateMeasurement>;

// What the rounding of a network may add up to: in one variable the units' slopes and their sums are both of order n.
double Rounding(const RateMeasurement& size) {
  return 4.0 * size.cells * size.cells * std::numeric_limits<double>::epsilon();
}

template <typename Ratio, typename Violates>
Check JudgeAllSizes(const Claim& claim,
                    const Measurements& sizes,
                    const Ratio& ratio,
                    const Violates& violates,
                    const std::string& closest) {
  std::int64_t violations = 0;
  double extreme = -std::numeric_limits<double>::infinity();
  const RateMeasurement* nearest = nullptr;
  for (const RateMeasurement& size : sizes) {
    violations += violates(size) ? 1 : 0;
    if (ratio(size) <= extreme) continue;
    extreme = ratio(size);
    nearest = &size;
  }
  const std::string where =
      nearest == nullptr
          ? ""
          : fmt::format("{} {} ({}, n = {})", closest, FormatNumber(extreme), nearest->family.Name(), nearest->cells);
  return JudgeNever(claim, violations, static_cast<std::int64_t>(sizes.size()), where);
}

Check JudgeBound(const Measurements& sizes) {
  return JudgeAllSizes(
      {"constructed_rates.never_above_bound",
       "No constructed network errs by more than the proved bound on any target: 1/n for one bounded derivative; with "
       "two, 1/(2 n^2) in one variable and 1/n^2 in more; for a hypernetwork the sum of both interpolations' bounds."},
      sizes,
      [](const RateMeasurement& size) { return size.sup_error / size.bound; },
      [](const RateMeasurement& size) { return size.sup_error > size.bound + Rounding(size); },
      "the largest error over its bound was");
}

Check JudgeCertified(const Measurements& sizes) {
  return JudgeAllSizes(
      {"constructed_rates.not_below_certified",
       "No constructed primary network has fewer parameters than the certified lower bound demands for the error that "
       "it is proved to reach."},
      sizes,
      [](const RateMeasurement& size) { return std::pow(10, size.least_log10) / size.primary_parameters; },
      [](const RateMeasurement& size) { return std::log10(size.primary_parameters) < size.least_log10; },
      "the largest certified minimum over its network's size was");
}

Check JudgeFormula(const Measurements& sizes) {
  return JudgeAllSizes(
      {"constructed_rates.network_is_its_formula",
       "Wherever a network was evaluated its value is that of the formula by which all cells were scanned, up to "
       "rounding."},
      sizes,
      [](const RateMeasurement& size) { return size.disagreement / Rounding(size); },
      [](const RateMeasurement& size) { return size.disagreement > Rounding(size); },
      "the largest difference over what rounding allows was");
}

Measurements OfFamily(const Measurements& sizes, const std::string& id) {
  Measurements selected;
  std::copy_if(sizes.begin(), sizes.end(), std::back_inserter(selected), [&](const RateMeasurement& size) {
    return size.family.Id() == id;
  });
  std::sort(selected.begin(), selected.end(), [](const auto& a, const auto& b) { return a.cells < b.cells; });
  return selected;
}

std::string WhatIsCounted(ConstructedMethod method) {
  switch (method) {
    case ConstructedMethod::kSpline:
      return "All parameters of the spline network grow like the power d/r of the inverse error";
    case ConstructedMethod::kHypernetwork:
      return "The primary network's parameters grow like the power m1/r of the inverse error, whatever m2";
    case ConstructedMethod::kFactorised:
      return "All parameters of the factorised hypernetwork grow like the power max(m1, m2)/r of the inverse error";
  }
  return "";
}

double Predicted(const RateFamily& family, double dimension_offset) {
  return family.Exponent() + dimension_offset / family.smoothness;
}

std::string DimensionsOf(const RateFamily& family) {
  return family.condition_dim == 0 ? fmt::format("d = {}", family.primary_dim)
                                   : fmt::format("m1 = {}, m2 = {}", family.primary_dim, family.condition_dim);
}

std::string CaseOf(const RateFamily& family) {
  return fmt::format("{}, r = {}", DimensionsOf(family), family.smoothness);
}

SlopeFit FitOf(const Measurements& sizes) {
  LogLogPoints points;
  for (const RateMeasurement& size : sizes) {
    points.x.push_back(1 / size.sup_error);
    points.y.push_back(size.parameters);
  }
  return points.x.size() < 2 ? SlopeFit{.points = static_cast<std::int64_t>(points.x.size())} : FitLogLog(points);
}

Check JudgeRate(const Measurements& sizes, double dimension_offset) {
  const RateFamily& family = sizes.front().family;
  const std::string claim = WhatIsCounted(family.method), which = CaseOf(family);
  Check check = JudgeExponent({.id = fmt::format("constructed_rates.{}.exponent", family.Id()),
                               .text = fmt::format("{} ({}).", claim, which),
                               .group = claim + ".",
                               .which = which},
                              Predicted(family, dimension_offset),
                              FitOf(sizes),
                              {.finite_range_tolerance = kFiniteRangeTolerance});
  check.why +=
      fmt::format(" N from {} to {}.", FormatNumber(sizes.front().parameters), FormatNumber(sizes.back().parameters));
  return check;
}

std::string FigureOf(const RateFamily& family) {
  return fmt::format("{}, r = {}", ToString(family.method), family.smoothness);
}

void AddSizes(const Measurements& sizes, double dimension_offset, Result& result) {
  const RateFamily& family = sizes.front().family;
  Series measured{.name = DimensionsOf(family), .x_name = "inverse_error", .y_name = "parameters"};
  measured.columns = {{"cells", {}},
                      {"sup_error", {}},
                      {"error_with_bumps_on_all_axes", {}},
                      {"proved_bound", {}},
                      {"primary_parameters", {}},
                      {"certified_minimum_of_primary", {}},
                      {"total_parameters", {}},
                      {"network_points", {}},
                      {"formula_points", {}}};
  measured.x_scale = measured.y_scale = AxisScale::kLogarithmic;
  measured.figure = FigureOf(family);
  for (const RateMeasurement& size : sizes) {
    measured.x.push_back(1 / size.sup_error);
    measured.y.push_back(size.parameters);
    const double values[] = {static_cast<double>(size.cells),
                             size.sup_error,
                             size.even_error,
                             size.bound,
                             size.primary_parameters,
                             std::round(std::pow(10, size.least_log10)),
                             size.total_parameters,
                             size.network_points,
                             size.formula_points};
    for (std::size_t i = 0; i < measured.columns.size(); ++i) measured.columns[i].values.push_back(values[i]);
  }
  result.series.push_back(measured);
  if (sizes.size() < 2) return;
  const double exponent = Predicted(family, dimension_offset);
  result.series.push_back(
      PowerLawThrough(fmt::format("slope {}: {}", FormatNumber(exponent), measured.name), exponent, measured));
}

void AddRatios(const Measurements& sizes, Result& result) {
  const RateFamily& family = sizes.front().family;
  Series ratios{.name = fmt::format("{}, {}", ToString(family.method), DimensionsOf(family)),
                .x_name = "cells",
                .y_name = "error_over_bound"};
  ratios.x_scale = AxisScale::kLogarithmic;
  ratios.y_scale = AxisScale::kLinear;
  ratios.figure = fmt::format("r = {}", family.smoothness);
  for (const RateMeasurement& size : sizes) {
    ratios.x.push_back(size.cells);
    ratios.y.push_back(size.sup_error / size.bound);
  }
  result.series.push_back(ratios);
}

// "0.998 (d = 1)", for each family of a figure.
struct Caption {
  RateFamily family;
  std::string exponents;
  std::size_t consistent = 0;
  std::size_t checks = 0;
};

void AddNotes(const std::vector<Caption>& captions, const Measurements& sizes, Result& result) {
  for (const Caption& caption : captions) {
    result.figures.push_back(
        {.x_name = "inverse_error",
         .y_name = "parameters",
         .figure = FigureOf(caption.family),
         .title = fmt::format("{}: parameters against inverse error", FigureOf(caption.family)),
         .caption = fmt::format("Claimed: {}.\nMeasured: {}, each from networks that were built and evaluated.\n"
                                "Concluded: {} of {} exponents agree with the prediction.",
                                WhatIsCounted(caption.family.method),
                                caption.exponents,
                                caption.consistent,
                                caption.checks)});
  }
  for (const int r : {1, 2}) {
    double largest = 0;
    for (const RateMeasurement& size : sizes) {
      if (size.family.smoothness == r) largest = std::max(largest, size.sup_error / size.bound);
    }
    if (largest == 0) continue;
    result.figures.push_back(
        {.x_name = "cells",
         .y_name = "error_over_bound",
         .figure = fmt::format("r = {}", r),
         .title = fmt::format("r = {}: sup error over its proved bound", r),
         .caption = fmt::format("Claimed: no error is above its bound, a ratio of 1, for any target.\nMeasured: the "
                                "largest over hard targets, at most {} of the bound.\nConcluded: the bound holds{}.",
                                FormatNumber(largest),
                                largest > 1 ? " not" : ""),
         .is_detail = true});
  }
}

}  // namespace

void SummariseConstructedRates(const Measurements& measurements, Result& result, double dimension_offset) {
  result.title = "Do networks that are built reach the proved rates?";
  result.about =
      "ReLU networks are built, not trained, from hard targets of the Sobolev ball: splines, hypernetworks (theorem 4) "
      "and factorised hypernetworks (theorem 5), each with n cells per axis. The largest error of each is searched "
      "for, and its parameters are counted. The exponent with which parameters grow with the inverse error is held "
      "against the proved one.\n"
      "A spline network interpolates its target on Kuhn's triangulation; f of a hypernetwork generates the nodal "
      "values of such a network of x; factorised ones are for targets of rank 2.\n"
      "The targets are sums of bumps with random signs that fill the ball: in step with the cells, where a network "
      "sees none of them, and four cells wide, where their curvature fills whole cells; along one axis, which is the "
      "worst, and along all.\n"
      "In one variable the error is the supremum itself; in more, the largest over the middles of all edges and faces, "
      "the centroids of the simplices, the targets' peaks and random points, of all cells or of some thousand of them: "
      "by formula first, and then by the network itself at the worst point, in the worst cell and in others, as many "
      "as time allows. All sizes count.";
  result.limits =
      "The exponents are limits: over a finite range constant terms bend the line, for which 5 % are allowed, fixed "
      "beforehand.\n"
      "Factorised networks see structured targets only, a strict subset of the ball, of which nothing here is a "
      "property.\n"
      "In more than one variable an error between the points that were searched may be larger.";
  if (measurements.empty()) return;
  result.checks = {JudgeBound(measurements), JudgeCertified(measurements), JudgeFormula(measurements)};
  std::vector<Caption> captions;
  std::vector<std::string> done;
  for (const RateMeasurement& measurement : measurements) {
    const RateFamily& family = measurement.family;
    if (std::find(done.begin(), done.end(), family.Id()) != done.end()) continue;
    done.push_back(family.Id());
    const Measurements sizes = OfFamily(measurements, family.Id());
    AddSizes(sizes, dimension_offset, result);
    AddRatios(sizes, result);
    result.checks.push_back(JudgeRate(sizes, dimension_offset));
    // Theorem 4 for the largest x that is built is the claim that the others lead up to.
    if (family.method == ConstructedMethod::kHypernetwork) result.decisive = result.checks.back().id;
    auto caption = std::find_if(captions.begin(), captions.end(), [&](const Caption& other) {
      return FigureOf(other.family) == FigureOf(family);
    });
    if (caption == captions.end()) caption = captions.insert(captions.end(), {.family = family, .exponents = ""});
    caption->exponents += fmt::format("{}{} for {}",
                                      caption->exponents.empty() ? "exponents " : ", ",
                                      FormatNumber(result.checks.back().measured),
                                      DimensionsOf(family));
    caption->checks += 1;
    caption->consistent += result.checks.back().verdict == Verdict::kConsistent ? 1 : 0;
  }
  AddNotes(captions, measurements, result);
}

}  // namespace hyperwidth
