// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_learner.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "experiments/rotation/rotation_run.h"
#include "experiments/tuning/given_choice.h"
#include "training/data/glyphs.h"

namespace hyperwidth {
namespace {

constexpr std::int64_t kTrained = 320, kHeldBack = 400;  // so many that two errors are hardly the same
constexpr std::int64_t kStepsOfEpoch = kTrained / 16;

RotationRunOptions SmallRun(RotationModel model) {
  RotationRunOptions run{.model = model,
                         .architecture = {.depth = 1, .width = 10, .embedding_dim = 20},
                         .validation_images = kHeldBack,
                         .trainer = {}};
  run.trainer.epochs = 3;
  run.trainer.batch_size = 16;
  run.trainer.seed = 3;
  return run;
}

const Assignment kSgd = {{"optimizer", "sgd"}, {"lr", 0.05}, {"momentum", 0.5}, {"weight_decay", 1e-3}};
const Assignment kAdam = {{"optimizer", "adam"}, {"lr", 2e-3}, {"weight_decay", 1e-4}};

class RotationLearnerTest : public ::testing::Test {
 protected:
  std::unique_ptr<Learner<RotationImages>> Make(const RotationRunOptions& run,
                                                const Assignment& values,
                                                std::uint64_t seed = 3) const {
    return RotationContender("any", run)
        .make({.values = values, .seed = seed, .steps = 3 * kStepsOfEpoch, .train = train_, .validation = validation_});
  }

  const std::shared_ptr<const ImageSet> images_ =
      std::make_shared<ImageSet>(DrawGlyphs(kTrained + kHeldBack, /*seed=*/1, Split::kTrain));
  const RotationImages train_{.images = images_, .range = {.first = 0, .count = kTrained}};
  const RotationImages validation_{.images = images_, .range = {.first = kTrained}};
  const ImageSet test_ = DrawGlyphs(100, /*seed=*/1, Split::kTest);
};

// The search trains as the experiment does: the same error on the same test images after the same epochs.
TEST_F(RotationLearnerTest, FindsTheTestErrorOfTrainRotation) {
  for (const RotationModel model : {RotationModel::kHypernetwork, RotationModel::kEmbedding}) {
    for (const Precision precision : {Precision::kFloat, Precision::kDouble}) {
      RotationRunOptions run = SmallRun(model);
      run.precision = precision;
      RotationRunOptions tuned = run;
      tuned.trainer.optimizer.method = OptimizerMethod::kAdam;
      tuned.trainer.optimizer.learning_rate = 2e-3;
      tuned.trainer.optimizer.weight_decay = 1e-4;
      const RotationRun expected = TrainRotation({.train = *images_, .test = test_}, tuned);

      const TestRun found = TestOfGivenChoice(RotationContender("model", run),
                                              kAdam,
                                              train_,
                                              validation_,
                                              RotationImages{.images = std::make_shared<ImageSet>(test_)},
                                              3 * kStepsOfEpoch,
                                              /*seed=*/3);
      EXPECT_EQ(found.message, "");
      EXPECT_EQ(found.test_score, expected.epochs.back().test_error);
    }
  }
}

TEST_F(RotationLearnerTest, DependsOnStepsAndNotOnCalls) {
  const RotationRunOptions run = SmallRun(RotationModel::kHypernetwork);
  const auto at_once = Make(run, kSgd), in_parts = Make(run, kSgd);
  at_once->TrainTo(23, {});
  for (const std::int64_t steps : {1, 9, 10, 17, 23}) {
    in_parts->TrainTo(steps, {});
    in_parts->Validate();
  }
  EXPECT_EQ(in_parts->Validate(), at_once->Validate());
}

TEST_F(RotationLearnerTest, TrainsWithTheValuesAndTheSeed) {
  const RotationRunOptions run = SmallRun(RotationModel::kHypernetwork);
  const auto score = [&](const Assignment& values, std::uint64_t seed) {
    const auto learner = Make(run, values, seed);
    learner->TrainTo(3 * kStepsOfEpoch, {});
    return learner->Validate();
  };
  const double base = score(kSgd, 3);
  EXPECT_EQ(score(kSgd, 3), base);
  EXPECT_LT(base, 11.0 / 12) << "better than chance";
  EXPECT_NE(score(kAdam, 3), base);
  EXPECT_NE(score(kSgd, 4), base);
  Assignment other = kSgd;
  other[1].value = 1e-4;
  EXPECT_NE(score(other, 3), base) << "learning rate";
  other = kSgd;
  other[2].value = 0.9;
  EXPECT_NE(score(other, 3), base) << "momentum";
  other = kSgd;
  other[3].value = 0.3;
  EXPECT_NE(score(other, 3), base) << "weight decay";
}

TEST_F(RotationLearnerTest, StopsWhenItIsAskedTo) {
  std::atomic<bool> stop = true;
  EXPECT_THROW(Make(SmallRun(RotationModel::kEmbedding), kSgd)->TrainTo(5, StopRequest(stop)), Stopped);
}

}  // namespace
}  // namespace hyperwidth
