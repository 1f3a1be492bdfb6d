// SPDX-License-Identifier: Apache-2.0
//
// Batches that are cut into shards, all in one process. training/mpi tests them in several.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "training/objectives.h"
#include "training/shard_cut.h"
#include "training/test_regression.h"
#include "training/trainer.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr Index kItems = 22;  // batches of 10, 10 and 2

const std::vector<OptimizerOptions> kOptimizers = {
    {.learning_rate = 0.01, .weight_decay = 0.1},
    {.learning_rate = 0.01, .momentum = 0.9, .weight_decay = 0.1},
    {.method = OptimizerMethod::kAdam, .learning_rate = 1e-3, .max_gradient_norm = 0.1},
};

template <typename Scalar>
Vector<Scalar> Trained(const std::string& scheme, const OptimizerOptions& optimizer, Index shards, int threads) {
  const Model model = RegressionModel(scheme);
  const RandomRegression<Scalar> data(kItems);
  Vector<Scalar> theta = InitialTheta<Scalar>(model);
  const TrainerOptions options{
      .optimizer = optimizer, .epochs = 3, .batch_size = 10, .seed = 7, .shards = shards, .threads = threads};
  Train<Scalar>(model, data, MeanSquaredError<Scalar>(), options, theta);
  return theta;
}

TEST(Shards, CutABatchIntoNeighboursOfWhichNoneHasTwoMoreThanAnother) {
  for (const Index items : {1, 7, 22, 64}) {
    for (const Index shards : {1, 2, 3, 7}) {
      const ShardCut cut{.batch_size = 10, .shards = shards};
      for (Index batch = 0; batch < items; batch += 10) {
        const Index size = std::min<Index>(10, items - batch);
        EXPECT_EQ(cut.Begin(items, batch, 0), batch);
        EXPECT_EQ(cut.Begin(items, batch, shards), batch + size);
        for (Index shard = 0; shard < shards; ++shard) {
          EXPECT_GE(cut.Count(items, batch, shard), size / shards);
          EXPECT_LE(cut.Count(items, batch, shard), (size + shards - 1) / shards);
        }
      }
    }
  }
}

TEST(Shards, GiveTheSameBitsForAnyNumberOfThreads) {
  for (const std::string scheme : {"embedding", "hypernetwork", "film"}) {
    for (const OptimizerOptions& optimizer : kOptimizers) {
      const Vector<float> one = Trained<float>(scheme, optimizer, 4, 1);
      for (const int threads : {2, 3}) EXPECT_EQ(one, Trained<float>(scheme, optimizer, 4, threads)) << scheme;
    }
  }
}

// The same sums of at most 30 terms in another order, in 9 steps: a relative error of 1e-10 leaves room for some 1e6
// roundings of 1e-16, and a shard that is lost, doubled or weighted wrongly is off by 1e-3 and more.
TEST(Shards, HaveTheGradientOfTheWholeBatchButForRounding) {
  for (const std::string scheme : {"embedding", "hypernetwork", "film"}) {
    for (const OptimizerOptions& optimizer : kOptimizers) {
      const Vector<double> whole = Trained<double>(scheme, optimizer, 1, 1);
      for (const Index shards : {2, 3, 10, 13}) {
        const Vector<double> cut = Trained<double>(scheme, optimizer, shards, 1);
        EXPECT_LT((cut - whole).norm(), 1e-10 * whole.norm()) << scheme << " " << shards;
      }
    }
  }
}

TEST(Shards, StepsSayWhatThoseOfTheWholeBatchSay) {
  const Model model = RegressionModel("embedding");
  const RandomRegression<double> data(kItems), validation(9);
  const MeanSquaredError<double> objective;
  TrainerOptions options{.optimizer = kOptimizers[0], .epochs = 2, .batch_size = 10, .seed = 7, .threads = 1};
  Vector<double> theta = InitialTheta<double>(model), cut_theta = theta;
  Trainer<double> whole(model, data, objective, options, theta, &validation);
  options.shards = 3;
  Trainer<double> cut(model, data, objective, options, cut_theta, &validation);
  while (!whole.IsDone()) {
    const TrainingStep a = whole.Step(), b = cut.Step();
    EXPECT_EQ(a.epoch, b.epoch);
    EXPECT_EQ(a.step, b.step);
    EXPECT_EQ(a.items_in_epoch, b.items_in_epoch);
    EXPECT_EQ(a.samples, b.samples);
    EXPECT_EQ(a.ends_epoch, b.ends_epoch);
    EXPECT_NEAR(a.loss, b.loss, 1e-12);
    EXPECT_NEAR(a.mean_loss, b.mean_loss, 1e-12);
    if (!a.ends_epoch) continue;
    EXPECT_NEAR(a.validation_loss, b.validation_loss, 1e-12);
  }
  EXPECT_TRUE(cut.IsDone());
}

TEST(Shards, ARestoredTrainerGoesOnWithTheSameBits) {
  const Model model = RegressionModel("film");
  const RandomRegression<float> data(kItems);
  const MeanSquaredError<float> objective;
  const TrainerOptions options{
      .optimizer = kOptimizers[2], .epochs = 2, .batch_size = 10, .seed = 7, .shards = 3, .threads = 2};
  const Vector<float> whole = [&] {
    Vector<float> theta = InitialTheta<float>(model);
    Train<float>(model, data, objective, options, theta);
    return theta;
  }();
  for (int cut = 0; cut < 6; ++cut) {
    Vector<float> theta = InitialTheta<float>(model), restored = theta;
    Trainer<float> before(model, data, objective, options, theta), after(model, data, objective, options, restored);
    for (int step = 0; step < cut; ++step) before.Step();
    after.Restore(before.State());
    while (!after.IsDone()) after.Step();
    EXPECT_EQ(restored, whole) << cut;
  }
}

