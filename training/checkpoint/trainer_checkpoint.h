// SPDX-License-Identifier: Apache-2.0
//
// A trainer's state as a file: training that was interrupted goes on from it, bit for bit.

#ifndef HYPERWIDTH_TRAINING_CHECKPOINT_TRAINER_CHECKPOINT_H_
#define HYPERWIDTH_TRAINING_CHECKPOINT_TRAINER_CHECKPOINT_H_

#include <filesystem>
#include <map>
#include <string>

#include "training/checkpoint/model_checkpoint.h"
#include "training/trainer.h"

namespace hyperwidth {

template <typename Scalar>
struct TrainerCheckpoint {
  TrainerState<Scalar> state;
  std::map<std::string, std::string> architecture = {};  // what else it takes to build the model again
  std::map<std::string, std::string> notes = {};         // whatever else its writer wants to find again
};

// Writes theta by PyTorch's names, the optimiser's moments as "optimizer.first_moment.TENSOR" and
// "optimizer.second_moment.TENSOR", and all counters as metadata. Throws: as SaveModel.
template <typename Scalar>
void SaveTrainer(const std::filesystem::path& path, const Model& model, const TrainerCheckpoint<Scalar>& checkpoint);

// The inverse, whose state is for Trainer::Restore. Throws: as LoadModel, and std::invalid_argument for a file without
// a trainer's counters, or with one that is not a number, naming it.
template <typename Scalar>
TrainerCheckpoint<Scalar> LoadTrainer(const std::filesystem::path& path, const Model& model);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CHECKPOINT_TRAINER_CHECKPOINT_H_
