// SPDX-License-Identifier: Apache-2.0
//
// How a batch is cut. Panels are samples (or conditions) that are computed together, few enough that all their values
// stay in a core's cache; pieces are the samples of a panel that share a condition. Both depend on the numbers of
// samples alone, so that no result depends on the number of threads.

#ifndef HYPERWIDTH_MODELS_PASS_BATCH_CUT_H_
#define HYPERWIDTH_MODELS_PASS_BATCH_CUT_H_

#include <span>
#include <vector>

#include "models/graph/graph.h"

namespace hyperwidth {

struct Panel {
  Index first = 0;  // sample or condition
  Index count = 0;
};

// Rows of a panel; for samples, those of one condition. `condition` is -1 where rows of several are taken together.
struct Piece {
  Index panel = 0;
  Index first = 0;  // row of the panel
  Index count = 0;
  Index condition = -1;
};

// Buffers keep their capacity: a batch no larger than one before is cut without an allocation.
class BatchCut {
 public:
  // Groups as in Batch.
  void SetGroups(const std::vector<Index>& group_starts);
  // Every sample counts as a condition of its own, in a few panels, as even as fours of samples allow.
  void SetSamples(Index samples);

  // Whether every condition has exactly one sample, so that what varies with one varies with the other.
  bool IsAligned() const { return is_aligned_; }
  Index Rows(Axis axis) const;  // 1, conditions or samples
  const std::vector<Panel>& Panels(Axis axis) const;
  Index LargestPanel() const { return largest_panel_; }

  // The pieces of a panel of samples, and those of a condition; in order. Not where the batch is aligned.
  std::span<const Piece> PiecesOfPanel(Index panel) const;
  std::span<const Piece> PiecesOfCondition(Index condition) const;
  std::span<const Piece> AllPieces() const { return pieces_; }
  // Every panel of an axis as one piece.
  std::span<const Piece> Wholes(Axis axis) const;
  // The panel of a condition, and its row there.
  Index PanelOf(Index condition) const { return condition / condition_panel_; }
  Index RowOf(Index condition) const { return condition % condition_panel_; }

 private:
  void CutEvenly(Index rows, Index size, std::vector<Panel>& panels);
  void CutAlongGroups(const std::vector<Index>& group_starts);
  void FindPieces(const std::vector<Index>& group_starts);
  void FindWholes();

  bool is_aligned_ = false;
  Index samples_ = 0;
  Index conditions_ = 0;
  Index condition_panel_ = 1;
  Index largest_panel_ = 1;
  std::vector<Panel> theta_ = {{.first = 0, .count = 1}};
  std::vector<Panel> conditions_panels_;
  std::vector<Panel> sample_panels_;
  std::vector<Piece> whole_theta_ = {{.panel = 0, .first = 0, .count = 1}};
  std::vector<Piece> whole_conditions_;
  std::vector<Piece> whole_samples_;
  std::vector<Piece> pieces_;
  std::vector<std::size_t> of_panel_;      // [panels + 1]: the first piece of each
  std::vector<std::size_t> of_condition_;  // [conditions + 1]
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_BATCH_CUT_H_
