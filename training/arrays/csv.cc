// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/csv.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string_view>

#include "training/arrays/byte_stream.h"
#include "training/arrays/csv_columns.h"
#include "training/arrays/csv_rows.h"
#include "training/arrays/line_blocks.h"
#include "training/thread_budget.h"

namespace hyperwidth {
namespace {

std::uint64_t CountNewlines(FileStream& file) {
  std::vector<char> chunk(static_cast<std::size_t>(std::min<std::uint64_t>(file.size(), LineBlocks::kBlock)));
  std::uint64_t newlines = 0;
  while (const std::size_t got = file.Read(std::as_writable_bytes(std::span(chunk)))) {
    const char* at = chunk.data();
    const char* const end = at + got;
    // From line to line, which is several times as fast as looking at each byte.
    while ((at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)))) != nullptr) {
      ++newlines;
      ++at;
    }
  }
  return newlines;
}

// At most as many rows as there can be with so many numbers in each: a line below the first for each newline, but each
// number takes a byte and another behind it, whatever the number of blank lines.
std::int64_t MostRows(std::uint64_t newlines, std::uint64_t bytes, std::int64_t numbers) {
  const std::uint64_t fitting = bytes / (2 * static_cast<std::uint64_t>(numbers)) + 1;
  return static_cast<std::int64_t>(std::min(newlines, fitting));
}

void SkipByteOrderMark(std::string_view& line) {
  if (line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
  if (line.starts_with("\xff\xfe") || line.starts_with("\xfe\xff")) {
    throw std::invalid_argument("found text in UTF-16; accepted: ASCII or UTF-8");
  }
}

// Of the first line that is not blank. Leaves in `block` what of its block is behind it.
CsvHeader ReadHeader(LineBlocks& lines, LineBlock& block, const std::vector<CsvArray>& accepted) {
  std::int64_t number = 1;
  while (lines.Next(block)) {
    while (!block.text.empty()) {
      number = block.first_line++;
      std::string_view line = TakeLine(block.text);
      try {
        if (number == 1) SkipByteOrderMark(line);
        if (IsBlank(line)) continue;
        --block.rows;
        return ParseCsvHeader(line, accepted);
      } catch (const std::invalid_argument& refusal) {
        FailAtLine(lines.name(), number, refusal.what());
      }
    }
  }
  FailAtLine(
      lines.name(), number, "the file is empty; accepted: a line with the names of the columns, and rows of numbers");
}

}  // namespace

NamedArrays ReadCsv(const std::filesystem::path& path, const std::vector<CsvArray>& accepted, int threads) {
  FileStream file(path);
  const std::uint64_t newlines = CountNewlines(file);
  file.Rewind();
  LineBlocks lines(file);
  LineBlock block;
  const CsvHeader header = ReadHeader(lines, block, accepted);
  const auto numbers = std::count_if(
      header.columns.begin(), header.columns.end(), [](const CsvColumn& column) { return column.array != nullptr; });
  const std::uint64_t blocks = file.size() / LineBlocks::kBlock + 1;
  const auto most = static_cast<std::uint64_t>(threads > 0 ? threads : AvailableThreads());
  return ReadRows(
      lines, block, header, MostRows(newlines, file.size(), numbers), static_cast<int>(std::min(most, blocks)));
}

}  // namespace hyperwidth
