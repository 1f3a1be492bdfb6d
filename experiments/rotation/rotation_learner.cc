// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_learner.h"

#include "experiments/rotation/rotation_run.h"
#include "training/evaluator.h"
#include "training/objectives.h"
#include "training/trainer.h"

namespace hyperwidth {
namespace {

// Of each trial, of which as many run at a time as there are threads.
constexpr int kThreads = 1;

TrainerOptions TrainerOptionsOf(const RotationRunOptions& run, const LearnerRequest<RotationImages>& request) {
  TrainerOptions trainer = run.trainer;
  trainer.seed = request.seed;
  trainer.threads = kThreads;
  trainer.optimizer.method = ParseOptimizerMethod(CategoryValue(request.values, "optimizer"));
  trainer.optimizer.learning_rate = RealValue(request.values, "lr");
  trainer.optimizer.weight_decay = RealValue(request.values, "weight_decay");
  const bool has_momentum = FindValue(request.values, "momentum") != nullptr;
  trainer.optimizer.momentum = has_momentum ? RealValue(request.values, "momentum") : 0;
  return trainer;
}

template <typename Scalar>
class RotationLearner final : public Learner<RotationImages> {
 public:
  RotationLearner(const RotationRunOptions& run, const LearnerRequest<RotationImages>& request)
      : run_(run),
        model_(MakeRotationModel(run)),
        train_(*request.train.images, run.labels, run.scale, request.seed, request.train.range),
        validation_(*request.validation.images, run.labels, run.scale, kValidationAngleSeed, request.validation.range),
        theta_(InitialTheta(model_, request.seed)),
        trainer_(model_, train_, objective_, TrainerOptionsOf(run, request), theta_) {}

  void TrainTo(std::int64_t steps, const StopRequest& stop) override {
    trainer_.Enter([&] {
      while (steps_ < steps) {
        stop.Check();
        steps_ = trainer_.Step().step;
      }
    });
  }

  double Validate() override { return Error(validation_); }

  TestScore Test(const TestData<RotationImages>& test) override {
    return Error(RotationSource<Scalar>(*test->images, run_.labels, run_.scale, kTestAngleSeed, test->range));
  }

 private:
  static Vector<Scalar> InitialTheta(const Model& model, std::uint64_t seed) {
    Vector<Scalar> theta(model.parameters.size());
    model.parameters.template Initialize<Scalar>(seed, theta);
    return theta;
  }

  // The fraction of images whose class is not found.
  double Error(const RotationSource<Scalar>& images) const {
    const LossSum sum = Evaluate<Scalar>(model_, images, objective_, theta_, /*epoch=*/0, kThreads);
    return static_cast<double>(sum.wrong) / static_cast<double>(sum.samples);
  }

  const RotationRunOptions run_;
  const Model model_;
  const RotationSource<Scalar> train_, validation_;
  const CrossEntropy<Scalar> objective_;
  Vector<Scalar> theta_;
  Trainer<Scalar> trainer_;
  std::int64_t steps_ = 0;
};

}  // namespace

SearchSpace RotationSearchSpace() {
  SearchSpace space;
  space.AddCategorical("optimizer", {"sgd", "adam"});
  space.AddFloat("lr", 1e-4, 1, {.log = true});
  space.AddFloat("momentum", 0, 0.95, {.when = ParameterCondition{"optimizer", {"sgd"}}});
  space.AddFloat("weight_decay", 1e-7, 1e-2, {.log = true});
  return space;
}

Contender<RotationImages> RotationContender(const std::string& name, const RotationRunOptions& run) {
  return {.name = name,
          .space = RotationSearchSpace(),
          .make = [run](const LearnerRequest<RotationImages>& request) -> std::unique_ptr<Learner<RotationImages>> {
            if (run.precision == Precision::kFloat) return std::make_unique<RotationLearner<float>>(run, request);
            return std::make_unique<RotationLearner<double>>(run, request);
          }};
}

}  // namespace hyperwidth
