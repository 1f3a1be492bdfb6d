// SPDX-License-Identifier: Apache-2.0
//
// Tests of MpiShardExchange that mpi_test.sh starts in one process, two and three. All of them run every test at the
// same time; what differs says so by the rank.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "models/random_stream.h"
#include "training/mpi/mpi_session.h"
#include "training/mpi/mpi_shard_exchange.h"
#include "training/objectives.h"
#include "training/test_regression.h"
#include "training/trainer.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

MpiSession* session = nullptr;

constexpr Index kItems = 22, kBatch = 10;  // batches of 10, 10 and 2: less than there are shards

const std::vector<OptimizerOptions> kOptimizers = {
    {.learning_rate = 0.01, .weight_decay = 0.1},
    {.method = OptimizerMethod::kAdam, .learning_rate = 1e-3, .max_gradient_norm = 0.1},
};

TrainerOptions Options(Index shards, int threads, const OptimizerOptions& optimizer = kOptimizers[1]) {
  return {.optimizer = optimizer, .epochs = 3, .batch_size = kBatch, .seed = 7, .shards = shards, .threads = threads};
}

// A trainer with what it needs, alone or one of those of all processes.
template <typename Scalar>
struct Training {
  Training(const std::string& scheme,
           const TrainerOptions& options,
           ShardExchange<Scalar>* exchange,
           std::function<void(Index, Index)> on_fill = nullptr,
           std::function<void(Index, Index)> on_validation = nullptr)
      : model(RegressionModel(scheme)),
        data(kItems, std::move(on_fill)),
        validation(9, std::move(on_validation)),
        theta(InitialTheta<Scalar>(model)),
        trainer(model, data, objective, options, theta, &validation, exchange) {}

  Model model;
  RandomRegression<Scalar> data, validation;
  MeanSquaredError<Scalar> objective;
  Vector<Scalar> theta;
  Trainer<Scalar> trainer;
};

template <typename Scalar>
void ExpectSameBits(const std::string& scheme, const OptimizerOptions& optimizer, Index shards) {
  Training<Scalar> alone(scheme, Options(shards, 1, optimizer), nullptr);
  std::vector<TrainingStep> steps;
  std::vector<Vector<Scalar>> thetas;
  while (!alone.trainer.IsDone()) {
    steps.push_back(alone.trainer.Step());
    thetas.push_back(alone.theta);
  }
  for (const int threads : {1, 2}) {
    MpiShardExchange<Scalar> exchange(*session);
    Training<Scalar> together(scheme, Options(shards, threads, optimizer), &exchange);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const TrainingStep step = together.trainer.Step();
      EXPECT_EQ(together.theta, thetas[i]) << scheme << ", step " << i << ", rank " << session->rank();
      EXPECT_EQ(step.loss, steps[i].loss);
      EXPECT_EQ(step.mean_loss, steps[i].mean_loss);
      EXPECT_EQ(step.samples, steps[i].samples);
      if (steps[i].ends_epoch) {
        EXPECT_EQ(step.validation_loss, steps[i].validation_loss);
      }
    }
    EXPECT_TRUE(together.trainer.IsDone());
  }
}

TEST(MpiShardExchange, AnyNumberOfProcessesAndThreadsHasTheBitsOfOne) {
  for (const Index shards : {3, 4, 7}) {
    for (const OptimizerOptions& optimizer : kOptimizers) {
      ExpectSameBits<float>("hypernetwork", optimizer, shards);
      ExpectSameBits<double>("embedding", optimizer, shards);
    }
  }
}

// Of more than one chunk, with a rest.
TEST(MpiShardExchange, LongVectorsAreAddedUpInOrder) {
  static constexpr Index kSize = 3 * (1 << 16) + 17, kShards = 5;
  const auto gradient_of = [](Index shard) {
    Vector<float> gradient(kSize);
    RandomStream random(1, {static_cast<std::uint64_t>(shard)});
    for (float& x : gradient) x = static_cast<float>(random.Uniform(-1, 1));
    return gradient;
  };
  Vector<float> expected = Vector<float>::Zero(kSize), backwards = expected;
  for (Index shard = 0; shard < kShards; ++shard) {
    expected += gradient_of(shard);
    backwards += gradient_of(kShards - 1 - shard);
  }
  EXPECT_NE(expected, backwards) << "the order does not show";
  MpiShardExchange<float> exchange(*session);
  Vector<float> sum(kSize);
  for (int repetition = 0; repetition < 2; ++repetition) {
    exchange.Begin(sum);
    const ShardRange own = exchange.Own(kShards);
    for (Index shard = own.first; shard < own.end(); ++shard) exchange.Add(gradient_of(shard), SerialExecutor());
    std::vector<LossSum> losses(kShards);
    for (Index shard = own.first; shard < own.end(); ++shard) {
      losses[static_cast<std::size_t>(shard)] = {.loss = 0.5 * shard, .terms = shard, .wrong = 1, .samples = 2 * shard};
    }
    exchange.ExchangeLosses(losses, 0);
    for (Index shard = 0; shard < kShards; ++shard) {
      EXPECT_EQ(losses[static_cast<std::size_t>(shard)],
                (LossSum{.loss = 0.5 * shard, .terms = shard, .wrong = 1, .samples = 2 * shard}));
    }
    exchange.End();
    EXPECT_EQ(sum, expected);
  }
}

TEST(MpiShardExchange, EveryShardIsComputedOnce) {
  MpiShardExchange<float> exchange(*session);
  for (const Index shards : {3, 4, 64}) {
    const ShardRange own = exchange.Own(shards);
    EXPECT_EQ(own.first, shards * session->rank() / session->size());
    EXPECT_EQ(own.end(), shards * (session->rank() + 1) / session->size());
  }
}

