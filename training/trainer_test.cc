// SPDX-License-Identifier: Apache-2.0
#include "training/trainer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "models/graph/interpreter.h"
#include "models/random_stream.h"
#include "models/schemes/schemes.h"
#include "training/objectives.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

// Items drawn from (epoch, item): x and I uniform on [-1, 1]^3 and [-1, 1]^2, the target a product that no network of x
// alone can follow, the label its sign.
template <typename Scalar>
class ProductSource final : public DataSource<Scalar> {
 public:
  struct Form {
    bool fresh_each_epoch = false;
    bool in_groups = false;           // item i has i % 5 samples, all with one condition; else one
    bool repeats_conditions = false;  // a condition for each sample, though they may be equal
  };

  explicit ProductSource(Index size, const Form& form = {}) : size_(size), form_(form) {}
  Index size() const override { return size_; }
  void Fill(Index epoch, std::span<const Index> items, TrainingBatch<Scalar>& batch) const override {
    batch.group_starts = {0};
    std::vector<Index> groups = {0};  // as if no condition was repeated
    for (const Index item : items) groups.push_back(groups.back() + (form_.in_groups ? item % 5 : 1));
    batch.x.resize(3, groups.back());
    batch.condition.resize(2, groups.back());  // at most
    batch.targets.resize(1, groups.back());
    batch.labels.resize(groups.back());
    for (std::size_t i = 0; i < items.size(); ++i) {
      RandomStream random(
          99, {form_.fresh_each_epoch ? static_cast<std::uint64_t>(epoch) : 0, static_cast<std::uint64_t>(items[i])});
      const Vector<Scalar> condition{
          {static_cast<Scalar>(random.Uniform(-1, 1)), static_cast<Scalar>(random.Uniform(-1, 1))}};
      for (Index j = groups[i]; j < groups[i + 1]; ++j) {
        for (Index row = 0; row < 3; ++row) batch.x(row, j) = static_cast<Scalar>(random.Uniform(-1, 1));
        batch.targets(0, j) = batch.x(0, j) * condition[0];
        batch.labels[j] = batch.targets(0, j) > 0 ? 1 : 0;
        if (form_.repeats_conditions) AddGroup(condition, j + 1, batch);
      }
      if (!form_.repeats_conditions) AddGroup(condition, groups[i + 1], batch);
    }
    batch.condition.conservativeResize(2, batch.conditions());
  }

 private:
  void AddGroup(const Vector<Scalar>& condition, Index end, TrainingBatch<Scalar>& batch) const {
    if (batch.condition.cols() == batch.conditions()) batch.condition.conservativeResize(2, batch.conditions() + 1);
    batch.condition.col(batch.conditions()) = condition;
    batch.group_starts.push_back(end);
  }

  Index size_;
  Form form_;
};

Model MakeModel(Index outputs, Index width = 24) {
  const auto g = MlpPrimary({.sizes = {3, 8, outputs}});
  return Hypernetwork({.sizes = {2, width, g->NumWeights()}}, *g);
}

template <typename Scalar>
Vector<Scalar> Initial(const Model& model) {
  Vector<Scalar> theta(model.parameters.size());
  model.parameters.Initialize<Scalar>(3, theta);
  return theta;
}

TEST(Train, LearnsAProductOfInputAndCondition) {
  const Model model = MakeModel(1);
  const ProductSource<float> data(2000);
  Vector<float> theta = Initial<float>(model);
  const double before = Evaluate<float>(model, data, MeanSquaredError<float>(), theta).loss / 2000;
  Train<float>(model,
               data,
               MeanSquaredError<float>(),
               {.optimizer = {.method = OptimizerMethod::kAdam, .learning_rate = 0.01},
                .epochs = 20,
                .batch_size = 50,
                .threads = 2},
               theta);
  const double after = Evaluate<float>(model, data, MeanSquaredError<float>(), theta).loss / 2000;
  EXPECT_GT(before, 0.1) << "the target's variance is 1/9";
  EXPECT_LT(after, 0.005);
}

