// SPDX-License-Identifier: Apache-2.0
#include "training/terminal_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>

namespace hyperwidth {
namespace {

constexpr const char* kClearLine = "\r\x1b[K";

}  // namespace

TerminalLine::TerminalLine(std::FILE* stream) : stream_(stream), is_terminal_(::isatty(::fileno(stream)) == 1) {}

TerminalLine::~TerminalLine() { Remove(); }

void TerminalLine::Draw(const std::string& text) {
  if (!is_terminal_) return;
  is_drawn_ = true;
  std::fputs((kClearLine + text).c_str(), stream_);
  std::fflush(stream_);
}

void TerminalLine::Remove() {
  if (!is_drawn_) return;
  is_drawn_ = false;
  std::fputs(kClearLine, stream_);
  std::fflush(stream_);
}

std::string DurationText(double seconds) {
  const auto whole = static_cast<long long>(std::ceil(seconds));
  if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace hyperwidth
