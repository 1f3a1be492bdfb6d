// SPDX-License-Identifier: Apache-2.0
#include "experiments/colorization/colorization.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "experiments/colorization/colorization_source.h"
#include "experiments/program/repeated_run.h"
#include "training/data/write_idx.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr auto kHypernetwork = PublishedModel::kHypernetwork;

// g 42 -> 10 -> 3 and q 492 -> 10 -> 3 without biases, f and e 1024 -> 100 .. -> 450.
TEST(ColorizationModels, HaveThePublishedSizes) {
  const std::vector<PairCell> cells = CellsOf(ColorizationCases({}, 1024, 50'000));
  for (const Index layers : {2, 7}) {
    const PairCell& f = cells[static_cast<std::size_t>(2 * (layers - 2))];
    const PairCell& e = cells[static_cast<std::size_t>(2 * (layers - 2) + 1)];
    const Index condition_network = 1025 * 100 + (layers - 2) * 101 * 100 + 101 * 450;
    EXPECT_EQ(f.what.layers, layers);
    EXPECT_EQ(f.sizes.primary_parameters, 450);
    EXPECT_EQ(f.sizes.total_parameters, condition_network);
    EXPECT_EQ(f.sizes.kappa, 100);
    EXPECT_EQ(e.sizes.primary_parameters, 4950);
    EXPECT_EQ(e.sizes.total_parameters, condition_network + 4950);
    EXPECT_EQ(e.sizes.kappa, 100);
  }
}

TEST(ColorizationModels, OfMatchedTotalsAreWithinTwoPercent) {
  ColorizationOptions options;
  options.pairs.match = SizeMatch::kTotal;
  const std::vector<PairCell> cells = CellsOf(ColorizationCases(options, 1024, 50'000));
  for (std::size_t i = 0; i < cells.size(); i += 2) {
    EXPECT_LE(std::abs(cells[i].sizes.total_parameters - cells[i + 1].sizes.total_parameters),
              cells[i].sizes.total_parameters / 50);
  }
}

TEST(ColorizationCases, ShareWhatBothSweepsHaveAndHaveNoMoreImagesThanThereAre) {
  ColorizationOptions options;
  options.pairs.conditions_layers = 3;
  const std::vector<PairCase> cases = ColorizationCases(options, 1024, 10'000);
  ASSERT_EQ(cases.size(), 6u + 2u);
  EXPECT_THAT(cases[0].sweeps, ElementsAre("layers"));
  EXPECT_THAT(cases[1].sweeps, ElementsAre("layers", "conditions"));
  EXPECT_EQ(cases[1].conditions, 10'000);
  EXPECT_EQ(cases[6].conditions, 500);
  EXPECT_EQ(cases[6].layers, 3);
  options.pairs.conditions = {10'000, 20'000, 50'000};
  EXPECT_THAT(ColorizationCases(options, 1024, 10'000)[1].sweeps, ElementsAre("layers", "conditions"));
  options.pairs.sweep = {"conditions"};
  EXPECT_EQ(ColorizationCases(options, 1024, 15'000).size(), 2u);
}

ColorizationOptions Small() {
  ColorizationOptions options;
  options.pairs.layers = {2, 3};
  options.pairs.conditions = {5, 30};
  options.pairs.conditions_layers = 3;
  options.pairs.width = 12;
  options.train_images = 30;
  options.test_images = 10;
  options.pairs.epochs = 2;
  return options;
}

TEST(LoadColorImages, DrawsGlyphsOrSaysWhatIsWrongWithTheFolder) {
  const TrainTestImages images = LoadColorImages(Small());
  EXPECT_EQ(images.train.count, 30);
  EXPECT_EQ(images.test.count, 10);
  EXPECT_EQ(images.train.channels, 3);
  ColorizationOptions nowhere;
  nowhere.data = "/nowhere";
  EXPECT_THROW(LoadColorImages(nowhere), std::runtime_error);
}

TEST(LoadColorImages, TakesImagesOfThreeChannelsOnly) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "color images";
  std::filesystem::create_directories(folder / "grey");
  std::filesystem::create_directories(folder / "colored");
  const ImageSet grey{.count = 2, .height = 3, .width = 4, .pixels = std::vector<std::uint8_t>(24, 7)};
  for (const char* const name : {"train-images-idx3-ubyte", "t10k-images-idx3-ubyte"}) {
    WriteBytes(folder / "grey" / name, IdxBytes(grey));
  }
  for (const char* const name : {"data_batch_1.bin", "test_batch.bin"}) {
    WriteBytes(folder / "colored" / name, std::vector<std::uint8_t>(2 * 3073));
  }
  ColorizationOptions options;
  options.data = (folder / "colored").string();
  EXPECT_EQ(LoadColorImages(options).train.count, 2);
  options.data = (folder / "grey").string();
  EXPECT_THAT([&] { LoadColorImages(options); },
              ThrowsMessage<std::runtime_error>(HasSubstr("found images of 1 channel, accepted: of 3")));
}

TEST(MeasureColorization, LearnsAndUsesWhatItIsTold) {
  ColorizationOptions options = Small();
  options.train_images = 200;
  options.pairs.width = 100;  // as published: narrower ones start with larger generated weights, and diverge
  const TrainTestImages images = LoadColorImages(options);
  const auto run = [&](std::uint64_t seed, Index conditions = 200, PublishedModel model = kHypernetwork) {
    PairCell cell = CellsOf(ColorizationCases(options, 784, 200))[0];
    cell.model = model;
    cell.what.conditions = conditions;
    return MeasureColorization(options, images, cell, seed, {});
  };
  options.pairs.epochs = 10;
  const PairErrors found = run(1);
  EXPECT_LT(found.test_error, 0.98 * found.constant_error);
  EXPECT_LT(found.seen_error, found.constant_error);
  EXPECT_NE(run(2).test_error, found.test_error);
  EXPECT_NE(run(1, 200, PublishedModel::kEmbedding).test_error, found.test_error);
  // Fewer images are seen more often: as many steps, and not none.
  EXPECT_LT(run(1, 20).seen_error, found.constant_error);
  EXPECT_NE(run(1, 20).test_error, found.test_error);
  options.pairs.epochs = 1;
  EXPECT_GT(run(1).test_error, found.test_error);
  options.pairs.batch_size = 32;
  const double before = run(1).test_error;
  options.pairs.learning_rate = 0.005;
  EXPECT_NE(run(1).test_error, before);
  options.held_out = 0;
  EXPECT_TRUE(std::isnan(run(1).seen_error));
}

TEST(MeasureColorization, SeesFewerImagesAsOftenAsItTakesForAsManySteps) {
  ColorizationOptions options = Small();
  options.train_images = 200;
  options.pairs.width = 100;
  const TrainTestImages all = LoadColorImages(options), few = FirstImages(all, 20, all.test.count);
  PairCell cell = CellsOf(ColorizationCases(options, 784, 200))[0];
  cell.what.conditions = 20;
  const double error = MeasureColorization(options, all, cell, 1, {}).test_error;
  options.pairs.epochs *= 10;
  EXPECT_EQ(MeasureColorization(options, few, cell, 1, {}).test_error, error);
}

TEST(SummariseColorization, JudgesPhotographsOnly) {
  ColorizationOptions options;
  options.data = "cifar";
  options.pairs.sweep = {"layers"};
  const auto verdict_of = [&](double hypernetwork, double embedding) {
    std::vector<PairCell> cells = CellsOf(ColorizationCases(options, 1024, 50'000));
    for (PairCell& cell : cells) {
      for (const double noise : {0.0, 0.001, 0.004}) {
        const double error = (cell.model == kHypernetwork ? hypernetwork : embedding * (1 + noise)) + noise;
        cell.by_seed.push_back({.test_error = error, .seen_error = error, .constant_error = 1});
      }
    }
    const Result result = SummariseColorization(options, cells);
    Validate(result);
    EXPECT_EQ(result.checks[0].id, "colorization.layers2.hypernetwork_beats_embedding");
    return result.checks[0].verdict;
  };
  EXPECT_EQ(verdict_of(0.3, 0.6), Verdict::kConsistent);
  EXPECT_EQ(verdict_of(0.6, 0.3), Verdict::kInconsistent);
  options.train_images = 4999;
  EXPECT_EQ(verdict_of(0.6, 0.3), Verdict::kInconclusive);
  options.train_images = 5000;
  EXPECT_EQ(verdict_of(0.6, 0.3), Verdict::kInconsistent);
  options.data.clear();
  EXPECT_EQ(verdict_of(0.3, 0.6), Verdict::kInconclusive);
  EXPECT_EQ(verdict_of(0.6, 0.3), Verdict::kInconclusive);
}

TEST(HeldBack, AreTheLastImagesOneInSix) {
  ColorizationOptions options = Small();
  options.train_images = 20;
  const ImageSet images = LoadColorImages(options).train;
  const ImageSet held_back = HeldBack(images);
  ASSERT_EQ(held_back.count, 3);
  const auto first = images.pixels.begin() + static_cast<std::ptrdiff_t>(17 * images.image_size());
  EXPECT_EQ(held_back.pixels, std::vector<std::uint8_t>(first, images.pixels.end()));
  options.train_images = 5;
  options.pairs.search.method = SearchMethod::kFull;
  EXPECT_THAT(
      [&] { LoadColorImages(options); },
      ThrowsMessage<std::invalid_argument>("--train-images: found 5 images with --search, accepted: 6 or more"));
  options.train_images = 6;
  EXPECT_EQ(HeldBack(LoadColorImages(options).train).count, 1);
}

TEST(RunColorization, TunesBothModelsOnImagesThatAreHeldBack) {
  ColorizationOptions options = Small();
  options.pairs.sweep = {"layers", "conditions"};
  options.pairs.layers = {2};
  options.pairs.conditions = {5};
  options.pairs.search = {.method = SearchMethod::kHalving, .n_trials = 3};
  const RunFolder folder = TestFolder("colorization_search");
  const TrainTestImages images = LoadColorImages(options);
  const Result result = RunColorization(options, images, folder);
  Validate(result);
  // Of 30 images 25 are trained on, from seed 2 in the first test.
  const ColorizationSource trained(images.train, 25, PixelChoice::kKept, {.share = options.held_out, .seed = 2});
  const double constant = ColorizationSource(images.test, 10, PixelChoice::kAll).ErrorOfConstant(trained.MeanColor());
  EXPECT_THAT(Contents(folder.path() / "metrics.csv"), HasSubstr(FieldText(constant)));
  EXPECT_THAT(result.about,
              HasSubstr("were chosen for each model from 3 trials on five sixths of the training images"));
  EXPECT_THAT(Contents(folder.path() / "trials-embedding-layers2.csv"), HasSubstr("\n2,"));
  EXPECT_THAT(Contents(folder.path() / "trials-embedding-layers3-conditions5.csv"), HasSubstr("\n2,"));
  EXPECT_THAT(Contents(folder.path() / "metrics.csv"), HasSubstr("seen_error"));
}

Result Repeated(int threads, const RunFolder& folder) {
  ColorizationOptions options = Small();
  options.program.threads = threads;
  return RunColorization(options, LoadColorImages(options), folder);
}

TEST(RunColorization, FindsTheSameBitsWithAnyNumberOfThreads) {
  ExpectSameBitsWithAnyNumberOfThreads("colorization", Repeated, 3 * 2 * 3);
}

TEST(RunColorization, GoesOnFromWhatHasFinished) { ExpectGoesOnFromWhatHasFinished("colorization", Repeated, 6); }

}  // namespace
}  // namespace hyperwidth
