// SPDX-License-Identifier: Apache-2.0
#include "experiments/assumption2/assumption2.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>

#include "experiments/assumption2/width_verdicts.h"
#include "experiments/program/repeated_run.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Assumption2Options Small() {
  Assumption2Options options;
  options.activations = {Function::kRelu, Function::kTanh};
  options.widths = 3;
  options.seeds = 3;
  options.train_images = 60;
  options.test_images = 30;
  options.epochs = 1;
  options.batch_size = 20;
  return options;
}

// Errors that are multiplied by `factors` from width to width, with a share of the common one that a seed has, and a
// little spread of their own.
WidthCell Cell(const std::vector<double>& factors, int seeds = 8, double spread = 0.001) {
  WidthCell cell{.activation = Function::kElu};
  double level = 1;
  for (std::size_t width = 0; width <= factors.size(); ++width) {
    std::vector<double>& errors = cell.errors.emplace_back();
    for (int seed = 0; seed < seeds; ++seed) {
      errors.push_back(level * (1 + 0.5 * seed) *
                       (1 + spread * std::sin(7.0 * seed + 3.0 * static_cast<double>(width))));
    }
    if (width < factors.size()) level *= factors[width];
  }
  return cell;
}

TEST(StepsOf, TellsFallingFromRisingPairedOverSeeds) {
  EXPECT_THAT(StepsOf(Cell({0.9, 1.1, 1.0, 0.8})),
              ElementsAre(StepOutcome::kFalls, StepOutcome::kRises, StepOutcome::kOpen, StepOutcome::kFalls));
}

TEST(StepsOf, AreAllOpenOnTwoSeeds) {
  EXPECT_THAT(StepsOf(Cell({0.9, 1.1}, 2)), ElementsAre(StepOutcome::kOpen, StepOutcome::kOpen));
}

// One step alone is told from zero where the same step among thirty is not.
TEST(StepsOf, AreCorrectedForTheirNumber) {
  const double factor = 0.99;
  const auto falls = [&](std::size_t others) {
    std::vector<double> factors(others + 1, 1.0);
    factors[0] = factor;
    return StepsOf(Cell(factors, 4, 0.004)).front();
  };
  EXPECT_EQ(falls(0), StepOutcome::kFalls);
  EXPECT_EQ(falls(400), StepOutcome::kOpen);
}

TEST(StepsOf, LeavesOutTrainingsThatDiverged) {
  WidthCell cell = Cell({0.9, 0.9});
  cell.errors[1][0] = std::nan("");
  EXPECT_THAT(StepsOf(cell), ElementsAre(StepOutcome::kFalls, StepOutcome::kFalls));
  for (double& error : cell.errors[1]) error = std::nan("");
  EXPECT_THAT(StepsOf(cell), ElementsAre(StepOutcome::kOpen, StepOutcome::kOpen));
}

TEST(JudgeSteps, IsConsistentOnlyIfEachStepIsShownToFall) {
  const Check check = JudgeSteps(Cell({0.9, 0.8, 0.9}));
  EXPECT_EQ(check.verdict, Verdict::kConsistent);
  EXPECT_EQ(check.measured, 3);
  EXPECT_EQ(check.unit, "of 3 steps");
  EXPECT_EQ(check.id, "assumption2.elu.falls_with_each_neuron");
}

TEST(JudgeSteps, IsInconsistentIfOneStepIsShownToRise) {
  const Check check = JudgeSteps(Cell({0.9, 1.1, 1.0, 0.9}));
  EXPECT_EQ(check.verdict, Verdict::kInconsistent);
  EXPECT_THAT(check.why,
              HasSubstr("Of 4 steps to one neuron more, 2 are shown to fall, 1 to rise (2 to 3), and 1 are"));
  EXPECT_EQ(*check.ci95, (Interval{.low = 2, .high = 3}));
}

TEST(JudgeSteps, IsInconclusiveIfAStepIsOpen) {
  EXPECT_EQ(JudgeSteps(Cell({0.9, 1.0, 0.9})).verdict, Verdict::kInconclusive);
}

TEST(JudgeWidest, ComparesWithHalfTheWidth) {
  const Check falls = JudgeWidest(Cell({1, 0.5, 0.8}));  // widths 1 .. 4: 4 against 2
  EXPECT_EQ(falls.verdict, Verdict::kConsistent);
  EXPECT_NEAR(falls.measured, 0.4, 0.01);
  EXPECT_EQ(JudgeWidest(Cell({0.1, 2, 1})).verdict, Verdict::kInconsistent);
  EXPECT_NEAR(JudgeWidest(Cell({0.5, 0.8})).measured, 0.8, 0.01);  // an odd width: 3 against 2
}

