// SPDX-License-Identifier: Apache-2.0
#include "models/pass/short_runs.h"

#include <gtest/gtest.h>

#include <vector>

namespace hyperwidth {
namespace {

constexpr float kUntouched = -1;

TEST(WriteRun, WritesOrAddsEachNumberOnceAndNothingBeyond) {
  for (Index count = 0; count <= 70; ++count) {
    const auto term = [](Index i) { return static_cast<float>(3 * i + 1); };
    std::vector<float> written(80, kUntouched), added(80, kUntouched);
    WriteRun<false>(count, term, written.data());
    WriteRun<true>(count, term, added.data());
    for (Index i = 0; i < 80; ++i) {
      const auto at = static_cast<std::size_t>(i);
      EXPECT_EQ(written[at], i < count ? term(i) : kUntouched) << i << " of " << count;
      EXPECT_EQ(added[at], i < count ? kUntouched + term(i) : kUntouched) << i << " of " << count;
    }
  }
}

TEST(WriteRun, MayReadWhatItWrites) {
  std::vector<double> numbers(45);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<double>(i);
  WriteRun<false>(
      45, [&](Index i) { return 2 * numbers[static_cast<std::size_t>(i)]; }, numbers.data());
  for (std::size_t i = 0; i < numbers.size(); ++i) EXPECT_EQ(numbers[i], 2 * static_cast<double>(i));
}

TEST(WriteRuns, WritesOrAddsEachRunWhereItBelongsAndNothingBeyond) {
  constexpr Index kStride = 40;
  std::vector<double> from(5 * kStride);
  for (std::size_t i = 0; i < from.size(); ++i) from[i] = static_cast<double>(i) + 0.5;
  for (Index count = 1; count <= 33; ++count) {  // every rest, with and without whole vectors before it
    for (const Index runs : {1, 2, 5}) {
      for (const bool accumulate : {false, true}) {
        std::vector<double> to(static_cast<std::size_t>(runs * count + 16), -7);
        WriteRuns(runs, count, accumulate, from.data(), kStride, to.data());
        for (Index i = 0; i < std::ssize(to); ++i) {
          const bool is_written = i < runs * count;
          const double term = is_written ? from[static_cast<std::size_t>(i / count * kStride + i % count)] : 0;
          ASSERT_EQ(to[static_cast<std::size_t>(i)], (is_written && !accumulate ? 0 : -7) + term)
              << runs << " runs of " << count << ", number " << i;
        }
      }
    }
  }
}

}  // namespace
}  // namespace hyperwidth
