// SPDX-License-Identifier: Apache-2.0

#include "training/sized_scheme/head_warning.h"

#include <string>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

// f: 4 inputs, 10 units; g: 2 inputs, 20 and 20 units, 1 output: 501 weights.
SizedScheme Hypernetwork() {
  SizedScheme sized{.sizes = {.x_size = 2,
                              .condition_size = 4,
                              .condition_hidden = {10},
                              .primary_hidden = {20, 20},
                              .scalars = 3,
                              .chunk = 23,
                              .chunk_name = 8},
                    .cost = {}};
  sized.cost = CostOf(NamedScheme("hypernetwork", sized.sizes));
  return sized;
}

TEST(HeadWarning, HasTheShareAndTheSizesOfTheAlternatives) {
  // The head has 501 * 11 = 5,511 of 5,561 parameters. Low-rank: z has 5 * 10 + 11 * 3, g 4 * 501. Chunked: z the same,
  // f 12 * 10 + 11 * 23, and 22 names of 8 numbers.
  EXPECT_EQ(HeadWarning(Hypernetwork(), "hypernetwork"),
            "hypernetwork: the last layer of f, which generates 501 weights, holds 99 % of its 5,561 parameters; with "
            "the same primary network low-rank with rank 3 has 2,087 parameters, and chunked-hypernetwork with chunks "
            "of 23 weights 632.");
}

TEST(HeadWarning, LargeNumbersAreInGroupsOfThree) {
  SizedScheme sized = Hypernetwork();
  sized.sizes.primary_hidden = {500, 500};  // 252,501 weights from 11 numbers each, and 50 parameters before them
  sized.cost = CostOf(NamedScheme("hypernetwork", sized.sizes));
  const std::string warning = HeadWarning(sized, "hypernetwork");
  EXPECT_NE(warning.find("generates 252,501 weights"), std::string::npos) << warning;
  EXPECT_NE(warning.find("of its 2,777,561 parameters"), std::string::npos) << warning;
}

TEST(HeadWarning, IsForHeadsThatHoldMoreThanTheGivenShare) {
  const double share = 5511.0 / 5561.0;
  EXPECT_NE(HeadWarning(Hypernetwork(), "hypernetwork", share - 1e-9), "");
  EXPECT_EQ(HeadWarning(Hypernetwork(), "hypernetwork", share), "");
}

TEST(HeadWarning, IsEmptyForWhatHasNoSuchHead) {
  for (const std::string& scheme : AllSchemeNames()) {
    SizedScheme sized = Hypernetwork();
    sized.cost = CostOf(NamedScheme(scheme, sized.sizes));
    EXPECT_EQ(HeadWarning(sized, scheme).empty(), scheme != "hypernetwork") << scheme;
  }
}

}  // namespace
}  // namespace hyperwidth
