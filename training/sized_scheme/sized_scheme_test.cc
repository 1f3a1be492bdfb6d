// SPDX-License-Identifier: Apache-2.0

#include "training/sized_scheme/sized_scheme.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "training/sized_scheme/scheme_counts.h"
#include "training/sized_scheme/test_requests.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// The widths against a search through all of them, for sizes at which there are few.
TEST(SolveWidths, HiddenLayersDifferByOneUnitAtMost) {
  for (const std::string& scheme : AllSchemeNames()) {
    const SizedScheme sized = SolveWidths({.scheme = scheme,
                                           .size = 12'345,
                                           .x_size = 3,
                                           .condition_size = 5,
                                           .primary_layers = 3,
                                           .condition_layers = 4});
    EXPECT_EQ(sized.sizes.primary_hidden.size(), 3u) << scheme;
    for (const auto& widths : {sized.sizes.primary_hidden, sized.sizes.condition_hidden}) {
      if (widths.empty()) continue;
      EXPECT_TRUE(std::is_sorted(widths.rbegin(), widths.rend())) << scheme;
      EXPECT_LE(widths.front() - widths.back(), 1) << scheme;
    }
  }
}

TEST(SolveWidths, TheRatioOfWidthsIsTheWantedOne) {
  for (const std::string scheme : {"embedding", "film", "low-rank", "deeponet", "hypernetwork"}) {
    for (const double ratio : {0.0, 0.5, 1.0, 3.0}) {
      const SizedScheme sized =
          SolveWidths({.scheme = scheme, .size = 200'000, .x_size = 2, .condition_size = 5, .condition_ratio = ratio});
      const double found =
          static_cast<double>(Sum(sized.sizes.condition_hidden)) / static_cast<double>(Sum(sized.sizes.primary_hidden));
      const double wanted = ratio > 0 ? ratio : DefaultConditionRatio(scheme, 8);
      EXPECT_LE(std::abs(std::log(found / wanted)), 0.05) << scheme << " " << ratio;
    }
  }
  EXPECT_EQ(DefaultConditionRatio("hypernetwork", 8), 4);
  EXPECT_EQ(DefaultConditionRatio("low-rank", 8), 3);
  EXPECT_EQ(DefaultConditionRatio("low-rank", 0), 3);
  EXPECT_EQ(DefaultConditionRatio("low-rank", 15), 4);
  EXPECT_EQ(DefaultConditionRatio("film", 8), 1);
}

TEST(SolveWidths, TheSmallestSizeIsNamedAndExists) {
  for (const std::string& scheme : AllSchemeNames()) {
    for (const SizeMeasure measure : kMeasures) {
      SizeRequest request{.scheme = scheme, .size = 1, .measure = measure, .x_size = 20, .condition_size = 30};
      const Answer refused = Ask(request);
      ASSERT_FALSE(refused.sized) << Described(request);
      EXPECT_THAT(refused.refusal, AllOf(HasSubstr(scheme), HasSubstr("found 1 ")));
      request.size = SmallestIn(refused.refusal);
      EXPECT_EQ(SolveWidths(request).deviation, 0) << Described(request);
      request.size /= 1.03;
      EXPECT_FALSE(Ask(request).sized) << Described(request);
    }
  }
}

TEST(SolveWidths, ScalarsOfNoGivenNumberFollowTheWidths) {
  const auto solve = [](const std::string& scheme, Index outputs) {
    return SolveWidths(
               {.scheme = scheme, .size = 500'000, .x_size = 2, .condition_size = 4, .outputs = outputs, .scalars = 0})
        .sizes;
  };
  const SchemeSizes embedding = solve("embedding", 3);
  EXPECT_EQ(embedding.scalars, (Sum(embedding.primary_hidden) + 3) / 4);
  const SchemeSizes deeponet = solve("deeponet", 3);
  EXPECT_EQ(deeponet.scalars, (Sum(deeponet.primary_hidden) + 3) / 4 / 3);
  EXPECT_EQ(solve("shift-deeponet", 2).scalars, 32);
}

TEST(SolveWidths, ChunksAreFourTimesTheRootOfTheirSumLong) {
  SizeRequest request{.scheme = "chunked-hypernetwork", .size = 50'000, .x_size = 2, .condition_size = 4};
  const SchemeSizes sizes = SolveWidths(request).sizes;
  EXPECT_EQ(static_cast<double>(sizes.chunk), std::ceil(4 * std::sqrt(PrimaryWeights(sizes))));
  request.chunk = 100;
  EXPECT_EQ(SolveWidths(request).sizes.chunk, 100);
  // Of few weights no more than there are.
  const SchemeSizes few =
      SolveWidths(
          {.scheme = "chunked-hypernetwork", .size = 60, .primary_layers = 1, .condition_layers = 1, .scalars = 1})
          .sizes;
  EXPECT_EQ(static_cast<double>(few.chunk), PrimaryWeights(few));
}

TEST(SolveWidths, OnlyTheLastLayersOfAHypernetworkNeedBeGenerated) {
  const SizeRequest request{
      .scheme = "hypernetwork", .size = 100'000, .x_size = 2, .condition_size = 4, .generated_layers = 1};
  const SizedScheme sized = SolveWidths(request);
  EXPECT_EQ(sized.sizes.generated_layers, 1);
  EXPECT_EQ(sized.cost.generated_parameters, sized.sizes.primary_hidden.back() + 1);
  EXPECT_LT(std::abs(sized.deviation), 1e-3);
}

TEST(SolveWidths, NetworksWithoutHiddenLayersHaveNoWidths) {
  const SizedScheme linear =
      SolveWidths({.scheme = "embedding", .size = 5'000, .x_size = 2, .condition_size = 4, .primary_layers = 0});
  EXPECT_TRUE(linear.sizes.primary_hidden.empty());
  EXPECT_LT(std::abs(linear.deviation), 0.02);
  const SizedScheme other =
      SolveWidths({.scheme = "hypernetwork", .size = 5'000, .x_size = 2, .condition_size = 4, .condition_layers = 0});
  EXPECT_TRUE(other.sizes.condition_hidden.empty());
  EXPECT_LT(std::abs(other.deviation), 0.02);
}

SizeRequest KappaRequest(const std::string& scheme, double kappa) {
  return {.scheme = scheme,
          .size = kappa,
          .measure = SizeMeasure::kKappa,
          .total_for_kappa = 40'000,
          .x_size = 2,
          .condition_size = 60,
          .outputs = 2,
          .known_conditions = 50};
}

// 10 p + .. of a shift-deeponet with two outputs at two coordinates: 20 and 40 are kappas that all but concat can have.
TEST(SolveWidths, KappaIsTheRequestExactlyAndTheTotalIsSolvedFor) {
  for (const std::string& scheme : AllSchemeNames()) {
    if (scheme == "concat") continue;
    for (const double kappa : {20, 40}) {
      const SizedScheme sized = SolveWidths(KappaRequest(scheme, kappa));
      EXPECT_EQ(sized.size, kappa) << scheme;
      EXPECT_EQ(sized.deviation, 0) << scheme;
      EXPECT_EQ(static_cast<double>(sized.cost.kappa), kappa) << scheme;
      EXPECT_NEAR(static_cast<double>(sized.cost.trainable_parameters), 40'000, 0.02 * 40'000) << scheme;
    }
  }
}

TEST(SolveWidths, KappaIsExactOrRefusedWhateverTheInputs) {
  int solved = 0, refused = 0;
  for (const std::string& scheme : AllSchemeNames()) {
    for (const double kappa : {1, 6, 24}) {
      for (const Index x_size : {1, 30}) {
        for (const Index condition_size : {6, 784}) {
          for (const Index layers : {1, 3}) {
            SizeRequest request = KappaRequest(scheme, kappa);
            request.total_for_kappa = 300'000;
            request.x_size = x_size;
            request.condition_size = condition_size;
            request.primary_layers = request.condition_layers = layers;
            const Answer answer = Ask(request);
            (answer.sized ? solved : refused) += 1;
            if (!answer.sized) {
              EXPECT_THAT(answer.refusal, HasSubstr("kappa of " + scheme)) << Described(request);
              continue;
            }
            EXPECT_EQ(static_cast<double>(answer.sized->cost.kappa), kappa) << Described(request);
            const auto total = static_cast<double>(answer.sized->cost.trainable_parameters);
            EXPECT_NEAR(total, 300'000, 0.02 * 300'000) << Described(request);
          }
        }
      }
    }
  }
  EXPECT_GT(solved, 150);
  EXPECT_GT(refused, 50);
}

TEST(SolveWidths, KappaOfAHypernetworkIsTheLastHiddenLayerOfF) {
  for (const std::string scheme : {"hypernetwork", "film", "conditional-bias"}) {
    const SchemeSizes sizes = SolveWidths(KappaRequest(scheme, 20)).sizes;
    EXPECT_EQ(sizes.condition_hidden.size(), 2u) << scheme;
    EXPECT_EQ(sizes.condition_hidden.back(), 20) << scheme;
    EXPECT_GE(sizes.condition_hidden.front(), 20) << scheme;
  }
}

TEST(SolveWidths, SaysWhichKappasASchemeCanHave) {
  const auto refusal = [](const std::string& scheme, double kappa) { return Ask(KappaRequest(scheme, kappa)).refusal; };
  EXPECT_THAT(refusal("concat", 20), HasSubstr("accepted: 60 only"));
  EXPECT_TRUE(Ask(KappaRequest("concat", 60)).sized);
  EXPECT_THAT(refusal("embedding", 61), HasSubstr("at most 60, the size of the condition"));
  EXPECT_THAT(refusal("embedding", 2.5), AllOf(HasSubstr("found 2.5"), HasSubstr("a whole number")));
  EXPECT_TRUE(Ask(KappaRequest("table", 61)).sized);
  EXPECT_THAT(refusal("deeponet", 21), HasSubstr("a multiple of 2, at most 60"));
  EXPECT_THAT(refusal("shift-deeponet", 15), HasSubstr("a multiple of 10"));
  EXPECT_THAT(refusal("flex-deeponet", 4), HasSubstr("4 and a multiple of 2"));
  EXPECT_THAT(refusal("flex-deeponet", 7), HasSubstr("4 and a multiple of 2"));
  SizeRequest no_layer = KappaRequest("film", 20);
  no_layer.condition_layers = 0;
  EXPECT_THAT(Ask(no_layer).refusal, HasSubstr("none without a hidden layer"));
  SizeRequest small = KappaRequest("embedding", 20);
  small.total_for_kappa = 100;
  EXPECT_GT(SmallestIn(Ask(small).refusal), 20 * 60);
  small.total_for_kappa = 0;
  EXPECT_THAT(Ask(small).refusal, HasSubstr("total_for_kappa: found 0"));
}

TEST(SolveWidths, RefusesWhatIsOutOfRange) {
  const SizeRequest good{.scheme = "hypernetwork", .size = 1000, .x_size = 2, .condition_size = 4};
  EXPECT_TRUE(Ask(good).sized);
  const auto refusal = [&](auto change) {
    SizeRequest request = good;
    change(request);
    return Ask(request).refusal;
  };
  EXPECT_THAT(refusal([](SizeRequest& r) { r.scheme = "mlp"; }), HasSubstr("found 'mlp', accepted: concat"));
  EXPECT_THAT(refusal([](SizeRequest& r) { r.size = 0; }), HasSubstr("size: found 0"));
  EXPECT_THAT(refusal([](SizeRequest& r) { r.size = 1.1e12; }), HasSubstr("to 10^12"));
  EXPECT_THAT(refusal([](SizeRequest& r) { r.size = std::nan(""); }), HasSubstr("size: found nan"));
  EXPECT_THAT(refusal([](SizeRequest& r) { r.x_size = 0; }), HasSubstr("x_size: found 0"));
  EXPECT_THAT(refusal([](SizeRequest& r) { r.condition_size = 0; }), HasSubstr("condition_size: found 0"));
  EXPECT_THAT(refusal([](SizeRequest& r) { r.outputs = 0; }), HasSubstr("outputs: found 0"));
  EXPECT_THAT(refusal([](SizeRequest& r) { r.known_conditions = 0; }), HasSubstr("known_conditions: found 0"));
  EXPECT_THAT(refusal([](SizeRequest& r) { r.primary_layers = -1; }), HasSubstr("primary_layers: found -1"));
  EXPECT_THAT(refusal([](SizeRequest& r) { r.condition_layers = -1; }), HasSubstr("condition_layers: found -1"));
  EXPECT_THAT(refusal([](SizeRequest& r) { r.scalars = -1; }), HasSubstr("scalars: found -1"));
  EXPECT_THAT(refusal([](SizeRequest& r) { r.chunk = -1; }), HasSubstr("chunk: found -1"));
  EXPECT_THAT(refusal([](SizeRequest& r) { r.generated_layers = 4; }), HasSubstr("accepted: 0 to 3"));
  EXPECT_THAT(refusal([](SizeRequest& r) { r.generated_layers = -1; }), HasSubstr("generated_layers: found -1"));
  EXPECT_THAT(refusal([](SizeRequest& r) { r.condition_ratio = -1; }), HasSubstr("condition_ratio: found -1"));
  EXPECT_THAT(refusal([](SizeRequest& r) {
                r.scheme = "film";
                r.primary_layers = 0;
              }),
              HasSubstr("accepted: at least 1"));
}

}  // namespace
}  // namespace hyperwidth
