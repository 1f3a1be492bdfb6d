// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_run.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>

#include "training/checkpoint/model_checkpoint.h"
#include "training/checkpoint/periodic_checkpoint.h"
#include "training/objectives.h"
#include "training/progress.h"
#include "training/trials/trial_record.h"

namespace hyperwidth {
namespace {

// Notes of a checkpoint.
constexpr const char* kEpochs = "epochs";    // the line that a journal would have of the epochs so far
constexpr const char* kSeconds = "seconds";  // that the run has taken so far

std::map<std::string, std::string> ArchitectureTexts(const RotationArchitecture& architecture) {
  std::map<std::string, std::string> texts = {{"image_size", std::to_string(architecture.image_size)},
                                              {"depth", std::to_string(architecture.depth)},
                                              {"width", std::to_string(architecture.width)},
                                              {"primary_width", std::to_string(architecture.primary_width)},
                                              {"embedding_dim", std::to_string(architecture.embedding_dim)},
                                              {"function", Name(architecture.function)}};
  // Earlier versions knew none but the published values.
  if (architecture.last_width > 0) texts["last_width"] = std::to_string(architecture.last_width);
  if (architecture.generated_has_bias) texts["generated_has_bias"] = "true";
  return texts;
}

// A run as it goes: what is trained on what, and what has been measured.
template <typename Scalar>
class Run {
 public:
  Run(const TrainTestImages& images, const RotationRunOptions& options, const RotationCheckpoints& checkpoints)
      : options_(options),
        checkpoints_(checkpoints),
        model_(MakeRotationModel(options)),
        train_(images.train, options.labels, options.scale, options.trainer.seed, TrainingRange(images)),
        validation_(images.train,
                    options.labels,
                    options.scale,
                    kValidationAngleSeed,
                    {.first = static_cast<Index>(images.train.count - options.validation_images)}),
        test_(images.test, options.labels, options.scale, kTestAngleSeed),
        seen_(images.train,
              options.labels,
              options.scale,
              kSeenAngleSeed,
              {.first = 0, .count = std::min(train_.size(), test_.size())}),
        theta_(InitialTheta()),
        trainer_(model_,
                 train_,
                 objective_,
                 options.trainer,
                 theta_,
                 options.validation_images > 0 ? &validation_ : nullptr),
        evaluator_(model_, test_, objective_, options.trainer.threads),
        seen_evaluator_(model_, seen_, objective_, options.trainer.threads),
        run_(NewRotationRun(options)) {
    run_.cost = CostOfRotation(model_);
    if (checkpoints.folder.empty()) return;
    saved_.emplace(checkpoints.Training(options), model_, ArchitectureTexts(options.architecture));
  }

  RotationRun Train(const std::function<void(const RotationEpoch&)>& on_epoch, const StopRequest& stop) {
    GoOn();
    if (on_epoch) {
      for (const RotationEpoch& epoch : run_.epochs) on_epoch(epoch);
    }
    std::optional<ProgressLine> progress;
    if (options_.shows_progress) {
      progress.emplace(run_.model + ", depth " + std::to_string(run_.depth), train_.size(), options_.trainer.epochs);
    }
    trainer_.Enter([&] {
      while (!trainer_.IsDone()) {
        const TrainingStep step = trainer_.Step();
        if (progress) progress->Update(step);
        if (step.ends_epoch && (step.epoch % options_.epochs_each == 0 || trainer_.IsDone())) {
          Record(step);
          if (on_epoch) on_epoch(run_.epochs.back());
        }
        Keep(step.ends_epoch, stop);
      }
    });
    return run_;
  }

 private:
  // All but the last ones, which are for validation; or the first of these.
  ImageRange TrainingRange(const TrainTestImages& images) const {
    const std::int64_t all = images.train.count - options_.validation_images;
    return {.first = 0,
            .count = static_cast<Index>(options_.train_images > 0 ? std::min(options_.train_images, all) : all)};
  }

  static double Error(const LossSum& judged) {
    return static_cast<double>(judged.wrong) / static_cast<double>(judged.samples);
  }

  Vector<Scalar> InitialTheta() const {
    Vector<Scalar> theta(model_.parameters.size());
    model_.parameters.template Initialize<Scalar>(options_.trainer.seed, theta);
    return theta;
  }

