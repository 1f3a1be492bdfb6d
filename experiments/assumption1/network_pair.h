// SPDX-License-Identifier: Apache-2.0
//
// Two networks of one architecture and different starts, trained for the same target on the same batches.

#ifndef HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_NETWORK_PAIR_H_
#define HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_NETWORK_PAIR_H_

#include <cstdint>
#include <vector>

#include "experiments/assumption1/inputs.h"
#include "experiments/assumption1/target_network.h"
#include "models/graph/graph.h"
#include "training/run/stop_request.h"
#include "training/trainer_options.h"
#include "training/trials/fields.h"

namespace hyperwidth {

// x -> hidden ReLU units -> outputs, with biases and PyTorch's default start.
Model ShallowNetwork(Index inputs, Index hidden, Index outputs);

struct PairOptions {
  TargetShape target = kPaperTarget;
  Index hidden = 100;
  TrainerOptions trainer = {};  // of both; its seed is that of the pair
};

// Mean squares over the test inputs and outputs, before training and after each epoch: epochs + 1 of each.
struct PairDistances {
  std::vector<double> between = {};   // of f1 - f2
  std::vector<double> target_1 = {};  // of f1 - y
  std::vector<double> target_2 = {};  // of f2 - y
  double variance = 0;                // of y around its mean, output by output: what the best constant leaves
};

// The target and both networks are drawn from options.trainer.seed, each from a stream of its own. Throws:
// DivergenceError, Stopped, and as TargetNetwork.
PairDistances TrainPair(const Inputs& inputs, const PairOptions& options, const StopRequest& stop);

// As a trial's outcome: "between", "target_1", "target_2", "variance"; and back, as OutcomeValue throws.
Fields FieldsOf(const PairDistances& distances);
PairDistances DistancesOf(const Fields& fields);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_NETWORK_PAIR_H_
