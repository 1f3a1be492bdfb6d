// SPDX-License-Identifier: Apache-2.0
//
// A trainer that is cut off anywhere and restored elsewhere ends with the bits of one that was left alone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <oneapi/tbb/task_arena.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/random_stream.h"
#include "training/named_scheme.h"
#include "training/objectives.h"
#include "training/planned_pass.h"
#include "training/trainer.h"

namespace hyperwidth {
namespace {

constexpr Index kX = 20, kCondition = 30, kItems = 22, kBatch = 8, kStepsOfEpoch = 3, kEpochs = 4;

// Random numbers to learn, drawn afresh in each epoch; item i is a condition with i % 7 samples.
class RaggedData final : public DataSource<float> {
 public:
  Index size() const override { return kItems; }
  void Fill(Index epoch, std::span<const Index> items, TrainingBatch<float>& batch) const override {
    batch.group_starts = {0};
    for (const Index item : items) batch.group_starts.push_back(batch.samples() + item % 7);
    batch.x.resize(kX, batch.samples());
    batch.targets.resize(1, batch.samples());
    batch.condition.resize(kCondition, batch.conditions());
    for (Index g = 0; g < batch.conditions(); ++g) {
      const auto at = static_cast<std::size_t>(g);
      RandomStream random(5, {static_cast<std::uint64_t>(epoch), static_cast<std::uint64_t>(items[at])});
      const auto fill = [&](auto&& numbers) {
        for (auto& number : numbers.reshaped()) number = static_cast<float>(random.Uniform(-1, 1));
      };
      const Index first = batch.group_starts[at], count = batch.group_starts[at + 1] - first;
      fill(batch.condition.col(g));
      fill(batch.x.middleCols(first, count));
      fill(batch.targets.middleCols(first, count));
    }
  }
};

// Wide enough for steps to be shared out, and tanh, whose vector instructions round otherwise than its scalar ones.
Model MakeModel(const std::string& scheme) {
  const bool is_hypernetwork = scheme == "hypernetwork";  // which multiplies for each condition
  return NamedScheme(scheme,
                     {.x_size = kX,
                      .condition_size = kCondition,
                      .condition_hidden = {100},
                      .primary_hidden = is_hypernetwork ? std::vector<Index>{80, 60} : std::vector<Index>{160, 120},
                      .scalars = 20,
                      .function = Function::kTanh});
}

const std::vector<std::string> kSchemes = {"embedding", "hypernetwork", "film"};

const std::vector<OptimizerOptions> kOptimizers = {
    {.learning_rate = 0.01, .weight_decay = 0.1},
    {.learning_rate = 0.01, .momentum = 0.9, .weight_decay = 0.1},
    {.method = OptimizerMethod::kAdam, .learning_rate = 1e-3, .weight_decay = 0.1},
    {.learning_rate = 0.01, .momentum = 0.9, .nesterov = true},
    {.method = OptimizerMethod::kAdamW,
     .learning_rate = 1e-3,
     .weight_decay = 0.1,
     .schedule = {.shape = ScheduleShape::kCosine, .warm_up = 2, .period = 9}},
    {.method = OptimizerMethod::kAdadelta, .learning_rate = 1},
    {.method = OptimizerMethod::kAdam, .learning_rate = 1e-3, .max_gradient_norm = 0.1},
};

TrainerOptions Options(const OptimizerOptions& optimizer, Index epochs, int threads) {
  return {.optimizer = optimizer, .epochs = epochs, .batch_size = kBatch, .seed = 7, .threads = threads};
}

// A trainer with what it needs.
class Training {
 public:
  Training(const Model& model, const TrainerOptions& options)
      : theta_(Initial(model)), trainer_(model, data_, objective_, options, theta_) {}

  Trainer<float>& trainer() { return trainer_; }
  const Vector<float>& theta() const { return theta_; }
  Vector<float>& theta() { return theta_; }
  std::vector<TrainingStep> Step(Index count) {
    std::vector<TrainingStep> steps;
    for (Index i = 0; i < count; ++i) steps.push_back(trainer_.Step());
    return steps;
  }

 private:
  static Vector<float> Initial(const Model& model) {
    Vector<float> theta(model.parameters.size());
    model.parameters.Initialize<float>(3, theta);
    return theta;
  }

