// SPDX-License-Identifier: Apache-2.0
//
// Training a network to stay within a given distance of its target everywhere, the criterion of the theory, rather than
// on average.

#ifndef HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_TUBE_FIT_H_
#define HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_TUBE_FIT_H_

#include "experiments/modularity_gap/conditioned_target.h"
#include "models/random_stream.h"
#include "models/schemes/table_network.h"
#include "models/types.h"
#include "training/run/stop_request.h"

namespace hyperwidth {

struct TubeFitOptions {
  double tolerance = 0.75;        // the error to come below, in units of the bumps' height
  Index iterations = 1000;        // Levenberg-Marquardt iterations in all, the budget
  double initial_damping = 0.01;  // as in LevenbergMarquardtOptions
  double weight_scale = 1;        // of random units
  int points_per_cell = 8;        // to begin with; points where the error is found too large are added
};

struct TubeFit {
  bool within = false;  // LargestError < tolerance
  double error = 0;     // LargestError of the parameters if within, else the largest error at the points trained on
  Index iterations = 0;
  Vector<double> parameters = {};
};

// Looks for parameters of `network` with which it is within the tolerance of the target at its conditions, of which the
// first is `first`. The residuals are what errors exceed 0.6 tolerance by: whatever is nearly good enough pulls no
// more, and Levenberg-Marquardt spends its steps on the rest. When it stalls, hidden units that matter little are
// moved, with new random weights, to where the error is large, and it goes on from there if that has lowered the
// objective, else from the best so far: a local search, since from random parameters alone most descents end in poor
// minima. Deterministic in `random`. Throws Stopped when `stop` says so.
TubeFit FitWithinTube(const TableNetwork& network,
                      const ConditionedTarget& target,
                      Index first,
                      const TubeFitOptions& options,
                      RandomStream& random,
                      const StopRequest& stop);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_TUBE_FIT_H_
