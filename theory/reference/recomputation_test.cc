// SPDX-License-Identifier: Apache-2.0
//
// Every certified statement, on random problems small enough to look at all grids, against naive_bounds.h. The
// searches of the calculators may be clever, but at such sizes they have to find the best of all grids.

#include <cmath>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "theory/construction.h"
#include "theory/domain_check.h"
#include "theory/gap.h"
#include "theory/lower_bounds.h"
#include "theory/reference/naive_bounds.h"
#include "theory/schemes.h"
#include "theory/spline_network.h"
#include "theory/statement.h"

namespace hyperwidth {
namespace {

std::vector<Problem> RandomProblems(int count, unsigned seed) {
  std::mt19937_64 random(seed);
  const auto integer = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  const auto real = [&](double low, double high) {
    return std::exp(std::uniform_real_distribution<double>(std::log(low), std::log(high))(random));
  };
  std::vector<Problem> problems;
  for (int i = 0; i < count; ++i) {
    Problem problem{.smoothness = integer(0, 2) == 0 ? integer(3, 5) : integer(1, 2),
                    .primary_dim = integer(1, 4),
                    .condition_dim = integer(1, 4),
                    .depth = integer(2, 5),
                    .generator_depth = integer(2, 5),
                    .embedding_dim = static_cast<std::int64_t>(real(1, 30)),
                    .weight_bound = real(0.1, 100),
                    .width = integer(1, 300)};
    // About so small that there are some hundred grids.
    const double smallest = problem.smoothness == 1 ? 3e-3 : std::pow(0.03, problem.smoothness);
    problem.epsilon = i % 10 == 0 ? real(0.1, 0.9) : real(smallest, std::sqrt(smallest));
    if (i % 4 == 1) {
      problem.norm = BallNorm::kMax;  // so many more bumps that their number has to be kept within a double
      if (problem.smoothness == 1) problem.epsilon = real(0.03, 0.6);
    }
    if (i % 3 == 0) problem.radius = real(1e-3, 1e3);
    if (i % 5 == 2) problem.outputs = integer(2, 40);
    problem.epsilon *= problem.radius;
    problems.push_back(problem);
  }
  return problems;
}

std::string Text(const Problem& problem) {
  return "r = " + std::to_string(problem.smoothness) + ", m1 = " + std::to_string(problem.primary_dim) +
         ", m2 = " + std::to_string(problem.condition_dim) + ", epsilon = " + ShortestDecimal(problem.epsilon) +
         ", radius = " + ShortestDecimal(problem.radius) + ", " + NameOf(problem.norm) +
         " norm, depth = " + std::to_string(problem.depth) + ", " + std::to_string(problem.generator_depth) +
         ", k = " + std::to_string(problem.EmbeddingDim()) + ", K = " + std::to_string(problem.outputs);
}

// Compares, and counts how much of it said something.
class Comparison {
 public:
  void Add(const Count& count, std::int64_t naive, const std::string& what) {
    EXPECT_EQ(count.value, naive) << what;
    ++compared_;
    says_something_ += naive > 1;
  }
  int compared() const { return compared_; }
  double ShareThatSaysSomething() const { return static_cast<double>(says_something_) / compared_; }

