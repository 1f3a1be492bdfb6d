// SPDX-License-Identifier: Apache-2.0
#include "experiments/operators/operators.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <stdexcept>
#include <string>

#include "experiments/operators/operator_verdicts.h"
#include "experiments/operators/operators_summary.h"
#include "experiments/program/repeated_run.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

OperatorsOptions Small() {
  OperatorsOptions options;
  options.tasks = {"identity"};
  options.schemes = {"deeponet", "shift-deeponet", "hypernetwork"};
  options.kappas = {5, 10, 18, 20};
  options.seeds = 4;
  options.total = 8000;
  options.primary_layers = options.condition_layers = 2;
  options.train_functions = 40;
  options.test_functions = 30;
  options.steps = 3;
  options.batch_functions = 5;
  options.batch_points = 4;
  return options;
}

// Cells in which each training has `error` of its scheme and kappa, with a little spread, for both measures.
template <typename Error>
std::vector<OperatorCell> CellsWith(const OperatorsOptions& options, const Error& error) {
  std::vector<OperatorCell> cells = OperatorCells(options);
  double number = 0;
  for (OperatorCell& cell : cells) {
    for (int i = 0; i < options.seeds; ++i) {
      number += 1;
      cell.relative_l2.push_back(error(cell) * (1 + 0.01 * std::sin(number)));
    }
    cell.relative_rms = cell.relative_l2;
  }
  return cells;
}

// Nearly what nine or ten functions leave: training has done what it can.
double Narrow(const OperatorCell& cell) {
  return 1.05 * cell.data->test_floor.Relative(std::min<Index>(cell.kappa(), 9));
}

// As the published table would have it: only the scheme matters.
double SchemeDecides(const OperatorCell& cell) { return cell.scheme == "hypernetwork" ? 0.04 : Narrow(cell); }

// As if only the bottleneck mattered.
double BottleneckDecides(const OperatorCell& cell) { return cell.kappa() >= 18 ? 0.2 : Narrow(cell); }

const Check& Find(const std::vector<Check>& checks, const std::string& id) {
  for (const Check& check : checks) {
    if (check.id == "operators." + id) return check;
  }
  throw std::logic_error("no check " + id);
}

Verdict VerdictOf(const std::vector<OperatorCell>& cells, const OperatorsOptions& options, const std::string& id) {
  return Find(JudgeOperators(cells, options), id).verdict;
}

TEST(OperatorCells, HaveTheTrueKappaOnce) {
  std::string found;
  for (const OperatorCell& cell : OperatorCells(Small())) {
    if (cell.scheme != "shift-deeponet") continue;
    found += std::to_string(cell.kappa()) + ":";
    for (const int kappa : cell.requested) found += " " + std::to_string(kappa);
    found += "; ";
  }
  EXPECT_EQ(found, "3: 5; 9: 10; 18: 18 20; ");
}

TEST(OperatorTrials, NameTaskSchemeKappaAndSeed) {
  OperatorsOptions options = Small();
  options.program.seed = 7;
  const std::vector<OperatorCell> cells = OperatorCells(options);
  const std::vector<Trial> trials = OperatorTrials(cells, options);
  ASSERT_EQ(trials.size(), cells.size() * 4);
  const Fields expected = {
      {"task", "identity"}, {"scheme", "deeponet"}, {"kappa", std::int64_t{10}}, {"seed", std::uint64_t{9}}};
  EXPECT_EQ(trials[4 + 2].values, expected);
}

TEST(OperatorTrials, TakeLongerWithWiderBatchesAndMoreSteps) {
  OperatorsOptions options = Small();
  const std::vector<OperatorCell> cells = OperatorCells(options);
  const double work = OperatorTrials(cells, options).front().work;
  options.steps *= 2;
  EXPECT_DOUBLE_EQ(OperatorTrials(cells, options).front().work, 2 * work);
  options.batch_functions *= 2;
  EXPECT_DOUBLE_EQ(OperatorTrials(cells, options).front().work, 4 * work);
  options.batch_points *= 2;
  EXPECT_GT(OperatorTrials(cells, options).front().work, 4 * work);
  EXPECT_LT(OperatorTrials(cells, options).front().work, 8 * work);
}

