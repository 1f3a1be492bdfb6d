// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_record.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace hyperwidth {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

RotationRun RunOf(const std::vector<double>& validation_losses) {
  RotationRun run;
  for (const double loss : validation_losses) {
    run.epochs.push_back({.epoch = static_cast<Index>(run.epochs.size()) + 1, .validation_loss = loss});
  }
  return run;
}

TEST(RotationRun, ChoosesTheFirstEpochOfTheLowestValidationLoss) {
  EXPECT_EQ(RunOf({3, 1, 2}).chosen().epoch, 2);
  EXPECT_EQ(RunOf({3, 1, 1}).chosen().epoch, 2);
  EXPECT_EQ(RunOf({kNan, 5, kNan}).chosen().epoch, 2);
  EXPECT_EQ(RunOf({-std::numeric_limits<double>::infinity(), 5}).chosen().epoch, 2);
}

TEST(RotationRun, WithoutValidationTheLastEpochCounts) { EXPECT_EQ(RunOf({kNan, kNan, kNan}).chosen().epoch, 3); }

TEST(RotationRecord, EveryNumberOfARunComesBack) {
  const RotationRunOptions options{.model = RotationModel::kEmbedding, .architecture = {.depth = 3}};
  RotationRun run = NewRotationRun(options);
  run.cost = {.primary_parameters = 1,
              .generator_parameters = 2,
              .trainable_parameters = 3,
              .generated_parameters = 4,
              .multiply_adds = 5,
              .multiply_adds_reusing = 6};
  run.epochs = {{.epoch = 1,
                 .step = 7,
                 .train_loss = 0.1,
                 .validation_loss = 0.2,
                 .test_loss = 0.3,
                 .test_error = 0.4,
                 .seen_error = 0.45,
                 .seconds = 0.5},
                {.epoch = 2, .step = 14, .validation_loss = kNan}};
  const RotationRun found = RotationRunOf(options, RotationOutcome(run));
  EXPECT_EQ(found.model, "embedding");
  EXPECT_EQ(found.depth, 3);
  EXPECT_EQ(found.seed, 1u);
  EXPECT_EQ(RotationOutcome(found).size(), RotationOutcome(run).size());
  ASSERT_EQ(found.epochs.size(), 2u);
  EXPECT_EQ(found.epochs[0].step, 7);
  EXPECT_EQ(found.epochs[0].train_loss, 0.1);
  EXPECT_EQ(found.epochs[0].validation_loss, 0.2);
  EXPECT_EQ(found.epochs[0].test_loss, 0.3);
  EXPECT_EQ(found.epochs[0].test_error, 0.4);
  EXPECT_EQ(found.epochs[0].seen_error, 0.45);
  EXPECT_EQ(found.epochs[0].seconds, 0.5);
  EXPECT_EQ(found.epochs[1].epoch, 2);
  EXPECT_TRUE(std::isnan(found.epochs[1].validation_loss));
  EXPECT_TRUE(std::isnan(found.epochs[1].seen_error));
  EXPECT_EQ(found.cost.primary_parameters, 1);
  EXPECT_EQ(found.cost.generator_parameters, 2);
  EXPECT_EQ(found.cost.trainable_parameters, 3);
  EXPECT_EQ(found.cost.generated_parameters, 4);
  EXPECT_EQ(found.cost.multiply_adds, 5);
  EXPECT_EQ(found.cost.multiply_adds_reusing, 6);
}

TEST(RotationRecord, ARunWithoutEpochsOrWithListsOfDifferentLengthsIsRefused) {
  EXPECT_THROW(RotationRunOf({}, RotationOutcome(RotationRun())), std::runtime_error);
  Fields outcome = RotationOutcome(RunOf({1, 2}));
  for (auto& [name, value] : outcome) {
    if (name == "seconds") value = std::vector<double>{1};
  }
  try {
    RotationRunOf({}, outcome);
    FAIL() << "a list of one item for two epochs was accepted";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "trial outcome: seconds has 1 items; accepted: one for each epoch");
  }
}

TEST(RotationRecord, NamesTellRunsApart) {
  const RotationRunOptions options{.architecture = {.depth = 4}, .trainer = {.seed = 7}};
  EXPECT_EQ(RotationTrialValues(options),
            (Fields{{"model", "hypernetwork"}, {"depth", 4}, {"seed", std::uint64_t{7}}}));
  EXPECT_EQ(RotationFileName(options), "hypernetwork-depth4-seed7");
}

}  // namespace
}  // namespace hyperwidth
