// SPDX-License-Identifier: Apache-2.0

#include "theory/scheme_comparison.h"

#include <algorithm>
#include <cstdint>
#include <stdexcept>

#include "gtest/gtest.h"
#include "theory/lower_bounds.h"
#include "theory/rank_bound.h"

namespace hyperwidth {
namespace {

const Problem kExample{
    .smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3, .depth = 2, .embedding_dim = 5};

// A gap at another depth than the problem's shows which of the two is used.
TEST(CompareSchemes, BoundsEachSchemeAtTheDepthOfTheGap) {
  ModularityGap gap = CertifiedGap(kExample);
  gap.depth = 4;
  gap.constructed = Count::Exact(2000);
  Problem deeper = kExample;
  deeper.depth = 4;
  const LowerBounds bounds(deeper);
  const std::vector<SchemeComparison> found = CompareSchemes(kExample, gap, AllSchemes());
  ASSERT_EQ(found.size(), AllSchemes().size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    SCOPED_TRACE(Name(AllSchemes()[i]));
    EXPECT_EQ(found[i].scheme, AllSchemes()[i]);
    EXPECT_EQ(found[i].parameters.value, SchemeBound(bounds, AllSchemes()[i], 5).count.value);
    const std::int64_t crossover = *CrossoverScalars(bounds, AllSchemes()[i], gap.constructed).value;
    EXPECT_EQ(found[i].crossover.value, std::max(crossover, found[i].least_scalars));
    EXPECT_GT(found[i].parameters.value, 1);
    EXPECT_FALSE(found[i].onset);
  }
}

TEST(CompareSchemes, AnswersForTheSchemesThatWereAskedFor) {
  const std::vector<SchemeComparison> found =
      CompareSchemes(kExample, CertifiedGap(kExample), {Scheme::kFilm, Scheme::kEmbedding});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].scheme, Scheme::kFilm);
  EXPECT_EQ(found[1].scheme, Scheme::kEmbedding);
}

TEST(CompareSchemes, SaysWhereASilentBoundBeginsToSaySomething) {
  const Problem silent{.smoothness = 2, .primary_dim = 3, .condition_dim = 64, .epsilon = 0.05};
  for (const SchemeComparison& found : CompareSchemes(silent, CertifiedGap(silent), AllSchemes())) {
    if (found.parameters.value != 1) continue;  // linear pieces say something
    ASSERT_TRUE(found.onset) << Name(found.scheme);
    EXPECT_LT(*found.onset, silent.epsilon) << Name(found.scheme);
  }
}

TEST(CompareSchemes, SaysHowManyScalarsAreNeededAtAnySize) {
  Problem problem = kExample;
  for (const std::int64_t k : {1, 2, 355, 356}) {
    problem.embedding_dim = k;
    for (const SchemeComparison& found : CompareSchemes(problem, CertifiedGap(problem), AllSchemes())) {
      const std::int64_t needed = found.scheme == Scheme::kHypernetwork ? 1
                                  : found.scheme == Scheme::kDeepOnet   ? LeastFunctions(problem).functions
                                                                        : 2;
      EXPECT_EQ(found.least_scalars, needed) << Name(found.scheme);
      EXPECT_EQ(found.impossible, k < needed) << Name(found.scheme) << " " << k;
      EXPECT_GE(*found.crossover.value, needed) << Name(found.scheme);
    }
  }
  ASSERT_EQ(LeastFunctions(problem).functions, 356);
}

TEST(CompareSchemes, RefusesAProblemThatIsNone) {
  Problem problem = kExample;
  problem.epsilon = 0;
  EXPECT_THROW(CompareSchemes(problem, CertifiedGap(kExample), AllSchemes()), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
