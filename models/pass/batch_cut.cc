// SPDX-License-Identifier: Apache-2.0

#include "models/pass/batch_cut.h"

#include <algorithm>
#include <utility>

namespace hyperwidth {
namespace {

// Rows of a panel: two, four or eight vectors of floats on the widest processors. Fewer where a batch is small, so that
// threads can share it.
constexpr Index kSmallPanel = 32, kPanel = 64, kLargestPanel = 128;
constexpr Index kSmallBatch = 256;
// Of samples that are computed for themselves.
constexpr Index kSamplesAtOnce = 1024;

Index PanelSize(Index rows) { return rows < kSmallBatch ? kSmallPanel : kPanel; }

}  // namespace

Index BatchCut::Rows(Axis axis) const {
  return axis == Axis::kTheta ? 1 : axis == Axis::kCondition ? conditions_ : samples_;
}

const std::vector<Panel>& BatchCut::Panels(Axis axis) const {
  return axis == Axis::kTheta ? theta_ : axis == Axis::kCondition ? conditions_panels_ : sample_panels_;
}

std::span<const Piece> BatchCut::Wholes(Axis axis) const {
  return axis == Axis::kTheta ? whole_theta_ : axis == Axis::kCondition ? whole_conditions_ : whole_samples_;
}

std::span<const Piece> BatchCut::PiecesOfPanel(Index panel) const {
  const auto at = static_cast<std::size_t>(panel);
  return std::span(pieces_).subspan(of_panel_[at], of_panel_[at + 1] - of_panel_[at]);
}

std::span<const Piece> BatchCut::PiecesOfCondition(Index condition) const {
  const auto at = static_cast<std::size_t>(condition);
  return std::span(pieces_).subspan(of_condition_[at], of_condition_[at + 1] - of_condition_[at]);
}

void BatchCut::CutEvenly(Index rows, Index size, std::vector<Panel>& panels) {
  panels.clear();
  for (Index first = 0; first < rows; first += size) {
    panels.push_back({.first = first, .count = std::min(size, rows - first)});
  }
}

// A group of many samples is cut into panels of its own, small ones are put together.
void BatchCut::CutAlongGroups(const std::vector<Index>& group_starts) {
  sample_panels_.clear();
  Panel small;
  const auto flush = [&] {
    if (small.count > 0) sample_panels_.push_back(small);
    small = {.first = small.first + small.count, .count = 0};
  };
  for (Index g = 0; g < conditions_; ++g) {
    const Index first = group_starts[static_cast<std::size_t>(g)];
    const Index count = group_starts[static_cast<std::size_t>(g) + 1] - first;
    if (count < kSmallPanel) {
      if (small.count + count > kPanel) flush();
      small.count += count;
      continue;
    }
    flush();
    const Index panels = (count + kLargestPanel - 1) / kLargestPanel;
    for (Index i = 0; i < panels; ++i) {
      const Index begin = count * i / panels;
      sample_panels_.push_back({.first = first + begin, .count = count * (i + 1) / panels - begin});
    }
    small = {.first = first + count, .count = 0};
  }
  flush();
}

void BatchCut::SetSamples(Index samples) {
  samples_ = conditions_ = samples;
  is_aligned_ = true;
  const Index panels = (samples + kSamplesAtOnce - 1) / kSamplesAtOnce;
  condition_panel_ = ((samples + panels - 1) / panels + 3) / 4 * 4;
  CutEvenly(conditions_, condition_panel_, conditions_panels_);
  sample_panels_ = conditions_panels_;
  FindWholes();
}

void BatchCut::SetGroups(const std::vector<Index>& group_starts) {
  samples_ = group_starts.back();
  conditions_ = static_cast<Index>(group_starts.size()) - 1;
  is_aligned_ = conditions_ == samples_;
  for (std::size_t g = 0; is_aligned_ && g + 1 < group_starts.size(); ++g) {
    is_aligned_ = group_starts[g + 1] == group_starts[g] + 1;
  }
  condition_panel_ = PanelSize(conditions_);
  CutEvenly(conditions_, condition_panel_, conditions_panels_);
  if (is_aligned_) {
    sample_panels_ = conditions_panels_;
  } else {
    CutAlongGroups(group_starts);
    FindPieces(group_starts);
  }
  FindWholes();
}

void BatchCut::FindWholes() {
  largest_panel_ = 1;
  for (const auto& [panels, wholes] :
       {std::pair{&conditions_panels_, &whole_conditions_}, std::pair{&sample_panels_, &whole_samples_}}) {
    wholes->clear();
    for (const Panel& panel : *panels) {
      wholes->push_back({.panel = static_cast<Index>(wholes->size()), .count = panel.count});
      largest_panel_ = std::max(largest_panel_, panel.count);
    }
  }
}

void BatchCut::FindPieces(const std::vector<Index>& group_starts) {
  pieces_.clear();
  of_panel_.clear();
  of_condition_.assign(1, 0);
  Index condition = 0;
  for (std::size_t p = 0; p < sample_panels_.size(); ++p) {
    const Panel& panel = sample_panels_[p];
    of_panel_.push_back(pieces_.size());
    for (Index row = 0; row < panel.count;) {
      const Index sample = panel.first + row;
      while (group_starts[static_cast<std::size_t>(condition) + 1] <= sample) {
        of_condition_.push_back(pieces_.size());
        ++condition;
      }
      const Index end = group_starts[static_cast<std::size_t>(condition) + 1] - panel.first;
      const Index count = std::min(panel.count, end) - row;
      pieces_.push_back({.panel = static_cast<Index>(p), .first = row, .count = count, .condition = condition});
      row += count;
    }
  }
  of_panel_.push_back(pieces_.size());
  of_condition_.resize(static_cast<std::size_t>(conditions_) + 1, pieces_.size());
}

}  // namespace hyperwidth
