// SPDX-License-Identifier: Apache-2.0
#include "training/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace hyperwidth {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kRedrawAfter{200};

std::string Grouped(double count) {
  std::string digits = fmt::format("{:.0f}", count);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

}  // namespace

ProgressLine::ProgressLine(std::string title, Index items_per_epoch, Index epochs, std::FILE* stream)
    : title_(std::move(title)),
      items_per_epoch_(items_per_epoch),
      epochs_(epochs),
      line_(stream),
      start_(Clock::now()),
      last_drawn_(start_) {}

void ProgressLine::Update(const TrainingStep& step) {
  if (!line_.is_terminal()) return;
  const Clock::time_point now = Clock::now();
  if (now - last_drawn_ < kRedrawAfter && line_.is_drawn()) return;
  last_drawn_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  line_.Draw(Text(step, seconds));
}

std::string ProgressLine::Text(const TrainingStep& step, double seconds) const {
  const auto per_epoch = static_cast<double>(items_per_epoch_);
  const double done = static_cast<double>(step.epoch - 1) * per_epoch + static_cast<double>(step.items_in_epoch);
  const double total = static_cast<double>(epochs_) * per_epoch;
  const double elapsed = std::max(seconds, 1e-9);
  const double percent = 100 * static_cast<double>(step.items_in_epoch) / per_epoch;
  return fmt::format("{}: epoch {}/{}  {:.0f} %  loss {:.4f}  {} samples/s  {} left",
                     title_,
                     step.epoch,
                     epochs_,
                     percent,
                     step.mean_loss,
                     Grouped(static_cast<double>(step.samples) / elapsed),
                     DurationText((total - done) / (done / elapsed)));
}

}  // namespace hyperwidth
