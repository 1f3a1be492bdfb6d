// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_learner.h"

#include "experiments/rotation/rotation_run.h"
#include "experiments/tuning/optimizer_space.h"
#include "experiments/tuning/stepped_training.h"
#include "training/evaluator.h"
#include "training/objectives.h"

namespace hyperwidth {
namespace {

// Of each trial, of which as many run at a time as there are threads.
constexpr int kThreads = 1;

TrainerOptions TrainerOptionsOf(const RotationRunOptions& run, const LearnerRequest<RotationImages>& request) {
  TrainerOptions trainer = run.trainer;
  trainer.seed = request.seed;
  trainer.threads = kThreads;
  trainer.optimizer = ChosenOptimizer(request.values, trainer.optimizer);
  return trainer;
}

template <typename Scalar>
class RotationLearner final : public Learner<RotationImages> {
 public:
  RotationLearner(const RotationRunOptions& run, const LearnerRequest<RotationImages>& request)
      : run_(run),
        train_(*request.train.images, run.labels, run.scale, request.seed, request.train.range),
        validation_(*request.validation.images, run.labels, run.scale, kValidationAngleSeed, request.validation.range),
        training_(MakeRotationModel(run), train_, objective_, TrainerOptionsOf(run, request)) {}

  void TrainTo(std::int64_t steps, const StopRequest& stop) override { training_.TrainTo(steps, stop); }

  double Validate() override { return Error(validation_); }

  TestScore Test(const TestData<RotationImages>& test) override {
    return Error(RotationSource<Scalar>(*test->images, run_.labels, run_.scale, kTestAngleSeed, test->range));
  }

 private:
  // The fraction of images whose class is not found.
  double Error(const RotationSource<Scalar>& images) const {
    const LossSum sum =
        Evaluate<Scalar>(training_.model(), images, objective_, training_.theta(), /*epoch=*/0, kThreads);
    return static_cast<double>(sum.wrong) / static_cast<double>(sum.samples);
  }

  const RotationRunOptions run_;
  const RotationSource<Scalar> train_, validation_;
  const CrossEntropy<Scalar> objective_;
  SteppedTraining<Scalar> training_;
};

}  // namespace

Contender<RotationImages> RotationContender(const std::string& name, const RotationRunOptions& run) {
  return {.name = name,
          .space = OptimizerSpace(),
          .make = [run](const LearnerRequest<RotationImages>& request) -> std::unique_ptr<Learner<RotationImages>> {
            if (run.precision == Precision::kFloat) return std::make_unique<RotationLearner<float>>(run, request);
            return std::make_unique<RotationLearner<double>>(run, request);
          }};
}

}  // namespace hyperwidth
