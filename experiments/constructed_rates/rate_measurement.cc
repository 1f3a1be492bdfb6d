// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructed_rates/rate_measurement.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "experiments/constructed_rates/interpolation_error.h"
#include "experiments/constructions/interpolants.h"
#include "experiments/constructions/structured_networks.h"
#include "experiments/constructions/sup_error_scan.h"
#include "experiments/targets/hard_targets.h"
#include "models/constructions/kuhn_spline.h"
#include "models/constructions/linear_spline.h"
#include "models/constructions/spline_hypernetwork.h"
#include "theory/lower_bounds.h"
#include "theory/problem.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {
namespace {

// Points at which the targets' bumps have their peaks.
constexpr Index kMostCentres = 1000;

// The members of a measurement that a journal keeps, by name.
constexpr std::pair<const char*, double RateMeasurement::*> kKept[] = {
    {"parameters", &RateMeasurement::parameters},
    {"primary_parameters", &RateMeasurement::primary_parameters},
    {"total_parameters", &RateMeasurement::total_parameters},
    {"sup_error", &RateMeasurement::sup_error},
    {"even_error", &RateMeasurement::even_error},
    {"bound", &RateMeasurement::bound},
    {"least_log10", &RateMeasurement::least_log10},
    {"disagreement", &RateMeasurement::disagreement},
    {"network_points", &RateMeasurement::network_points},
    {"formula_points", &RateMeasurement::formula_points},
    {"targets", &RateMeasurement::targets},
};

InterpolationGrid GridOf(const RateFamily& family, int cells) {
  return {.smoothness = family.smoothness,
          .primary_dim = family.primary_dim,
          .primary_cells = cells,
          .condition_dim = family.condition_dim,
          .condition_cells = cells};
}

void Add(const SupError& error, bool all_axes, RateMeasurement& measurement) {
  measurement.sup_error = std::max(measurement.sup_error, error.value);
  if (all_axes) measurement.even_error = std::max(measurement.even_error, error.value);
  measurement.disagreement = std::max(measurement.disagreement, error.disagreement);
  measurement.network_points += static_cast<double>(error.network_points);
  measurement.formula_points += static_cast<double>(error.formula_points);
  measurement.targets += 1;
}

// What the measurements of all methods have in common: targets, scan, and a look at `stop` between the targets.
class Measuring {
 public:
  Measuring(const RateTargets& targets, const StopRequest& stop, RateMeasurement& measurement)
      : targets_(targets), stop_(stop), measurement_(measurement) {}

  void Interval(const LinearSpline& spline) {
    for (const HardTarget& hard : Hard()) {
      stop_.Check();
      const double error = SupErrorOfInterpolation(spline, hard.target);
      Add({.value = error, .formula = error}, /*all_axes=*/true, measurement_);
    }
  }

  void Spline(const std::shared_ptr<const KuhnSpline>& spline) {
    const KuhnTriangulation triangulation(spline->dim(), spline->cells());
    OnHardTargets([&](const PointFunction& target) { return BuildSpline(triangulation, spline, target); });
  }

  void Hypernetwork(const std::shared_ptr<const SplineHypernetwork>& network) {
    OnHardTargets([&](const PointFunction& target) { return BuildHypernetwork(network, target); });
  }

  void Factorised(const std::shared_ptr<const SplineHypernetwork>& network) {
    const RateFamily& family = measurement_.family;
    for (StructuredBumps& structured :
         HardStructuredTargets(GridOf(family, measurement_.cells), family.rank, targets_.random, targets_.seed)) {
      stop_.Check();
      const auto target = std::make_shared<const StructuredBumps>(std::move(structured));
      const BuiltNetwork built = BuildFactorised(network, *target);
      const Matrix<double> centres = BumpCentres(*target, kMostCentres, targets_.seed);
      Add(ScanSupError(TargetFunction(target), built, centres, Scan()), /*all_axes=*/false, measurement_);
    }
  }

 private:
  std::vector<HardTarget> Hard() const {
    return HardTargets(GridOf(measurement_.family, measurement_.cells), targets_.random, targets_.seed);
  }

  ScanOptions Scan() const { return {.network_work = targets_.network_work, .seed = targets_.seed}; }

  template <typename Build>
  void OnHardTargets(const Build& build) {
    for (const HardTarget& hard : Hard()) {
      stop_.Check();
      const PointFunction target = [&](const ConstMatrixRef<double>& points) { return hard.target.Values(points); };
      const Matrix<double> centres = BumpCentres(hard.target, kMostCentres, targets_.seed);
      Add(ScanSupError(target, build(target), centres, Scan()), hard.all_axes, measurement_);
    }
  }

  const RateTargets& targets_;
  const StopRequest& stop_;
  RateMeasurement& measurement_;
};

// The fewest parameters, by the theory, of a network of x with so many weight layers that has this error for every
// target.
double LeastLog10(const RateFamily& family, double error, int depth) {
  const Problem problem{.smoothness = family.smoothness,
                        .primary_dim = family.primary_dim,
                        .condition_dim = std::max(family.condition_dim, 1),
                        .epsilon = error,
                        .depth = depth};
  return LowerBounds(problem).Primary().count.log10;
}

}  // namespace

RateMeasurement MeasureRate(const RateFamily& family, int cells, const RateTargets& targets, const StopRequest& stop) {
  RateMeasurement measurement{.family = family, .cells = cells, .bound = family.ProvedError(cells)};
  Measuring measuring(targets, stop, measurement);
  const auto spline = std::make_shared<const KuhnSpline>(family.primary_dim, cells);
  measurement.least_log10 = LeastLog10(family, measurement.bound, spline->depth());
  const auto primary = static_cast<double>(spline->parameter_count());
  if (family.method == ConstructedMethod::kSpline) {
    measurement.parameters = measurement.primary_parameters = measurement.total_parameters = primary;
    family.primary_dim == 1 ? measuring.Interval(LinearSpline(cells)) : measuring.Spline(spline);
    return measurement;
  }
  const bool factorised = family.method == ConstructedMethod::kFactorised;
  const auto network = std::make_shared<const SplineHypernetwork>(
      *spline, KuhnSpline(family.condition_dim, cells), factorised ? family.rank : 0);
  measurement.primary_parameters = static_cast<double>(network->generated_parameter_count());
  measurement.total_parameters = static_cast<double>(network->total_parameter_count());
  measurement.parameters = factorised ? measurement.total_parameters : measurement.primary_parameters;
  factorised ? measuring.Factorised(network) : measuring.Hypernetwork(network);
  return measurement;
}

Fields OutcomeOf(const RateMeasurement& measurement) {
  Fields outcome;
  for (const auto& [name, member] : kKept) outcome.push_back({name, measurement.*member});
  return outcome;
}

RateMeasurement MeasurementOf(const RateFamily& family, int cells, const Fields& outcome) {
  RateMeasurement measurement{.family = family, .cells = cells};
  for (const auto& [name, member] : kKept) measurement.*member = OutcomeValue<double>(outcome, name);
  return measurement;
}

}  // namespace hyperwidth
