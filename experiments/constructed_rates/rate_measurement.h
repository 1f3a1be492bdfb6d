// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_RATE_MEASUREMENT_H_
#define HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_RATE_MEASUREMENT_H_

#include <cstdint>

#include "experiments/constructed_rates/rate_family.h"
#include "experiments/result/result.h"
#include "training/run/stop_request.h"

namespace hyperwidth {

struct RateTargets {
  int random = 2;             // targets per size besides those made to be hard for it
  double network_work = 5e7;  // multiply-adds for which a network is evaluated on each target, see ScanOptions
  std::uint64_t seed = 1;
};

// One size of one family: what it costs, what it errs by, and what is proved of it.
struct RateMeasurement {
  RateFamily family = {};
  int cells = 1;
  double parameters = 0;          // N, or N_g of a hypernetwork, or all of a factorised one: what the exponent is about
  double primary_parameters = 0;  // of the network in x
  double total_parameters = 0;    // all that are stored
  double sup_error = 0;           // the largest over all targets
  double even_error = 0;          // the largest over those with bumps along every axis
  double bound = 0;               // proved for every target of the class
  double least_log10 = 0;         // of the fewest parameters of a primary network with that bound, certified
  double disagreement = 0;        // largest |network - formula|
  double network_points = 0;      // at which the network object itself was evaluated
  double formula_points = 0;      // at which its formula was
  double targets = 0;
};

// Builds the network for n = `cells` from each of the hard targets and finds its largest error. One variable: the
// supremum itself, by SupErrorOfInterpolation; else by ScanSupError.
RateMeasurement MeasureRate(const RateFamily& family, int cells, const RateTargets& targets, const StopRequest& stop);

// For the journal: everything but family and cells.
Fields OutcomeOf(const RateMeasurement& measurement);
RateMeasurement MeasurementOf(const RateFamily& family, int cells, const Fields& outcome);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_RATE_MEASUREMENT_H_
