// SPDX-License-Identifier: Apache-2.0
#include "experiments/operators/operator_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "training/trials/trial_outcome.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

OperatorsOptions Small() {
  OperatorsOptions options;
  options.total = 20'000;
  options.primary_layers = options.condition_layers = 2;
  options.train_functions = 100;
  options.test_functions = 30;
  options.steps = 20;
  options.learning_rate = 3e-3;
  return options;
}

double Value(const Fields& fields, const char* name) { return OutcomeValue<double>(fields, name); }

TEST(LoadOperator, HoldsBackNothing) {
  const OperatorData data = LoadOperator("identity", Small());
  EXPECT_EQ(data.train.conditions(), 100);
  EXPECT_EQ(data.test.conditions(), 30);
  EXPECT_EQ(data.train.samples(), 100 * 100);
  EXPECT_EQ(data.test.samples(), 30 * 100);
  EXPECT_EQ(data.condition_size, 100);
  EXPECT_EQ(data.x_size, 1);
  EXPECT_EQ(data.outputs, 1);
}

TEST(LoadOperator, HasTheFloorOfItsTestFunctionsAndNoOthers) {
  OperatorsOptions options = Small();
  options.test_functions = 8;
  const OperatorData data = LoadOperator("identity", options);
  // Eight functions less their mean are a matrix of rank 7.
  EXPECT_GT(data.test_floor.Relative(6), 0.01);
  EXPECT_EQ(data.test_floor.Relative(7), 0);
}

TEST(SizedOperator, HasTheKappaThatWasAskedForAndTheTotal) {
  const OperatorsOptions options = Small();
  const OperatorData data = LoadOperator("identity", options);
  for (const std::string& scheme : OperatorSchemes()) {
    const SizedScheme sized = SizedOperator(scheme, 18, data, options);
    EXPECT_EQ(sized.cost.kappa, 18) << scheme;
    EXPECT_NEAR(static_cast<double>(sized.cost.trainable_parameters), 20'000, 400) << scheme;
    EXPECT_EQ(sized.sizes.function, Function::kTanh);
  }
}

TEST(SizedOperator, TakesTheNearestKappaBelowWhereThereIsNone) {
  OperatorsOptions options = Small();
  options.total = 45'000;
  const OperatorData data = LoadOperator("identity", options);
  EXPECT_EQ(SizedOperator("shift-deeponet", 20, data, options).cost.kappa, 18);
  EXPECT_EQ(SizedOperator("shift-deeponet", 10, data, options).cost.kappa, 9);
  EXPECT_EQ(SizedOperator("flex-deeponet", 20, data, options).cost.kappa, 20);
  // Beyond the size of the condition nothing more can act.
  EXPECT_EQ(SizedOperator("deeponet", 200, data, options).cost.kappa, 100);
  EXPECT_THAT([&] { SizedOperator("shift-deeponet", 2, data, options); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("kappa of shift-deeponet: found 2, accepted: ")));
}

double MeanOf(const std::vector<Index>& widths) {
  return std::accumulate(widths.begin(), widths.end(), 0.0) / static_cast<double>(widths.size());
}

TEST(SizedOperator, HasTheShapeThatWasAskedFor) {
  OperatorsOptions options = Small();
  options.primary_layers = 3;
  options.condition_layers = 1;
  options.activation = Function::kGelu;
  const OperatorData data = LoadOperator("identity", options);
  for (const double ratio : {1.0, 3.0}) {
    options.condition_ratio = ratio;
    const SchemeSizes sizes = SizedOperator("deeponet", 10, data, options).sizes;
    EXPECT_EQ(sizes.primary_hidden.size(), 3u);
    EXPECT_EQ(sizes.condition_hidden.size(), 1u);
    EXPECT_NEAR(MeanOf(sizes.condition_hidden) / MeanOf(sizes.primary_hidden), ratio, 0.1 * ratio);
    EXPECT_EQ(sizes.function, Function::kGelu);
  }
}

TEST(SizedOperator, RefusesATotalThatIsTooSmallRatherThanTakeASmallerKappa) {
  OperatorsOptions options = Small();
  const OperatorData data = LoadOperator("identity", options);
  options.total = 3000;
  EXPECT_NO_THROW(SizedOperator("deeponet", 5, data, options));
  EXPECT_THAT([&] { SizedOperator("deeponet", 64, data, options); },
              ThrowsMessage<std::invalid_argument>(
                  AllOf(HasSubstr("total, for kappa = 64 of identity: deeponet"), HasSubstr("accepted: at least "))));
}

TEST(TrainAndTest, LearnsAndDependsOnTheSeedAlone) {
  OperatorsOptions options = Small();
  options.train_functions = 1000;
  const OperatorData data = LoadOperator("identity", options);
  const SizedScheme sized = SizedOperator("hypernetwork", 20, data, options);
  const auto run = [&](std::int64_t steps, std::uint64_t seed) {
    options.steps = steps;
    return TrainAndTest("hypernetwork", sized, data, options, seed, {});
  };
  const Fields once = run(20, 1);
  EXPECT_EQ(once, run(20, 1));
  EXPECT_NE(once, run(20, 2));
  const Fields longer = run(600, 1);
  EXPECT_LT(Value(longer, "relative_l2"), 0.9 * Value(once, "relative_l2"));
  EXPECT_LT(Value(longer, "relative_rms"), 0.9 * Value(once, "relative_rms"));
  // Of functions of nearly the same norm, the two errors are nearly the same.
  EXPECT_NEAR(Value(longer, "relative_l2") / Value(longer, "relative_rms"), 1, 0.1);
  EXPECT_EQ(OutcomeValue<std::int64_t>(longer, "total_parameters"), sized.cost.trainable_parameters);
  EXPECT_EQ(OutcomeValue<std::int64_t>(longer, "primary_parameters"), sized.cost.generated_parameters);
}

TEST(TrainAndTest, UsesTheLearningRateAndTheBatchThatItIsTold) {
  OperatorsOptions options = Small();
  const OperatorData data = LoadOperator("identity", options);
  const SizedScheme sized = SizedOperator("nomad", 10, data, options);
  const auto run = [&] { return TrainAndTest("nomad", sized, data, options, 1, {}); };
  const Fields before = run();
  options.learning_rate = 1e-12;
  const Fields untrained = run();
  EXPECT_NEAR(Value(untrained, "relative_rms"), 1, 0.3);
  EXPECT_NE(before, untrained);
  options = Small();
  options.batch_functions = 10;
  EXPECT_NE(run(), before);
  options = Small();
  options.batch_points = 20;
  EXPECT_NE(run(), before);
}

TEST(TrainAndTest, StopsOnRequest) {
  const OperatorsOptions options = Small();
  const OperatorData data = LoadOperator("identity", options);
  const std::atomic<bool> stop = true;
  EXPECT_THROW(
      TrainAndTest("deeponet", SizedOperator("deeponet", 5, data, options), data, options, 1, StopRequest(stop)),
      Stopped);
}

}  // namespace
}  // namespace hyperwidth
