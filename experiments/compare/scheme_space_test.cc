// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/scheme_space.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "training/named_scheme.h"
#include "training/search/sampler.h"

namespace hyperwidth {
namespace {

CompareOptions Options() {
  CompareOptions options;
  options.task = "shift";
  return options;
}

TEST(SchemeSpace, EveryChoiceOfEverySchemeHasTheSize) {
  const CompareOptions options = Options();
  const CompareData data = LoadCompareData(options);
  for (const std::string& scheme : AllSchemeNames()) {
    if (scheme == "table") continue;  // knows no unseen conditions
    const auto sampler = MakeSampler(SchemeSpace(scheme, options.match), {});
    for (std::int64_t trial = 0; trial < 32; ++trial) {
      const SizedScheme sized = SizesOf({.scheme = scheme, .size = 20'000}, sampler->Sample(trial), data, options);
      EXPECT_NEAR(sized.size, 20'000, 20'000 * kSizeTolerance) << scheme << ", trial " << trial;
    }
  }
}

// Looks at what the first sixteen trials of a scheme choose.
void ForTrials(const std::string& scheme, const std::function<void(const Assignment&, const SchemeSizes&)>& look) {
  const CompareOptions options = Options();
  const CompareData data = LoadCompareData(options);
  const auto sampler = MakeSampler(SchemeSpace(scheme, options.match), {});
  for (std::int64_t trial = 0; trial < 16; ++trial) {
    const Assignment values = sampler->Sample(trial);
    look(values, SizesOf({.scheme = scheme, .size = 20'000}, values, data, options).sizes);
  }
}

TEST(SchemeSpace, AHypernetworkChoosesWhatItGeneratesAndLowRankWhatItMoves) {
  const std::map<std::string, std::string> choices = {{"hypernetwork", "generated"}, {"low-rank", "moved"}};
  for (const auto& [scheme, choice] : choices) {
    std::set<bool> is_all;
    ForTrials(scheme, [&](const Assignment& values, const SchemeSizes& sizes) {
      const bool all = CategoryValue(values, choice) == "all";
      EXPECT_EQ(sizes.generated_layers, all ? 0 : std::ssize(sizes.primary_hidden)) << scheme;
      is_all.insert(all);
    });
    EXPECT_EQ(is_all.size(), 2u) << scheme;
  }
}

TEST(SchemeSpace, AHypernetworkChoosesHowHeadsStart) {
  std::set<HeadStart::Kind> starts;
  ForTrials("hypernetwork", [&](const Assignment& values, const SchemeSizes& sizes) {
    const std::string& start = CategoryValue(values, "initialisation");
    EXPECT_EQ(sizes.head_start,
              start == "dense"         ? HeadStart::Kind::kDense
              : start == "hyperfan-in" ? HeadStart::Kind::kHyperfanIn
                                       : HeadStart::Kind::kBiasOnly);
    starts.insert(sizes.head_start);
  });
  EXPECT_EQ(starts.size(), 3u);
}

}  // namespace
}  // namespace hyperwidth
