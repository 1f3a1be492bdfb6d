// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>

#include "training/checkpoint/model_checkpoint.h"
#include "training/checkpoint/trainer_checkpoint.h"
#include "training/data/glyphs.h"
#include "training/evaluator.h"
#include "training/objectives.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr Index kEpochs = 4, kTrained = 150, kValidated = 50, kTested = 60;

const TrainTestImages& Images() {
  static const TrainTestImages images{.train = DrawGlyphs(kTrained + kValidated, 1, Split::kTrain),
                                      .test = DrawGlyphs(kTested, 1, Split::kTest)};
  return images;
}

// Eight steps: three to an epoch, the last one on fewer images.
RotationRunOptions Options(RotationModel model) {
  return {.model = model,
          .architecture = {.image_size = static_cast<Index>(Images().train.image_size()), .width = 20},
          .validation_images = kValidated,
          .trainer = {.optimizer = {.method = OptimizerMethod::kAdam, .learning_rate = 3e-3},
                      .epochs = kEpochs,
                      .batch_size = 64,
                      .seed = 3}};
}

RotationCheckpoints NewCheckpoints(const std::string& name) {
  fs::path folder = fs::path(::testing::TempDir()) / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  return {.folder = std::move(folder)};
}

std::string WithoutSeconds(RotationRun run) {
  std::string text;
  for (RotationEpoch& epoch : run.epochs) epoch.seconds = 0;
  for (const auto& [name, value] : RotationOutcome(run)) text += name + "=" + FieldText(value) + "\n";
  return text;
}

TEST(TrainRotation, StoppedAfterAnyEpochAndContinuedIsARunInOneGo) {
  for (const RotationModel model : {RotationModel::kHypernetwork, RotationModel::kEmbedding}) {
    const RotationRunOptions options = Options(model);
    const RotationRun whole = TrainRotation(Images(), options);
    for (Index stop_after = 1; stop_after < kEpochs; ++stop_after) {
      SCOPED_TRACE(RotationModelName(model) + ", stopped after epoch " + std::to_string(stop_after));
      const RotationCheckpoints checkpoints = NewCheckpoints("stopped");
      std::atomic<bool> stops = false;
      const auto stop_there = [&](const RotationEpoch& epoch) { stops = epoch.epoch == stop_after; };
      EXPECT_THROW(TrainRotation(Images(), options, stop_there, StopRequest(stops), checkpoints), Stopped);
      EXPECT_TRUE(fs::exists(checkpoints.Training(options)));
      std::vector<Index> told;
      const RotationRun continued = TrainRotation(
          Images(), options, [&](const RotationEpoch& epoch) { told.push_back(epoch.epoch); }, {}, checkpoints);
      EXPECT_EQ(WithoutSeconds(continued), WithoutSeconds(whole));
      EXPECT_EQ(told, (std::vector<Index>{1, 2, 3, 4}));
      // Time goes on from where it was.
      EXPECT_GE(continued.epochs.back().seconds, continued.epochs.front().seconds);
    }
  }
}

TEST(TrainRotation, StoppedWithinAnEpochGoesOnFromThere) {
  const RotationRunOptions options = Options(RotationModel::kHypernetwork);
  const RotationRun whole = TrainRotation(Images(), options);
  const RotationCheckpoints checkpoints = NewCheckpoints("within");
  std::atomic<bool> stops = true;
  // One step each time: twelve starts, of which the last ends the run.
  int starts = 0;
  std::optional<RotationRun> continued;
  while (!continued && starts < 100) {
    ++starts;
    try {
      continued = TrainRotation(Images(), options, nullptr, StopRequest(stops), checkpoints);
    } catch (const Stopped&) {
    }
  }
  ASSERT_TRUE(continued.has_value());
  EXPECT_EQ(starts, 3 * kEpochs + 1);
  EXPECT_EQ(WithoutSeconds(*continued), WithoutSeconds(whole));
}

// Other programs turn test images by the same angles, tools/peers/train_rotation.py among them.
TEST(TestAngles, AreThese) {
  const RotationSource<float> test(Images().test, RotationLabels::kCircular, PixelScale(), kTestAngleSeed);
  EXPECT_NEAR(test.Angle(/*epoch=*/0, /*image=*/0), 69.84889875474302, 1e-10);
  EXPECT_NEAR(test.Angle(/*epoch=*/0, /*image=*/9999), 87.58301852022703, 1e-10);
}

