// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_options.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "experiments/program/parsed_options.h"

namespace hyperwidth {
namespace {

// The quick form, with flags that the user has given.
RotationOptions QuickWith(const std::vector<std::string>& flags) {
  return ParsedOptions<RotationOptions>(flags, Form::kQuick);
}

TEST(QuickRotation, IsWhatItSays) {
  const auto quick = QuickForm<RotationOptions>();
  EXPECT_EQ(quick.depths, std::vector<int>{2});
  EXPECT_EQ(quick.repetitions, 5);
  EXPECT_EQ(quick.train_images, 6000);
  EXPECT_EQ(quick.test_images, 2000);
  EXPECT_EQ(quick.epochs, 5);
  EXPECT_EQ(quick.batch_size, 64);
  EXPECT_EQ(quick.validation_images, 0);
  EXPECT_EQ(quick.optimizer.method, OptimizerMethod::kSgd);
  EXPECT_EQ(quick.optimizer.learning_rate, 0.01);
}

TEST(RotationOptions, TakeEveryPrecisionRuleAndSchedule) {
  for (const Precision precision : {Precision::kFloat, Precision::kDouble}) {
    EXPECT_EQ(QuickWith({"--precision=" + std::string(PrecisionName(precision))}).precision, precision);
  }
  for (const RotationLabels labels : {RotationLabels::kCircular, RotationLabels::kPublished}) {
    EXPECT_EQ(QuickWith({"--labels=" + RotationLabelsName(labels)}).labels, labels);
  }
  for (const char* name : {"constant", "step", "exponential", "cosine"}) {
    EXPECT_EQ(ScheduleShapeName(QuickWith({std::string("--schedule=") + name}).schedule.shape), name);
  }
}

TEST(RotationOptions, TakeEveryOptimiserOfTheTrainer) {
  for (const char* name : {"sgd", "adam", "adamw", "adadelta"}) {
    EXPECT_EQ(OptimizerMethodName(QuickWith({std::string("--optimizer=") + name, "--lr=1"}).optimizer.method), name);
  }
}

TEST(RotationOptions, FlagsReachTheTrainer) {
  const RotationOptions options = QuickWith({"--epochs=3",
                                             "--batch-size=10",
                                             "--validation-images=5",
                                             "--patience=2",
                                             "--max-gradient-norm=0.5",
                                             "--schedule=cosine",
                                             "--warm-up=4",
                                             "--schedule-floor=0.25",
                                             "--weight-decay=0.125",
                                             "--threads=3"});
  const TrainerOptions trainer = TrainerOptionsOf(options, /*images=*/96, /*seed=*/8);
  EXPECT_EQ(trainer.epochs, 3);
  EXPECT_EQ(trainer.batch_size, 10);
  EXPECT_EQ(trainer.seed, 8u);
  EXPECT_EQ(trainer.patience, 2);
  EXPECT_EQ(trainer.threads, 3);
  EXPECT_EQ(trainer.optimizer.method, OptimizerMethod::kSgd);
  EXPECT_EQ(trainer.optimizer.weight_decay, 0.125);
  EXPECT_EQ(trainer.optimizer.max_gradient_norm, 0.5);
  EXPECT_EQ(trainer.optimizer.schedule.shape, ScheduleShape::kCosine);
  EXPECT_EQ(trainer.optimizer.schedule.warm_up, 4);
  EXPECT_EQ(trainer.optimizer.schedule.floor, 0.25);
  // 91 images in batches of ten: 10 steps to an epoch, 30 in all.
  EXPECT_EQ(trainer.optimizer.schedule.period, 30 - 4);
}

TEST(RotationOptions, APeriodThatIsNotGivenIsAnEpochOrForCosineTheRest) {
  RotationOptions options;
  options.epochs = 2;
  options.batch_size = 10;
  const auto period = [&](ScheduleShape shape) {
    options.schedule.shape = shape;
    return TrainerOptionsOf(options, 100, 1).optimizer.schedule.period;
  };
  EXPECT_EQ(period(ScheduleShape::kStep), 10);
  EXPECT_EQ(period(ScheduleShape::kExponential), 10);
  EXPECT_EQ(period(ScheduleShape::kCosine), 20);
  options.schedule.warm_up = 30;
  EXPECT_EQ(period(ScheduleShape::kCosine), 1) << "the warm-up is longer than the run";
  options.schedule.period = 7;
  EXPECT_EQ(period(ScheduleShape::kCosine), 7);
  EXPECT_EQ(period(ScheduleShape::kStep), 7);
}

TEST(RotationOptions, ThoseThatDoNotGoTogetherAreRefused) {
  const auto message = [](const std::vector<std::string>& flags) -> std::string {
    try {
      TrainerOptionsOf(QuickWith(flags), /*images=*/100, /*seed=*/1);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(message({"--validation-images=99", "--patience=1"}), "accepted");
  EXPECT_EQ(message({"--validation-images=100"}),
            "--validation-images: found 100, accepted: fewer than the 100 training images");
  EXPECT_EQ(message({"--patience=1"}), "--patience: found 1 without --validation-images, accepted: with at least one");
  EXPECT_NE(message({"--schedule=cosine", "--schedule-floor=1.5"}).find("floor: found 1.5"), std::string::npos);
  EXPECT_NE(message({"--schedule=step", "--schedule-decay=1.5"}).find("decay: found 1.5"), std::string::npos);
}

TEST(CountsUpTo, AreCappedByTheImagesAndEachIsThereOnce) {
  using Counts = std::vector<std::int64_t>;
  const Counts published = RotationOptions().condition_counts;
  EXPECT_EQ(CountsUpTo(60'000, published), published);
  EXPECT_EQ(CountsUpTo(50'000, published), published);
  EXPECT_EQ(CountsUpTo(49'999, published), (Counts{1000, 3000, 10'000, 30'000, 49'999}));
  EXPECT_EQ(CountsUpTo(10'000, published), (Counts{1000, 3000, 10'000}));
  EXPECT_EQ(CountsUpTo(7, published), Counts{7});
}

TEST(RotationOptions, SearchIsAFlagOrAWord) {
  EXPECT_EQ(QuickWith({}).search.method, SearchMethod::kNone);
  EXPECT_EQ(QuickWith({"--search"}).search.method, SearchMethod::kHalving);
  for (const SearchMethod method : {SearchMethod::kNone, SearchMethod::kHalving, SearchMethod::kFull}) {
    EXPECT_EQ(QuickWith({"--search=" + SearchMethodName(method)}).search.method, method);
  }
  EXPECT_EQ(QuickWith({"--search"}).search.n_trials, 9);
  EXPECT_EQ(QuickWith({"--n-trials=5"}).search.n_trials, 5);
  EXPECT_EQ(RotationOptions().search.n_trials, 27);
  EXPECT_EQ(QuickWith({"--reduction-factor=4"}).search.reduction_factor, 4);
  EXPECT_EQ(QuickWith({"--min-share=0.25"}).search.min_share, 0.25);
}

TEST(RotationOptions, ASearchHoldsImagesBackAndHasNoPatience) {
  const auto validation_images = [](const std::vector<std::string>& flags, std::int64_t images) {
    return SearchedOptions(QuickWith(flags), images).validation_images;
  };
  EXPECT_EQ(validation_images({}, 6000), 1000);
  EXPECT_EQ(validation_images({}, 6), 1);
  EXPECT_EQ(validation_images({"--validation-images=7"}, 100), 7);
  EXPECT_THROW(validation_images({}, 5), std::invalid_argument) << "a sixth of five is none";
  EXPECT_THROW(validation_images({"--validation-images=100"}, 100), std::invalid_argument);
  try {
    validation_images({"--validation-images=101"}, 100);
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(),
                 "--validation-images: found 101 with --search, accepted: 1 or more, and fewer than the 100 training "
                 "images");
  }
  try {
    validation_images({"--patience=2"}, 100);
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(),
                 "--patience: found 2 with --search, accepted: 0, because all trials have the same budget");
  }
}

TEST(RotationOptions, ASearchIsOverDepthsOrEmbeddingDimensions) {
  for (const char* sweep : {"depth", "embedding"}) {
    EXPECT_NO_THROW(SearchedOptions(QuickWith({"--sweep=" + std::string(sweep)}), 100));
  }
  for (const char* sweep : {"lr", "conditions"}) {
    try {
      SearchedOptions(QuickWith({"--sweep=" + std::string(sweep)}), 100);
      FAIL() << sweep;
    } catch (const std::invalid_argument& error) {
      EXPECT_EQ(std::string(error.what()).rfind("--sweep: found " + std::string(sweep) + " with --search", 0), 0u);
    }
  }
}

TEST(RotationOptions, AreOfAShortBudgetBelowATenthOfThePublishedSamples) {
  EXPECT_FALSE(IsShortBudget({}));
  EXPECT_TRUE(IsShortBudget(QuickForm<RotationOptions>()));
  RotationOptions options;
  options.epochs = 1;
  EXPECT_FALSE(IsShortBudget(options));
  options.train_images -= 1;
  EXPECT_TRUE(IsShortBudget(options));
}

}  // namespace
}  // namespace hyperwidth
