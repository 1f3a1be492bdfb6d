// SPDX-License-Identifier: Apache-2.0
#include "experiments/published_models/pair_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <sstream>
#include <stdexcept>
#include <string>

#include "experiments/result/estimate.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

PairStudy Study() { return {.experiment = "x", .tasks = {{.name = "a", .words = "task A"}}, .fewest_layers = 3}; }

PairCase CaseOf(Index layers, Index step, Index conditions, const std::string& sweep) {
  const std::vector<Index> hidden(static_cast<std::size_t>(layers - 1), 4);
  return {.task = "a",
          .layers = layers,
          .conditions = conditions,
          .embedding_step = step,
          .pair = {.x_size = 3,
                   .condition_size = 2,
                   .outputs = 1,
                   .f_hidden = hidden,
                   .e_hidden = hidden,
                   .embedding_dim = std::max<Index>(1, step) * 5},
          .sweeps = {sweep}};
}

// Layers 2, 3, 4; embeddings of 5, 10, 20; 10, 20 and 40 conditions.
std::vector<PairCell> Cells() {
  std::vector<PairCase> cases;
  for (const Index layers : {2, 3, 4}) cases.push_back(CaseOf(layers, 0, 40, "layers"));
  for (const Index step : {1, 2, 4}) cases.push_back(CaseOf(3, step, 40, "embedding"));
  for (const Index conditions : {10, 20, 40}) cases.push_back(CaseOf(3, 0, conditions, "conditions"));
  return CellsOf(cases);
}

// Cells of four seeds with these errors relative to a constant, with a spread of about one in a thousand, and seen
// errors in proportion.
std::vector<PairCell> CellsWith(const std::function<double(const PairCell&)>& error, double unseen_over_seen = 1) {
  std::vector<PairCell> cells = Cells();
  double number = 0;
  for (PairCell& cell : cells) {
    for (int i = 0; i < 4; ++i) {
      const double relative = error(cell) * (1 + 0.001 * std::sin(++number));
      cell.by_seed.push_back({.test_error = 3 * relative,
                              .seen_error = 3 * error(cell) / unseen_over_seen * (1 + 0.001 * std::cos(number)),
                              .constant_error = 3});
    }
  }
  return cells;
}

bool IsHypernetwork(const PairCell& cell) { return cell.model == PublishedModel::kHypernetwork; }

// As published: the hypernetwork is better and improves with depth, and the embedding does not whatever is done.
double AsPublished(const PairCell& cell) {
  return IsHypernetwork(cell) ? 0.5 * std::pow(0.9, static_cast<double>(cell.what.layers)) : 0.6;
}

// The reverse of it.
double TheOtherWay(const PairCell& cell) {
  if (IsHypernetwork(cell)) return 0.7;
  return 0.6 * std::pow(0.9, static_cast<double>(cell.what.layers) + std::log2(cell.what.pair.embedding_dim));
}

const Check& Find(const std::vector<Check>& checks, const std::string& id) {
  for (const Check& check : checks) {
    if (check.id == "x.a." + id) return check;
  }
  throw std::logic_error("no check " + id);
}

std::vector<std::string> PublishedIds() {
  return {"layers3.hypernetwork_beats_embedding",
          "layers4.hypernetwork_beats_embedding",
          "hypernetwork_improves_with_depth",
          "embedding_gains_nothing_from_depth",
          "dim5.hypernetwork_beats_embedding",
          "dim10.hypernetwork_beats_embedding",
          "dim20.hypernetwork_beats_embedding",
          "embedding_gains_nothing_from_dimension"};
}

std::vector<std::string> OwnIds() {
  return {"hypernetwork_generalises",
          "embedding_generalises",
          "hypernetwork_improves_with_conditions",
          "embedding_improves_with_conditions"};
}

