// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_PROGRESS_H_
#define HYPERWIDTH_TRAINING_PROGRESS_H_

#include <chrono>
#include <cstdio>
#include <string>

#include "models/types.h"
#include "training/terminal_line.h"
#include "training/trainer.h"

namespace hyperwidth {

// One line on a terminal that says how training goes, rewritten a few times a second:
//
//   hypernetwork, depth 2: epoch 3/10  45 %  loss 0.8123  12,034 samples/s  1:09 left
//
// Silent if the stream is not a terminal, so that logs and pipes stay clean.
class ProgressLine {
 public:
  // How many items of the data an epoch has, and how many epochs there are. The line goes to `stream`, by default
  // standard error.
  ProgressLine(std::string title, Index items_per_epoch, Index epochs, std::FILE* stream = stderr);

  // Call after every training step; cheap when it is not yet time to redraw.
  void Update(const TrainingStep& step);

  // The text for a step `seconds` after the start.
  std::string Text(const TrainingStep& step, double seconds) const;

 private:
  std::string title_;
  Index items_per_epoch_;
  Index epochs_;
  TerminalLine line_;  // removed with this object
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point last_drawn_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_PROGRESS_H_