  double Seconds() const {
    return earlier_seconds_ + std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

  void GoOn() {
    if (!saved_) return;
    try {
      if (const auto notes = saved_->Restore(trainer_)) Read(*notes);
    } catch (const std::invalid_argument& error) {
      throw std::invalid_argument(std::string(error.what()) + "; without this file the model is trained anew");
    }
  }

  void Read(const typename PeriodicCheckpoint<Scalar>::Notes& notes) {
    try {
      const auto epochs = notes.find(kEpochs);
      if (epochs != notes.end()) run_ = RotationRunOf(options_, ParseTrialRecord(epochs->second).outcome.values);
      earlier_seconds_ = std::stod(notes.at(kSeconds));
    } catch (const std::exception& error) {
      throw std::invalid_argument(saved_->path().string() + ": notes: " + error.what() +
                                  ", accepted: what this experiment writes");
    }
  }

  void Record(const TrainingStep& step) {
    const LossSum judged = evaluator_.Evaluate(theta_);
    run_.epochs.push_back({
        .epoch = step.epoch,
        .step = step.step,
        .train_loss = step.mean_loss,
        .validation_loss = step.validation_loss,
        .test_loss = judged.loss / static_cast<double>(judged.samples),
        .test_error = Error(judged),
        .seconds = Seconds(),
    });
    // The best so far; or, where no epoch has been validated, the last one.
    const bool is_chosen = step.is_best || (trainer_.IsDone() && &run_.chosen() == &run_.epochs.back());
    if (is_chosen) run_.epochs.back().seen_error = Error(seen_evaluator_.Evaluate(theta_));
    if (is_chosen && saved_) {
      SaveModel<Scalar>(checkpoints_.Model(options_),
                        model_,
                        theta_,
                        {.architecture = ArchitectureTexts(options_.architecture),
                         .counters = {{"epoch", std::to_string(step.epoch)}, {"step", std::to_string(step.step)}}});
    }
  }

  typename PeriodicCheckpoint<Scalar>::Notes Notes() const {
    typename PeriodicCheckpoint<Scalar>::Notes notes = {{kSeconds, std::to_string(Seconds())}};
    if (!run_.epochs.empty()) {
      notes[kEpochs] = ToJsonLine({.values = RotationTrialValues(options_), .outcome = RotationOutcome(run_)});
    }
    return notes;
  }

  void Keep(bool ends_epoch, const StopRequest& stop) {
    if (saved_ && stop.requested()) saved_->Save(trainer_, Notes());
    stop.Check();
    if (saved_ && !trainer_.IsDone()) saved_->SaveIfDue(trainer_, ends_epoch, [this] { return Notes(); });
  }

  const RotationRunOptions& options_;
  const RotationCheckpoints& checkpoints_;
  const Model model_;
  const RotationSource<Scalar> train_, validation_, test_, seen_;
  const CrossEntropy<Scalar> objective_;
  Vector<Scalar> theta_;
  Trainer<Scalar> trainer_;
  Evaluator<Scalar> evaluator_, seen_evaluator_;
  RotationRun run_;
  std::optional<PeriodicCheckpoint<Scalar>> saved_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double earlier_seconds_ = 0;  // of the run that this one goes on from
};

}  // namespace

std::filesystem::path RotationCheckpoints::Model(const RotationRunOptions& options) const {
  return folder / (RotationFileName(options) + ".safetensors");
}

std::filesystem::path RotationCheckpoints::Training(const RotationRunOptions& options) const {
  return folder / (RotationFileName(options) + ".training.safetensors");
}

void RotationCheckpoints::Finish(const RotationRunOptions& options) const {
  std::error_code ignored;  // a state that is left harms nobody
  if (!folder.empty()) std::filesystem::remove(Training(options), ignored);
}

RotationRun TrainRotation(const TrainTestImages& images,
                          const RotationRunOptions& options,
                          const std::function<void(const RotationEpoch&)>& on_epoch,
                          const StopRequest& stop,
                          const RotationCheckpoints& checkpoints) {
  if (options.precision == Precision::kFloat) return Run<float>(images, options, checkpoints).Train(on_epoch, stop);
  return Run<double>(images, options, checkpoints).Train(on_epoch, stop);
}

}  // namespace hyperwidth