TEST(JudgeOperators, SaysThatTheSchemeDecidesWhereItDoes) {
  const std::vector<OperatorCell> cells = CellsWith(Small(), SchemeDecides);
  EXPECT_EQ(VerdictOf(cells, Small(), "identity.kappa10.hypernetwork_below_deeponet"), Verdict::kConsistent);
  EXPECT_EQ(VerdictOf(cells, Small(), "identity.kappa20.hypernetwork_below_deeponet"), Verdict::kConsistent);
  EXPECT_EQ(VerdictOf(cells, Small(), "identity.deeponet.wider_beats_other_scheme"), Verdict::kInconsistent);
  EXPECT_EQ(VerdictOf(cells, Small(), "identity.shift-deeponet.wider_beats_other_scheme"), Verdict::kInconsistent);
  const Check check = Find(JudgeOperators(cells, Small()), "identity.kappa10.hypernetwork_below_deeponet");
  const double factor = 0.04 / (1.05 * cells.front().data->test_floor.Relative(9));
  EXPECT_NEAR(check.measured, factor, 0.05 * factor);
  EXPECT_EQ(check.predicted, (Interval{.high = 1}));
  EXPECT_THAT(check.why, HasSubstr("log hypernetwork minus log deeponet"));
  EXPECT_LT(check.ci95->low, factor);
  EXPECT_GT(check.ci95->high, factor);
}

TEST(JudgeOperators, SaysThatTheBottleneckDecidesWhereItDoes) {
  const std::vector<OperatorCell> cells = CellsWith(Small(), BottleneckDecides);
  for (const char* scheme : {"deeponet", "shift-deeponet", "hypernetwork"}) {
    EXPECT_EQ(VerdictOf(cells, Small(), std::string("identity.") + scheme + ".wider_beats_other_scheme"),
              Verdict::kConsistent);
  }
  EXPECT_EQ(VerdictOf(cells, Small(), "identity.kappa20.hypernetwork_below_deeponet"), Verdict::kInconclusive);
  // Shift-DeepONet is judged at the kappas that it has.
  EXPECT_THAT(Find(JudgeOperators(cells, Small()), "identity.deeponet.wider_beats_other_scheme").claim,
              HasSubstr("the best of shift-deeponet at 9, hypernetwork at 10"));
  EXPECT_THAT(Find(JudgeOperators(cells, Small()), "identity.shift-deeponet.wider_beats_other_scheme").claim,
              HasSubstr("shift-deeponet to 18"));
}

TEST(JudgeOperators, ComparesWithTheBestOtherSchemeOfEachSeed) {
  const OperatorsOptions options = Small();
  std::vector<OperatorCell> cells = CellsWith(options, BottleneckDecides);
  // Each of the two others is best in half of the seeds, and would be worse on average.
  for (OperatorCell& cell : cells) {
    if (cell.Has(10) && cell.scheme == "shift-deeponet") cell.relative_l2 = {0.1, 0.101, 9, 9};
    if (cell.Has(10) && cell.scheme == "hypernetwork") cell.relative_l2 = {9, 9, 0.102, 0.1};
  }
  EXPECT_EQ(VerdictOf(cells, options, "identity.deeponet.wider_beats_other_scheme"), Verdict::kInconsistent);
  EXPECT_EQ(VerdictOf(cells, options, "identity.hypernetwork.wider_beats_other_scheme"), Verdict::kInconclusive);
}

TEST(JudgeOperators, WithholdWhatABottleneckDoesWhereTrainingSetsTheError) {
  const OperatorsOptions options = Small();
  std::vector<OperatorCell> cells = CellsWith(options, BottleneckDecides);
  const auto check_with = [&](double share_of_floor) {
    for (OperatorCell& cell : cells) {
      if (!cell.Has(10) || cell.scheme != "deeponet") continue;
      for (double& error : cell.relative_rms) error = share_of_floor * cell.data->test_floor.Relative(10);
    }
    return Find(JudgeOperators(cells, options), "identity.deeponet.wider_beats_other_scheme");
  };
  EXPECT_EQ(check_with(0.99 * kLargestShortfall).verdict, Verdict::kConsistent);
  EXPECT_EQ(check_with(1.01 * kLargestShortfall).verdict, Verdict::kInconclusive);
  EXPECT_THAT(check_with(2).why, HasSubstr("of deeponet at 10 is"));
  EXPECT_THAT(check_with(2).why, HasSubstr("2 times that of the best linear decoder"));
  // Others, and what is compared at one bottleneck, do not care.
  EXPECT_EQ(VerdictOf(cells, options, "identity.hypernetwork.wider_beats_other_scheme"), Verdict::kConsistent);
}

