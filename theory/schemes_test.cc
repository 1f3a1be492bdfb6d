// SPDX-License-Identifier: Apache-2.0

#include "theory/schemes.h"

#include <array>
#include <cmath>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

const Problem kExample{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};

TEST(Schemes, HaveNamesAndTextsInThisOrder) {
  const std::vector<std::array<std::string, 3>> expected = {
      {"embedding", "e(I) concatenated to x", "dimension of the embedding"},
      {"conditional-bias", "biases of the first layer generated", "units of the first layer"},
      {"film", "a scale and a shift generated for every hidden unit", "twice the hidden units"},
      {"deeponet", "sum over l <= p of b_l(I) t_l(x), the b_l generated", "p, the basis functions"},
      {"low-rank", "weights theta_0 + P z(I), z generated, P trained", "dimension of z"},
      {"hypernetwork", "all weights generated", "generated weights N_g"}};
  const std::vector<Scheme> schemes = {Scheme::kEmbedding,
                                       Scheme::kConditionalBias,
                                       Scheme::kFilm,
                                       Scheme::kDeepOnet,
                                       Scheme::kLowRank,
                                       Scheme::kHypernetwork};
  EXPECT_EQ(AllSchemes(), schemes);
  for (std::size_t i = 0; i < schemes.size(); ++i) {
    EXPECT_EQ(Name(schemes[i]), expected[i][0]);
    EXPECT_EQ(Description(schemes[i]), expected[i][1]);
    EXPECT_EQ(ScalarsMeaning(schemes[i]), expected[i][2]);
    EXPECT_EQ(SchemeNamed(expected[i][0]), schemes[i]);
  }
}

TEST(Schemes, UnknownNameListsTheKnownOnes) {
  try {
    SchemeNamed("flim");
    FAIL();
  } catch (const std::domain_error& error) {
    EXPECT_STREQ(error.what(),
                 "scheme = 'flim' is unknown; accepted: embedding, conditional-bias, film, deeponet, low-rank, "
                 "hypernetwork");
  }
}

// The classes written out: for each group of layers how many there are, whether they have N units each, at which points
// they are seen, whether the scalars are among their variables, and the degrees of the first and the last.
struct Row {
  Scheme scheme;
  std::string meaning;
  int layers;
  bool hidden;
  LayerGroup::Points points;
  bool sees_condition;
  double first_degree, last_degree;
};

std::vector<Row> RowsOf(Scheme scheme, int depth) {
  std::vector<Row> rows;
  for (const LayerGroup& group : ClassOf(scheme, depth, 7).groups) {
    const auto degree = [&](int i) { return group.degree_factor * (group.first_degree + i); };
    rows.push_back({scheme,
                    group.meaning,
                    group.layers,
                    group.hidden,
                    group.points,
                    group.sees_condition,
                    1.0 * degree(0),
                    1.0 * degree(group.layers - 1)});
  }
  return rows;
}

TEST(Schemes, ClassesAreThoseOfTheTable) {
  constexpr auto kAll = LayerGroup::Points::kAll;
  constexpr auto kPrimary = LayerGroup::Points::kPrimary;
  const std::vector<Row> at_depth_4 = {
      {Scheme::kEmbedding, "hidden layers", 3, true, kAll, true, 2, 4},
      {Scheme::kEmbedding, "output", 1, false, kAll, true, 5, 5},
      {Scheme::kConditionalBias, "hidden layers", 3, true, kAll, true, 1, 3},
      {Scheme::kConditionalBias, "output", 1, false, kAll, true, 4, 4},
      {Scheme::kFilm, "hidden layers", 3, true, kAll, true, 2, 6},
      {Scheme::kFilm, "output", 1, false, kAll, true, 8, 8},
      {Scheme::kDeepOnet, "layers of the trunk network, its output included", 4, true, kPrimary, false, 1, 4},
      {Scheme::kDeepOnet, "output", 1, false, kAll, true, 5, 5},
      {Scheme::kLowRank, "hidden layers", 3, true, kAll, true, 2, 6},
      {Scheme::kLowRank, "output", 1, false, kAll, true, 8, 8},
      {Scheme::kHypernetwork, "hidden layers", 3, true, kAll, false, 1, 3},
      {Scheme::kHypernetwork, "output", 1, false, kAll, false, 4, 4}};
  std::vector<Row> found;
  for (const Scheme scheme : AllSchemes()) {
    for (const Row& row : RowsOf(scheme, 4)) found.push_back(row);
  }
  ASSERT_EQ(found.size(), at_depth_4.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto fields = [](const Row& row) {
      return std::tuple(row.scheme,
                        row.meaning,
                        row.layers,
                        row.hidden,
                        row.points,
                        row.sees_condition,
                        row.first_degree,
                        row.last_degree);
    };
    EXPECT_EQ(fields(found[i]), fields(at_depth_4[i])) << Name(at_depth_4[i].scheme) << ", row " << i;
  }
}

TEST(Schemes, ClassesHoldTheScalars) {
  for (const Scheme scheme : AllSchemes()) {
    const ConditionScalars scalars = ClassOf(scheme, 2, 7).scalars;
    EXPECT_EQ(scalars.fixed, scheme == Scheme::kHypernetwork ? 0 : 7) << Name(scheme);
    EXPECT_FALSE(scalars.root);
  }
}

