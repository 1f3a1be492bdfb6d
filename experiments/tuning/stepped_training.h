// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_TUNING_STEPPED_TRAINING_H_
#define HYPERWIDTH_EXPERIMENTS_TUNING_STEPPED_TRAINING_H_

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