TEST(Train, LearnsToClassify) {
  const Model model = MakeModel(2);
  const ProductSource<double> data(1000);
  Vector<double> theta = Initial<double>(model);
  Train<double>(
      model, data, CrossEntropy<double>(), {.optimizer = {.learning_rate = 0.1, .momentum = 0.9}, .epochs = 15}, theta);
  EXPECT_LT(Evaluate<double>(model, data, CrossEntropy<double>(), theta).wrong, 50);
}

TEST(Train, GivesTheSameBitsForAnyNumberOfThreads) {
  const Model model = MakeModel(1, /*width=*/200);  // large enough to be shared out
  const ProductSource<float> data(600, {.fresh_each_epoch = true});
  const auto train = [&](int threads) {
    Vector<float> theta = Initial<float>(model);
    Train<float>(model,
                 data,
                 MeanSquaredError<float>(),
                 {.optimizer = {.method = OptimizerMethod::kAdam}, .epochs = 3, .batch_size = 250, .threads = threads},
                 theta);
    return theta;
  };
  const Vector<float> expected = train(1);
  for (const int threads : {0, 2, 3, 8}) EXPECT_EQ(train(threads), expected) << threads << " threads";
}

class ZeroTargets final : public DataSource<float> {
 public:
  Index size() const override { return data_.size(); }
  void Fill(Index epoch, std::span<const Index> items, TrainingBatch<float>& batch) const override {
    data_.Fill(epoch, items, batch);
    batch.targets.setZero();
  }

 private:
  ProductSource<float> data_{250};
};

// Weights that are halved in each step are subnormal numbers from step 126 on, and zero from step 150 on.
TEST(Train, TakesSubnormalNumbersAsZero) {
  const Model model = MakeModel(1, /*width=*/200);
  for (const int threads : {1, 3}) {
    Vector<float> theta = Initial<float>(model);
    Train<float>(
        model,
        ZeroTargets(),
        MeanSquaredError<float>(),
        {.optimizer = {.learning_rate = 0.5, .weight_decay = 1}, .epochs = 135, .batch_size = 250, .threads = threads},
        theta);
    EXPECT_EQ((theta.array() != 0).count(), 0) << threads << " threads";
  }
  volatile float smallest = std::numeric_limits<float>::min();
  EXPECT_NE(0.5F * smallest, 0) << "the caller's are what they were";
}

// A source that notes on which threads it is asked.
class ThreadNotingSource final : public DataSource<float> {
 public:
  Index size() const override { return data_.size(); }
  void Fill(Index epoch, std::span<const Index> items, TrainingBatch<float>& batch) const override {
    {
      const std::lock_guard lock(mutex_);
      threads_.insert(std::this_thread::get_id());
    }
    data_.Fill(epoch, items, batch);
  }
  const std::set<std::thread::id>& threads() const { return threads_; }

 private:
  ProductSource<float> data_{600};
  mutable std::mutex mutex_;
  mutable std::set<std::thread::id> threads_;
};

TEST(Train, StaysInTheCallersArena) {
  const Model model = MakeModel(1, /*width=*/200);
  ThreadNotingSource data;
  Vector<float> theta = Initial<float>(model);
  oneapi::tbb::task_arena arena(1);
  arena.execute([&] {
    Train<float>(model, data, MeanSquaredError<float>(), {.epochs = 2, .batch_size = 250, .threads = 0}, theta);
    Evaluate<float>(model, data, MeanSquaredError<float>(), theta);
  });
  EXPECT_EQ(data.threads(), std::set<std::thread::id>{std::this_thread::get_id()});
}

