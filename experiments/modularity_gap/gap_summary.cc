// SPDX-License-Identifier: Apache-2.0
#include "experiments/modularity_gap/gap_summary.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "theory/lower_bounds.h"
#include "theory/problem.h"
#include "theory/random_signs.h"
#include "theory/sign_patterns.h"
#include "theory/spline_network.h"

namespace hyperwidth {
namespace {

double ValueOf(const Count& count) {
  return count.value ? static_cast<double>(*count.value) : std::pow(10, count.log10);
}

// The proved minimum for the targets that were drawn. A hypernetwork's primary must fit J rows of signs, each by
// itself: all of them with a probability of at most 2^-20 if each with one of at most 2^(-20 / J).
double LeastForRandomSigns(const GapTrial& trial) {
  const double log2_primary = trial.primary_dim * std::log2(trial.cells);
  const double log2_conditions = trial.condition_dim * std::log2(trial.cells);
  if (trial.embedding_dim == 0) {
    return static_cast<double>(
        LeastParametersForRandomSigns(StandardClass(2),
                                      {.log2_all = log2_primary, .log2_conditions = 0, .log2_primary = log2_primary},
                                      kExceptionBits / std::exp2(log2_conditions)));
  }
  return static_cast<double>(LeastParametersForRandomSigns(
      EmbeddingClass(2, trial.embedding_dim),
      {.log2_all = log2_primary + log2_conditions, .log2_conditions = log2_conditions, .log2_primary = log2_primary},
      kExceptionBits));
}

void AddPredictions(const GapTrial& trial, double tolerance, MethodSizes& sizes) {
  const ConditionedTarget target(trial.primary_dim, trial.condition_dim, trial.cells, /*seed=*/0);
  const double epsilon = tolerance * target.height();
  const LowerBounds bounds({.smoothness = 1,
                            .primary_dim = trial.primary_dim,
                            .condition_dim = trial.condition_dim,
                            .epsilon = epsilon,
                            .depth = 2});
  const bool is_embedding = trial.embedding_dim > 0;
  const int network_dim = is_embedding ? trial.primary_dim + trial.condition_dim : trial.primary_dim;
  sizes.errors.push_back(epsilon);
  sizes.certified.push_back(ValueOf((is_embedding ? bounds.Embedding(trial.embedding_dim) : bounds.Primary()).count));
  sizes.random_signs.push_back(LeastForRandomSigns(trial));
  sizes.constructed.push_back(ValueOf(SizeOfSplineNetwork(network_dim, SplineCells(1, network_dim, epsilon)).total));
}

// The ratio of the largest to the smallest size that the searches of one trial found.
double Disagreement(const GapTrial& trial, const Fields& outcome) {
  const auto& widths = OutcomeValue<std::vector<std::int64_t>>(outcome, "widths");
  const auto [smallest, largest] = std::minmax_element(widths.begin(), widths.end());
  return static_cast<double>(PrimaryParameters(trial, *largest)) /
         static_cast<double>(PrimaryParameters(trial, *smallest));
}

SlopeFit FitSizes(const RepeatedMeasurements& sizes, const GapTrial& trial, std::uint64_t seed) {
  // Widths are whole numbers: neighbouring ones differ by one unit's parameters.
  std::vector<double> ratios;
  const double per_unit = static_cast<double>(PrimaryParameters(trial, 2) - PrimaryParameters(trial, 1));
  for (const std::vector<double>& repetitions : sizes.y) {
    for (const double size : repetitions) ratios.push_back(1 + per_unit / size);
  }
  if (sizes.x.size() < 2) return {};
  std::nth_element(ratios.begin(), ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2), ratios.end());
  return FitRepeated(sizes, {.seed = seed, .resolution = ratios[ratios.size() / 2], .range = AsymptoticRange{}});
}

bool SameMethod(const GapTrial& a, const GapTrial& b) {
  return a.primary_dim == b.primary_dim && a.condition_dim == b.condition_dim && a.embedding_dim == b.embedding_dim &&
         a.computed == b.computed;
}

}  // namespace

SlopeFit MethodSizes::Fit(std::uint64_t seed) const { return FitSizes(parameters, trial, seed); }

SlopeFit MethodSizes::FitWithEmbeddings(std::uint64_t seed) const {
  RepeatedMeasurements sums = parameters;
  for (std::size_t i = 0; i < sums.x.size(); ++i) {
    const double embeddings = trial.embedding_dim * std::pow(sums.x[i], trial.condition_dim);
    for (double& size : sums.y[i]) size += embeddings;
  }
  return FitSizes(sums, trial, seed);
}

std::vector<std::vector<MethodSizes>> SizesByCase(const ModularityGapOptions& options, const TrialOutcomes& outcomes) {
  const std::vector<GapTrial> trials = AllGapTrials(options);
  std::vector<std::vector<MethodSizes>> cases;
  std::vector<double> disagreements;  // at the largest n so far
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if (!outcomes.outcomes[i]) continue;
    const GapTrial& trial = trials[i];
    const Fields& outcome = outcomes.outcomes[i]->values;
    const bool same_case = !cases.empty() && cases.back().back().trial.primary_dim == trial.primary_dim &&
                           cases.back().back().trial.condition_dim == trial.condition_dim;
    if (!same_case) cases.emplace_back();
    if (cases.back().empty() || !SameMethod(cases.back().back().trial, trial)) {
      cases.back().push_back({.trial = trial});
    }
    MethodSizes& sizes = cases.back().back();
    if (sizes.parameters.x.empty() || sizes.parameters.x.back() != trial.cells) {
      sizes.parameters.x.push_back(trial.cells);
      sizes.parameters.y.emplace_back();
      sizes.targets.emplace_back();
      AddPredictions(trial, options.tolerance, sizes);
      disagreements.clear();
    }
    const auto parameters = static_cast<double>(OutcomeValue<std::int64_t>(outcome, "parameters"));
    sizes.parameters.y.back().push_back(parameters);
    sizes.targets.back().push_back(trial.target);
    if (parameters > sizes.constructed.back()) ++sizes.above_constructed;
    disagreements.push_back(Disagreement(trial, outcome));
    double sum = 0;
    for (const double disagreement : disagreements) sum += disagreement;
    sizes.largest_disagreement = sum / static_cast<double>(disagreements.size());
  }
  return cases;
}

}  // namespace hyperwidth
