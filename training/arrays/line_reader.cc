// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/line_reader.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <stdexcept>

namespace hyperwidth {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 18;  // bytes: stays in the second cache while it is read

}  // namespace

// Moves what is left to the front and reads behind it. False at the end of the file.
bool LineReader::Refill() {
  if (at_end_) return false;
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
            buffer_.begin() + static_cast<std::ptrdiff_t>(end_),
            buffer_.begin());
  end_ -= begin_;
  begin_ = 0;
  RequireLine(end_);
  // One byte more than the file has, so that its end is seen at once.
  const auto chunk = static_cast<std::size_t>(std::min<std::uint64_t>(kChunk, stream_.size() + 1));
  if (buffer_.size() < end_ + chunk) buffer_.resize(end_ + std::max(chunk, end_));
  const std::size_t got = stream_.Read(std::as_writable_bytes(std::span(buffer_).subspan(end_)));
  at_end_ = got < buffer_.size() - end_;
  end_ += got;
  return got > 0;
}

// Lines are held against the limit before memory for more of them is had, and when they are complete.
void LineReader::RequireLine(std::size_t bytes) {
  if (bytes <= kMostLine) return;
  ++number_;
  Fail("is longer than " + std::to_string(kMostLine) + " bytes; accepted: lines of a table");
}

bool LineReader::Next(std::string_view& line) {
  std::size_t searched = begin_;
  const char* newline = nullptr;
  while (true) {
    if (end_ > searched) {
      newline = static_cast<const char*>(std::memchr(buffer_.data() + searched, '\n', end_ - searched));
    }
    if (newline != nullptr) break;
    const std::size_t seen = end_ - begin_;
    if (!Refill()) break;
    searched = begin_ + seen;
  }
  if (newline == nullptr && begin_ == end_) return false;
  const auto stop = newline == nullptr ? end_ : static_cast<std::size_t>(newline - buffer_.data());
  RequireLine(stop - begin_);
  line = std::string_view(buffer_.data() + begin_, stop - begin_);
  if (line.ends_with('\r')) line.remove_suffix(1);
  begin_ = newline == nullptr ? end_ : stop + 1;
  ++number_;
  return true;
}

void LineReader::Fail(const std::string& what) const {
  throw std::runtime_error(stream_.name() + ", line " + std::to_string(number_) + ": " + what);
}

}  // namespace hyperwidth