TEST(Train, AStepOfManyPartsIsTheStepOfTheMeanLoss) {
  // 100 samples are more than one part; one step of plain descent is then known from the gradient of all of them.
  const Model model = MakeModel(1);
  const ProductSource<double> data(100);
  const Vector<double> start = Initial<double>(model);
  Vector<double> trained = start;
  Train<double>(model,
                data,
                MeanSquaredError<double>(),
                {.optimizer = {.learning_rate = 0.5}, .epochs = 1, .batch_size = 100},
                trained);

  TrainingBatch<double> all;
  std::vector<Index> items(100);
  for (std::size_t i = 0; i < 100; ++i) items[i] = static_cast<Index>(i);
  data.Fill(1, items, all);
  Interpreter interpreter(model);
  Vector<double> gradient = Vector<double>::Zero(start.size());
  for (Index j = 0; j < 100; ++j) {
    const Vector<double> output = interpreter.Forward(start, {.x = all.x.col(j), .condition = all.condition.col(j)});
    gradient += interpreter.Backward(2 * (output - all.targets.col(j)) / 100).theta;
  }
  EXPECT_LT((trained - (start - 0.5 * gradient)).norm(), 1e-14 * start.norm());
}

// What Train makes of `data` in two epochs.
Vector<double> TrainedOn(const Model& model, const ProductSource<double>& data) {
  Vector<double> theta = Initial<double>(model);
  Train<double>(model,
                data,
                MeanSquaredError<double>(),
                {.optimizer = {.learning_rate = 0.2}, .epochs = 2, .batch_size = 16},
                theta);
  return theta;
}

TEST(Train, AGroupIsTheSameAsItsSamplesWithAConditionEach) {
  const Model model = MakeModel(1);
  const ProductSource<double> groups(100, {.in_groups = true});
  const ProductSource<double> samples(100, {.in_groups = true, .repeats_conditions = true});
  const Vector<double> expected = TrainedOn(model, samples);
  EXPECT_LT((TrainedOn(model, groups) - expected).norm(), 1e-13 * expected.norm());
  EXPECT_GT((TrainedOn(model, ProductSource<double>(100)) - expected).norm(), 1e-3 * expected.norm());

  const LossSum found = Evaluate<double>(model, groups, MeanSquaredError<double>(), expected);
  EXPECT_EQ(found.samples, 200) << "0, 1, 2, 3 and 4 of them twenty times";
  EXPECT_NEAR(found.loss, Evaluate<double>(model, samples, MeanSquaredError<double>(), expected).loss, 1e-12);
}

TEST(Train, CountsItemsAndSamplesApart) {
  const Model model = MakeModel(1);
  Vector<double> theta = Initial<double>(model);
  std::vector<TrainingStep> steps;
  Train<double>(model,
                ProductSource<double>(10, {.in_groups = true}),
                MeanSquaredError<double>(),
                {.epochs = 2, .batch_size = 10},
                theta,
                [&](const TrainingStep& step) { steps.push_back(step); });
  ASSERT_EQ(steps.size(), 2u);
  EXPECT_EQ(steps[1].items_in_epoch, 10);
  EXPECT_EQ(steps[1].samples, 40);
  EXPECT_TRUE(steps[1].ends_epoch);
}

// Remembers which items were asked for.
class RecordingSource final : public DataSource<double> {
 public:
  Index size() const override { return 10; }
  void Fill(Index epoch, std::span<const Index> items, TrainingBatch<double>& batch) const override {
    ASSERT_GE(epoch, 1) << "epochs of training count from one";
    data_.Fill(epoch, items, batch);
    orders_.resize(static_cast<std::size_t>(epoch));
    orders_.back().insert(orders_.back().end(), items.begin(), items.end());
  }
  mutable std::vector<std::vector<Index>> orders_;

 private:
  ProductSource<double> data_{10};
};