TEST(JudgeOperators, AreInconclusiveOnTooFewSeeds) {
  OperatorsOptions options = Small();
  options.seeds = 2;
  for (const Check& check : JudgeOperators(CellsWith(options, BottleneckDecides), options)) {
    EXPECT_EQ(check.verdict, Verdict::kInconclusive) << check.id;
  }
}

TEST(JudgeOperators, LeaveOutWhatWasNotTrained) {
  OperatorsOptions options = Small();
  options.kappas = {5, 20};
  options.schemes = {"shift-deeponet", "hypernetwork"};
  EXPECT_TRUE(JudgeOperators(CellsWith(options, BottleneckDecides), options).empty());
}

// Two kappas of four trainings each have a floor at 5 and 10, of which the largest is far below 0.9; at 18 there is
// one, and at 20 there is none.
TEST(JudgeFloor, CountsDeepOnetsThatHaveAFloor) {
  std::vector<OperatorCell> cells = CellsWith(Small(), [](const OperatorCell&) { return 0.9; });
  const Check check = JudgeFloor(cells);
  EXPECT_EQ(check.verdict, Verdict::kConsistent);
  EXPECT_THAT(check.why, HasSubstr("12 runs"));
  EXPECT_THAT(check.why, HasSubstr("identity with kappa = 5 had 1.4"));  // 0.9 / 0.60, less a little
  for (OperatorCell& cell : cells) {
    if (cell.kappa() == 18) cell.relative_rms[0] = kNone;
  }
  EXPECT_THAT(JudgeFloor(cells).why, HasSubstr("11 runs"));
}

TEST(JudgeFloor, IsRefutedByASingleDeepOnetBelowIt) {
  std::vector<OperatorCell> cells = CellsWith(Small(), [](const OperatorCell&) { return 0.9; });
  const auto verdict_with = [&](const std::string& scheme, Index kappa, double share_of_floor) {
    std::vector<OperatorCell> changed = cells;
    for (OperatorCell& cell : changed) {
      if (cell.scheme != scheme || cell.kappa() != kappa) continue;
      cell.relative_rms[3] = share_of_floor * cell.data->test_floor.Relative(kappa);
      cell.relative_l2[2] = 0;  // another error, of which nothing is proved
    }
    return JudgeFloor(changed).verdict;
  };
  EXPECT_EQ(verdict_with("deeponet", 10, 0.999), Verdict::kInconsistent);
  EXPECT_EQ(verdict_with("deeponet", 10, 1.001), Verdict::kConsistent);
  EXPECT_EQ(verdict_with("hypernetwork", 10, 0.5), Verdict::kConsistent);
  EXPECT_EQ(verdict_with("deeponet", 20, 0), Verdict::kConsistent);
}

const Series& SeriesOf(const Result& result, const std::string& name, const std::string& error) {
  for (const Series& series : result.series) {
    if (series.name == name && series.y_name == error) return series;
  }
  throw std::logic_error("no series " + name);
}

