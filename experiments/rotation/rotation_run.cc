// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_run.h"

#include <chrono>

#include "training/objectives.h"
#include "training/progress.h"

namespace hyperwidth {

namespace {

template <typename Scalar>
RotationRun TrainIn(const TrainTestImages& images,
                    const RotationRunOptions& options,
                    const std::function<void(const RotationEpoch&)>& on_epoch,
                    const StopRequest& stop) {
  const bool is_hypernetwork = options.model == RotationModel::kHypernetwork;
  const Model model =
      is_hypernetwork ? MakeRotationHypernetwork(options.architecture) : MakeRotationEmbedding(options.architecture);
  const RotationSource<Scalar> train(images.train, options.labels, options.scale, options.trainer.seed);
  const RotationSource<Scalar> test(images.test, options.labels, options.scale, kTestAngleSeed);

  RotationRun run{.model = model.name,
                  .depth = options.architecture.depth,
                  .seed = options.trainer.seed,
                  .cost = CostOfRotation(model),
                  .epochs = {}};
  Vector<Scalar> theta(model.parameters.size());
  model.parameters.Initialize<Scalar>(options.trainer.seed, theta);

  const auto start = std::chrono::steady_clock::now();
  ProgressLine progress(run.model + ", depth " + std::to_string(run.depth), train.size(), options.trainer.epochs);
  const CrossEntropy<Scalar> objective;
  Train<Scalar>(model, train, objective, options.trainer, theta, [&](const TrainingStep& step) {
    stop.Check();
    progress.Update(step);
    if (!step.ends_epoch) return;
    const LossSum judged = Evaluate<Scalar>(model, test, objective, theta, /*epoch=*/0, options.trainer.threads);
    const auto samples = static_cast<double>(judged.samples);
    run.epochs.push_back({
        .epoch = step.epoch,
        .step = step.step,
        .train_loss = step.mean_loss,
        .test_loss = judged.loss / samples,
        .test_error = static_cast<double>(judged.wrong) / samples,
        .seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
    });
    if (on_epoch) on_epoch(run.epochs.back());
  });
  return run;
}

}  // namespace

std::string RotationModelName(RotationModel model) {
  return model == RotationModel::kHypernetwork ? "hypernetwork" : "embedding";
}

RotationRun TrainRotation(const TrainTestImages& images,
                          const RotationRunOptions& options,
                          const std::function<void(const RotationEpoch&)>& on_epoch,
                          const StopRequest& stop) {
  return options.precision == Precision::kFloat ? TrainIn<float>(images, options, on_epoch, stop)
                                                : TrainIn<double>(images, options, on_epoch, stop);
}

}  // namespace hyperwidth
