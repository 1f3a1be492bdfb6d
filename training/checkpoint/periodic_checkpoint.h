// SPDX-License-Identifier: Apache-2.0
//
// The checkpoint of a training run that may be interrupted: one file, replaced from time to time.

#ifndef HYPERWIDTH_TRAINING_CHECKPOINT_PERIODIC_CHECKPOINT_H_
#define HYPERWIDTH_TRAINING_CHECKPOINT_PERIODIC_CHECKPOINT_H_

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "training/checkpoint/trainer_checkpoint.h"

namespace hyperwidth {

// Decides when to save, so that saving costs next to nothing however short an epoch is: at the end of an epoch, and
// within one that takes longer than kLongestWait, but only while at most kShareOfTime of the time since it was made has
// gone into saving. What is saved never changes what is trained.
template <typename Scalar>
class PeriodicCheckpoint {
 public:
  using Notes = std::map<std::string, std::string>;

  static constexpr double kShareOfTime = 0.01;
  static constexpr double kLongestWait = 60;  // seconds

  // `clock` tells seconds since any fixed time; none: the steady clock. `model` must outlive it.
  PeriodicCheckpoint(std::filesystem::path path,
                     const Model& model,
                     std::map<std::string, std::string> architecture,
                     std::function<double()> clock = nullptr);

  // Sets the trainer to what the file holds and returns its notes; nothing, and the trainer stays as it is, if there is
  // no file. Throws: as LoadTrainer and Trainer::Restore, naming the path, and std::invalid_argument, with what was
  // found and what is accepted, for a file of another architecture.
  std::optional<Notes> Restore(Trainer<Scalar>& trainer) const;

  // To be called after every step: saves if it is time to, and returns whether it did. `notes` is asked for only then.
  // Throws: as SaveTrainer.
  bool SaveIfDue(const Trainer<Scalar>& trainer, bool ends_epoch, const std::function<Notes()>& notes);

  // Saves, due or not: when training is about to stop.
  void Save(const Trainer<Scalar>& trainer, const Notes& notes);

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  const Model& model_;
  std::map<std::string, std::string> architecture_;
  std::function<double()> clock_;
  double start_ = 0;
  double last_ = 0;   // end of the last save, or start
  double spent_ = 0;  // on saving
};

extern template class PeriodicCheckpoint<float>;
extern template class PeriodicCheckpoint<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CHECKPOINT_PERIODIC_CHECKPOINT_H_
