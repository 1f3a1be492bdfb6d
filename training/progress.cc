// SPDX-License-Identifier: Apache-2.0
#include "training/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace hyperwidth {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kRedrawAfter{200};
constexpr const char* kClearLine = "\r\x1b[K";

std::string Grouped(double count) {
  std::string digits = fmt::format("{:.0f}", count);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

std::string Duration(double seconds) {
  const auto whole = static_cast<long long>(std::ceil(seconds));
  if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

ProgressLine::ProgressLine(std::string title, Index samples_per_epoch, Index epochs, std::FILE* stream)
    : title_(std::move(title)),
      samples_per_epoch_(samples_per_epoch),
      epochs_(epochs),
      stream_(stream),
      is_terminal_(::isatty(::fileno(stream)) == 1),
      start_(Clock::now()),
      last_drawn_(start_) {}

ProgressLine::~ProgressLine() {
  if (!is_drawn_) return;
  std::fputs(kClearLine, stream_);
  std::fflush(stream_);
}

void ProgressLine::Update(const TrainingStep& step) {
  if (!is_terminal_) return;
  const Clock::time_point now = Clock::now();
  if (now - last_drawn_ < kRedrawAfter && is_drawn_) return;
  last_drawn_ = now;
  is_drawn_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  std::fputs((kClearLine + Text(step, seconds)).c_str(), stream_);
  std::fflush(stream_);
}

std::string ProgressLine::Text(const TrainingStep& step, double seconds) const {
  const auto per_epoch = static_cast<double>(samples_per_epoch_);
  const double done = static_cast<double>(step.epoch - 1) * per_epoch + static_cast<double>(step.samples_in_epoch);
  const double total = static_cast<double>(epochs_) * per_epoch;
  const double rate = done / std::max(seconds, 1e-9);
  const double percent = 100 * static_cast<double>(step.samples_in_epoch) / per_epoch;
  return fmt::format("{}: epoch {}/{}  {:.0f} %  loss {:.4f}  {} samples/s  {} left",
                     title_,
                     step.epoch,
                     epochs_,
                     percent,
                     step.mean_loss,
                     Grouped(rate),
                     Duration((total - done) / rate));
}

}  // namespace hyperwidth
