// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_TRIALS_TRIAL_PROGRESS_H_
#define HYPERWIDTH_TRAINING_TRIALS_TRIAL_PROGRESS_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdio>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "training/terminal_line.h"

namespace hyperwidth {

// How far a run of trials is.
struct TrialCounts {
  std::size_t finished = 0;
  std::size_t trials = 0;
  double restored_work = 0;       // of trials that an earlier run finished
  double work = 0;                // of trials that this run finished
  double total_work = 0;          // of all
  double last_finish_second = 0;  // when this run's last trial finished, since the start
};

// "modularity_gap: 37/120 trials  41 %  2:10 left" at a time since the start of this run. The time left assumes that
// the remaining work goes on at the speed so far; left out before the first trial has finished.
std::string TrialProgressText(const std::string& title, const TrialCounts& counts, double seconds);

// One line on a terminal that says so, rewritten every second. Silent if the stream is not a terminal, or the title
// empty.
class TrialProgress {
 public:
  // `counts` are those at the start; `stopping` is set once the run has been asked to stop, and outlives this.
  TrialProgress(std::string title, TrialCounts counts, const std::atomic<bool>& stopping, std::FILE* stream = stderr);
  TrialProgress(const TrialProgress&) = delete;
  TrialProgress& operator=(const TrialProgress&) = delete;
  // Removes the line.
  ~TrialProgress();

  // Counts a finished trial, and runs `report` while the line is away, so that it may print.
  void Finish(double work, const std::function<void()>& report);

 private:
  void Draw();
  void KeepDrawing();
  double Seconds() const;

  std::string title_;
  TrialCounts counts_;
  const std::atomic<bool>& stopping_;
  std::chrono::steady_clock::time_point start_;
  std::mutex mutex_;  // of all that follows, and counts_
  TerminalLine line_;
  bool ends_ = false;
  std::condition_variable end_;
  std::thread drawer_;  // none: silent
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TRIALS_TRIAL_PROGRESS_H_
