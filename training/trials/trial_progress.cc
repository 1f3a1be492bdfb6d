// SPDX-License-Identifier: Apache-2.0
#include "training/trials/trial_progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace hyperwidth {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kRedrawAfter{1};

}  // namespace

std::string TrialProgressText(const std::string& title, const TrialCounts& counts, double seconds) {
  const double done = counts.restored_work + counts.work;
  std::string text = fmt::format("{}: {}/{} trials  {:.0f} %",
                                 title,
                                 counts.finished,
                                 counts.trials,
                                 100 * done / std::max(counts.total_work, done));
  if (counts.work <= 0) return text;
  const double left = (counts.total_work - done) * counts.last_finish_second / counts.work;
  const double since = seconds - counts.last_finish_second;
  return text + "  " + DurationText(std::max(0.0, left - since)) + " left";
}

TrialProgress::TrialProgress(std::string title,
                             TrialCounts counts,
                             const std::atomic<bool>& stopping,
                             std::FILE* stream)
    : title_(std::move(title)), counts_(counts), stopping_(stopping), start_(Clock::now()), line_(stream) {
  if (line_.is_terminal() && !title_.empty()) drawer_ = std::thread([this] { KeepDrawing(); });
}

TrialProgress::~TrialProgress() {
  if (!drawer_.joinable()) return;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ends_ = true;
  }
  end_.notify_one();
  drawer_.join();
}

void TrialProgress::Finish(double work, const std::function<void()>& report) {
  const std::lock_guard<std::mutex> lock(mutex_);
  ++counts_.finished;
  counts_.work += work;
  counts_.last_finish_second = Seconds();
  line_.Remove();
  report();
  if (drawer_.joinable()) Draw();
}

double TrialProgress::Seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

void TrialProgress::Draw() {
  if (stopping_.load()) {
    line_.Draw(
        fmt::format("{}: {}/{} trials  stopping; Ctrl-C again ends at once", title_, counts_.finished, counts_.trials));
  } else {
    line_.Draw(TrialProgressText(title_, counts_, Seconds()));
  }
}

void TrialProgress::KeepDrawing() {
  std::unique_lock<std::mutex> lock(mutex_);
  do {
    Draw();
  } while (!end_.wait_for(lock, kRedrawAfter, [this] { return ends_; }));
}

}  // namespace hyperwidth
