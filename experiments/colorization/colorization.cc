// SPDX-License-Identifier: Apache-2.0
#include "experiments/colorization/colorization.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "experiments/colorization/color_images.h"
#include "experiments/colorization/colorization_source.h"
#include "experiments/command_line/command_line.h"
#include "experiments/published_models/pair_search.h"
#include "experiments/published_models/pair_summary.h"
#include "experiments/published_models/run_pairs.h"
#include "training/data/image_folder.h"

namespace hyperwidth {
namespace {

// Fewer images than this share of the default are too few to speak of the published conclusions.
constexpr double kLeastShare = 0.1;

PairStudy StudyOf(const ColorizationOptions& options) {
  PairStudy study{.experiment = "colorization"};
  const double least = kLeastShare * static_cast<double>(ColorizationOptions{}.train_images);
  if (options.data.empty()) {
    study.smaller = "These are coloured glyphs, and the published conclusion is about photographs.";
  } else if (static_cast<double>(options.train_images) < least) {
    study.smaller = fmt::format("The run has {} images to train on instead of 50000.", options.train_images);
  }
  return study;
}

PairCase CaseOf(const ColorizationOptions& options, Index pixels, int layers, Index conditions) {
  const std::vector<Index> hidden = options.pairs.HiddenUnits(layers);
  PairCase what{.task = {}, .layers = layers, .conditions = conditions};
  what.pair = {.x_size = kPixelFeatures,
               .condition_size = pixels,
               .outputs = kColors,
               .f_hidden = hidden,
               .e_hidden = hidden,
               .embedding_dim = 1,
               .q_has_bias = false,
               .primary_function = Function::kElu};
  what.pair.embedding_dim = GeneratedWeightsOf(what.pair);
  what.pair = Matched(what.pair, options.pairs.match);
  return what;
}

double WorkOf(const ColorizationOptions& options, Index pixels, const PairCell& cell) {
  return static_cast<double>(options.pairs.epochs * cell.what.conditions) *
         (static_cast<double>(cell.sizes.multiply_adds_per_condition) +
          static_cast<double>(pixels) * static_cast<double>(cell.sizes.multiply_adds_per_sample));
}

// How many of the images a search chooses by.
std::int64_t ValidationImages(std::int64_t images) {
  const std::int64_t validation = images / kSearchValidationShare;
  if (validation > 0) return validation;
  throw std::invalid_argument(fmt::format(
      "--train-images: found {} images with --search, accepted: {} or more", images, kSearchValidationShare));
}

std::shared_ptr<const ColorizationSource> TrainedPixels(const ColorizationOptions& options,
                                                        const ImageSet& images,
                                                        const PairCase& what,
                                                        std::uint64_t seed) {
  const HeldOutPixels held_out{.share = options.held_out, .seed = seed};
  return std::make_shared<ColorizationSource>(images, what.conditions, PixelChoice::kKept, held_out);
}

// All pixels of images that are not trained on.
PairPart UnseenPart(const ImageSet& images, const ColorizationSource& trained) {
  auto pixels = std::make_shared<ColorizationSource>(images, images.count, PixelChoice::kAll);
  const double constant_error = pixels->ErrorOfConstant(trained.MeanColor());
  return {.samples = std::move(pixels), .constant_error = constant_error};
}

// The same, and the pixels that are held out of as many images that are, if any are.
PairPart TestPart(const ColorizationOptions& options,
                  const TrainTestImages& images,
                  const PairCase& what,
                  std::uint64_t seed,
                  const ColorizationSource& trained) {
  PairPart part = UnseenPart(images.test, trained);
  if (options.held_out > 0) {
    const HeldOutPixels held_out{.share = options.held_out, .seed = seed};
    const Index tested = std::min<Index>(what.conditions, images.test.count);
    part.seen = std::make_shared<ColorizationSource>(images.train, tested, PixelChoice::kHeldOut, held_out);
  }
  return part;
}

// What a search is given of a case whose conditions are none of the images to choose by. All of it must outlive the
// search.
PairTuning TuningOf(const ColorizationOptions& options, const TrainTestImages& images, const ImageSet& validation) {
  const auto trained = [&](const PairCase& what, std::uint64_t seed) {
    return TrainedPixels(options, images.train, what, seed);
  };
  return {.search = options.pairs.search,
          .steps = options.pairs.Steps(images.train.count - validation.count),
          .batch_size = static_cast<Index>(options.pairs.batch_size),
          .train = [=](const PairCase& what, std::uint64_t seed) { return PairPart{.samples = trained(what, seed)}; },
          .validation = [=, &validation](const PairCase& what,
                                         std::uint64_t seed) { return UnseenPart(validation, *trained(what, seed)); },
          .test = [=, &options, &images](
                      const PairCase& what,
                      std::uint64_t seed) { return TestPart(options, images, what, seed, *trained(what, seed)); }};
}

}  // namespace

bool HasColors(const std::string& folder) { return LoadImageFolder(UserPath(folder)).train.channels == kColors; }

TrainTestImages LoadColorImages(const ColorizationOptions& options) {
  TrainTestImages images;
  if (options.data.empty()) {
    images = {.train = DrawColoredGlyphs(options.train_images, options.program.seed, Split::kTrain),
              .test = DrawColoredGlyphs(options.test_images, options.program.seed, Split::kTest)};
  } else {
    images = LoadImageFolder(UserPath(options.data));
    if (images.train.channels != kColors) {
      throw std::runtime_error(fmt::format(
          "{}: found images of {} channel, accepted: of 3, as in CIFAR", options.data, images.train.channels));
    }
    images = FirstImages(std::move(images), options.train_images, options.test_images);
  }
  if (options.pairs.search.is_on()) ValidationImages(images.train.count);  // or a mistake is found late
  return images;
}

std::vector<PairCase> ColorizationCases(const ColorizationOptions& options, Index pixels, Index train_images) {
  std::vector<PairCase> cases;
  if (options.pairs.HasSweep("layers")) {
    for (const int layers : options.pairs.layers) {
      AddToSweep("layers", CaseOf(options, pixels, layers, train_images), cases);
    }
  }
  if (options.pairs.HasSweep("conditions")) {
    for (const std::int64_t conditions : options.pairs.conditions) {
      const Index images = std::min<Index>(conditions, train_images);
      AddToSweep("conditions", CaseOf(options, pixels, options.pairs.conditions_layers, images), cases);
    }
  }
  return cases;
}

ImageSet HeldBack(const ImageSet& images) {
  const std::int64_t count = ValidationImages(images.count);
  const auto bytes = static_cast<std::ptrdiff_t>(images.image_size()) * count;
  return {.count = count,
          .height = images.height,
          .width = images.width,
          .channels = images.channels,
          .pixels = {images.pixels.end() - bytes, images.pixels.end()},
          .source = images.source};
}

PairErrors MeasureColorization(const ColorizationOptions& options,
                               const TrainTestImages& images,
                               const PairCell& cell,
                               std::uint64_t seed,
                               const StopRequest& stop) {
  const auto trained = TrainedPixels(options, images.train, cell.what, seed);
  TrainerOptions trainer = options.pairs.Training(seed);
  // As many steps whatever the number of images: fewer are seen more often.
  trainer.epochs *= std::max<Index>(1, images.train.count / cell.what.conditions);
  trainer.batch_size = std::min<Index>(trainer.batch_size, cell.what.conditions);
  return TrainAndTestPair(MakePublishedModel(cell.model, cell.what.pair),
                          {.samples = trained},
                          TestPart(options, images, cell.what, seed, *trained),
                          trainer,
                          stop);
}

Result SummariseColorization(const ColorizationOptions& options, const std::vector<PairCell>& cells) {
  Result result{.experiment = "colorization"};
  result.title = "Does a hypernetwork colour images better than an embedding?";
  result.about = fmt::format(
      "I is a grey image and x the position of a pixel, as 42 features; the colour there is asked for. A hypernetwork, "
      "whose f sees I and generates the weights of a network g of x, is trained beside an embedding, whose e sees I "
      "and whose q sees x and e(I).{}\n"
      "Both see the same images in batches of {}, each with all its pixels but a share of {} that is held out, for {} "
      "epochs by {}. In the sweep of conditions fewer images are seen more often, in as many steps.\n"
      "Errors are those on test images unless said otherwise, in units of that of the mean colour. Seen conditions: "
      "held out pixels of training images. The paper does not say how many epochs and which batches and learning rate "
      "it had, how images became grey, and held out no pixels.",
      options.pairs.TuningSentence(),
      options.pairs.batch_size,
      options.held_out,
      options.pairs.epochs,
      options.pairs.OptimizerText("five sixths of the training images, by the others"));
  AddPairs(StudyOf(options), cells, result);
  result.limits = LimitsOf(cells, options.pairs.match, options.pairs.search.is_on()) +
                  "\nSeeds are of weights, batches and held out pixels; all trainings see the same images, so that the "
                  "intervals do not cover the choice of these.";
  return result;
}

Result RunColorization(const ColorizationOptions& options,
                       const TrainTestImages& images,
                       const RunFolder& folder,
                       const RunFolder* published) {
  const auto pixels = static_cast<Index>(images.train.plane_size());
  PairExperiment experiment = {
      .study = StudyOf(options),
      .cases = ColorizationCases(options, pixels, images.train.count),
      .seeds = options.pairs.seeds,
      .work = [&](const PairCell& cell) { return WorkOf(options, pixels, cell); },
      .summarise = [&](const std::vector<PairCell>& cells) { return SummariseColorization(options, cells); },
      .settings = SettingsOf(options),
      .data = images.train.source + "; test: " + images.test.source};
  if (options.pairs.search.is_on()) {
    const ImageSet validation = HeldBack(images.train);
    experiment.cases = ColorizationCases(options, pixels, images.train.count - validation.count);
    return RunPairSearch(experiment, TuningOf(options, images, validation), options.program, folder);
  }
  const auto measure = [&](const PairCell& cell, std::uint64_t seed, const StopRequest& stop) {
    return MeasureColorization(options, images, cell, seed, stop);
  };
  return RunPairs(experiment, measure, options.program, folder, published);
}

}  // namespace hyperwidth
