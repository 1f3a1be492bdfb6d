// SPDX-License-Identifier: Apache-2.0
#include "experiments/total_complexity/complexity_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "experiments/result/format.h"
#include "experiments/result/power_law.h"
#include "experiments/result/verdict.h"
#include "experiments/total_complexity/complexity_checks.h"
#include "theory/construction.h"
#include "theory/structured_target.h"

namespace hyperwidth {
namespace {

using Measurements = std::vector<ComplexityMeasurement>;
using Method = ComplexityMethod;

constexpr const char* kRankOne = "rank 1";
constexpr const char* kRanks = "several ranks";
constexpr const char* kSweep = "growing rank";

std::string Label(const ComplexitySize& size, bool with_rank) {
  return with_rank && UsesRank(size.method) ? fmt::format("{}, w = {}", ToString(size.method), size.rank)
                                            : std::string(ToString(size.method));
}

Series TotalsAgainstError(const Measurements& sizes, const std::string& figure) {
  Series series{
      .name = Label(sizes.front().size, figure != kRankOne), .x_name = "inverse_error", .y_name = "total_parameters"};
  series.columns = {{"cells", {}},
                    {"sup_error", {}},
                    {"proved_bound", {}},
                    {"primary_parameters", {}},
                    {"network_points", {}},
                    {"formula_points", {}}};
  series.x_scale = series.y_scale = AxisScale::kLogarithmic;
  series.figure = figure;
  for (const ComplexityMeasurement& measurement : sizes) {
    series.x.push_back(1 / measurement.sup_error);
    series.y.push_back(measurement.total_parameters);
    const double values[] = {static_cast<double>(measurement.size.cells),
                             measurement.sup_error,
                             measurement.size.ProvedError(),
                             measurement.primary_parameters,
                             measurement.network_points,
                             measurement.formula_points};
    for (std::size_t i = 0; i < series.columns.size(); ++i) series.columns[i].values.push_back(values[i]);
  }
  return series;
}

// What theory/ counts for each error that is proved of the networks of `beside`.
Series TheoryLine(const std::string& name, Method method, const StructuredClass& targets, const Series& beside) {
  Series line{.name = name, .x_name = beside.x_name, .y_name = beside.y_name};
  line.style = SeriesStyle::kLine;
  line.x_scale = line.y_scale = AxisScale::kLogarithmic;
  line.figure = beside.figure;
  for (const double inverse : beside.x) {
    const Problem problem{.smoothness = targets.smoothness,
                          .primary_dim = targets.primary_dim,
                          .condition_dim = targets.condition_dim,
                          .epsilon = 1 / inverse};
    const Count count = method == Method::kStandard
                            ? SizeOf(SmallestConstruction(problem.smoothness, problem.Dim(), problem.epsilon)).total
                            : SizeForStructuredTargets(problem).total;
    line.x.push_back(inverse);
    line.y.push_back(std::pow(10, count.log10));
  }
  return line;
}

class Summary {
 public:
  Summary(const Measurements& measurements, const ComplexitySummaryOptions& options, Result& result)
      : all_(measurements), options_(options), result_(result) {
    for (const ComplexityMeasurement& measurement : measurements) {
      if (UsesRank(measurement.size.method)) ranks_.insert(measurement.size.rank);
    }
  }

  void Add() {
    result_.checks = {JudgeComplexityBounds(all_), JudgeComplexityFormulas(all_)};
    AddRankOne();
    AddRanks();
    AddComparison();
    AddSweep();
  }

 private:
  // Of at least two sizes: those of the sweep over ranks alone make no line.
  Measurements Sizes(Method method, int rank) const {
    Measurements sizes = OfMethod(all_, method, rank);
    return sizes.size() < 2 ? Measurements{} : sizes;
  }

  double Predicted(Method method) const {
    return PredictedExponent(method, options_.targets) + options_.dimension_offset / options_.targets.smoothness;
  }

  bool AllConsistent() const {
    return CountVerdicts(result_.checks, Verdict::kConsistent) == std::ssize(result_.checks);
  }

  std::string Judge(const Measurements& sizes) {
    result_.checks.push_back(JudgeTotalExponent(sizes, options_.dimension_offset));
    const Check& check = result_.checks.back();
    return fmt::format(
        "{} {} ({})", Label(sizes.front().size, true), FormatNumber(check.measured), ToString(check.verdict));
  }

