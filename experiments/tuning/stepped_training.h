// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_TUNING_STEPPED_TRAINING_H_
#define HYPERWIDTH_EXPERIMENTS_TUNING_STEPPED_TRAINING_H_

#include <algorithm>
#include <cstdint>
#include <utility>

#include "models/graph/graph.h"
#include "models/types.h"
#include "training/batch.h"
#include "training/objective.h"
#include "training/run/stop_request.h"
#include "training/trainer.h"
#include "training/trainer_options.h"

namespace hyperwidth {

// The options with batches of so many of the data's items, or of all if there are fewer, and as many epochs as `steps`
// steps begin.
inline TrainerOptions WithSteps(TrainerOptions options, Index steps, Index items, Index batch_size) {
  options.batch_size = std::min(items, batch_size);
  const Index steps_of_epoch = (items + options.batch_size - 1) / options.batch_size;
  options.epochs = (steps + steps_of_epoch - 1) / steps_of_epoch;
  return options;
}

// A model in training that goes on from one number of steps to the next, as a Learner of a search does.
template <typename Scalar>
class SteppedTraining {
 public:
  // From weights of options.seed. `data` and `objective` must outlive it. Throws: as Trainer.
  SteppedTraining(Model model,
                  const DataSource<Scalar>& data,
                  const Objective<Scalar>& objective,
                  const TrainerOptions& options)
      : model_(std::move(model)),
        theta_(InitialTheta(model_, options.seed)),
        trainer_(model_, data, objective, options, theta_) {}
  SteppedTraining(const SteppedTraining&) = delete;
  SteppedTraining& operator=(const SteppedTraining&) = delete;

  // Until so many steps are done in all. Throws: Stopped, and as Trainer::Step, also if the options end before that.
  void TrainTo(std::int64_t steps, const StopRequest& stop) {
    trainer_.Enter([&] {
      while (steps_ < steps) {
        stop.Check();
        steps_ = trainer_.Step().step;
      }
    });
  }

  const Model& model() const { return model_; }
  const Vector<Scalar>& theta() const { return theta_; }

 private:
  static Vector<Scalar> InitialTheta(const Model& model, std::uint64_t seed) {
    Vector<Scalar> theta(model.parameters.size());
    model.parameters.template Initialize<Scalar>(seed, theta);
    return theta;
  }

  const Model model_;
  Vector<Scalar> theta_;
  Trainer<Scalar> trainer_;
  std::int64_t steps_ = 0;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TUNING_STEPPED_TRAINING_H_
