// SPDX-License-Identifier: Apache-2.0
#include "experiments/published_models/nearest_size.h"

#include <gtest/gtest.h>

namespace hyperwidth {
namespace {

Index SizeOfFour(Index wanted) {
  return NearestSize(wanted, [](Index size) { return 4 * size; });
}

TEST(NearestSize, IsTheNearerOfTwoAndTheSmallerOfTwoAsNear) {
  for (Index size = 1; size <= 70; ++size) {
    EXPECT_EQ(SizeOfFour(4 * size), size);
    EXPECT_EQ(SizeOfFour(4 * size + 1), size);
    EXPECT_EQ(SizeOfFour(4 * size + 2), size);
    EXPECT_EQ(SizeOfFour(4 * size + 3), size + 1);
  }
}

TEST(NearestSize, IsOneAtLeast) {
  for (const Index wanted : {-5, 0, 1, 3}) EXPECT_EQ(SizeOfFour(wanted), 1) << wanted;
}

// A bisection looks at a size or two for each doubling.
TEST(NearestSize, LooksAtFewSizes) {
  int looks = 0;
  EXPECT_EQ(NearestSize(123'456'789,
                        [&](Index size) {
                          ++looks;
                          return size;
                        }),
            123'456'789);
  EXPECT_LE(looks, 60);
}

}  // namespace
}  // namespace hyperwidth