  void AddRankOne() {
    std::string measured;
    for (const Method method : {Method::kStandard, Method::kFull, Method::kEmbedding, Method::kFactorised}) {
      const Measurements sizes = Sizes(method, 1);
      if (sizes.empty()) continue;
      const Series series = TotalsAgainstError(sizes, kRankOne);
      result_.series.push_back(series);
      measured += (measured.empty() ? "" : ", ") + Judge(sizes);
      if (method != Method::kStandard && method != Method::kFactorised) continue;
      const double exponent = Predicted(method);
      result_.series.push_back(
          PowerLawThrough(fmt::format("predicted slope {}", FormatNumber(exponent)), exponent, series));
      result_.series.push_back(TheoryLine(method == Method::kStandard ? "constructed.standard of the theory"
                                                                      : "constructed.structured_total of the theory",
                                          method,
                                          options_.targets,
                                          series));
    }
    if (measured.empty()) return;
    result_.figures.push_back(
        {.x_name = "inverse_error",
         .y_name = "total_parameters",
         .figure = kRankOne,
         .title = "Rank 1: all parameters against inverse error",
         .caption = fmt::format(
             "Claimed: the parameters grow like the power max(m1, m2)/r of the inverse error where the structure is "
             "used, and like m/r where it is not.\n"
             "Measured: exponents {}. The theory's lines are sizes for which the error is proved.\n"
             "Concluded: {}",
             measured,
             AllConsistent()
                 ? "what saves parameters is using the structure; an embedding whose network multiplies does "
                   "so with nearly as few as theorem 5's hypernetwork."
                 : "not every exponent is as claimed, see the checks.")});
  }

  void AddRanks() {
    std::string measured;
    std::size_t shown = 0;
    for (const int rank : ranks_) {
      for (const Method method : {Method::kFactorised, Method::kEmbedding}) {
        const Measurements sizes = Sizes(method, rank);
        if (sizes.empty()) continue;
        result_.series.push_back(TotalsAgainstError(sizes, kRanks));
        ++shown;
        if (rank > 1) measured += (measured.empty() ? "" : ", ") + Judge(sizes);
      }
    }
    if (shown == 0) return;
    const Measurements standard = Sizes(Method::kStandard, 1);
    if (!standard.empty()) result_.series.push_back(TotalsAgainstError(standard, kRanks));
    result_.figures.push_back(
        {.x_name = "inverse_error",
         .y_name = "total_parameters",
         .figure = kRanks,
         .title = "Several ranks: all parameters against inverse error",
         .caption = fmt::format(
             "Claimed: at fixed rank w the exponent is that of rank 1, and the parameters grow with w: theorem 5's w "
             "(error^-(m2/r) + error^-(m1/r)).\nMeasured: exponents {}.\nConcluded: {}",
             measured.empty() ? "of rank 1 only" : measured,
             AllConsistent() ? "the rank moves the lines up and leaves their slope."
                             : "not every exponent is as claimed, see the checks.")});
  }

  void AddComparison() {
    const Measurements standard = Sizes(Method::kStandard, 1);
    const Measurements factorised = Sizes(Method::kFactorised, 1);
    if (standard.empty() || factorised.empty()) return;
    result_.checks.push_back(JudgeSeparate(
        {"total_complexity.exponents_separate",
         "The factorised hypernetwork's total grows with a smaller exponent than the standard network's."},
        FitTotals(factorised),
        FitTotals(standard)));
    result_.decisive = result_.checks.back().id;
    result_.checks.push_back(JudgeTenTimesSmaller(factorised, standard));
  }

  // All measurements of this method with rank_cells cells, by rising rank.
  Measurements ByRank(Method method) const {
    Measurements selected;
    for (const ComplexityMeasurement& measurement : all_) {
      if (measurement.size.method == method && measurement.size.cells == options_.rank_cells) {
        selected.push_back(measurement);
      }
    }
    std::sort(selected.begin(), selected.end(), [](const auto& a, const auto& b) { return a.size.rank < b.size.rank; });
    return selected;
  }

