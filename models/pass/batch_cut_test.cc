// SPDX-License-Identifier: Apache-2.0

#include "models/pass/batch_cut.h"

#include "gtest/gtest.h"
#include "models/random_stream.h"

namespace hyperwidth {
namespace {

// Groups of all sizes that panels treat differently.
std::vector<Index> RandomGroups(std::uint64_t seed) {
  RandomStream random(seed, {1});
  const std::vector<Index> sizes = {0, 0, 1, 2, 5, 31, 32, 33, 64, 100, 128, 129, 300};
  std::vector<Index> starts = {0};
  const auto groups = static_cast<Index>(1 + random.Below(40));
  for (Index g = 0; g < groups; ++g) starts.push_back(starts.back() + sizes[random.Below(sizes.size())]);
  return starts;
}

TEST(BatchCut, PanelsAndPiecesTakeEverySampleOnceInOrder) {
  BatchCut cut;  // reused: nothing is left of the batch before
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const std::vector<Index> starts = RandomGroups(seed);
    if (starts.back() == 0) continue;
    cut.SetGroups(starts);
    Index next = 0;
    for (const Panel& panel : cut.Panels(Axis::kSample)) {
      EXPECT_EQ(panel.first, next);
      EXPECT_GE(panel.count, 1);
      EXPECT_LE(panel.count, 128);
      EXPECT_LE(panel.count, cut.LargestPanel());
      next += panel.count;
    }
    EXPECT_EQ(next, starts.back());
    if (cut.IsAligned()) continue;
    Index seen = 0;
    for (Index g = 0; g + 1 < static_cast<Index>(starts.size()); ++g) {
      for (const Piece& piece : cut.PiecesOfCondition(g)) {
        EXPECT_EQ(piece.condition, g);
        EXPECT_EQ(cut.Panels(Axis::kSample)[static_cast<std::size_t>(piece.panel)].first + piece.first, seen);
        seen += piece.count;
      }
      EXPECT_EQ(seen, starts[static_cast<std::size_t>(g) + 1]) << "seed " << seed;
    }
    std::size_t pieces = 0;
    for (Index p = 0; p < static_cast<Index>(cut.Panels(Axis::kSample).size()); ++p) {
      Index row = 0;
      for (const Piece& piece : cut.PiecesOfPanel(p)) {
        EXPECT_EQ(piece.panel, p);
        EXPECT_EQ(piece.first, row);
        row += piece.count;
        ++pieces;
      }
      EXPECT_EQ(row, cut.Panels(Axis::kSample)[static_cast<std::size_t>(p)].count);
    }
    EXPECT_EQ(pieces, cut.AllPieces().size());
  }
}

TEST(BatchCut, SamplesForThemselvesComeInEvenPanels) {
  BatchCut cut;
  for (const Index samples : {1, 5, 1024, 1025, 4099}) {
    cut.SetSamples(samples);
    Index next = 0;
    for (const Panel& panel : cut.Panels(Axis::kSample)) {
      EXPECT_EQ(panel.first, next);
      EXPECT_LE(panel.count, 1028);
      next += panel.count;
      EXPECT_TRUE(next == samples || panel.count % 4 == 0);
    }
    EXPECT_EQ(next, samples);
  }
}

// A panel of one condition alone is what makes its generated weights a matrix that meets many rows.
TEST(BatchCut, LargeGroupsHavePanelsOfTheirOwn) {
  BatchCut cut;
  cut.SetGroups({0, 3, 103, 500, 502});
  for (const Index condition : {1, 2}) {
    for (const Piece& piece : cut.PiecesOfCondition(condition)) {
      EXPECT_EQ(piece.count, cut.Panels(Axis::kSample)[static_cast<std::size_t>(piece.panel)].count);
    }
  }
  EXPECT_EQ(cut.PiecesOfCondition(1).size(), 1U);
  EXPECT_EQ(cut.PiecesOfCondition(2).size(), 4U);  // 397 rows, at most 128 each
}

TEST(BatchCut, OneSampleForEachConditionIsAligned) {
  BatchCut cut;
  cut.SetGroups({0, 1, 2, 3});
  EXPECT_TRUE(cut.IsAligned());
  cut.SetGroups({0, 1, 1, 3});  // as many, but not one each
  EXPECT_FALSE(cut.IsAligned());
  cut.SetSamples(7);
  EXPECT_TRUE(cut.IsAligned());
  EXPECT_EQ(cut.Rows(Axis::kCondition), 7);
}

}  // namespace
}  // namespace hyperwidth
