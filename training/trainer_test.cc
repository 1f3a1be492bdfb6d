// SPDX-License-Identifier: Apache-2.0
#include "training/trainer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "models/hypernetwork_model.h"
#include "models/mlp.h"
#include "models/random_stream.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

// Samples drawn from (epoch, sample): x and I uniform on [-1, 1]^3 and [-1, 1]^2, the target a product that no network
// of x alone can follow, the label its sign.
template <typename Scalar>
class ProductSource final : public DataSource<Scalar> {
 public:
  explicit ProductSource(Index size, bool fresh_each_epoch = false) : size_(size), fresh_(fresh_each_epoch) {}
  Index size() const override { return size_; }
  void Fill(Index epoch, std::span<const Index> samples, TrainingBatch<Scalar>& batch) const override {
    const Index count = static_cast<Index>(samples.size());
    batch.x.resize(3, count);
    batch.condition.resize(2, count);
    batch.targets.resize(1, count);
    batch.labels.resize(count);
    batch.group_starts = EqualGroups(count);
    for (Index j = 0; j < count; ++j) {
      const auto sample = static_cast<std::uint64_t>(samples[static_cast<std::size_t>(j)]);
      RandomStream random(99, {fresh_ ? static_cast<std::uint64_t>(epoch) : 0, sample});
      for (Index i = 0; i < 3; ++i) batch.x(i, j) = static_cast<Scalar>(random.Uniform(-1, 1));
      for (Index i = 0; i < 2; ++i) batch.condition(i, j) = static_cast<Scalar>(random.Uniform(-1, 1));
      batch.targets(0, j) = batch.x(0, j) * batch.condition(0, j);
      batch.labels[j] = batch.targets(0, j) > 0 ? 1 : 0;
    }
  }

 private:
  Index size_;
  bool fresh_;
};

template <typename Scalar>
HypernetworkModel<Scalar> Model(Index outputs, Index width = 24) {
  const Mlp primary({3, 8, outputs}, Activation::kRelu);
  return {Mlp({2, width, primary.parameter_count()}, Activation::kRelu), primary};
}

template <typename Scalar>
Vector<Scalar> Initial(const ConditionalModel<Scalar>& model) {
  Vector<Scalar> parameters(model.parameter_count());
  model.Initialize(3, parameters);
  return parameters;
}

TEST(Train, LearnsAProductOfInputAndCondition) {
  const auto model = Model<float>(1);
  const ProductSource<float> data(2000);
  Vector<float> parameters = Initial(model);
  const double before = Evaluate<float>(model, data, Loss::kMeanSquaredError, parameters).loss / 2000;
  Train<float>(model,
               data,
               {.loss = Loss::kMeanSquaredError,
                .optimizer = {.method = OptimizerMethod::kAdam, .learning_rate = 0.01},
                .epochs = 20,
                .batch_size = 50,
                .threads = 2},
               parameters);
  const double after = Evaluate<float>(model, data, Loss::kMeanSquaredError, parameters).loss / 2000;
  EXPECT_GT(before, 0.1) << "the target's variance is 1/9";
  EXPECT_LT(after, 0.005);
}

TEST(Train, LearnsToClassify) {
  const auto model = Model<double>(2);
  const ProductSource<double> data(1000);
  Vector<double> parameters = Initial(model);
  Train<double>(model, data, {.optimizer = {.learning_rate = 0.1, .momentum = 0.9}, .epochs = 15}, parameters);
  EXPECT_LT(Evaluate<double>(model, data, Loss::kCrossEntropy, parameters).wrong, 50);
}

TEST(Train, GivesTheSameBitsForAnyNumberOfThreads) {
  const auto model = Model<float>(1, /*width=*/200);  // large enough to be shared out
  const ProductSource<float> data(600, /*fresh_each_epoch=*/true);
  const auto train = [&](int threads) {
    Vector<float> parameters = Initial(model);
    Train<float>(model,
                 data,
                 {.loss = Loss::kMeanSquaredError,
                  .optimizer = {.method = OptimizerMethod::kAdam},
                  .epochs = 3,
                  .batch_size = 250,
                  .threads = threads},
                 parameters);
    return parameters;
  };
  const Vector<float> expected = train(1);
  for (const int threads : {0, 2, 3, 8}) EXPECT_EQ(train(threads), expected) << threads << " threads";
}

// A source that notes on which threads it is asked.
class ThreadNotingSource final : public DataSource<float> {
 public:
  Index size() const override { return data_.size(); }
  void Fill(Index epoch, std::span<const Index> samples, TrainingBatch<float>& batch) const override {
    {
      const std::lock_guard lock(mutex_);
      threads_.insert(std::this_thread::get_id());
    }
    data_.Fill(epoch, samples, batch);
  }
  const std::set<std::thread::id>& threads() const { return threads_; }

 private:
  ProductSource<float> data_{600};
  mutable std::mutex mutex_;
  mutable std::set<std::thread::id> threads_;
};

TEST(Train, StaysInTheCallersArena) {
  const auto model = Model<float>(1, /*width=*/200);
  ThreadNotingSource data;
  Vector<float> parameters = Initial(model);
  oneapi::tbb::task_arena arena(1);
  arena.execute([&] {
    Train<float>(
        model, data, {.loss = Loss::kMeanSquaredError, .epochs = 2, .batch_size = 250, .threads = 0}, parameters);
    Evaluate<float>(model, data, Loss::kMeanSquaredError, parameters);
  });
  EXPECT_EQ(data.threads(), std::set<std::thread::id>{std::this_thread::get_id()});
}

