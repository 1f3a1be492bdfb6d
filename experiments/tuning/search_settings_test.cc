// SPDX-License-Identifier: Apache-2.0
#include "experiments/tuning/search_settings.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "experiments/program/parsed_options.h"

namespace hyperwidth {
namespace {

TEST(FairOptionsOf, GiveTheSearchItsBudget) {
  SearchSettings search{.method = SearchMethod::kHalving, .n_trials = 5, .reduction_factor = 4, .min_share = 0.2};
  const FairOptions halving = FairOptionsOf(search, /*steps=*/90, /*seed=*/7, /*repetitions=*/6);
  EXPECT_EQ(halving.budget.trials, 5);
  EXPECT_EQ(halving.budget.steps, 90);
  EXPECT_EQ(halving.budget.multiply_adds, 0);
  EXPECT_EQ(halving.seed, 7u);
  EXPECT_EQ(halving.repetitions, 6);
  ASSERT_TRUE(halving.halving);
  EXPECT_EQ(halving.halving->reduction_factor, 4);
  EXPECT_EQ(halving.halving->min_share, 0.2);
  search.method = SearchMethod::kFull;
  EXPECT_FALSE(FairOptionsOf(search, 90, 7, 6).halving);
}

struct Options {
  SearchSettings search = {};
};

SettingTable SettingTableOf(Options& options) {
  SettingTable table;
  AddSearchSettings({.validation = "samples", .place = "place"}, options.search, table);
  return table;
}

TEST(SearchSettings, TakeWhatMakesSense) {
  const std::vector<std::string> least = {"--n-trials=1", "--reduction-factor=2", "--min-share=0.001"};
  EXPECT_EQ(AcceptedOf<Options>(least), least);
  EXPECT_EQ(AcceptedOf<Options>({"--min-share=1"}).size(), 1u);
  EXPECT_TRUE(AcceptedOf<Options>(
                  {"--n-trials=0", "--reduction-factor=1", "--min-share=0", "--min-share=1.001", "--search=some"})
                  .empty());
  EXPECT_EQ(AcceptedOf<Options>({"--search=none", "--search=halving", "--search=full"}).size(), 3u);
  EXPECT_EQ(ParsedOptions<Options>({"--search"}).search.method, SearchMethod::kHalving);
  EXPECT_EQ(ParsedOptions<Options>({}, Form::kQuick).search.n_trials, 9);
}

TEST(SearchSettings, AreOffUnlessAsked) {
  EXPECT_FALSE(SearchSettings().is_on());
  for (const SearchMethod method : {SearchMethod::kHalving, SearchMethod::kFull}) {
    EXPECT_TRUE(SearchSettings{.method = method}.is_on());
  }
}

}  // namespace
}  // namespace hyperwidth