 private:
  int compared_ = 0;
  int says_something_ = 0;
};

TEST(Recomputation, CertifiedLowerBoundsAreThoseOfPlainLoops) {
  Comparison comparison;
  for (const Problem& problem : RandomProblems(500, 1)) {
    const std::string what = Text(problem);
    std::map<std::string, Count> counts;
    for (const Statement& statement : AllStatements(problem)) {
      if (statement.count) counts.emplace(statement.id, *statement.count);
    }
    const std::vector<reference::Points> grids = reference::AllGrids(problem, false);
    const auto naive = [&](const std::string& name) {
      return reference::BestSize(
          grids,
          reference::LayersOf(name, problem.depth, problem.generator_depth, problem.EmbeddingDim()),
          problem.outputs);
    };
    const std::int64_t pieces = reference::SizeForPieces(problem);
    const std::int64_t primary = std::max(
        pieces,
        reference::BestSize(
            reference::AllGrids(problem, true), reference::LayersOf("standard", problem.depth, 2, 0), problem.outputs));
    comparison.Add(counts.at("certified.primary"), primary, "primary, " + what);
    comparison.Add(counts.at("certified.standard"), std::max(pieces, naive("standard")), "standard, " + what);
    comparison.Add(counts.at("certified.embedding"), std::max(primary, naive("embedding")), "embedding, " + what);
    comparison.Add(counts.at("certified.embedding_any_dimension"),
                   std::max(primary, naive("embedding_any_dimension")),
                   "any embedding, " + what);
    comparison.Add(counts.at("certified.hypernetwork_total"), naive("hypernetwork_total"), "hypernetwork, " + what);
    const std::int64_t bumps = problem.outputs * reference::MostBumps(grids);
    comparison.Add(counts.at("certified.continuous_selection"), bumps, "continuous selection, " + what);
    comparison.Add(counts.at("certified.bits"), bumps, "bits, " + what);
    comparison.Add(
        counts.at("certified.bounded_weights"), reference::BoundedWeights(problem), "bounded weights, " + what);
  }
  EXPECT_EQ(comparison.compared(), 4000);
  EXPECT_GT(comparison.ShareThatSaysSomething(), 0.5);
}

TEST(Recomputation, SchemesAreThoseOfPlainLoops) {
  Comparison comparison;
  for (const Problem& problem : RandomProblems(150, 2)) {
    const LowerBounds bounds(problem);
    const std::vector<reference::Points> grids = reference::AllGrids(problem, false);
    const auto kappa = static_cast<double>(problem.EmbeddingDim());
    for (const Scheme scheme : {Scheme::kConditionalBias, Scheme::kFilm, Scheme::kDeepOnet, Scheme::kLowRank}) {
      const std::vector<reference::Layer> layers = reference::LayersOf(Name(scheme), problem.depth, 2, kappa);
      comparison.Add(SchemeBound(bounds, scheme, kappa).count,
                     std::max(reference::BestSize(grids, layers, problem.outputs),
                              scheme == Scheme::kLowRank ? reference::SizeForPieces(problem) : 1),
                     Name(scheme) + ", " + Text(problem));
    }
  }
  EXPECT_GT(comparison.ShareThatSaysSomething(), 0.3);
}

// k*: the first whole number of scalars at which plain loops no longer prove more than the size.
TEST(Recomputation, CrossoversAreThoseOfPlainLoops) {
  int above_one = 0;
  for (const Problem& problem : RandomProblems(60, 3)) {
    const LowerBounds bounds(problem);
    const std::vector<reference::Points> grids = reference::AllGrids(problem, false);
    for (const Scheme scheme : {Scheme::kEmbedding, Scheme::kFilm, Scheme::kDeepOnet}) {
      const std::int64_t size = 40;
      const auto is_proved = [&](std::int64_t kappa) {
        return reference::BestSize(grids,
                                   reference::LayersOf(Name(scheme), problem.depth, 2, static_cast<double>(kappa)),
                                   problem.outputs) > size;
      };
      std::int64_t naive = 1;
      while (is_proved(naive)) naive *= 2;
      std::int64_t proved = naive / 2;
      while (naive - proved > 1) {
        const std::int64_t middle = (naive + proved) / 2;
        (is_proved(middle) ? proved : naive) = middle;
      }
      const std::int64_t crossover = *CrossoverScalars(bounds, scheme, Count::Exact(size)).value;
      EXPECT_EQ(crossover, naive) << Name(scheme) << ", " << Text(problem);
      above_one += crossover > 1;
    }
  }
  EXPECT_GT(above_one, 20);
}

TEST(Recomputation, GapIsTheQuotientOfItsParts) {
  for (const Problem& problem : RandomProblems(60, 4)) {
    const ModularityGap gap = CertifiedGap(problem);
    Problem at_depth = problem;
    at_depth.depth = gap.depth;
    const std::int64_t naive =
        std::max(reference::BestSize(reference::AllGrids(problem, false),
                                     reference::LayersOf("embedding", gap.depth, 2, at_depth.EmbeddingDim()),
                                     problem.outputs),
                 std::max(reference::SizeForPieces(at_depth),
                          reference::BestSize(reference::AllGrids(problem, true),
                                              reference::LayersOf("standard", gap.depth, 2, 0),
                                              problem.outputs)));
    EXPECT_EQ(gap.embedding.value, naive) << Text(problem);
    EXPECT_NEAR(gap.Ratio(),
                static_cast<double>(*gap.embedding.value) / static_cast<double>(*gap.constructed.value),
                1e-12 * gap.Ratio());
    EXPECT_NEAR(gap.log10, std::log10(gap.Ratio()), 1e-12);
  }
}

// The networks that are counted, built: as many parameters, and cells that cannot be fewer.
TEST(Recomputation, ConstructedSizesAreThoseOfNetworksThatAreBuilt) {
  int built = 0;
  for (const Problem& problem : RandomProblems(500, 5)) {
    const int r = std::min(problem.smoothness, 2);
    const double epsilon = problem.epsilon / problem.radius;
    for (const int dim : {problem.primary_dim, problem.primary_dim + problem.condition_dim}) {
      double cells = 1;
      const bool largest = problem.norm == BallNorm::kMax;
      const double first = largest ? dim : 1;
      const double second = largest ? dim * dim / 2.0 : dim == 1 ? 0.5 : 1;
      const auto error = [&](double n) { return r == 1 ? first / n : second / (n * n); };
      while (error(cells) > epsilon) ++cells;
      const Construction spline = Constructions(problem.smoothness, dim, epsilon, {}, problem.norm).front();
      EXPECT_EQ(spline.cells, cells) << Text(problem);
      const Construction smallest = SmallestConstruction(problem.smoothness, dim, epsilon, problem.norm);
      EXPECT_FALSE(SizeOf(spline).total < SizeOf(smallest).total) << Text(problem);
      EXPECT_LE(ErrorBound(smallest), epsilon * (1 + 1e-12)) << Text(problem);
      if (std::pow(cells + 1, dim) > 2000 || dim > 6) continue;
      ++built;
      const SplineNetwork network(dim, static_cast<int>(cells), [](const std::vector<double>& x) { return x[0]; });
      EXPECT_EQ(SizeOf(spline).total.value, network.NumParameters()) << Text(problem);
    }
  }
  EXPECT_GT(built, 200);
}

}  // namespace
}  // namespace hyperwidth
