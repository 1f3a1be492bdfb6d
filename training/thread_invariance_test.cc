// SPDX-License-Identifier: Apache-2.0
//
// Training as users do it, for every scheme: the parameters have the same bits for any number of threads.

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "models/random_stream.h"
#include "models/schemes/schemes.h"
#include "training/named_scheme.h"
#include "training/objectives.h"
#include "training/planned_pass.h"
#include "training/trainer.h"

namespace hyperwidth {
namespace {

constexpr Index kImageSide = 8, kX = kImageSide * kImageSide, kCondition = 20, kKnown = 11;
constexpr Index kSteps = 8, kBatch = 24;

// How many samples the items of a source bring.
enum class Groups { kOneSampleEach, kRagged };

// Random numbers to learn; item i is a condition with its samples.
template <typename Scalar>
class RandomData final : public DataSource<Scalar> {
 public:
  RandomData(Groups groups, Index outputs) : groups_(groups), outputs_(outputs) {}
  Index size() const override { return kSteps * kBatch - 5; }  // the last batch is smaller than the others
  void Fill(Index epoch, std::span<const Index> items, TrainingBatch<Scalar>& batch) const override {
    batch.group_starts = {0};
    batch.condition_ids.clear();
    for (const Index item : items) {
      batch.group_starts.push_back(batch.samples() + SamplesOf(item));
      batch.condition_ids.push_back(item % kKnown);
    }
    batch.x.resize(kX, batch.samples());
    batch.targets.resize(outputs_, batch.samples());
    batch.condition.resize(kCondition, batch.conditions());
    for (Index g = 0; g < batch.conditions(); ++g) {
      const auto at = static_cast<std::size_t>(g);
      RandomStream random(5, {static_cast<std::uint64_t>(epoch), static_cast<std::uint64_t>(items[at])});
      const auto fill = [&](auto&& numbers) {
        for (auto& number : numbers.reshaped()) number = static_cast<Scalar>(random.Uniform(-1, 1));
      };
      const Index first = batch.group_starts[at], count = batch.group_starts[at + 1] - first;
      fill(batch.condition.col(g));
      fill(batch.x.middleCols(first, count));
      fill(batch.targets.middleCols(first, count));
    }
  }

 private:
  // 0 to 12 in ragged groups.
  Index SamplesOf(Index item) const { return groups_ == Groups::kRagged ? 5 * item % 13 : 1; }

  Groups groups_;
  Index outputs_;
};

constexpr const char* kConvolutional = "convolutional-hypernetwork";
constexpr const char* kWideEmbedding = "wide-embedding";

std::vector<std::string> AllModelNames() {
  std::vector<std::string> names = AllSchemeNames();
  names.emplace_back(kConvolutional);
  names.emplace_back(kWideEmbedding);
  return names;
}

// Wide enough for their steps to be shared out. tanh, since its vector instructions round otherwise than its scalar
// ones: tasks that are cut in another way would show.
Model MakeModel(const std::string& name) {
  if (name == kConvolutional) {
    const auto g = ConvolutionalPrimary(
        {.channels = 1, .height = kImageSide, .width = kImageSide, .filters = {6, 6}, .kernel = 3, .dense = {3}});
    return Hypernetwork({.sizes = {kCondition, 40, g->NumWeights()}}, *g);
  }
  if (name == kWideEmbedding) {  // which a layer of few units reads
    return NamedScheme("embedding",
                       {.x_size = kX,
                        .condition_size = kCondition,
                        .outputs = 3,
                        .condition_hidden = {40},
                        .primary_hidden = {10},
                        .scalars = 7000,
                        .function = Function::kTanh});
  }
  return NamedScheme(name,
                     {.x_size = kX,
                      .condition_size = kCondition,
                      .outputs = 3,
                      .condition_hidden = {40},
                      .primary_hidden = {96, 64},
                      .scalars = 6,
                      .known_conditions = kKnown,
                      .function = Function::kTanh});
}

template <typename Scalar>
Vector<Scalar> Start(const Model& model) {
  Vector<Scalar> theta(model.parameters.size());
  model.parameters.Initialize<Scalar>(3, theta);
  return theta;
}

const OptimizerOptions kDescent = {.learning_rate = 1e-3};
const OptimizerOptions kAdam = {.method = OptimizerMethod::kAdam, .learning_rate = 1e-3};
// Needs a second pass over the gradient, and all of Adam's.
const OptimizerOptions kClipped = {.method = OptimizerMethod::kAdam, .learning_rate = 1e-3, .max_gradient_norm = 0.01};

template <typename Scalar>
Vector<Scalar> TrainedOn(const Model& model, Groups groups, const OptimizerOptions& optimizer, int threads) {
  Vector<Scalar> theta = Start<Scalar>(model);
  Train<Scalar>(model,
                RandomData<Scalar>(groups, model.graph.shape(model.output).rows),
                MeanSquaredError<Scalar>(),
                {.optimizer = optimizer, .epochs = 1, .batch_size = kBatch, .threads = threads},
                theta);
  return theta;
}

class ThreadInvariance : public ::testing::TestWithParam<std::string> {
 protected:
  template <typename Scalar>
  void ExpectTheSameBits() const {
    const Model model = MakeModel(GetParam());
    for (const Groups groups : {Groups::kOneSampleEach, Groups::kRagged}) {
      for (const OptimizerOptions& optimizer : {kDescent, kAdam, kClipped}) {
        SCOPED_TRACE(std::string(groups == Groups::kRagged ? "ragged groups, " : "one sample each, ") +
                     OptimizerMethodName(optimizer.method) +
                     (std::isfinite(optimizer.max_gradient_norm) ? ", clipped" : ""));
        const Vector<Scalar> expected = TrainedOn<Scalar>(model, groups, optimizer, 1);
        ASSERT_TRUE(expected.allFinite());
        const Index changed = (expected.array() != Start<Scalar>(model).array()).count();
        EXPECT_GT(2 * changed, expected.size()) << "the test says little";
        for (const int threads : {2, 3, 8}) {
          EXPECT_EQ(TrainedOn<Scalar>(model, groups, optimizer, threads), expected) << threads << " threads";
        }
      }
    }
  }
};

TEST_P(ThreadInvariance, ParametersAfterEightStepsHaveTheSameBitsInFloat) { ExpectTheSameBits<float>(); }

TEST_P(ThreadInvariance, ParametersAfterEightStepsHaveTheSameBitsInDouble) { ExpectTheSameBits<double>(); }

// If it ran serially, the test above would compare one thread with one thread.
TEST_P(ThreadInvariance, AStepOfTheTestIsLargeEnoughToBeSharedOut) {
  const Model model = MakeModel(GetParam());
  for (const Groups groups : {Groups::kOneSampleEach, Groups::kRagged}) {
    TrainingBatch<float> batch;
    std::vector<Index> items(kBatch);
    for (std::size_t i = 0; i < items.size(); ++i) items[i] = static_cast<Index>(i);
    RandomData<float>(groups, 1).Fill(1, items, batch);
    EXPECT_EQ(PlannedPass<float>(model, batch, 2).executor().slot_count(), 2) << batch.samples() << " samples";
  }
}

INSTANTIATE_TEST_SUITE_P(Schemes, ThreadInvariance, ::testing::ValuesIn(AllModelNames()), [](const auto& tested) {
  std::string name = tested.param;
  for (char& letter : name) letter = letter == '-' ? '_' : letter;
  return name;
});

}  // namespace
}  // namespace hyperwidth
