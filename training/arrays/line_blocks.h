// SPDX-License-Identifier: Apache-2.0
//
// Text in blocks of whole lines, which may then be worked on by several threads.

#ifndef HYPERWIDTH_TRAINING_ARRAYS_LINE_BLOCKS_H_
#define HYPERWIDTH_TRAINING_ARRAYS_LINE_BLOCKS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "training/arrays/byte_stream.h"

namespace hyperwidth {

// Of spaces and tabs, if of anything.
inline bool IsBlank(std::string_view line) { return line.find_first_not_of(" \t") == std::string_view::npos; }

// Takes the first line off `text`, without its end: a newline, or a carriage return and a newline.
inline std::string_view TakeLine(std::string_view& text) {
  const std::size_t newline = text.find('\n');
  std::string_view line = text.substr(0, newline);
  text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// Throws std::runtime_error: "<name>, line <number>: <what>".
[[noreturn]] void FailAtLine(const std::string& name, std::int64_t number, const std::string& what);

struct LineBlock {
  std::string_view text = {};   // whole lines, in the buffer; the last one of a file may have no newline
  std::int64_t first_line = 0;  // its number in the file, from 1
  std::int64_t rows = 0;        // lines that are not blank
  std::vector<char> buffer = {};

  LineBlock() = default;
  LineBlock(const LineBlock&) = delete;  // the text would lie in the other one's buffer
  LineBlock& operator=(const LineBlock&) = delete;
};

// The lines of a file in memory that does not grow with the file.
class LineBlocks {
 public:
  static constexpr std::size_t kBlock = std::size_t{1} << 18;     // bytes, about: stays in the second cache
  static constexpr std::size_t kMostLine = std::size_t{1} << 24;  // bytes; a longer line is none

  // From where the stream is. It must outlive the blocks' reader.
  explicit LineBlocks(ByteStream& stream) : stream_(stream) {}

  const std::string& name() const { return stream_.name(); }

  // The next lines, into the buffer of `block`. False if there are none. Throws: std::runtime_error as the stream, or
  // for a line of more than kMostLine bytes.
  bool Next(LineBlock& block);

 private:
  void ReadLines(LineBlock& block);
  void CountLines(LineBlock& block);

  ByteStream& stream_;
  std::vector<char> rest_;  // a line that has begun
  std::int64_t next_line_ = 1;
  bool at_end_ = false;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_ARRAYS_LINE_BLOCKS_H_