// The mean squared error of these items and its gradient, sample by sample.
double MeanAndGradient(const Model& model,
                       const DataSource<double>& data,
                       std::span<const Index> items,
                       const Vector<double>& theta,
                       Vector<double>& gradient) {
  TrainingBatch<double> batch;
  data.Fill(1, items, batch);
  Interpreter interpreter(model);
  gradient = Vector<double>::Zero(theta.size());
  double sum = 0;
  const auto samples = static_cast<double>(batch.samples());
  for (Index j = 0; j < batch.samples(); ++j) {
    const Vector<double> output =
        interpreter.Forward(theta, {.x = batch.x.col(j), .condition = batch.condition.col(j)});
    const Vector<double> error = output - batch.targets.col(j);
    sum += error.squaredNorm();
    gradient += interpreter.Backward(2 * error / samples).theta;
  }
  return sum / samples;
}

TEST(Train, EveryBatchIsAveragedOverWhatItHoldsAndAnEpochOverAllSamples) {
  const Model model = MakeModel(1);
  const RecordingSource data;  // ten items: batches of 4, 4 and 2
  Vector<double> theta = Initial<double>(model);
  Vector<double> expected = theta;
  std::vector<TrainingStep> steps;
  Train<double>(model,
                data,
                MeanSquaredError<double>(),
                {.optimizer = {.learning_rate = 0.5}, .epochs = 1, .batch_size = 4, .threads = 1},
                theta,
                [&](const TrainingStep& step) { steps.push_back(step); });
  ASSERT_EQ(steps.size(), 3u);
  const std::vector<Index> order = data.orders_.front();
  const ProductSource<double> same(10);
  double epoch_sum = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t first = 4 * i, count = i == 2 ? 2 : 4;
    Vector<double> gradient;
    const double mean = MeanAndGradient(model, same, std::span(order).subspan(first, count), expected, gradient);
    expected -= 0.5 * gradient;
    epoch_sum += static_cast<double>(count) * mean;
    EXPECT_NEAR(steps[i].loss, mean, 1e-13);
    EXPECT_NEAR(steps[i].mean_loss, epoch_sum / static_cast<double>(first + count), 1e-13);
  }
  EXPECT_LT((theta - expected).norm(), 1e-13 * expected.norm());
  EXPECT_GT(std::abs(steps[2].loss - steps[2].mean_loss), 1e-3) << "the test says little";
}

// What training on ten items reports.
std::vector<TrainingStep> StepsOf(const Model& model, const TrainerOptions& options, Vector<double>& theta) {
  std::vector<TrainingStep> steps;
  Train<double>(
      model, ProductSource<double>(10), MeanSquaredError<double>(), options, theta, [&](const TrainingStep& step) {
        steps.push_back(step);
      });
  return steps;
}

TEST(Train, TheMeanLossOfAnEpochKnowsNothingOfTheOneBefore) {
  const Model model = MakeModel(1);
  Vector<double> theta = Initial<double>(model);
  const std::vector<TrainingStep> steps = StepsOf(model, {.epochs = 2, .batch_size = 5}, theta);
  ASSERT_EQ(steps.size(), 4u);
  EXPECT_EQ(steps[2].mean_loss, steps[2].loss);
  EXPECT_NEAR(steps[3].mean_loss, (steps[2].loss + steps[3].loss) / 2, 1e-15);
}

TEST(Train, VisitsEveryItemOnceAnEpochInAnOrderOfItsOwn) {
  const Model model = MakeModel(1);
  const auto orders_of = [&](std::uint64_t seed) {
    RecordingSource data;
    Vector<double> theta = Initial<double>(model);
    Train<double>(
        model, data, MeanSquaredError<double>(), {.epochs = 3, .batch_size = 4, .seed = seed, .threads = 1}, theta);
    return data.orders_;
  };
  const auto orders = orders_of(1);
  ASSERT_EQ(orders.size(), 3u);
  for (const auto& order : orders) {
    EXPECT_EQ(order.size(), 10u);
    EXPECT_EQ(std::set<Index>(order.begin(), order.end()).size(), 10u);
  }
  EXPECT_NE(orders[0], orders[1]);
  EXPECT_EQ(orders, orders_of(1));
  EXPECT_NE(orders, orders_of(2));
}

