// SPDX-License-Identifier: Apache-2.0
#include "training/checkpoint/trainer_checkpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>
#include <vector>

#include "models/random_stream.h"
#include "models/schemes/schemes.h"
#include "training/objectives.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::filesystem::path InFolder(const std::string& name) { return std::filesystem::path(::testing::TempDir()) / name; }

// Ten items, in batches of four: cuts fall inside an epoch, at its end, and before a partial batch.
class Line final : public DataSource<double> {
 public:
  Index size() const override { return 10; }
  void Fill(Index epoch, std::span<const Index> items, TrainingBatch<double>& batch) const override {
    const auto count = static_cast<Index>(items.size());
    batch.group_starts = EqualGroups(count, 1);
    batch.x.resize(1, count);
    batch.condition.resize(1, count);
    batch.targets.resize(1, count);
    for (Index j = 0; j < count; ++j) {
      RandomStream random(1, {static_cast<std::uint64_t>(epoch), static_cast<std::uint64_t>(items[At(j)])});
      batch.x(0, j) = random.Uniform(-1, 1);
      batch.condition(0, j) = random.Uniform(-1, 1);
      batch.targets(0, j) = batch.x(0, j) * batch.condition(0, j);
    }
  }

 private:
  static std::size_t At(Index j) { return static_cast<std::size_t>(j); }
};

Model SmallModel() { return Embedding({.sizes = {1, 5, 3}}, {.sizes = {1 + 3, 6, 1}}); }

struct Training {
  explicit Training(const OptimizerOptions& optimizer)
      : theta(model.parameters.size()),
        trainer(
            model, data, objective, {.optimizer = optimizer, .epochs = 4, .batch_size = 4, .seed = 3}, Start(), &data) {
  }

  Model model = SmallModel();
  Line data;
  MeanSquaredError<double> objective;
  Vector<double> theta;
  Trainer<double> trainer;

 private:
  VectorRef<double> Start() {
    model.parameters.Initialize<double>(2, theta);
    return theta;
  }
};

const std::vector<OptimizerOptions> kOptimizers = {
    {.learning_rate = 0.1},
    {.learning_rate = 0.1, .momentum = 0.9, .nesterov = true},
    {.method = OptimizerMethod::kAdam, .learning_rate = 0.01, .max_gradient_norm = 0.5},
    {.method = OptimizerMethod::kAdamW, .learning_rate = 0.01, .weight_decay = 0.1},
    {.method = OptimizerMethod::kAdadelta, .learning_rate = 1},
};

// 12 steps in all, cut after each of them, through a file.
TEST(TrainerCheckpoint, TrainingGoesOnFromTheFileBitForBit) {
  const std::filesystem::path path = InFolder("trainer");
  for (const OptimizerOptions& optimizer : kOptimizers) {
    Training whole(optimizer);
    while (!whole.trainer.IsDone()) whole.trainer.Step();
    for (int cut = 0; cut < 12; ++cut) {
      Training before(optimizer);
      for (int step = 0; step < cut; ++step) before.trainer.Step();
      SaveTrainer<double>(path, before.model, {.state = before.trainer.State()});
      Training after(optimizer);
      after.trainer.Step();  // somewhere else
      after.trainer.Restore(LoadTrainer<double>(path, after.model).state);
      while (!after.trainer.IsDone()) after.trainer.Step();
      EXPECT_EQ(after.theta, whole.theta) << OptimizerMethodName(optimizer.method) << ", cut after " << cut;
      const TrainerState<double> found = after.trainer.State(), expected = whole.trainer.State();
      EXPECT_EQ(found.best, expected.best);
      EXPECT_EQ(found.epoch_sum, expected.epoch_sum);
      EXPECT_EQ(found.samples, expected.samples);
      EXPECT_EQ(found.optimizer.step, expected.optimizer.step);
    }
  }
}

// Nothing has been validated yet, or the sum has been lost: numbers that decimal texts often lose.
TEST(TrainerCheckpoint, EveryNumberComesBack) {
  Training training(kOptimizers[2]);
  training.trainer.Step();
  TrainerState<double> state = training.trainer.State();
  state.seed = std::numeric_limits<std::uint64_t>::max();
  state.epoch_sum.loss = 0.1 + 0.2;
  state.best.loss = std::numeric_limits<double>::infinity();
  state.best.not_numbers_since = 3;
  SaveTrainer<double>(
      InFolder("numbers"),
      training.model,
      {.state = state, .architecture = {{"function", "relu"}}, .notes = {{"losses", "[1, 2]"}, {"", "empty"}}});
  const TrainerCheckpoint<double> checkpoint = LoadTrainer<double>(InFolder("numbers"), training.model);
  EXPECT_EQ(checkpoint.architecture, (std::map<std::string, std::string>{{"function", "relu"}}));
  EXPECT_EQ(checkpoint.notes, (std::map<std::string, std::string>{{"losses", "[1, 2]"}, {"", "empty"}}));
  const TrainerState<double>& found = checkpoint.state;
  EXPECT_EQ(found.theta, state.theta);
  EXPECT_EQ(found.optimizer.first_moment, state.optimizer.first_moment);
  EXPECT_EQ(found.optimizer.second_moment, state.optimizer.second_moment);
  EXPECT_EQ(found.seed, state.seed);
  EXPECT_EQ(found.epoch, state.epoch);
  EXPECT_EQ(found.items_in_epoch, state.items_in_epoch);
  EXPECT_EQ(found.epoch_sum, state.epoch_sum);
  EXPECT_EQ(found.best, state.best);
}

TEST(TrainerCheckpoint, AFileWithoutATrainersCountersIsRefused) {
  Training training(kOptimizers[0]);
  const auto message = [&](const std::map<std::string, std::string>& counters) -> std::string {
    SaveModel<double>(InFolder("counters"), training.model, training.theta, {.counters = counters});
    try {
      LoadTrainer<double>(InFolder("counters"), training.model);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_THAT(message({}), AllOf(HasSubstr("counter \"seed\": found none"), HasSubstr("counters")));
  EXPECT_THAT(message({{"seed", "1"}}), HasSubstr("counter \"epoch\": found none"));
  for (const char* const wrong : {"", "one", "1 ", "1.5", "-1"}) {
    EXPECT_THAT(message({{"seed", wrong}}), HasSubstr("counter \"seed\": found \"" + std::string(wrong) + "\""));
  }
}

}  // namespace
}  // namespace hyperwidth
