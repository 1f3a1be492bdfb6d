// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/scheme_space.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

TEST(SchemeSpace, AHypernetworkChoosesWhatItGeneratesAndHowHeadsStart) {
  const CompareOptions options = Options();
  const CompareData data = LoadCompareData(options);
  const auto sampler = MakeSampler(SchemeSpace("hypernetwork", options.match), {});
  std::set<bool> generates_all;
  std::set<HeadStart::Kind> starts;
  for (std::int64_t trial = 0; trial < 16; ++trial) {
    const Assignment values = sampler->Sample(trial);
    const SizedScheme sized = SizesOf({.scheme = "hypernetwork", .size = 20'000}, values, data, options);
    const bool all = CategoryValue(values, "generated") == "all";
    EXPECT_EQ(sized.sizes.generated_layers, all ? 0 : std::ssize(sized.sizes.primary_hidden));
    generates_all.insert(all);
    const std::string& start = CategoryValue(values, "initialisation");
    EXPECT_EQ(sized.sizes.head_start,
              start == "dense"         ? HeadStart::Kind::kDense
              : start == "hyperfan-in" ? HeadStart::Kind::kHyperfanIn
                                       : HeadStart::Kind::kBiasOnly);
    starts.insert(sized.sizes.head_start);
  }
  EXPECT_EQ(generates_all.size(), 2u);
  EXPECT_EQ(starts.size(), 3u);
}

TEST(SchemeSpace, LowRankChoosesWhatItMoves) {
  const CompareOptions options = Options();
  const CompareData data = LoadCompareData(options);
  const auto sampler = MakeSampler(SchemeSpace("low-rank", options.match), {});
  std::set<bool> moves_all;
  for (std::int64_t trial = 0; trial < 16; ++trial) {
    const Assignment values = sampler->Sample(trial);
    const SizedScheme sized = SizesOf({.scheme = "low-rank", .size = 20'000}, values, data, options);
    const bool all = CategoryValue(values, "moved") == "all";
    EXPECT_EQ(sized.sizes.generated_layers, all ? 0 : std::ssize(sized.sizes.primary_hidden));
    moves_all.insert(all);
  }
  EXPECT_EQ(moves_all.size(), 2u);
}

}  // namespace
}  // namespace hyperwidth