TEST(MpiShardExchange, ARestoredTrainerGoesOnWithTheBitsOfOneProcess) {
  Training<float> alone("film", Options(4, 1), nullptr);
  for (int step = 0; step < 4; ++step) alone.trainer.Step();
  MpiShardExchange<float> exchange(*session);
  Training<float> together("film", Options(4, 1), &exchange);
  together.trainer.Step();  // of another state
  together.trainer.Restore(alone.trainer.State());
  while (!together.trainer.IsDone()) together.trainer.Step();
  while (!alone.trainer.IsDone()) alone.trainer.Step();
  EXPECT_EQ(together.theta, alone.theta);
}

// Steps until there is an end, and checks what it says.
void ExpectFailure(Training<float>& training, const std::string& elsewhere, const std::string& here, int rank) {
  const auto train = [&] {
    while (!training.trainer.IsDone()) training.trainer.Step();
  };
  EXPECT_THAT(train, ThrowsMessage<std::runtime_error>(HasSubstr(session->rank() == rank ? here : elsewhere)));
}

int LastRank() { return session->size() - 1; }

TEST(MpiShardExchange, WhatTheDataThrowInOneProcessEndsAll) {
  MpiShardExchange<float> exchange(*session);
  Training<float> training("embedding", Options(3, 1), &exchange, [](Index epoch, Index) {
    if (epoch == 2 && session->rank() == LastRank()) throw std::runtime_error("item cannot be read");
  });
  const std::string elsewhere = "process " + std::to_string(LastRank()) + ": item cannot be read";
  ExpectFailure(training, elsewhere, "item cannot be read", LastRank());
  EXPECT_THROW(training.trainer.Step(), std::runtime_error) << "nobody is there to go on with";
}

TEST(MpiShardExchange, WhatValidationThrowsInOneProcessEndsAll) {
  MpiShardExchange<float> exchange(*session);
  Training<float> training("embedding", Options(3, 1), &exchange, nullptr, [](Index, Index) {
    if (session->rank() == LastRank()) throw std::runtime_error("no validation");
  });
  ExpectFailure(training, "process " + std::to_string(LastRank()) + ": no validation", "no validation", LastRank());
}

TEST(MpiShardExchange, DivergenceIsFoundByAll) {
  MpiShardExchange<float> exchange(*session);
  TrainerOptions options = Options(3, 1, {.learning_rate = 1e30});
  options.epochs = 20;
  Training<float> training("embedding", options, &exchange);
  const auto train = [&] {
    while (!training.trainer.IsDone()) training.trainer.Step();
  };
  EXPECT_THROW(train(), DivergenceError);
  EXPECT_THROW(train(), DivergenceError) << "and again";
}

TEST(MpiShardExchange, AProcessThatEndsEarlierEndsAll) {
  if (session->size() == 1) return;
  auto exchange = std::make_unique<MpiShardExchange<float>>(*session);
  {
    Training<float> training("embedding", Options(3, 1), exchange.get());
    training.trainer.Step();
    if (session->rank() != LastRank()) {
      ExpectFailure(training,
                    "process " + std::to_string(LastRank()) + " has ended its training before the others",
                    "",
                    LastRank());
    }
  }
}

TEST(MpiShardExchange, ProcessesThatStartFromOtherParametersAreRefused) {
  if (session->size() == 1) return;
  for (const bool in_state : {false, true}) {
    MpiShardExchange<float> exchange(*session);
    Training<float> training("embedding", Options(3, 1), &exchange);
    if (in_state) {
      TrainerState<float> state = training.trainer.State();
      if (session->rank() == LastRank()) state.optimizer.second_moment[3] = 1;
      training.trainer.Restore(state);
    } else if (session->rank() == LastRank()) {
      training.theta[5] += 1;
    }
    EXPECT_THAT([&] { training.trainer.Step(); },
                ThrowsMessage<std::runtime_error>(
                    HasSubstr("process " + std::to_string(LastRank()) + ": found other parameters")));
  }
}

TEST(MpiShardExchange, ProcessesThatCutIntoOtherShardsAreRefused) {
  if (session->size() == 1) return;
  MpiShardExchange<float> exchange(*session);
  Training<float> training("embedding", Options(session->rank() == LastRank() ? 4 : 3, 1), &exchange);
  EXPECT_THAT([&] { training.trainer.Step(); },
              ThrowsMessage<std::runtime_error>(
                  HasSubstr("process " + std::to_string(LastRank()) + ": found other parameters, another state")));
}

TEST(MpiShardExchange, FewerShardsThanProcessesAreRefused) {
  if (session->size() == 1) return;
  MpiShardExchange<float> exchange(*session);
  if (exchange.Own(1).count > 0) return;
  EXPECT_THAT([&] { Training<float>("embedding", Options(1, 1), &exchange); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("shards: found 1 ")));
}

}  // namespace
}  // namespace hyperwidth

int main(int argc, char** argv) {
  hyperwidth::MpiSession session(&argc, &argv);
  hyperwidth::session = &session;
  ::testing::InitGoogleTest(&argc, argv);
  if (session.rank() > 0) {  // else there would be as many reports; failures are printed all the same
    ::testing::TestEventListeners& listeners = ::testing::UnitTest::GetInstance()->listeners();
    std::unique_ptr<::testing::TestEventListener>(listeners.Release(listeners.default_xml_generator())).reset();
  }
  return RUN_ALL_TESTS();
}