TEST(Schemes, ClassesAreRefusedOutsideTheirDomain) {
  for (const Scheme scheme : AllSchemes()) {
    EXPECT_THROW(ClassOf(scheme, 1, 7), std::domain_error);
    EXPECT_NO_THROW(ClassOf(scheme, kMaxDepth, 7));
    EXPECT_THROW(ClassOf(scheme, kMaxDepth + 1, 7), std::domain_error);
  }
  try {
    ClassOf(static_cast<Scheme>(AllSchemes().size()), 2, 7);
    FAIL();
  } catch (const std::domain_error& error) {
    EXPECT_STREQ(error.what(), "scheme is not one of the known schemes");
  }
}

TEST(Schemes, EmbeddingAndHypernetworkAreTheBoundsOfLowerBounds) {
  const LowerBounds bounds(kExample);
  EXPECT_EQ(SchemeBound(bounds, Scheme::kEmbedding, 5).count.value, bounds.Embedding(5).count.value);
  EXPECT_EQ(SchemeBound(bounds, Scheme::kHypernetwork, 5).count.value, bounds.Primary().count.value);
}

TEST(Schemes, EveryBoundFallsWithTheScalars) {
  const LowerBounds bounds(kExample);
  for (const Scheme scheme : AllSchemes()) {
    Count before = SchemeBound(bounds, scheme, 1).count;
    EXPECT_FALSE(bounds.ContinuousSelection().count < before);
    for (double kappa = 2; kappa < 3000; kappa = std::ceil(1.5 * kappa)) {
      const Count here = SchemeBound(bounds, scheme, kappa).count;
      EXPECT_FALSE(before < here) << Name(scheme) << " " << kappa;
      before = here;
    }
  }
}

// With the same scalars, lower degrees and fewer places where they act can only raise the bound.
TEST(Schemes, AreOrderedByWhatTheirScalarsCanDo) {
  const LowerBounds bounds(kExample);
  for (const double kappa : {1.0, 8.0, 20.0}) {
    const auto count = [&](Scheme scheme) { return *SchemeBound(bounds, scheme, kappa).count.value; };
    EXPECT_GE(count(Scheme::kConditionalBias), count(Scheme::kEmbedding));
    EXPECT_GE(count(Scheme::kEmbedding), count(Scheme::kFilm));
    EXPECT_LE(count(Scheme::kFilm), count(Scheme::kLowRank));  // the same class; pieces besides
    EXPECT_GE(count(Scheme::kDeepOnet), count(Scheme::kEmbedding));
  }
}

TEST(Schemes, ScalarsAtWidthCountWhatIsGenerated) {
  const auto scalars = [](Scheme scheme, int depth) { return ScalarsAtWidth(scheme, depth, 2, 10, 7); };
  // x of dimension 2, hidden layers of 10: (2 + 1) 10 + 11 weights, and 11 * 10 more for each further hidden layer.
  EXPECT_EQ(scalars(Scheme::kHypernetwork, 2), 30 + 11);
  EXPECT_EQ(scalars(Scheme::kHypernetwork, 5), 30 + 3 * 110 + 11);
  EXPECT_EQ(ScalarsAtWidth(Scheme::kHypernetwork, 2, 5, 1, 7), 6 + 2);
  EXPECT_EQ(scalars(Scheme::kFilm, 2), 20);  // a scale and a shift
  EXPECT_EQ(scalars(Scheme::kFilm, 5), 80);
  for (const int depth : {2, 5}) {
    EXPECT_EQ(scalars(Scheme::kConditionalBias, depth), 10);
    EXPECT_EQ(scalars(Scheme::kDeepOnet, depth), 10);
    EXPECT_EQ(scalars(Scheme::kEmbedding, depth), 7);
    EXPECT_EQ(scalars(Scheme::kLowRank, depth), 7);
  }
}

// For a single I an embedding is absorbed by first-layer biases, and the weights of low rank are not zero only where
// trained numbers are not; the other schemes may keep all in their scalars.
TEST(Schemes, OnlyEmbeddingAndLowRankKeepABoundForOneCondition) {
  const LowerBounds bounds(kExample);
  const std::int64_t primary = *bounds.Primary().count.value;
  ASSERT_GT(primary, 1);
  for (const Scheme scheme : AllSchemes()) {
    const CertifiedBound bound = SchemeBound(bounds, scheme, 1e6);
    const bool keeps = scheme == Scheme::kEmbedding || scheme == Scheme::kHypernetwork || scheme == Scheme::kLowRank;
    EXPECT_EQ(bound.count.value, keeps ? primary : 1) << Name(scheme);
  }
}

std::string Refusal(double kappa) {
  try {
    SchemeBound(LowerBounds(kExample), Scheme::kFilm, kappa);
  } catch (const std::domain_error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Schemes, RefuseScalarsOutsideTheirRange) {
  EXPECT_EQ(Refusal(1), "accepted");
  EXPECT_EQ(Refusal(1e15), "accepted");
  EXPECT_EQ(Refusal(0.5), "kappa = 0.5 is outside the admissible range: 1 to 10^15");
  EXPECT_EQ(Refusal(1e15 + 1), "kappa = 1000000000000001 is outside the admissible range: 1 to 10^15");
  EXPECT_EQ(Refusal(std::nan("")), "kappa = nan is outside the admissible range: 1 to 10^15");
}

}  // namespace
}  // namespace hyperwidth