TEST(TrainRotation, LeavesTheModelOfTheChosenEpoch) {
  for (const Index validated : {kValidated, Index{0}}) {
    RotationRunOptions options = Options(RotationModel::kEmbedding);
    options.validation_images = validated;
    options.trainer.optimizer.learning_rate = 0.05;  // too high for as many epochs: the last one is not the best
    options.trainer.epochs = 20;
    const RotationCheckpoints checkpoints = NewCheckpoints("chosen");
    const RotationRun run = TrainRotation(Images(), options, nullptr, {}, checkpoints);
    EXPECT_EQ(run.chosen().epoch == 20, validated == 0) << run.chosen().epoch;
    const Model model = MakeRotationEmbedding(options.architecture);
    const Checkpoint<float> checkpoint = LoadModel<float>(checkpoints.Model(options), model);
    EXPECT_EQ(checkpoint.extras.counters.at("epoch"), std::to_string(run.chosen().epoch));
    const RotationSource<float> test(Images().test, options.labels, options.scale, kTestAngleSeed);
    const LossSum judged = Evaluate<float>(model, test, CrossEntropy<float>(), checkpoint.theta);
    EXPECT_EQ(static_cast<double>(judged.wrong) / static_cast<double>(kTested), run.chosen().test_error);
    EXPECT_EQ(judged.loss / static_cast<double>(kTested), run.chosen().test_loss);
  }
}

TEST(TrainRotation, WritesNothingWithoutAFolder) {
  const RotationRunOptions options = Options(RotationModel::kHypernetwork);
  const std::atomic<bool> stops = true;
  EXPECT_THROW(TrainRotation(Images(), options, nullptr, StopRequest(stops)), Stopped);
  TrainRotation(Images(), options);
  EXPECT_FALSE(fs::exists(RotationCheckpoints().Training(options)));
  EXPECT_FALSE(fs::exists(RotationCheckpoints().Model(options)));
}

TEST(TrainRotation, WhatIsValidatedIsNotTrainedOn) {
  RotationRunOptions options = Options(RotationModel::kHypernetwork);
  const RotationRun expected = TrainRotation(Images(), options);
  TrainTestImages others = Images();
  for (std::size_t i = kTrained * others.train.image_size(); i < others.train.pixels.size(); ++i) {
    others.train.pixels[i] = static_cast<std::uint8_t>(255 - others.train.pixels[i]);
  }
  const RotationRun found = TrainRotation(others, options);
  EXPECT_EQ(found.epochs.back().train_loss, expected.epochs.back().train_loss);
  EXPECT_EQ(found.epochs.back().test_loss, expected.epochs.back().test_loss);
  EXPECT_NE(found.epochs.back().validation_loss, expected.epochs.back().validation_loss);
}

TEST(TrainRotation, PatienceEndsARunWhoseValidationGetsNoBetter) {
  RotationRunOptions options = Options(RotationModel::kEmbedding);
  options.trainer.optimizer.learning_rate = 0.05;
  options.trainer.epochs = 50;
  options.trainer.patience = 2;
  const RotationRun run = TrainRotation(Images(), options);
  EXPECT_EQ(run.epochs.back().epoch, run.chosen().epoch + 2);
  EXPECT_LT(run.epochs.back().epoch, 50);
}

TEST(TrainRotation, ACheckpointThatIsNotOfThisRunIsRefusedByName) {
  const RotationRunOptions options = Options(RotationModel::kHypernetwork);
  const RotationCheckpoints checkpoints = NewCheckpoints("refused");
  const auto message = [&]() -> std::string {
    try {
      TrainRotation(Images(), options, nullptr, {}, checkpoints);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "accepted";
  };
  const fs::path path = checkpoints.Training(options);
  std::ofstream(path) << "";
  EXPECT_THAT(message(), HasSubstr(path.string()));
  EXPECT_THAT(message(), HasSubstr("; without this file the model is trained anew"));
  const Model model = MakeRotationHypernetwork(options.architecture);
  Vector<float> theta = Vector<float>::Zero(model.parameters.size());
  SaveModel<float>(path, model, theta);
  EXPECT_THAT(message(), HasSubstr(path.string() + ": counter \"seed\": found none"));
  // A state without the notes of an experiment.
  const RotationSource<float> images(
      Images().train, options.labels, options.scale, options.trainer.seed, {.first = 0, .count = kTrained});
  const CrossEntropy<float> objective;
  model.parameters.Initialize<float>(options.trainer.seed, theta);
  const Trainer<float> trainer(model, images, objective, options.trainer, theta);
  SaveTrainer<float>(path,
                     model,
                     {.state = trainer.State(),
                      .architecture = {{"image_size", std::to_string(options.architecture.image_size)},
                                       {"depth", "2"},
                                       {"width", "20"},
                                       {"primary_width", "10"},
                                       {"embedding_dim", "0"},
                                       {"function", "relu"}}});
  EXPECT_THAT(message(), HasSubstr(path.string() + ": notes: "));
  EXPECT_THAT(message(), HasSubstr(", accepted: what this experiment writes; without this file"));
}

}  // namespace
}  // namespace hyperwidth