TEST(Shards, AStepThatFailsIsTriedAgain) {
  const Model model = RegressionModel("film");
  int fails = 0;
  const RandomRegression<float> data(kItems, [&fails](Index epoch, Index item) {
    if (epoch == 2 && item == 5 && fails++ == 0) throw std::runtime_error("cannot be read");
  });
  const MeanSquaredError<float> objective;
  const TrainerOptions options{
      .optimizer = kOptimizers[1], .epochs = 3, .batch_size = 10, .seed = 7, .shards = 3, .threads = 1};
  Vector<float> theta = InitialTheta<float>(model);
  Trainer<float> trainer(model, data, objective, options, theta);
  int caught = 0;
  while (!trainer.IsDone()) {
    try {
      trainer.Step();
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "cannot be read");
      ++caught;
    }
  }
  EXPECT_EQ(caught, 1);
  EXPECT_EQ(theta, Trained<float>("film", kOptimizers[1], 3, 1));
}

TEST(Shards, DivergenceLeavesTheParametersAlone) {
  const Model model = RegressionModel("embedding");
  const RandomRegression<float> data(kItems);
  const MeanSquaredError<float> objective;
  const TrainerOptions options{.optimizer = {.learning_rate = 1e30}, .epochs = 9, .batch_size = 10, .shards = 2};
  Vector<float> theta = InitialTheta<float>(model), before;
  Trainer<float> trainer(model, data, objective, options, theta);
  const auto train = [&] {
    for (;;) {
      before = theta;
      trainer.Step();
    }
  };
  EXPECT_THROW(train(), DivergenceError);
  // As bytes: infinite or no numbers by now, perhaps.
  EXPECT_EQ(std::memcmp(theta.data(), before.data(), sizeof(float) * static_cast<std::size_t>(theta.size())), 0);
}

// One of more processes than there are shards.
class NoShards final : public ShardExchange<float> {
 public:
  ShardRange Own(Index /*shards*/) const override { return {.first = 0, .count = 0}; }
  void Begin(VectorRef<float> /*sum*/) override {}
  void Add(const Vector<float>& /*gradient*/, const Executor& /*executor*/) override {}
  void ExchangeLosses(std::span<LossSum> /*losses*/, std::uint64_t /*fingerprint*/) override {}
  void End() override {}
  void Fail(const std::string& /*why*/) noexcept override {}
};

TEST(Shards, AreAtLeastOneForEachProcess) {
  const Model model = RegressionModel("embedding");
  const RandomRegression<float> data(kItems);
  const MeanSquaredError<float> objective;
  Vector<float> theta = InitialTheta<float>(model);
  NoShards exchange;
  TrainerOptions options{.shards = 0};
  const auto make = [&] { Trainer<float>(model, data, objective, options, theta, nullptr, &exchange); };
  EXPECT_THAT(make, ThrowsMessage<std::invalid_argument>("shards: found 0, accepted: at least 1"));
  options.shards = 1;
  EXPECT_THAT(make, ThrowsMessage<std::invalid_argument>(HasSubstr("accepted: at least as many as processes")));
}

// All shards, and what this process has told the others.
class Telling final : public ShardExchange<float> {
 public:
  ShardRange Own(Index shards) const override { return local_.Own(shards); }
  void Begin(VectorRef<float> sum) override { local_.Begin(sum); }
  void Add(const Vector<float>& gradient, const Executor& executor) override { local_.Add(gradient, executor); }
  void ExchangeLosses(std::span<LossSum> /*losses*/, std::uint64_t fingerprint) override {
    told.push_back(fingerprint);
  }
  void End() override { local_.End(); }
  void Fail(const std::string& /*why*/) noexcept override {}

  std::vector<std::uint64_t> told = {};

 private:
  LocalShards<float> local_;
};

// Of two steps.
std::vector<std::uint64_t> Told(const TrainerOptions& options, Index items, float first_parameter) {
  const Model model = RegressionModel("embedding");
  const RandomRegression<float> data(items);
  const MeanSquaredError<float> objective;
  Vector<float> theta = InitialTheta<float>(model);
  theta[0] = first_parameter;
  Telling exchange;
  Trainer<float> trainer(model, data, objective, options, theta, nullptr, &exchange);
  for (int step = 0; step < 2; ++step) trainer.Step();
  return exchange.told;
}

TEST(Shards, ProcessesTellOfWhateverTheyMustHaveInCommonOnce) {
  const TrainerOptions options{.epochs = 9, .batch_size = 10, .seed = 7, .shards = 3, .threads = 1};
  TrainerOptions seed = options, batch_size = options, shards = options;
  seed.seed = 8;
  batch_size.batch_size = 11;
  shards.shards = 4;
  const std::vector<std::uint64_t> told = Told(options, kItems, 0.5f);
  EXPECT_EQ(told, Told(options, kItems, 0.5f));
  EXPECT_NE(told[0], told[1]);
  EXPECT_EQ(told[1], 0u);
  std::vector<std::uint64_t> firsts = {told[0]};
  for (const TrainerOptions& other : {seed, batch_size, shards}) firsts.push_back(Told(other, kItems, 0.5f)[0]);
  firsts.push_back(Told(options, kItems + 1, 0.5f)[0]);
  firsts.push_back(Told(options, kItems, 0.75f)[0]);
  EXPECT_EQ(std::set<std::uint64_t>(firsts.begin(), firsts.end()).size(), firsts.size());
}

}  // namespace
}  // namespace hyperwidth
