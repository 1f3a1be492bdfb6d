// SPDX-License-Identifier: Apache-2.0
//
// Everything that holds for every accepted problem, at the ends of every range and at random between them: each
// statement is a finite number, and no network that can be built has fewer parameters than a bound of its class allows.

#include <cmath>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "theory/construction.h"
#include "theory/gap.h"
#include "theory/lower_bounds.h"
#include "theory/rigorous.h"
#include "theory/schemes.h"
#include "theory/statement.h"
#include "theory/structured_target.h"

namespace hyperwidth {
namespace {

std::string Text(const Problem& problem) {
  return "r = " + std::to_string(problem.smoothness) + ", m1 = " + std::to_string(problem.primary_dim) +
         ", m2 = " + std::to_string(problem.condition_dim) +
         ", epsilon = " + std::to_string(std::log10(problem.epsilon)) +
         " (log10), depth = " + std::to_string(problem.depth) + ", " + std::to_string(problem.generator_depth) +
         ", k = " + std::to_string(problem.EmbeddingDim()) + ", w = " + std::to_string(problem.rank);
}

std::vector<Problem> Extremes() {
  std::vector<Problem> problems;
  for (const int r : {1, 2, 3, kMaxSmoothness}) {
    for (const int m1 : {1, 3, kMaxDimension}) {
      for (const int m2 : {1, 64, kMaxDimension}) {
        for (const double epsilon : {kMinEpsilon, 1e-12, 0.05, 0.5, kMaxEpsilon}) {
          const bool is_even = problems.size() % 2 == 0;
          problems.push_back({.smoothness = r,
                              .primary_dim = m1,
                              .condition_dim = m2,
                              .epsilon = epsilon,
                              .depth = is_even ? 2 : 1000,
                              .generator_depth = is_even ? 1000 : 2,
                              .embedding_dim = is_even ? 1 : kMaxCount,
                              .rank = is_even ? kMaxCount : 1});
        }
      }
    }
  }
  return problems;
}

// Most quantities over several orders of magnitude, so that no part of the domain is left out.
std::vector<Problem> RandomProblems(int count) {
  std::mt19937_64 random(20);
  const auto between = [&](double low, double high) {
    return std::exp(std::uniform_real_distribution<double>(std::log(low), std::log(high))(random));
  };
  std::vector<Problem> problems;
  for (int i = 0; i < count; ++i) {
    problems.push_back({.smoothness = static_cast<int>(between(1, 30.999)),
                        .primary_dim = static_cast<int>(between(1, 10000)),
                        .condition_dim = static_cast<int>(between(1, 10000)),
                        .epsilon = i % 2 == 0 ? between(kMinEpsilon, kMaxEpsilon) : between(1e-6, kMaxEpsilon),
                        .depth = static_cast<int>(between(2, 1000)),
                        .generator_depth = static_cast<int>(between(2, 1000)),
                        .embedding_dim = static_cast<std::int64_t>(between(1, 1e6)),
                        .rank = static_cast<std::int64_t>(between(1, 1e6))});
  }
  return problems;
}

void ExpectFinite(const Count& count, const std::string& what) {
  EXPECT_TRUE(std::isfinite(count.log10) && count.log10 >= 0) << what;
  EXPECT_GE(count.value.value_or(1), 1) << what;
  EXPECT_EQ(count.Text().find("nan"), std::string::npos) << what;
}

void ExpectSoundStatements(const Problem& problem) {
  std::map<std::string, Statement> statements;
  for (const Statement& statement : AllStatements(problem)) statements[statement.id] = statement;
  for (const auto& [id, statement] : statements) {
    const std::string what = id + " at " + Text(problem);
    if (statement.count) ExpectFinite(*statement.count, what);
    EXPECT_GT(statement.exponent.value_or(1), 0) << what;
    EXPECT_TRUE(std::isfinite(statement.exponent.value_or(1))) << what;
    EXPECT_GE(statement.cells.value_or(1), 1) << what;
    EXPECT_TRUE(std::isfinite(statement.cells.value_or(1))) << what;
    EXPECT_EQ(statement.grid.value_or(Grid{}).Description().find("nan"), std::string::npos) << what;
    if (statement.count && statement.bound == BoundKind::kLower && statement.grid) {
      EXPECT_TRUE(ProvesHeight(*statement.grid, problem.epsilon) || statement.count->value == 1) << what;
    }
  }
  // A lower bound holds up to its depth, so compare at the depth of what was built. The weights of all constructions
  // depend linearly, hence continuously, on the target.
  const Statement& standard = statements.at("constructed.standard");
  const Statement& primary = statements.at("constructed.hypernetwork");
  EXPECT_FALSE(*standard.count < *statements.at("certified.continuous_selection").count) << Text(problem);
  Problem at_depth = problem;
  at_depth.depth = std::min(*standard.depth, kMaxDepth);
  if (*standard.depth <= kMaxDepth) {
    EXPECT_FALSE(*standard.count < LowerBounds(at_depth).Standard().count) << Text(problem);
  }
  at_depth.depth = std::min(*primary.depth, kMaxDepth);
  if (*primary.depth <= kMaxDepth) {
    const LowerBounds bounds(at_depth);
    EXPECT_FALSE(*primary.count < bounds.Primary().count) << Text(problem);
  }
  // Structured targets include those of x alone, for which g is a network of x.
  const StructuredSize structured = SizeForStructuredTargets(problem);
  at_depth.depth = SizeOf(structured.primary).depth;
  if (at_depth.depth <= kMaxDepth) {
    EXPECT_FALSE(structured.total < LowerBounds(at_depth).Primary().count) << Text(problem);
  }
}

void ExpectSoundGap(const Problem& problem) {
  const ModularityGap gap = CertifiedGap(problem);
  ExpectFinite(gap.embedding, Text(problem));
  ExpectFinite(gap.constructed, Text(problem));
  ExpectFinite(gap.crossover_embedding_dim, Text(problem));
  EXPECT_TRUE(std::isfinite(gap.log10)) << Text(problem);
  EXPECT_EQ(gap.Text().find("nan"), std::string::npos) << Text(problem);
  EXPECT_GE(gap.depth, problem.depth) << Text(problem);
}

TEST(WholeDomain, StatementsAreSoundAtItsEnds) {
  for (const Problem& problem : Extremes()) ExpectSoundStatements(problem);
}

TEST(WholeDomain, StatementsAreSoundAtRandom) {
  for (const Problem& problem : RandomProblems(200)) ExpectSoundStatements(problem);
}

TEST(WholeDomain, GapsAreSound) {
  for (const Problem& problem : Extremes()) ExpectSoundGap(problem);
  for (const Problem& problem : RandomProblems(100)) ExpectSoundGap(problem);
}

}  // namespace
}  // namespace hyperwidth
