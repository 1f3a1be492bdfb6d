// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/line_blocks.h"

#include <algorithm>
#include <span>
#include <stdexcept>

namespace hyperwidth {

void FailAtLine(const std::string& name, std::int64_t number, const std::string& what) {
  throw std::runtime_error(name + ", line " + std::to_string(number) + ": " + what);
}

bool LineBlocks::Next(LineBlock& block) {
  block.first_line = next_line_;
  block.text = {};
  ReadLines(block);
  CountLines(block);
  return !block.text.empty();
}

// The text up to the last newline of what is read, which is more the longer the line that has begun; what is behind
// that is kept for the next block.
void LineBlocks::ReadLines(LineBlock& block) {
  std::vector<char>& buffer = block.buffer;
  std::size_t used = rest_.size();
  buffer.resize(std::max(buffer.size(), used));
  std::copy(rest_.begin(), rest_.end(), buffer.begin());
  rest_.clear();
  while (!at_end_) {
    if (used > kMostLine) break;  // has no end yet
    // One byte more than the file has, so that its end is seen at once.
    const auto chunk = static_cast<std::size_t>(std::min<std::uint64_t>(std::max(kBlock, used), stream_.size() + 1));
    buffer.resize(std::max(buffer.size(), used + chunk));
    const std::size_t got = stream_.Read(std::as_writable_bytes(std::span(buffer).subspan(used, chunk)));
    at_end_ = got < chunk;
    const std::size_t newline = std::string_view(buffer.data() + used, got).rfind('\n');
    if (newline != std::string_view::npos) {
      const std::size_t stop = used + newline + 1;
      rest_.assign(buffer.data() + stop, buffer.data() + used + got);
      block.text = std::string_view(buffer.data(), stop);
      return;
    }
    used += got;
  }
  block.text = std::string_view(buffer.data(), used);
}

// A line that is too long begins a block, so that what is wrong before it is found first.
void LineBlocks::CountLines(LineBlock& block) {
  block.rows = 0;
  for (std::string_view rest = block.text; !rest.empty(); ++next_line_) {
    const std::size_t before = block.text.size() - rest.size();
    const std::string_view line = TakeLine(rest);
    if (line.size() > kMostLine) {
      if (before == 0) {
        FailAtLine(
            name(), next_line_, "is longer than " + std::to_string(kMostLine) + " bytes; accepted: lines of a table");
      }
      rest_.insert(rest_.begin(), block.text.begin() + static_cast<std::ptrdiff_t>(before), block.text.end());
      block.text = block.text.substr(0, before);
      return;
    }
    if (!IsBlank(line)) ++block.rows;
  }
}

}  // namespace hyperwidth