TEST(Train, AStepOfManyPartsIsTheStepOfTheMeanLoss) {
  // 100 samples are more than one part; one step of plain descent is then known from the gradient of all of them.
  const auto model = Model<double>(1);
  const ProductSource<double> data(100);
  const Vector<double> start = Initial(model);
  Vector<double> trained = start;
  Train<double>(model,
                data,
                {.loss = Loss::kMeanSquaredError, .optimizer = {.learning_rate = 0.5}, .epochs = 1, .batch_size = 100},
                trained);

  TrainingBatch<double> all;
  std::vector<Index> samples(100);
  for (std::size_t i = 0; i < 100; ++i) samples[i] = static_cast<Index>(i);
  data.Fill(1, samples, all);
  const auto workspace = model.MakeWorkspace();
  Matrix<double> output_gradient;
  Vector<double> gradient(model.parameter_count());
  const Matrix<double>& outputs = model.Forward(start, all.x, all.condition, *workspace);
  EvaluateLoss<double>(Loss::kMeanSquaredError, outputs, all, 100, &output_gradient);
  model.Backward(start, all.x, all.condition, output_gradient, *workspace, gradient);
  EXPECT_LT((trained - (start - 0.5 * gradient)).norm(), 1e-14 * start.norm());
}

// Remembers which samples were asked for.
class RecordingSource final : public DataSource<double> {
 public:
  Index size() const override { return 10; }
  void Fill(Index epoch, std::span<const Index> samples, TrainingBatch<double>& batch) const override {
    data_.Fill(epoch, samples, batch);
    orders_.resize(static_cast<std::size_t>(epoch));
    orders_.back().insert(orders_.back().end(), samples.begin(), samples.end());
  }
  mutable std::vector<std::vector<Index>> orders_;

 private:
  ProductSource<double> data_{10};
};

TEST(Train, VisitsEverySampleOnceAnEpochInAnOrderOfItsOwn) {
  const auto model = Model<double>(1);
  const auto orders_of = [&](std::uint64_t seed) {
    RecordingSource data;
    Vector<double> parameters = Initial(model);
    Train<double>(model,
                  data,
                  {.loss = Loss::kMeanSquaredError, .epochs = 3, .batch_size = 4, .seed = seed, .threads = 1},
                  parameters);
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
  const auto model = Model<double>(1);
  Vector<double> parameters = Initial(model);
  std::vector<TrainingStep> steps;
  Train<double>(model,
                ProductSource<double>(10),
                {.loss = Loss::kMeanSquaredError, .epochs = 2, .batch_size = 4},
                parameters,
                [&](const TrainingStep& step) { steps.push_back(step); });
  ASSERT_EQ(steps.size(), 6u);
  EXPECT_EQ(steps[2].samples_in_epoch, 10);
  EXPECT_TRUE(steps[2].ends_epoch);
  EXPECT_FALSE(steps[1].ends_epoch);
  EXPECT_EQ(steps[3].epoch, 2);
  EXPECT_EQ(steps[3].step, 4);
  EXPECT_EQ(steps[3].samples_in_epoch, 4);
}

TEST(Train, ADivergingLossStopsWithStepAndSettings) {
  const auto model = Model<float>(1);
  Vector<float> parameters = Initial(model);
  try {
    Train<float>(model,
                 ProductSource<float>(500),
                 {.loss = Loss::kMeanSquaredError, .optimizer = {.learning_rate = 1e4}, .seed = 17},
                 parameters);
    FAIL() << "a learning rate of 10,000 did not diverge";
  } catch (const DivergenceError& error) {
    EXPECT_THAT(error.what(), HasSubstr("step " + std::to_string(error.step())));
    EXPECT_THAT(error.what(), HasSubstr("lr=10000"));
    EXPECT_THAT(error.what(), HasSubstr("seed=17"));
  }
}

TEST(Train, OptionsOutsideTheirRangeAreRefused) {
  const auto model = Model<double>(1);
  Vector<double> parameters = Initial(model);
  const ProductSource<double> data(4);
  EXPECT_THROW(Train<double>(model, data, {.epochs = 0}, parameters), std::invalid_argument);
  EXPECT_THROW(Train<double>(model, data, {.batch_size = 0}, parameters), std::invalid_argument);
  EXPECT_THROW(Train<double>(model, data, {.threads = -1}, parameters), std::invalid_argument);
  EXPECT_THROW(Train<double>(model, data, {.optimizer = {.learning_rate = -1}}, parameters), std::invalid_argument);
  EXPECT_THROW(Train<double>(model, ProductSource<double>(0), {}, parameters), std::invalid_argument);
}

TEST(Evaluate, AddsUpEverySampleForAnyNumberOfThreads) {
  const auto model = Model<double>(2, /*width=*/200);
  const ProductSource<double> data(1500);  // more than one block
  const Vector<double> parameters = Initial(model);
  const LossSum serial = Evaluate<double>(model, data, Loss::kCrossEntropy, parameters, 0, 1);
  EXPECT_EQ(serial.samples, 1500);
  for (const int threads : {0, 2, 3, 8}) {
    const LossSum shared = Evaluate<double>(model, data, Loss::kCrossEntropy, parameters, 0, threads);
    EXPECT_EQ(shared.loss, serial.loss);
    EXPECT_EQ(shared.wrong, serial.wrong);
  }
  double loss = 0;
  TrainingBatch<double> batch;
  const auto workspace = model.MakeWorkspace();
  for (Index sample = 0; sample < 1500; ++sample) {
    data.Fill(0, std::span<const Index>(&sample, 1), batch);
    const Matrix<double>& outputs = model.Forward(parameters, batch.x, batch.condition, *workspace);
    loss += EvaluateLoss<double>(Loss::kCrossEntropy, outputs, batch, 1, nullptr).loss;
  }
  EXPECT_NEAR(serial.loss, loss, 1e-10);
}

}  // namespace
}  // namespace hyperwidth