TEST(JudgePairs, AreThePublishedConclusionsAndThoseOnConditions) {
  std::vector<std::string> ids = PublishedIds();
  for (const std::string& id : OwnIds()) ids.push_back(id);
  const std::vector<Check> checks = JudgePairs(Study(), CellsWith(AsPublished));
  ASSERT_EQ(checks.size(), ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(checks[i].id, "x.a." + ids[i]);
}

TEST(JudgePairs, SayThatThePublishedConclusionsHoldWhereTheyDo) {
  const std::vector<Check> checks = JudgePairs(Study(), CellsWith(AsPublished));
  for (const std::string& id : PublishedIds()) EXPECT_EQ(Find(checks, id).verdict, Verdict::kConsistent) << id;
  const Check& better = Find(checks, "layers4.hypernetwork_beats_embedding");
  EXPECT_NEAR(better.measured, 0.5 * std::pow(0.9, 4) / 0.6, 1e-3);
  EXPECT_EQ(better.which, "task A, 4 layers");
  EXPECT_EQ(Find(checks, "dim10.hypernetwork_beats_embedding").which, "task A, embedding of 10");
  EXPECT_EQ(Find(checks, "dim10.hypernetwork_beats_embedding").group, better.group);
  const Check& depth = Find(checks, "hypernetwork_improves_with_depth");
  EXPECT_NEAR(depth.measured, 0.9, 1e-3);
  EXPECT_EQ(depth.predicted, (Interval{.high = 0.98}));
  EXPECT_EQ(depth.which, "task A");
  EXPECT_THAT(depth.claim,
              HasSubstr("he hypernetwork's test error falls by more than 2 % with each further layer of f"));
  EXPECT_NEAR(Find(checks, "embedding_gains_nothing_from_dimension").measured, 1, 1e-3);
}

TEST(JudgePairs, SayThatTheyDoNotHoldWhereTheyDoNot) {
  const std::vector<Check> checks = JudgePairs(Study(), CellsWith(TheOtherWay));
  for (const std::string& id : PublishedIds()) EXPECT_EQ(Find(checks, id).verdict, Verdict::kInconsistent) << id;
  // Three further layers and two doublings are steps of one.
  EXPECT_NEAR(Find(checks, "embedding_gains_nothing_from_depth").measured, 0.9, 1e-3);
  EXPECT_NEAR(Find(checks, "embedding_gains_nothing_from_dimension").measured, 0.9, 1e-3);
}

TEST(JudgePairs, TakeAnImprovementOfLessThanTwoPercentForNone) {
  const auto with_slope = [](double slope) {
    return JudgePairs(Study(), CellsWith([slope](const PairCell& cell) {
                        return 0.5 * std::pow(slope, static_cast<double>(cell.what.layers));
                      }));
  };
  EXPECT_EQ(Find(with_slope(0.99), "hypernetwork_improves_with_depth").verdict, Verdict::kInconsistent);
  EXPECT_EQ(Find(with_slope(0.97), "hypernetwork_improves_with_depth").verdict, Verdict::kConsistent);
  EXPECT_EQ(Find(with_slope(0.99), "embedding_gains_nothing_from_depth").verdict, Verdict::kConsistent);
  EXPECT_EQ(Find(with_slope(0.97), "embedding_gains_nothing_from_depth").verdict, Verdict::kInconsistent);
}

TEST(JudgePairs, SayWhetherModelsGeneralise) {
  const auto falling = [](const PairCell& cell) { return 0.9 * std::pow(0.99, std::log2(cell.what.conditions)); };
  const auto rising = [](const PairCell& cell) { return 0.7 * std::pow(1.01, std::log2(cell.what.conditions)); };
  const std::vector<Check> good = JudgePairs(Study(), CellsWith(falling, 1.09));
  const std::vector<Check> bad = JudgePairs(Study(), CellsWith(rising, 1.11));
  for (const std::string& id : OwnIds()) {
    EXPECT_EQ(Find(good, id).verdict, Verdict::kConsistent) << id;
    EXPECT_EQ(Find(bad, id).verdict, Verdict::kInconsistent) << id;
  }
  EXPECT_NEAR(Find(bad, "embedding_generalises").measured, 1.11, 2e-3);
  EXPECT_THAT(Find(bad, "embedding_generalises").claim, HasSubstr("less than 10 % above that on new x of seen ones"));
}

TEST(JudgePairs, JudgeGeneralisationAtTheMostConditions) {
  std::vector<PairCell> cells = CellsWith(AsPublished);
  for (PairCell& cell : cells) {
    if (cell.what.conditions == 40 || cell.what.sweeps[0] != "conditions") continue;
    for (PairErrors& errors : cell.by_seed) errors.seen_error /= 10;
  }
  EXPECT_EQ(Find(JudgePairs(Study(), cells), "hypernetwork_generalises").verdict, Verdict::kConsistent);
}

TEST(JudgePairs, WithholdWhatIsSaidOfModelsThatHaveLearntNothing) {
  const auto with = [](double hypernetwork, double embedding) {
    return JudgePairs(Study(), CellsWith([=](const PairCell& cell) {
                        const double layers = static_cast<double>(cell.what.layers - 3);
                        return (IsHypernetwork(cell) ? hypernetwork : embedding) * std::pow(0.999, layers);
                      }));
  };
  const Check none = Find(with(0.96, 0.98), "layers3.hypernetwork_beats_embedding");
  EXPECT_EQ(none.verdict, Verdict::kInconclusive);
  EXPECT_THAT(none.why, HasSubstr("would be consistent: The smallest mean error is 0.959"));
  EXPECT_EQ(Find(with(0.94, 0.98), "layers3.hypernetwork_beats_embedding").verdict, Verdict::kConsistent);
  EXPECT_EQ(Find(with(0.98, 0.94), "layers3.hypernetwork_beats_embedding").verdict, Verdict::kInconsistent);
  EXPECT_EQ(Find(with(0.94, 0.98), "embedding_gains_nothing_from_depth").verdict, Verdict::kInconclusive);
  EXPECT_EQ(Find(with(0.98, 0.94), "embedding_gains_nothing_from_depth").verdict, Verdict::kConsistent);
  EXPECT_EQ(Find(with(0.94, 0.98), "embedding_generalises").verdict, Verdict::kInconclusive);
  EXPECT_EQ(Find(with(0.94, 0.98), "hypernetwork_generalises").verdict, Verdict::kConsistent);
}

TEST(JudgePairs, WithholdThePublishedConclusionsOfASmallerRunOfEitherKind) {
  PairStudy study = Study();
  study.smaller = "It is small.";
  const auto falling = [](const PairCell& cell) { return AsPublished(cell) / std::log2(cell.what.conditions); };
  for (const auto& error : {std::function<double(const PairCell&)>(falling), {TheOtherWay}}) {
    const std::vector<Check> checks = JudgePairs(study, CellsWith(error));
    for (const std::string& id : PublishedIds()) {
      EXPECT_EQ(Find(checks, id).verdict, Verdict::kInconclusive) << id;
      EXPECT_THAT(Find(checks, id).why, HasSubstr("It is small.")) << id;
    }
    EXPECT_EQ(Find(checks, "embedding_generalises").verdict, Verdict::kConsistent);
  }
  EXPECT_EQ(Find(JudgePairs(study, CellsWith(falling)), "embedding_improves_with_conditions").verdict,
            Verdict::kConsistent);
}

TEST(JudgePairs, AreInconclusiveOnTwoSeeds) {
  std::vector<PairCell> cells = CellsWith(AsPublished);
  for (PairCell& cell : cells) {
    cell.by_seed[1].test_error = NAN;
    cell.by_seed.resize(3);
  }
  for (const Check& check : JudgePairs(Study(), cells)) EXPECT_EQ(check.verdict, Verdict::kInconclusive) << check.id;
}

// Two layers may diverge with every seed where three do not.
TEST(JudgePairs, TakeATrendFromThePlacesAtWhichTrainingsHaveFinished) {
  const auto with_failures = [](int failed_at_two, int failed_at_three) {
    std::vector<PairCell> cells = CellsWith(AsPublished);
    for (PairCell& cell : cells) {
      const int failed = cell.what.sweeps.front() != "layers" ? 0
                         : cell.what.layers == 2              ? failed_at_two
                         : cell.what.layers == 3              ? failed_at_three
                                                              : 0;
      for (int i = 0; i < failed; ++i) cell.by_seed[static_cast<std::size_t>(i)].test_error = NAN;
    }
    return Find(JudgePairs(Study(), cells), "hypernetwork_improves_with_depth");
  };
  const Check of_two_places = with_failures(4, 0);
  EXPECT_EQ(of_two_places.verdict, Verdict::kConsistent);
  EXPECT_NEAR(of_two_places.measured, 0.9, 2e-3);
  EXPECT_THAT(of_two_places.why, HasSubstr("Left out, since no training has finished there: 2 layers."));
  EXPECT_EQ(with_failures(1, 0).verdict, Verdict::kConsistent) << "from three seeds";
  EXPECT_THAT(with_failures(1, 0).why, Not(HasSubstr("Left out")));
  EXPECT_EQ(with_failures(3, 0).verdict, Verdict::kInconclusive) << "a single seed has all places";
  const Check of_one_place = with_failures(4, 4);
  EXPECT_EQ(of_one_place.verdict, Verdict::kInconclusive);
  EXPECT_THAT(of_one_place.why, HasSubstr("2 layers, 3 layers."));
}

TEST(JudgePairs, OfASingleTaskNameNone) {
  PairStudy study{.experiment = "x"};
  std::vector<PairCell> cells = CellsWith(AsPublished);
  for (PairCell& cell : cells) cell.what.task.clear();
  const std::vector<Check> checks = JudgePairs(study, cells);
  EXPECT_EQ(checks[0].id, "x.layers2.hypernetwork_beats_embedding");  // from two layers on
  EXPECT_EQ(checks[0].which, "2 layers");
  EXPECT_EQ(checks[3].id, "x.hypernetwork_improves_with_depth");
  EXPECT_EQ(checks[3].group, "");
  EXPECT_EQ(checks[3].which, "");
}

const Series& SeriesOf(const Result& result, const std::string& axis, const std::string& name) {
  for (const Series& series : result.series) {
    if (series.x_name == axis && series.name == name) return series;
  }
  throw std::logic_error("no series " + name);
}

TEST(AddPairs, DrawBothModelsWithTheirSizes) {
  std::vector<PairCell> cells = CellsWith(AsPublished, 1.5);
  cells[0].by_seed[2] = {.test_error = NAN, .seen_error = NAN, .constant_error = NAN};
  Result result{.experiment = "x"};
  AddPairs(Study(), cells, result);
  EXPECT_NO_THROW(Validate(result));
  EXPECT_EQ(result.figures.size(), 3u);
  EXPECT_EQ(result.decisive, "x.a.layers4.hypernetwork_beats_embedding");
  const Series& layers = SeriesOf(result, "layers", "hypernetwork");
  EXPECT_THAT(layers.x, ElementsAre(2, 3, 4));
  EXPECT_NEAR(layers.y[0], 0.405, 1e-3);
  const Estimate second = MeanOfFinite(cells[2].Relative());
  ASSERT_EQ(layers.y_ci95.size(), 3u);
  EXPECT_EQ(layers.y_ci95[1], second.ci95);
  EXPECT_LT(second.ci95.low, second.ci95.high);
  EXPECT_THAT(layers.columns[0].values, ElementsAre(3, 4, 4));
  EXPECT_THAT(layers.columns[1].values, ElementsAre(40, 40, 40));
  EXPECT_EQ(layers.columns[2].values[0], static_cast<double>(cells[0].sizes.total_parameters));
  EXPECT_THAT(layers.columns[3].values, ElementsAre(2, 2, 2));
  EXPECT_NEAR(layers.columns[4].values[0], 3 * 0.405, 3e-3);
  EXPECT_THAT(SeriesOf(result, "embedding_dim", "embedding").columns[1].values, ElementsAre(101, 151, 251));
  EXPECT_NEAR(SeriesOf(result, "conditions", "embedding, seen conditions").y[1], 0.4, 1e-3);
  EXPECT_THROW(SeriesOf(result, "layers", "embedding, seen conditions"), std::logic_error);
}

TEST(AddPairs, AreDecidedAtFourLayersOfTheDecisiveTask) {
  const auto decisive = [](const std::string& task, const std::vector<int>& layers) {
    PairStudy study{.experiment = "x", .tasks = {{.name = "a"}, {.name = "b"}}, .decisive_task = task};
    std::vector<PairCase> cases;
    for (const char* const name : {"a", "b"}) {
      for (const int one : layers) {
        cases.push_back(CaseOf(one, 0, 40, "layers"));
        cases.back().task = name;
      }
    }
    Result result{.experiment = "x"};
    AddPairs(study, CellsOf(cases), result);
    return result.decisive;
  };
  EXPECT_EQ(decisive("", {3, 4, 5}), "x.a.layers4.hypernetwork_beats_embedding");
  EXPECT_EQ(decisive("b", {3, 4, 5}), "x.b.layers4.hypernetwork_beats_embedding");
  EXPECT_EQ(decisive("b", {2, 3, 5}), "x.b.layers5.hypernetwork_beats_embedding");
  EXPECT_EQ(decisive("b", {}), "");
}

// A summary shows the first one beside the answer.
TEST(AddPairs, DrawTheDecisiveTaskFirst) {
  PairStudy study = Study();
  study.tasks.insert(study.tasks.begin(), {.name = "other", .words = "another"});
  std::vector<PairCell> cells = CellsWith(AsPublished);
  for (const PairCell& cell : CellsWith(AsPublished)) {
    cells.push_back(cell);
    cells.back().what.task = "other";
  }
  const auto figures = [&] {
    Result result{.experiment = "x"};
    AddPairs(study, cells, result);
    std::vector<std::string> tasks;
    for (const FigureNote& note : result.figures) tasks.push_back(note.figure);
    return tasks;
  };
  EXPECT_THAT(figures(), ElementsAre("other", "other", "other", "a", "a", "a"));
  study.decisive_task = "a";
  EXPECT_THAT(figures(), ElementsAre("a", "a", "a", "other", "other", "other"));
}

TEST(AddPairs, HaveNoFigureOfWhatHasNotFinished) {
  Result result{.experiment = "x"};
  AddPairs(Study(), CellsWith([](const PairCell&) { return NAN; }), result);
  EXPECT_NO_THROW(Validate(result));
  EXPECT_TRUE(result.series.empty());
  for (const Check& check : result.checks) EXPECT_EQ(check.verdict, Verdict::kInconclusive) << check.id;
}

TEST(LimitsOf, SayHowFarApartTheSizesAre) {
  std::vector<PairCell> cells = CellsWith(AsPublished);
  const std::string limits = LimitsOf(cells, SizeMatch::kPublished);
  EXPECT_THAT(limits, HasSubstr("\"published\": q has 2.52 to 6.28 times as many parameters as g"));  // 101/40, 251/40
  EXPECT_THAT(LimitsOf({cells[0], cells[1]}, SizeMatch::kPublished), HasSubstr("q has 2.52 times as many parameters"));
  EXPECT_THAT(limits, HasSubstr("W e(I)"));
  EXPECT_THAT(limits, Not(HasSubstr("failed")));
  cells[3].by_seed[0].test_error = NAN;
  EXPECT_THAT(LimitsOf(cells, SizeMatch::kTotal), HasSubstr("have not finished: 1;"));
}

TEST(PairTable, FitsAHundredColumnsAndHasSpacesBetweenLargeNumbers) {
  std::vector<PairCell> cells = CellsWith(AsPublished);
  for (PairCell& cell : cells) {
    cell.sizes = {.primary_parameters = 5'500'021, .total_parameters = 123'456'789, .kappa = 1000};
  }
  std::istringstream lines(PairTable(Study(), cells));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100u) << line;
  EXPECT_THAT(PairTable(Study(), cells), HasSubstr(" 5500021  5500021 123456789 123456789 1000, 1000\n"));
}

TEST(PairTable, HasALineForEachPlaceInASweep) {
  const std::string table = PairTable(Study(), CellsWith(AsPublished));
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 2 + 9);
  EXPECT_THAT(table, ::testing::ContainsRegex("task A, embedding_dim +10 +0.36[0-9]* +0.6[0-9]* +40 +151"));
}

}  // namespace
}  // namespace hyperwidth