  void AddSweep() {
    const Measurements factorised = ByRank(Method::kFactorised);
    if (factorised.size() < 2) return;
    std::string concluded;
    for (const Method method : {Method::kFactorised, Method::kEmbedding, Method::kFull, Method::kStandard}) {
      const Measurements sizes = ByRank(method);
      if (sizes.empty()) continue;
      Series series{.name = std::string(ToString(method)), .x_name = "rank", .y_name = "total_parameters"};
      series.x_scale = series.y_scale = AxisScale::kLogarithmic;
      series.figure = kSweep;
      if (UsesRank(method)) {
        series.columns = {{"sup_error", {}}};
        for (const ComplexityMeasurement& measurement : sizes) {
          series.x.push_back(measurement.size.rank);
          series.y.push_back(measurement.total_parameters);
          series.columns[0].values.push_back(measurement.sup_error);
        }
      } else {
        const double total = sizes.front().total_parameters;
        series.style = SeriesStyle::kLine;
        series.x = {1, static_cast<double>(factorised.back().size.rank)};
        series.y = {total, total};
        const auto crossing = CrossingRank(factorised, total);
        concluded += fmt::format("{} the {} at {}",
                                 concluded.empty() ? "the factorised hypernetwork passes" : " and",
                                 ToString(method),
                                 crossing ? "rank " + FormatNumber(*crossing) : "no rank that was built");
        if (method == Method::kFull) result_.checks.push_back(JudgeCrossing(factorised, sizes.front()));
      }
      result_.series.push_back(series);
    }
    AddSweepNote(factorised, concluded);
  }

  void AddSweepNote(const Measurements& factorised, const std::string& concluded) {
    const auto [least, most] = std::minmax_element(
        factorised.begin(), factorised.end(), [](const auto& a, const auto& b) { return a.sup_error < b.sup_error; });
    result_.figures.push_back(
        {.x_name = "rank",
         .y_name = "total_parameters",
         .figure = kSweep,
         .title = fmt::format("All parameters against the rank, n = {}", options_.rank_cells),
         .caption = fmt::format(
             "Claimed: at a fixed error the total is affine in the rank w (dashed: methods that do not use it), and "
             "ceases to pay when w is about the number of nodes of I, {}.\n"
             "Measured: built networks whose sup errors are between {} and {}.\n"
             "Concluded: {}. Against the standard network, each of whose nodes has a hat function of many weights, it "
             "pays far longer.",
             FormatNumber(std::pow(options_.rank_cells + 1.0, options_.targets.condition_dim)),
             FormatNumber(least->sup_error),
             FormatNumber(most->sup_error),
             concluded)});
  }

  const Measurements& all_;
  const ComplexitySummaryOptions& options_;
  Result& result_;
  std::set<int> ranks_;
};

}  // namespace

void SummariseTotalComplexity(const Measurements& measurements,
                              const ComplexitySummaryOptions& options,
                              Result& result) {
  result.title = "What does structure save, all parameters counted?";
  result.about =
      "Targets are sums of products of a function of x and one of I, as many as their rank w. Four networks are built "
      "from each, and all their parameters counted: a standard network and a full hypernetwork (theorem 4), which do "
      "not know of the structure, and a factorised hypernetwork (theorem 5) and an embedding, which use it. How the "
      "counts grow with the inverse error is held against the theory.\n"
      "y(x, I) = sum over l <= w of lambda_l a_l(I) b_l(x), sum |lambda_l| = 1, with factors in the Sobolev balls of x "
      "and of I: sums of bumps with random signs, hard for the cells in use.\n"
      "The standard network interpolates in (x, I); the full hypernetwork generates all nodal values; the embedding is "
      "e(I) = a(I), whose q multiplies it by b(x) with saw-teeth of ReLU units.\n"
      "Errors are the largest found at adversarial points, by formula and by the network itself, but for standard "
      "networks too large to build, which have a formula only.";
  result.limits =
      "These targets are a strict subset of the ball of (x, I), of which nothing here is a property.\n"
      "That an upper bound of one method is smaller than another's is no proof that the other could not do better: a "
      "standard network that was given the structure would do as well.";
  if (measurements.empty()) return;
  Summary(measurements, options, result).Add();
}

}  // namespace hyperwidth