TEST(Train, ReportsEveryStep) {
  const Model model = MakeModel(1);
  Vector<double> theta = Initial<double>(model);
  const std::vector<TrainingStep> steps = StepsOf(model, {.epochs = 2, .batch_size = 4}, theta);
  ASSERT_EQ(steps.size(), 6u);
  EXPECT_EQ(steps[2].items_in_epoch, 10);
  EXPECT_TRUE(steps[2].ends_epoch);
  EXPECT_FALSE(steps[1].ends_epoch);
  EXPECT_EQ(steps[3].epoch, 2);
  EXPECT_EQ(steps[3].step, 4);
  EXPECT_EQ(steps[3].items_in_epoch, 4);
  EXPECT_EQ(steps[3].samples, 14);
}

TEST(Train, ADivergingLossStopsWithStepAndSettings) {
  const Model model = MakeModel(1);
  Vector<float> theta = Initial<float>(model);
  try {
    Train<float>(model,
                 ProductSource<float>(500),
                 MeanSquaredError<float>(),
                 {.optimizer = {.learning_rate = 1e4}, .seed = 17},
                 theta);
    FAIL() << "a learning rate of 10,000 did not diverge";
  } catch (const DivergenceError& error) {
    EXPECT_THAT(error.what(), HasSubstr("step " + std::to_string(error.step())));
    EXPECT_THAT(error.what(), HasSubstr("lr=10000"));
    EXPECT_THAT(error.what(), HasSubstr("seed=17"));
  }
}

