// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_TOTAL_COMPLEXITY_COMPLEXITY_MEASUREMENT_H_
#define HYPERWIDTH_EXPERIMENTS_TOTAL_COMPLEXITY_COMPLEXITY_MEASUREMENT_H_

#include <cstdint>

#include "experiments/result/result.h"
#include "experiments/total_complexity/complexity_model.h"
#include "models/types.h"
#include "training/run/stop_request.h"

namespace hyperwidth {

struct ComplexityTargets {
  int random = 1;              // targets per size besides those made to be hard for it
  double built_nodes = 1e5;    // standard networks of more nodes are not built, and measured by their formula
  Index scanned_cells = 2048;  // see ScanOptions; fewer for large ranks, whose targets are costly
  double network_work = 5e7;
  std::uint64_t seed = 1;
};

struct ComplexityMeasurement {
  ComplexitySize size = {};
  double total_parameters = 0;    // everything that is stored
  double primary_parameters = 0;  // of the network that x enters
  double sup_error = 0;           // the largest over the targets
  double disagreement = 0;        // largest |network - formula|
  double network_points = 0;      // 0: the network was not built
  double formula_points = 0;
  double targets = 0;
};

// Builds the network from each of the hard targets of its rank and finds its largest error.
ComplexityMeasurement MeasureComplexity(const ComplexitySize& size,
                                        const ComplexityTargets& targets,
                                        const StopRequest& stop);

// For the journal: everything but the size.
Fields OutcomeOf(const ComplexityMeasurement& measurement);
ComplexityMeasurement MeasurementOf(const ComplexitySize& size, const Fields& outcome);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TOTAL_COMPLEXITY_COMPLEXITY_MEASUREMENT_H_
