// SPDX-License-Identifier: Apache-2.0
//
// What is trained: both models at every point of every sweep, once where sweeps meet, and what came of it.

#ifndef HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PAIR_CELLS_H_
#define HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PAIR_CELLS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "experiments/published_models/published_models.h"
#include "training/batch.h"
#include "training/run/stop_request.h"
#include "training/trainer_options.h"
#include "training/trials/fields.h"
#include "training/trials/trial.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

// What a pair is trained on, and which place it has in which sweep.
struct PairCase {
  std::string task;  // "type1"
  Index layers = 2;  // of f and e
  Index conditions = 1;
  Index embedding_step = 0;  // of a sweep of the embedding's dimension; 0: not in one
  PublishedPair pair = {};
  std::vector<std::string> sweeps = {};  // "layers", "embedding", "conditions"

  // The place in a sweep: layers, embedding_dim or conditions.
  double At(const std::string& sweep) const;
};

// Errors of one training, as outcomes of trials name them.
struct PairErrors {
  double test_error = 0;      // mean squared, on conditions that were not trained on
  double seen_error = 0;      // mean squared, on new x of those that were; NaN if there are none
  double constant_error = 0;  // on the samples of test_error, of the mean of the targets trained on: learnt nothing
};

// One model of a case, with what its trainings found.
struct PairCell {
  PairCase what;
  PublishedModel model = PublishedModel::kHypernetwork;
  PublishedSizes sizes = {};
  std::vector<PairErrors> by_seed = {};  // NaN where a training failed or has not finished

  // One of the errors by seed; Relative: over constant_error.
  std::vector<double> Errors(double PairErrors::*error = &PairErrors::test_error) const;
  std::vector<double> Relative(double PairErrors::*error = &PairErrors::test_error) const;
};

// Gives the sweep a case. One that is there already, of the same task, layers, conditions and embedding step, gets the
// sweep beside those that it has.
void AddToSweep(const std::string& sweep, PairCase what, std::vector<PairCase>& cases);

// Two for each case, the hypernetwork first.
std::vector<PairCell> CellsOf(const std::vector<PairCase>& cases);

// Of a training: weights, batches and whatever is drawn follow from its seed.
using MeasurePair = std::function<PairErrors(const PairCell& cell, std::uint64_t seed, const StopRequest& stop)>;

// One for each cell and each of `seeds` consecutive seeds from `first_seed`, in this order. `work` as in Trial.
std::vector<Trial> PairTrials(const std::vector<PairCell>& cells,
                              std::uint64_t first_seed,
                              int seeds,
                              const std::function<double(const PairCell&)>& work,
                              const MeasurePair& measure);

// The cells with what the trials that are there have measured.
std::vector<PairCell> Measured(std::vector<PairCell> cells, int seeds, const TrialOutcomes& outcomes);

// The model's cells of a task in a sweep, by their place in it.
std::vector<const PairCell*> CellsIn(const std::vector<PairCell>& cells,
                                     const std::string& task,
                                     const std::string& sweep,
                                     PublishedModel model);

// Samples of a case, for one purpose.
struct PairPart {
  // To train on; or, to choose or be tested by, of conditions that are not trained on.
  std::shared_ptr<const DataSource<float>> samples = nullptr;
  std::shared_ptr<const DataSource<float>> seen = nullptr;  // for tests: new x of those that are, if there are any
  double constant_error = 1;  // on `samples`, of the mean of the targets trained on; of those to train on: unused
};

// Trains for mean squared error, from weights of options.seed, with one thread, and tests once. Throws:
// DivergenceError, Stopped.
PairErrors TrainAndTestPair(const Model& model,
                            const PairPart& train,
                            const PairPart& test,
                            const TrainerOptions& options,
                            const StopRequest& stop);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PAIR_CELLS_H_