  RaggedData data_;
  MeanSquaredError<float> objective_;
  Vector<float> theta_;
  Trainer<float> trainer_;
};

void ExpectEqual(const TrainingStep& found, const TrainingStep& expected) {
  EXPECT_EQ(found.epoch, expected.epoch);
  EXPECT_EQ(found.step, expected.step);
  EXPECT_EQ(found.items_in_epoch, expected.items_in_epoch);
  EXPECT_EQ(found.samples, expected.samples);
  EXPECT_EQ(found.loss, expected.loss);
  EXPECT_EQ(found.mean_loss, expected.mean_loss);
  EXPECT_EQ(found.ends_epoch, expected.ends_epoch);
}

TEST(TrainerContinuation, AHundredCutsLeaveNoTrace) {
  constexpr Index kSteps = kEpochs * kStepsOfEpoch;
  RandomStream random(17);
  constexpr int kCuts = 100;
  const auto pairs = static_cast<int>(kSchemes.size() * kOptimizers.size());
  for (int pair = 0; pair < pairs; ++pair) {
    const auto at = static_cast<std::size_t>(pair);
    const std::string& scheme = kSchemes[at % kSchemes.size()];
    const OptimizerOptions& optimizer = kOptimizers[at / kSchemes.size()];
    const Model model = MakeModel(scheme);
    Training whole(model, Options(optimizer, kEpochs, 1));
    const std::vector<TrainingStep> expected = whole.Step(kSteps);
    ASSERT_TRUE(whole.trainer().IsDone());
    ASSERT_TRUE(whole.theta().allFinite());
    for (int cut_index = pair; cut_index < kCuts; cut_index += pairs) {
      const auto cut = static_cast<Index>(random.Below(kSteps));  // so many steps before it
      SCOPED_TRACE(scheme + ", optimizer " + std::to_string(at / kSchemes.size()) + ", cut after " +
                   std::to_string(cut));
      const auto threads = [&] { return static_cast<int>(1 + random.Below(3)); };
      TrainerState<float> state;
      {
        Training before(model, Options(optimizer, kEpochs, threads()));
        before.Step(cut);
        state = before.trainer().State();
      }
      Training after(model, Options(optimizer, kEpochs, threads()));
      // Wherever the new trainer has been, nothing of it remains.
      after.Step(static_cast<Index>(random.Below(kSteps)));
      after.theta().setConstant(-3);
      after.trainer().Restore(state);
      const std::vector<TrainingStep> found = after.Step(kSteps - cut);
      EXPECT_TRUE(after.trainer().IsDone());
      EXPECT_EQ(after.theta(), whole.theta());
      for (std::size_t i = 0; i < found.size(); ++i) {
        ExpectEqual(found[i], expected[i + static_cast<std::size_t>(cut)]);
      }
    }
  }
}

// If they ran serially, the test above would compare one thread with one thread.
TEST(TrainerContinuation, StepsOfTheTestAreLargeEnoughToBeSharedOut) {
  for (const std::string& scheme : kSchemes) {
    const Model model = MakeModel(scheme);
    TrainingBatch<float> batch;
    const std::vector<Index> items = {0, 1, 2, 3, 4, 5, 6, 7};
    RaggedData().Fill(1, items, batch);
    EXPECT_EQ(PlannedPass<float>(model, batch, 2).executor().slot_count(), 2) << scheme;
  }
}

TEST(TrainerContinuation, TwoEpochsAndTwoEpochsAreFour) {
  const Model model = MakeModel("hypernetwork");
  Training whole(model, Options(kOptimizers[2], 4, 2));
  whole.Step(4 * kStepsOfEpoch);
  Training first(model, Options(kOptimizers[2], 2, 2));
  first.Step(2 * kStepsOfEpoch);
  EXPECT_TRUE(first.trainer().IsDone());
  EXPECT_THROW(first.trainer().Step(), std::logic_error);
  Training second(model, Options(kOptimizers[2], 4, 2));
  second.trainer().Restore(first.trainer().State());
  second.Step(2 * kStepsOfEpoch);
  EXPECT_TRUE(second.trainer().IsDone());
  EXPECT_EQ(second.theta(), whole.theta());
}

// In an arena of one thread nobody but that thread does what is left there: a trainer that left a batch to be filled
// would wait for it for ever elsewhere. One of more threads than the trainer knows of has numbers for them that it has
// no buffers for.
TEST(TrainerContinuation, EachStepMayBeInAnotherArena) {
  for (const std::string& scheme : kSchemes) {
    const Model model = MakeModel(scheme);
    Training whole(model, Options(kOptimizers[2], kEpochs, 1));
    const std::vector<TrainingStep> expected = whole.Step(kEpochs * kStepsOfEpoch);
    for (const int threads : {1, 2}) {
      SCOPED_TRACE(scheme + ", made in an arena of " + std::to_string(threads));
      std::unique_ptr<Training> run;
      oneapi::tbb::task_arena(threads).execute(
          [&] { run = std::make_unique<Training>(model, Options(kOptimizers[2], kEpochs, 0)); });
      for (std::size_t i = 0; i < expected.size(); ++i) {
        oneapi::tbb::task_arena(1 + static_cast<int>(i % 4)).execute([&] {
          ExpectEqual(run->Step(1).front(), expected[i]);
        });
      }
      EXPECT_EQ(run->theta(), whole.theta());
    }
  }
}

TEST(TrainerContinuation, PatienceIsNotRenewed) {
  // Nothing is learnt from random numbers that are drawn afresh, so that patience ends soon.
  const Model model = MakeModel("embedding");
  const RaggedData data, validation;
  const MeanSquaredError<float> objective;
  TrainerOptions options = Options({.learning_rate = 0.05}, 100, 1);
  options.patience = 4;
  const auto initial = [&] {
    Vector<float> theta(model.parameters.size());
    model.parameters.Initialize<float>(3, theta);
    return theta;
  };
  Vector<float> theta = initial();
  Trainer<float> whole(model, data, objective, options, theta, &validation);
  std::vector<TrainerState<float>> states;
  while (!whole.IsDone()) {
    whole.Step();
    states.push_back(whole.State());
  }
  ASSERT_LT(states.size(), 100u * kStepsOfEpoch);
  for (std::size_t cut = 0; cut < states.size(); ++cut) {
    Vector<float> restored = initial();
    Trainer<float> trainer(model, data, objective, options, restored, &validation);
    trainer.Restore(states[cut]);
    std::size_t steps = cut + 1;
    for (; !trainer.IsDone(); ++steps) trainer.Step();
    EXPECT_EQ(steps, states.size()) << "cut after " << cut + 1;
    EXPECT_EQ(restored, theta);
    EXPECT_EQ(trainer.State().best, states.back().best);
    EXPECT_EQ(trainer.StopReason(), whole.StopReason());
  }
}

TEST(TrainerContinuation, TheStateIsAValue) {
  const Model model = MakeModel("film");
  Training run(model, Options(kOptimizers[2], kEpochs, 1));
  run.Step(kStepsOfEpoch + 1);
  const TrainerState<float> state = run.trainer().State();
  const Vector<float> theta = run.theta();
  EXPECT_EQ(state.epoch, 2);
  EXPECT_EQ(state.items_in_epoch, kBatch);
  EXPECT_EQ(state.optimizer.step, kStepsOfEpoch + 1);
  EXPECT_EQ(state.seed, 7u);
  run.Step(3);
  EXPECT_EQ(state.theta, theta);
  EXPECT_NE(state.theta, run.theta());
}

TEST(TrainerContinuation, AStateOfAnotherTrainerIsRefusedAndChangesNothing) {
  const Model model = MakeModel("film");
  Training run(model, Options(kOptimizers[2], kEpochs, 1));
  run.Step(2);
  const TrainerState<float> state = run.trainer().State();
  const auto refusal = [&](auto&& change) -> std::string {
    TrainerState<float> changed = state;
    changed.theta.setZero();
    change(changed);
    try {
      run.trainer().Restore(changed);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "accepted";
  };
  using State = TrainerState<float>;
  using ::testing::HasSubstr;
  EXPECT_THAT(refusal([](State& s) { s.theta.setZero(3); }), HasSubstr("a number of parameters of 3, accepted"));
  EXPECT_THAT(refusal([](State& s) { s.seed = 8; }), HasSubstr("a seed of 8, accepted: 7"));
  EXPECT_THAT(refusal([](State& s) { s.best.epochs_since = -1; }), HasSubstr("found epochs since the best"));
  EXPECT_THAT(refusal([](State& s) { s.optimizer.step = -1; }), HasSubstr("found step -1"));
  EXPECT_THAT(refusal([](State& s) { s.epoch = 0; }), HasSubstr("an epoch of 0"));
  EXPECT_THAT(refusal([](State& s) { s.items_in_epoch = 3; }), HasSubstr("a multiple of the batch size 8 below 22"));
  EXPECT_THAT(refusal([](State& s) { s.items_in_epoch = 24; }), HasSubstr("a multiple of the batch size 8 below 22"));
  EXPECT_THAT(refusal([](State& s) { s.optimizer.first_moment.setZero(2); }),
              HasSubstr("found 2 entries of the first moment"));
  EXPECT_THAT(refusal([](State& s) { s.optimizer.second_moment.setZero(0); }),
              HasSubstr("found 0 entries of the second moment"));
  EXPECT_EQ(run.theta(), state.theta);
  EXPECT_EQ(run.trainer().State().items_in_epoch, 2 * kBatch);
}

// Fails once, at a given item.
class FailingData final : public DataSource<float> {
 public:
  Index size() const override { return data_.size(); }
  void Fill(Index epoch, std::span<const Index> items, TrainingBatch<float>& batch) const override {
    if (++calls_ == 3) throw std::runtime_error("the disk is full");
    data_.Fill(epoch, items, batch);
  }

 private:
  RaggedData data_;
  mutable int calls_ = 0;
};

TEST(TrainerContinuation, AStepThatFailedCanBeTakenAgain) {
  const Model model = MakeModel("embedding");
  Training whole(model, Options(kOptimizers[1], 2, 1));
  whole.Step(2 * kStepsOfEpoch);
  for (const int threads : {0, 1, 2}) {
    const FailingData data;
    const MeanSquaredError<float> objective;
    Vector<float> theta(model.parameters.size());
    model.parameters.Initialize<float>(3, theta);
    Trainer<float> trainer(model, data, objective, Options(kOptimizers[1], 2, threads), theta);
    int failures = 0;
    while (!trainer.IsDone()) {
      try {
        oneapi::tbb::task_arena(1).execute([&] { trainer.Step(); });
      } catch (const std::runtime_error&) {
        ++failures;
      }
    }
    EXPECT_EQ(failures, 1);
    EXPECT_EQ(theta, whole.theta()) << threads << " threads";
  }
}

}  // namespace
}  // namespace hyperwidth
