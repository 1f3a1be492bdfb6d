// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_ARRAYS_LINE_READER_H_
#define HYPERWIDTH_TRAINING_ARRAYS_LINE_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "training/arrays/byte_stream.h"

namespace hyperwidth {

// The lines of a file, one after the other, in memory that does not grow with the file.
class LineReader {
 public:
  static constexpr std::size_t kMostLine = std::size_t{1} << 24;  // bytes; a longer line is none

  // From where the stream is. It must outlive the reader.
  explicit LineReader(ByteStream& stream) : stream_(stream) {}

  // The next line, without its end (newline, or carriage return and newline), which stays valid until the next call.
  // False if there is none. Throws: std::runtime_error as the stream, or for a line of more than kMostLine bytes.
  bool Next(std::string_view& line);

  std::int64_t number() const { return number_; }  // of the line that was read last, from 1

  // Throws std::runtime_error: "<name>, line <number>: <what>".
  [[noreturn]] void Fail(const std::string& what) const;

 private:
  bool Refill();
  void RequireLine(std::size_t bytes);

  ByteStream& stream_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;  // what of the buffer has not been handed out
  bool at_end_ = false;
  std::int64_t number_ = 0;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_ARRAYS_LINE_READER_H_
