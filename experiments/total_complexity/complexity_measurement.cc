// SPDX-License-Identifier: Apache-2.0
#include "experiments/total_complexity/complexity_measurement.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "experiments/constructions/interpolants.h"
#include "experiments/constructions/structured_networks.h"
#include "experiments/constructions/sup_error_scan.h"
#include "experiments/targets/hard_targets.h"
#include "theory/spline_network.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {
namespace {

constexpr Index kCentres = 500;     // pairs of peaks of the target's bumps
constexpr Index kFewestCells = 16;  // that are scanned, however costly the targets

constexpr std::pair<const char*, double ComplexityMeasurement::*> kKept[] = {
    {"total_parameters", &ComplexityMeasurement::total_parameters},
    {"primary_parameters", &ComplexityMeasurement::primary_parameters},
    {"sup_error", &ComplexityMeasurement::sup_error},
    {"disagreement", &ComplexityMeasurement::disagreement},
    {"network_points", &ComplexityMeasurement::network_points},
    {"formula_points", &ComplexityMeasurement::formula_points},
    {"targets", &ComplexityMeasurement::targets},
};

// Builds the network of a target, which is also given as a function.
using Builder = std::function<BuiltNetwork(const StructuredBumps&, const PointFunction&)>;

Builder StandardBuilder(ComplexityMeasurement& measurement, double built_nodes) {
  const ComplexitySize& size = measurement.size;
  const int dim = size.targets.dim();
  const KuhnTriangulation triangulation(dim, size.cells);
  std::shared_ptr<const KuhnSpline> spline;
  if (size.Nodes() <= built_nodes) {
    spline = std::make_shared<const KuhnSpline>(dim, size.cells);
    measurement.total_parameters = static_cast<double>(spline->parameter_count());
  } else {
    measurement.total_parameters = static_cast<double>(*SizeOfSplineNetwork(dim, size.cells).total.value);
  }
  measurement.primary_parameters = measurement.total_parameters;
  return
      [=](const StructuredBumps&, const PointFunction& target) { return BuildSpline(triangulation, spline, target); };
}

Builder HypernetworkBuilder(ComplexityMeasurement& measurement) {
  const ComplexitySize& size = measurement.size;
  const bool factorised = size.method == ComplexityMethod::kFactorised;
  const auto network = std::make_shared<const SplineHypernetwork>(KuhnSpline(size.targets.primary_dim, size.cells),
                                                                  KuhnSpline(size.targets.condition_dim, size.cells),
                                                                  factorised ? size.rank : 0);
  measurement.total_parameters = static_cast<double>(network->total_parameter_count());
  measurement.primary_parameters = static_cast<double>(network->generated_parameter_count());
  return [=](const StructuredBumps& target, const PointFunction& function) {
    return factorised ? BuildFactorised(network, target) : BuildHypernetwork(network, function);
  };
}

Builder EmbeddingBuilder(ComplexityMeasurement& measurement) {
  const ComplexitySize& size = measurement.size;
  const auto network = std::make_shared<const SplineEmbedding>(KuhnSpline(size.targets.primary_dim, size.cells),
                                                               KuhnSpline(size.targets.condition_dim, size.cells),
                                                               size.rank,
                                                               size.Teeth());
  measurement.total_parameters = static_cast<double>(network->total_parameter_count());
  measurement.primary_parameters = static_cast<double>(network->primary_parameter_count());
  return [=](const StructuredBumps& target, const PointFunction&) { return BuildEmbedding(network, target); };
}

Builder MakeBuilder(ComplexityMeasurement& measurement, double built_nodes) {
  switch (measurement.size.method) {
    case ComplexityMethod::kStandard:
      return StandardBuilder(measurement, built_nodes);
    case ComplexityMethod::kEmbedding:
      return EmbeddingBuilder(measurement);
    case ComplexityMethod::kFull:
    case ComplexityMethod::kFactorised:
      break;
  }
  return HypernetworkBuilder(measurement);
}

}  // namespace

ComplexityMeasurement MeasureComplexity(const ComplexitySize& size,
                                        const ComplexityTargets& targets,
                                        const StopRequest& stop) {
  ComplexityMeasurement measurement{.size = size};
  const Builder build = MakeBuilder(measurement, targets.built_nodes);
  const InterpolationGrid grid{.smoothness = size.targets.smoothness,
                               .primary_dim = size.targets.primary_dim,
                               .primary_cells = size.cells,
                               .condition_dim = size.targets.condition_dim,
                               .condition_cells = size.cells};
  const ScanOptions scan{.cells = std::max(kFewestCells, targets.scanned_cells / size.rank),
                         .network_work = targets.network_work,
                         .seed = targets.seed};
  for (StructuredBumps& structured : HardStructuredTargets(grid, size.rank, targets.random, targets.seed)) {
    stop.Check();
    const auto target = std::make_shared<const StructuredBumps>(std::move(structured));
    const PointFunction function = TargetFunction(target);
    const SupError error = ScanSupError(function,
                                        build(*target, function),
                                        BumpCentres(*target, std::max<Index>(1, kCentres / size.rank), scan.seed),
                                        scan);
    measurement.sup_error = std::max(measurement.sup_error, error.value);
    measurement.disagreement = std::max(measurement.disagreement, error.disagreement);
    measurement.network_points += static_cast<double>(error.network_points);
    measurement.formula_points += static_cast<double>(error.formula_points);
    measurement.targets += 1;
  }
  return measurement;
}

Fields OutcomeOf(const ComplexityMeasurement& measurement) {
  Fields outcome;
  for (const auto& [name, member] : kKept) outcome.push_back({name, measurement.*member});
  return outcome;
}

ComplexityMeasurement MeasurementOf(const ComplexitySize& size, const Fields& outcome) {
  ComplexityMeasurement measurement{.size = size};
  for (const auto& [name, member] : kKept) measurement.*member = OutcomeValue<double>(outcome, name);
  return measurement;
}

}  // namespace hyperwidth