TEST(SummariseAssumption2, DrawsACurveOfEachActivationThatHasErrors) {
  WidthCell none = Cell({0.9});
  none.activation = Function::kTanh;
  for (std::vector<double>& errors : none.errors) errors.assign(3, std::nan(""));
  const Result result = SummariseAssumption2(Small(), {Cell({0.9, 0.9}), none});
  EXPECT_NO_THROW(Validate(result));
  ASSERT_EQ(result.series.size(), 1u);
  EXPECT_THAT(result.series[0].x, ElementsAre(1, 2, 3));
  EXPECT_EQ(result.checks.size(), 2u + 4u);  // and the corner cases
  EXPECT_EQ(result.decisive, "assumption2.elu.falls_with_each_neuron");
  EXPECT_NO_THROW(Validate(SummariseAssumption2(Small(), {none})));
}

TEST(UnitVectors, HaveAOneAtTheLabel) {
  const Matrix<float> vectors = UnitVectors({2, 0}, 3);
  EXPECT_EQ(vectors.sum(), 2);
  EXPECT_EQ(vectors(2, 0), 1);
  EXPECT_EQ(vectors(0, 1), 1);
  EXPECT_THROW(UnitVectors({3}, 3), std::invalid_argument);
}

TEST(TestErrorOfWidth, IsLowAfterLongTrainingAndDependsOnTheSeed) {
  Assumption2Options options = Small();
  options.train_images = 600;
  options.test_images = 200;
  const WidthImages data = LoadLabelledImages(options);
  ASSERT_EQ(data.train.rows(), 12);
  TrainerOptions trainer;
  trainer.optimizer.method = OptimizerMethod::kAdadelta;
  trainer.optimizer.learning_rate = 1;
  trainer.epochs = 30;
  trainer.threads = 1;
  const double error = TestErrorOfWidth(data, Function::kElu, 16, trainer, {});
  EXPECT_LT(error, 0.7 / 12 * 11 / 12);  // the best constant has 11/144
  EXPECT_EQ(error, TestErrorOfWidth(data, Function::kElu, 16, trainer, {}));
  EXPECT_NE(error, TestErrorOfWidth(data, Function::kRelu, 16, trainer, {}));
  trainer.seed = 2;
  EXPECT_NE(error, TestErrorOfWidth(data, Function::kElu, 16, trainer, {}));
}

TEST(WidthTrials, AreOfEachActivationWidthAndSeed) {
  Assumption2Options options = Small();
  options.program.seed = 4;
  const WidthImages data = LoadLabelledImages(options);
  const std::vector<Trial> trials = WidthTrials(data, options);
  ASSERT_EQ(trials.size(), 2u * 3 * 3);
  const Fields expected = {{"activation", "tanh"}, {"width", std::int64_t{2}}, {"seed", std::uint64_t{6}}};
  EXPECT_EQ(trials[9 + 3 + 2].values, expected);
}

TEST(WidthCells, HaveErrorsWhereTheyBelong) {
  TrialOutcomes outcomes;
  for (int i = 0; i < 18; ++i) outcomes.outcomes.emplace_back(Fields{{"test_error", 1.0 * i}});
  outcomes.outcomes[4].reset();
  outcomes.outcomes[5] = TrialOutcome::Failed("diverged");
  const std::vector<WidthCell> cells = WidthCells(Small(), outcomes);
  ASSERT_EQ(cells.size(), 2u);
  EXPECT_THAT(cells[1].errors[2], ElementsAre(15, 16, 17));
  EXPECT_EQ(cells[0].errors[1][0], 3);
  EXPECT_TRUE(std::isnan(cells[0].errors[1][1]));
  EXPECT_TRUE(std::isnan(cells[0].errors[1][2]));
}

TEST(LoadLabelledImages, SaysWhatIsMissing) {
  Assumption2Options options = Small();
  options.data = "/nowhere/at/all";
  EXPECT_THROW(LoadLabelledImages(options), std::runtime_error);
}

Result Repeated(int threads, const RunFolder& folder) {
  Assumption2Options options = Small();
  options.program.threads = threads;
  return RunAssumption2(options, folder);
}

TEST(RunAssumption2, FindsTheSameBitsWithAnyNumberOfThreads) {
  ExpectSameBitsWithAnyNumberOfThreads("assumption2", Repeated, 18);
}

TEST(RunAssumption2, GoesOnFromWhatHasFinished) { ExpectGoesOnFromWhatHasFinished("assumption2", Repeated, 6); }

}  // namespace
}  // namespace hyperwidth
