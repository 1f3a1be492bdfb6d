// SPDX-License-Identifier: Apache-2.0

#include "training/sized_scheme/scheme_counts.h"

#include <stdexcept>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "models/graph/cost.h"
#include "models/random_stream.h"
#include "models/schemes/primary_network.h"

namespace hyperwidth {
namespace {

std::vector<Index> RandomWidths(RandomStream& random, Index most_layers, Index most_units) {
  std::vector<Index> widths(random.Below(static_cast<std::uint64_t>(most_layers) + 1));
  for (Index& width : widths) width = 1 + static_cast<Index>(random.Below(static_cast<std::uint64_t>(most_units)));
  return widths;
}

SchemeSizes RandomSizes(RandomStream& random) {
  const auto below = [&](std::uint64_t count) { return 1 + static_cast<Index>(random.Below(count)); };
  SchemeSizes sizes{.x_size = below(5),
                    .condition_size = below(30),
                    .outputs = below(4),
                    .condition_hidden = RandomWidths(random, 3, 20),
                    .primary_hidden = RandomWidths(random, 3, 12),
                    .scalars = below(12),
                    .known_conditions = below(9),
                    .chunk = below(20),
                    .chunk_name = below(5),
                    .generated_has_bias = random.Below(4) > 0};
  if (sizes.primary_hidden.empty()) sizes.primary_hidden = {3};
  sizes.generated_layers = static_cast<Index>(random.Below(sizes.primary_hidden.size() + 2));
  return sizes;
}

// Every scheme, many sizes: narrow layers before and after the scalars, no hidden layer at all, one output and more.
TEST(SchemeCounter, CountsAsTheGraphDoes) {
  RandomStream random(3);
  for (int trial = 0; trial < 150; ++trial) {
    const SchemeSizes sizes = RandomSizes(random);
    for (const std::string& scheme : AllSchemeNames()) {
      const Cost cost = CostOf(NamedScheme(scheme, sizes));
      const SchemeCounts counts = SchemeCounter(scheme)(sizes);
      EXPECT_EQ(counts.total, static_cast<double>(cost.trainable_parameters)) << scheme;
      EXPECT_EQ(counts.compute, static_cast<double>(cost.multiply_adds_per_sample)) << scheme;
      EXPECT_EQ(counts.kappa, static_cast<double>(cost.kappa)) << scheme << " trial " << trial;
    }
  }
}

// Generated weights belong to the network that sees x as much as trained ones; what generates them does not.
TEST(SchemeCounter, PrimaryWeightsAreThoseOfTheNetworkThatSeesX) {
  const SchemeSizes sizes{.x_size = 3,
                          .condition_size = 7,
                          .outputs = 2,
                          .condition_hidden = {9},
                          .primary_hidden = {5, 4},
                          .scalars = 6,
                          .generated_layers = 1};
  const auto mlp = [](std::vector<Index> widths) {
    return static_cast<double>(MlpShape{.sizes = std::move(widths)}.NumParameters());
  };
  for (const std::string scheme : {"conditional-bias", "film", "multiplicative", "low-rank", "hypernetwork"}) {
    EXPECT_EQ(SchemeCounter(scheme)(sizes).primary, mlp({3, 5, 4, 2})) << scheme;
  }
  EXPECT_EQ(SchemeCounter("chunked-hypernetwork")(sizes).primary, mlp({3, 5, 4, 2}));
  EXPECT_EQ(SchemeCounter("concat")(sizes).primary, mlp({10, 5, 4, 2}));
  for (const std::string scheme : {"embedding", "nomad", "table"}) {
    EXPECT_EQ(SchemeCounter(scheme)(sizes).primary, mlp({9, 5, 4, 2})) << scheme;
  }
  for (const std::string scheme : {"deeponet", "shift-deeponet", "flex-deeponet"}) {
    EXPECT_EQ(SchemeCounter(scheme)(sizes).primary, mlp({3, 5, 4, 12}) + 2) << scheme;
  }
  EXPECT_EQ(PrimaryWeights(sizes), mlp({3, 5, 4, 2}));
}

TEST(SchemeCounter, TheHeadsOfAHypernetworkAreItsLastLayer) {
  const SchemeSizes sizes{
      .x_size = 3, .condition_size = 7, .outputs = 2, .condition_hidden = {9}, .primary_hidden = {5}};
  EXPECT_EQ(SchemeCounter("hypernetwork")(sizes).condition_head, (9 + 1) * (3 * 5 + 5 + 5 * 2 + 2));
  SchemeSizes last = sizes;
  last.generated_layers = 1;
  EXPECT_EQ(SchemeCounter("hypernetwork")(last).condition_head, (9 + 1) * (5 * 2 + 2));
  EXPECT_EQ(SchemeCounter("embedding")(sizes).condition_head, 0);
}

TEST(SchemeCounter, KnowsTheNamesOfAllSchemesOnly) {
  for (const std::string& scheme : AllSchemeNames()) EXPECT_NO_THROW(SchemeCounter{scheme});
  EXPECT_THAT([] { SchemeCounter("mlp"); },
              ::testing::ThrowsMessage<std::invalid_argument>(
                  ::testing::StartsWith("scheme: found 'mlp', accepted: concat, embedding, table, ")));
}

}  // namespace
}  // namespace hyperwidth