TEST(TrainerOptions, WhatIsOutsideItsRangeIsNamed) {
  const auto message = [](const TrainerOptions& options) -> std::string {
    try {
      Validate(options);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(message({.epochs = 1, .batch_size = 1, .patience = 0, .threads = 0}), "accepted");
  EXPECT_EQ(message({.epochs = 0}), "epochs: found 0, accepted: at least 1");
  EXPECT_EQ(message({.batch_size = 0}), "batch size: found 0, accepted: at least 1");
  EXPECT_EQ(message({.patience = -1}), "patience: found -1, accepted: at least 0");
  EXPECT_EQ(message({.threads = -1}), "threads: found -1, accepted: at least 0");
  EXPECT_EQ(message({.optimizer = {.momentum = 1}}).substr(0, 8), "momentum");
}

TEST(Train, OptionsOutsideTheirRangeAreRefused) {
  const Model model = MakeModel(1);
  Vector<double> theta = Initial<double>(model);
  const ProductSource<double> data(4);
  EXPECT_THROW(Train<double>(model, data, CrossEntropy<double>(), {.epochs = 0}, theta), std::invalid_argument);
  EXPECT_THROW(Train<double>(model, data, CrossEntropy<double>(), {.batch_size = 0}, theta), std::invalid_argument);
  EXPECT_THROW(Train<double>(model, data, CrossEntropy<double>(), {.threads = -1}, theta), std::invalid_argument);
  EXPECT_THROW(Train<double>(model, data, CrossEntropy<double>(), {.optimizer = {.learning_rate = -1}}, theta),
               std::invalid_argument);
  EXPECT_THROW(Train<double>(model, data, CrossEntropy<double>(), {.patience = -1}, theta), std::invalid_argument);
  EXPECT_THROW(Train<double>(model, data, CrossEntropy<double>(), {.patience = 1}, theta), std::invalid_argument)
      << "nothing to validate on";
  const ProductSource<double> none(0);
  EXPECT_THAT([&] { Train<double>(model, data, CrossEntropy<double>(), {}, theta, nullptr, &none); },
              ThrowsMessage<std::invalid_argument>("validation data: found no items, accepted: at least one"));
  EXPECT_THAT([&] { Train<double>(model, none, CrossEntropy<double>(), {}, theta); },
              ThrowsMessage<std::invalid_argument>("training data: found no items, accepted: at least one"));
}

TEST(Train, StopsWhenValidationHasNotBecomeBetterForLong) {
  // Trained on one thing and validated on another, at a learning rate at which validation soon becomes worse.
  const Model model = MakeModel(1);
  const ProductSource<double> data(8), validation(100, {.in_groups = true});
  const MeanSquaredError<double> objective;
  const TrainerOptions options{
      .optimizer = {.learning_rate = 0.3}, .epochs = 500, .batch_size = 4, .patience = 3, .threads = 1};
  Vector<double> theta = Initial<double>(model);
  Trainer<double> trainer(model, data, objective, options, theta, &validation);
  double best = std::numeric_limits<double>::infinity();
  Index best_epoch = 0, last_epoch = 0;
  while (!trainer.IsDone()) {
    EXPECT_EQ(trainer.StopReason(), "");
    const TrainingStep step = trainer.Step();
    if (!step.ends_epoch) {
      EXPECT_TRUE(std::isnan(step.validation_loss));
      EXPECT_FALSE(step.is_best);
      continue;
    }
    EXPECT_EQ(step.validation_loss, Evaluate<double>(model, validation, objective, theta).Mean());
    EXPECT_EQ(step.is_best, step.validation_loss < best);
    last_epoch = step.epoch;
    if (step.is_best) {
      best = step.validation_loss;
      best_epoch = step.epoch;
    }
  }
  EXPECT_LT(last_epoch, 500);
  EXPECT_EQ(last_epoch, best_epoch + 3);
  EXPECT_GT(best_epoch, 1);
  EXPECT_THAT(trainer.StopReason(), HasSubstr("that of epoch " + std::to_string(best_epoch) + ", for 3 epochs"));
}

TEST(Train, WithoutPatienceAllEpochsAreTrained) {
  const Model model = MakeModel(1);
  const ProductSource<double> data(8), validation(5);
  const MeanSquaredError<double> objective;
  Vector<double> theta = Initial<double>(model);
  Trainer<double> trainer(
      model, data, objective, {.optimizer = {.learning_rate = 0.3}, .epochs = 40, .batch_size = 8}, theta, &validation);
  Index steps = 0, worse = 0;
  for (; !trainer.IsDone(); ++steps) worse += trainer.Step().is_best ? 0 : 1;
  EXPECT_EQ(steps, 40);
  EXPECT_GT(worse, 0) << "the test says little";
  EXPECT_EQ(trainer.StopReason(), "all 40 epochs are over");
}

// An objective that can be followed, but is not a number where it is only looked at.
class FailsToValidate final : public Objective<double> {
 public:
  const char* name() const override { return "fails-to-validate"; }

 private:
  LossSum Compute(const ConstMatrixRef<double>& outputs,
                  const TrainingBatch<double>& batch,
                  MatrixRef<double>* gradient) const override {
    if (gradient == nullptr) return {.loss = std::nan(""), .terms = 1, .wrong = 0, .samples = outputs.cols()};
    return MeanSquaredError<double>().Evaluate(outputs, batch, *gradient);
  }
};

TEST(Train, AValidationThatIsNotANumberIsNeverTheBestAndEndsTraining) {
  const Model model = MakeModel(1);
  const ProductSource<double> data(8);
  const FailsToValidate objective;
  Vector<double> theta = Initial<double>(model);
  Trainer<double> trainer(model, data, objective, {.batch_size = 8, .patience = 2}, theta, &data);
  EXPECT_FALSE(trainer.Step().is_best);
  EXPECT_FALSE(trainer.IsDone());
  EXPECT_FALSE(trainer.Step().is_best);
  EXPECT_TRUE(trainer.IsDone());
  EXPECT_THAT(trainer.StopReason(), HasSubstr("no validation loss in 2 epochs; in 2 of these it was not a finite"));
}

TEST(Evaluator, GivesTheSameAgainAndAgain) {
  const Model model = MakeModel(2, /*width=*/200);
  const ProductSource<double> data(600, {.fresh_each_epoch = true, .in_groups = true});
  const CrossEntropy<double> objective;
  const Vector<double> theta = Initial<double>(model);
  for (const int threads : {1, 3}) {
    Evaluator<double> evaluator(model, data, objective, threads);
    const LossSum first = evaluator.Evaluate(theta);
    const LossSum other_epoch = evaluator.Evaluate(theta, 4);
    const LossSum other_theta = evaluator.Evaluate(0.5 * theta);
    EXPECT_EQ(evaluator.Evaluate(theta), first);
    EXPECT_EQ(first, Evaluate<double>(model, data, objective, theta));
    EXPECT_EQ(other_epoch, Evaluate<double>(model, data, objective, theta, 4));
    EXPECT_EQ(other_theta, Evaluate<double>(model, data, objective, 0.5 * theta));
    EXPECT_NE(first.loss, other_epoch.loss);
    EXPECT_NE(first.loss, other_theta.loss);
  }
}

// Fails at the first batch.
class FailsOnce final : public Objective<double> {
 public:
  const char* name() const override { return "fails-once"; }

 private:
  LossSum Compute(const ConstMatrixRef<double>& outputs,
                  const TrainingBatch<double>& batch,
                  MatrixRef<double>* /*gradient*/) const override {
    if (++calls_ == 1) throw std::runtime_error("not this time");
    return CrossEntropy<double>().Evaluate(outputs, batch);
  }

  mutable int calls_ = 0;
};

// The second batch is being filled when the first one fails: in an arena of one thread nobody but that thread does so.
TEST(Evaluator, CanGoOnInAnotherArenaAfterAnException) {
  const Model model = MakeModel(2, /*width=*/200);
  const ProductSource<double> data(600, {.in_groups = true});
  const FailsOnce objective;
  const Vector<double> theta = Initial<double>(model);
  Evaluator<double> evaluator(model, data, objective, /*threads=*/0);
  const auto evaluate = [&] { return evaluator.Evaluate(theta); };
  EXPECT_THROW(oneapi::tbb::task_arena(1).execute(evaluate), std::runtime_error);
  EXPECT_EQ(oneapi::tbb::task_arena(1).execute(evaluate),
            Evaluate<double>(model, data, CrossEntropy<double>(), theta, 0, 1));
}

TEST(Evaluator, OfNothingIsNothing) {
  EXPECT_EQ(Evaluate<double>(MakeModel(1), ProductSource<double>(0), MeanSquaredError<double>(), Vector<double>()),
            LossSum{});
}

TEST(Evaluate, AddsUpEverySampleForAnyNumberOfThreads) {
  const Model model = MakeModel(2, /*width=*/200);
  const ProductSource<double> data(1500);  // more than one block
  const Vector<double> theta = Initial<double>(model);
  const LossSum serial = Evaluate<double>(model, data, CrossEntropy<double>(), theta, 0, 1);
  EXPECT_EQ(serial.samples, 1500);
  for (const int threads : {0, 2, 3, 8}) {
    const LossSum shared = Evaluate<double>(model, data, CrossEntropy<double>(), theta, 0, threads);
    EXPECT_EQ(shared.loss, serial.loss);
    EXPECT_EQ(shared.wrong, serial.wrong);
  }
  double loss = 0;
  TrainingBatch<double> batch;
  Interpreter interpreter(model);
  for (Index item = 0; item < 1500; ++item) {
    data.Fill(0, std::span<const Index>(&item, 1), batch);
    const Matrix<double> output =
        interpreter.Forward(theta, {.x = batch.x.col(0), .condition = batch.condition.col(0)});
    loss += CrossEntropy<double>().Evaluate(output, batch).loss;
  }
  EXPECT_NEAR(serial.loss, loss, 1e-10);
}

}  // namespace
}  // namespace hyperwidth
