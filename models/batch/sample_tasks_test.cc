// SPDX-License-Identifier: Apache-2.0
#include "models/batch/sample_tasks.h"

#include <gtest/gtest.h>

#include <vector>

#include "models/pass/executor.h"
#include "models/types.h"

namespace hyperwidth {
namespace {

TEST(PanelOf, CoversEverythingOnceInOrderAndEvenly) {
  for (Index size = 1; size < 1200; ++size) {
    const Index panels = PanelCount(size);
    Index end = 0;
    for (Index panel = 0; panel < panels; ++panel) {
      const Panel found = PanelOf(size, panel, panels);
      EXPECT_EQ(found.first, end) << panel << " of " << size;
      EXPECT_GE(found.count, size / panels);
      EXPECT_LE(found.count, size / panels + 1);
      end += found.count;
    }
    EXPECT_EQ(end, size);
  }
}

TEST(ForSamples, HandsOutEverySampleOnce) {
  const SerialExecutor executor;
  for (const Index multiply_adds : {Index{1}, Index{1000}, Index{100'000}}) {
    for (Index samples = 1; samples < 200; ++samples) {
      std::vector<int> seen(static_cast<std::size_t>(samples));
      ForSamples(executor, samples, multiply_adds, [&](Index first, Index count) {
        for (Index i = first; i < first + count; ++i) ++seen.at(static_cast<std::size_t>(i));
      });
      EXPECT_EQ(seen, std::vector<int>(seen.size(), 1)) << samples << " samples";
    }
  }
}

// Counts the calls that reach it.
class CountingExecutor final : public Executor {
 public:
  Index slot_count() const override { return 1; }
  void Run(Index count, const Task& task) const override {
    ++runs;
    for (Index i = 0; i < count; ++i) task(i, 0);
  }
  mutable int runs = 0;
};

TEST(ForPanels, KeepsSmallWorkOnTheCallingThread) {
  const CountingExecutor executor;
  Index sum = 0;
  ForPanels(executor, 8, /*multiply_adds=*/100, [&](Index panel) { sum += panel; });
  EXPECT_EQ(sum, 28);
  EXPECT_EQ(executor.runs, 0);
  ForPanels(executor, 8, /*multiply_adds=*/10'000'000, [&](Index panel) { sum += panel; });
  EXPECT_EQ(sum, 56);
  EXPECT_EQ(executor.runs, 1);
}

TEST(InputsToRows, CopiesSomeInputsOfAllSamples) {
  const Matrix<float> columns = Matrix<float>::Random(7, 5);
  Matrix<float> rows = Matrix<float>::Constant(5, 8, 99);
  InputsToRows<float>(columns, {.first = 2, .count = 3}, rows);
  EXPECT_EQ(rows.middleCols(2, 3), columns.middleRows(2, 3).transpose());
  EXPECT_TRUE((rows.leftCols(2).array() == 99).all() && (rows.rightCols(3).array() == 99).all());
  InputsToRows<float>(columns, {.first = 7, .count = 0}, rows);  // nothing, such as in a panel of a bias alone
  EXPECT_TRUE((rows.rightCols(3).array() == 99).all());
}

}  // namespace
}  // namespace hyperwidth