TEST(SummariseOperators, DrawsEachSchemeAtItsTrueKappaWithTheBarriers) {
  std::vector<OperatorCell> cells = CellsWith(Small(), BottleneckDecides);
  cells[0].relative_l2[1] = kNone;
  const Result result = SummariseOperators(Small(), cells);
  EXPECT_NO_THROW(Validate(result));
  const Series& shift = SeriesOf(result, "shift-deeponet", "relative_l2_error");
  EXPECT_THAT(shift.x, ElementsAre(3, 9, 18));
  EXPECT_NEAR(shift.y[2], 0.2, 0.01);
  EXPECT_THAT(SeriesOf(result, "deeponet", "relative_l2_error").columns[0].values, ElementsAre(3, 4, 4, 4));
  EXPECT_NEAR(SeriesOf(result, "deeponet", "relative_l2_error").columns[1].values[0], 8000, 160);

  const Series& reference = SeriesOf(result, "reference: linear decoders, root mean square", "relative_l2_error");
  EXPECT_EQ(reference.x.front(), 3);
  EXPECT_EQ(reference.x.back(), 19);  // none from 20 on
  EXPECT_NEAR(reference.y[7], 0.525, 5e-4);
  const Series& proved = SeriesOf(result, "proved: linear decoders on these samples", "relative_rms_error");
  EXPECT_EQ(proved.y[7], cells[0].data->test_floor.Relative(10));
  EXPECT_EQ(proved.style, SeriesStyle::kLine);

  const Series& published =
      SeriesOf(result, "published: hypernetwork (Lee, Cho, Hwang 2023, table 1)", "relative_l2_error");
  EXPECT_THAT(published.y, ElementsAre(0.036));
  EXPECT_EQ(published.style, SeriesStyle::kMarks);
  EXPECT_THAT(
      SeriesOf(result, "published: the others (Lee, Cho, Hwang 2023, table 1)", "relative_l2_error").columns[0].values,
      ElementsAre(0.003, 0.018, 0.062, 0.020));
  const FieldValue* const floors = hyperwidth::Find(result.floors, "identity_closed_form");
  ASSERT_NE(floors, nullptr);
  EXPECT_NEAR(std::get<std::vector<double>>(*floors)[1], 0.525, 5e-4);
}

TEST(SummariseOperators, DrawsABarrierNoFurtherThanAThirdOfWhatIsMeasured) {
  const std::vector<OperatorCell> cells = CellsWith(Small(), [](const OperatorCell&) { return 0.9; });
  const Result result = SummariseOperators(Small(), cells);
  for (const auto& [name, error] : std::vector<std::pair<std::string, std::string>>{
           {"reference: linear decoders, root mean square", "relative_l2_error"},
           {"proved: linear decoders on these samples", "relative_rms_error"}}) {
    const std::vector<double>& floors = SeriesOf(result, name, error).y;
    ASSERT_GE(floors.size(), 2u);
    EXPECT_LT(floors.back(), 0.3) << name;
    EXPECT_GT(floors[floors.size() - 2], 0.29) << name;
  }
}

TEST(SummariseOperators, HasNoFigureOfATaskWithoutAnyTraining) {
  const std::vector<OperatorCell> cells = CellsWith(Small(), [](const OperatorCell&) { return kNone; });
  const Result result = SummariseOperators(Small(), cells);
  EXPECT_NO_THROW(Validate(result));
  EXPECT_TRUE(result.series.empty());
  for (const Check& check : result.checks) EXPECT_EQ(check.verdict, Verdict::kInconclusive) << check.id;
  EXPECT_THAT(JudgeFloor(cells).why, Not(HasSubstr("closest")));
}

TEST(ErrorTable, HasALineForEachKappaThatASchemeHas) {
  const std::string text = ErrorTable(CellsWith(Small(), SchemeDecides), Small());
  EXPECT_THAT(text, HasSubstr("identity: mean relative L2 error"));
  EXPECT_THAT(text, ::testing::ContainsRegex("\n +9 +0.4[0-9]* +0.39"));  // shift-deeponet alone
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2 + 6);           // 3, 5, 9, 10, 18, 20
}

Result Repeated(int threads, const RunFolder& folder) {
  OperatorsOptions options = Small();
  options.kappas = {10, 20};
  options.seeds = 3;
  options.program.threads = threads;
  return RunOperators(options, folder);
}

TEST(RunOperators, FindsTheSameBitsWithAnyNumberOfThreads) {
  ExpectSameBitsWithAnyNumberOfThreads("operators", Repeated, 3 * 2 * 3);
}

TEST(RunOperators, GoesOnFromWhatHasFinished) { ExpectGoesOnFromWhatHasFinished("operators", Repeated, 6); }

TEST(RunOperators, CountsATrainingThatDivergesAsNone) {
  OperatorsOptions options = Small();
  options.schemes = {"deeponet"};
  options.kappas = {10};
  options.seeds = 1;
  options.steps = 50;
  options.learning_rate = 1e30;
  const fs::path path = fs::path(::testing::TempDir()) / "operators_diverged";
  const Result result = RunOperators(options, RunFolder(path, ExistingRun::kOverwrite));
  EXPECT_THAT(Contents(path / "metrics.csv"), HasSubstr("failed"));
  EXPECT_TRUE(result.series.empty());
}

}  // namespace
}  // namespace hyperwidth
