// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/csv.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "training/arrays/byte_stream.h"
#include "training/arrays/csv_columns.h"
#include "training/arrays/csv_field.h"
#include "training/arrays/line_reader.h"

namespace hyperwidth {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 18;  // bytes

bool IsBlank(std::string_view line) { return line.find_first_not_of(" \t") == std::string_view::npos; }

// At most as many rows as there can be with so many numbers in each: the lines of the file, but each number takes a
// byte and another behind it, whatever the number of blank lines.
std::int64_t MostRows(FileStream& file, std::int64_t numbers) {
  std::vector<char> chunk(static_cast<std::size_t>(std::min<std::uint64_t>(file.size(), kChunk)));
  std::uint64_t newlines = 0, bytes = 0;
  while (const std::size_t got = file.Read(std::as_writable_bytes(std::span(chunk)))) {
    const char* at = chunk.data();
    const char* const end = at + got;
    // From line to line, which is several times as fast as looking at each byte.
    while ((at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)))) != nullptr) {
      ++newlines;
      ++at;
    }
    bytes += got;
  }
  file.Rewind();
  const std::uint64_t fitting = bytes / (2 * static_cast<std::uint64_t>(numbers)) + 1;
  return static_cast<std::int64_t>(std::min(newlines, fitting));
}

// Where the numbers of a column go: every step-th place from `next` on.
struct Cursor {
  double* next = nullptr;
  std::int64_t step = 0;
};

// Reads the rows below the header.
class TableReader {
 public:
  TableReader(LineReader& lines, const CsvHeader& header, std::int64_t most_rows)
      : lines_(lines), header_(header), most_rows_(most_rows), cursors_(header.columns.size()) {
    for (std::size_t c = 0; c < cursors_.size(); ++c) {
      const CsvColumn& column = header_.columns[c];
      if (column.array == nullptr) continue;
      const std::int64_t width = header_.counts.at(column.array->name);
      const auto [entry, added] = arrays_.try_emplace(column.array->name);
      if (added) {
        entry->second = NumericArray(NumberType::kFloat64,
                                     column.array->is_vector ? std::vector<std::int64_t>{most_rows, width}
                                                             : std::vector<std::int64_t>{most_rows});
      }
      cursors_[c] = {.next = reinterpret_cast<double*>(entry->second.bytes().data()) + column.index, .step = width};
    }
  }

  NamedArrays Read() {
    std::string_view line;
    std::int64_t rows = 0;
    while (lines_.Next(line)) {
      if (IsBlank(line)) continue;
      // Only a file that grows while it is read has more.
      if (rows == most_rows_) lines_.Fail("found more rows than a moment ago; accepted: a file that stays as it is");
      ReadRow(line);
      ++rows;
    }
    for (auto& [name, array] : arrays_) array.KeepRows(rows);
    return std::move(arrays_);
  }

 private:
  void ReadRow(std::string_view line) {
    std::string_view rest = line;
    bool more = true;
    for (std::size_t c = 0; c < cursors_.size(); ++c) {
      if (!more) FailCount(line);
      Cursor& cursor = cursors_[c];
      if (cursor.next != nullptr && TakePlainNumber(rest, header_.delimiter, *cursor.next)) {
        more = !rest.empty();
        if (more) rest.remove_prefix(1);
      } else {
        ReadField(header_.columns[c], cursor, rest, more);
      }
      cursor.next += cursor.step;
    }
    // One delimiter more at the end is no field.
    if (more && !IsBlank(rest)) FailCount(line);
  }

  void ReadField(const CsvColumn& column, const Cursor& cursor, std::string_view& rest, bool& more) {
    try {
      const std::string text = TakeField(rest, header_.delimiter, more);
      if (cursor.next != nullptr) *cursor.next = NumberOf(text, column.array->words);
    } catch (const std::invalid_argument& refusal) {
      lines_.Fail("column " + column.name + ": " + refusal.what());
    }
  }

  [[noreturn]] void FailCount(std::string_view line) const {
    std::size_t fields = 0;
    try {
      for (bool more = true; more; ++fields) TakeField(line, header_.delimiter, more);
    } catch (const std::invalid_argument& refusal) {
      lines_.Fail(refusal.what());
    }
    const bool comma = header_.delimiter == ',' && fields > cursors_.size();
    lines_.Fail("found " + std::to_string(fields) + " fields; accepted: " + std::to_string(cursors_.size()) +
                ", as in the first line" + (comma ? " (commas separate fields; decimals need a point)" : ""));
  }

  LineReader& lines_;
  const CsvHeader& header_;
  std::int64_t most_rows_;
  NamedArrays arrays_;
  std::vector<Cursor> cursors_;
};

void SkipByteOrderMark(std::string_view& line, const LineReader& lines) {
  if (line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
  if (line.starts_with("\xff\xfe") || line.starts_with("\xfe\xff")) {
    lines.Fail("found text in UTF-16; accepted: ASCII or UTF-8");
  }
}

CsvHeader ReadHeader(LineReader& lines, const std::vector<CsvArray>& accepted) {
  std::string_view line;
  while (lines.Next(line)) {
    SkipByteOrderMark(line, lines);
    if (IsBlank(line)) continue;
    try {
      return ParseCsvHeader(line, accepted);
    } catch (const std::invalid_argument& refusal) {
      lines.Fail(refusal.what());
    }
  }
  lines.Fail("the file is empty; accepted: a line with the names of the columns, and rows of numbers");
}

}  // namespace

NamedArrays ReadCsv(const std::filesystem::path& path, const std::vector<CsvArray>& accepted) {
  FileStream file(path);
  LineReader header_lines(file);
  const CsvHeader header = ReadHeader(header_lines, accepted);
  const auto numbers = std::count_if(
      header.columns.begin(), header.columns.end(), [](const CsvColumn& column) { return column.array != nullptr; });
  file.Rewind();
  const std::int64_t most_rows = MostRows(file, numbers);
  LineReader lines(file);
  for (std::string_view line; lines.number() < header_lines.number();) lines.Next(line);
  return TableReader(lines, header, most_rows).Read();
}

}  // namespace hyperwidth
