// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/csv_rows.h"

#include <cstddef>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "training/arrays/csv_field.h"

namespace hyperwidth {
namespace {

// Where the numbers of a column go: every step-th place from `next` on.
struct Cursor {
  double* next = nullptr;
  std::int64_t step = 0;
};

// Parses lines one after the other.
class RowParser {
 public:
  // `cursors`: for each column its place in the first of the rows; no place for one that is skipped.
  RowParser(const std::string& name, const CsvHeader& header, std::vector<Cursor> cursors)
      : name_(name), header_(header), cursors_(std::move(cursors)) {}

  void Parse(const LineBlock& block) {
    number_ = block.first_line;
    for (std::string_view rest = block.text; !rest.empty(); ++number_) {
      const std::string_view line = TakeLine(rest);
      if (!IsBlank(line)) ParseRow(line);
    }
  }

 private:
  void ParseRow(std::string_view line) {
    std::string_view rest = line;
    bool more = true;
    for (std::size_t c = 0; c < cursors_.size(); ++c) {
      if (!more) FailCount(line);
      Cursor& cursor = cursors_[c];
      if (cursor.next != nullptr && TakePlainNumber(rest, header_.delimiter, *cursor.next)) {
        more = !rest.empty();
        if (more) rest.remove_prefix(1);
      } else {
        ParseField(header_.columns[c], cursor, rest, more);
      }
      cursor.next += cursor.step;
    }
    // One delimiter more at the end is no field.
    if (more && !IsBlank(rest)) FailCount(line);
  }

  void ParseField(const CsvColumn& column, const Cursor& cursor, std::string_view& rest, bool& more) {
    try {
      const std::string text = TakeField(rest, header_.delimiter, more);
      if (cursor.next != nullptr) *cursor.next = NumberOf(text, column.array->words);
    } catch (const std::invalid_argument& refusal) {
      FailAtLine(name_, number_, "column " + column.name + ": " + refusal.what());
    }
  }

  [[noreturn]] void FailCount(std::string_view line) const {
    std::size_t fields = 0;
    try {
      for (bool more = true; more; ++fields) TakeField(line, header_.delimiter, more);
    } catch (const std::invalid_argument& refusal) {
      FailAtLine(name_, number_, refusal.what());
    }
    const bool comma = header_.delimiter == ',' && fields > cursors_.size();
    FailAtLine(name_,
               number_,
               "found " + std::to_string(fields) + " fields; accepted: " + std::to_string(cursors_.size()) +
                   ", as in the first line" + (comma ? " (commas separate fields; decimals need a point)" : ""));
  }

  const std::string& name_;
  const CsvHeader& header_;
  std::vector<Cursor> cursors_;
  std::int64_t number_ = 0;  // of the line
};

// Hands out blocks of lines in their order, each with the number of rows before it, and keeps the arrays.
class TableReader {
 public:
  TableReader(LineBlocks& lines, const CsvHeader& header, std::int64_t most_rows)
      : lines_(lines), header_(header), most_rows_(most_rows), first_row_(header.columns.size()) {
    for (std::size_t c = 0; c < first_row_.size(); ++c) {
      const CsvColumn& column = header_.columns[c];
      if (column.array == nullptr) continue;
      const std::int64_t width = header_.counts.at(column.array->name);
      const auto [entry, added] = arrays_.try_emplace(column.array->name);
      if (added) {
        entry->second = NumericArray(NumberType::kFloat64,
                                     column.array->is_vector ? std::vector<std::int64_t>{most_rows, width}
                                                             : std::vector<std::int64_t>{most_rows});
      }
      first_row_[c] = {.next = reinterpret_cast<double*>(entry->second.bytes().data()) + column.index, .step = width};
    }
  }

  NamedArrays Read(LineBlock& first, int threads) {
    const std::int64_t rows_before = TakeRows(first);
    {
      std::vector<std::jthread> helpers;
      try {
        for (int i = 1; i < threads; ++i) helpers.emplace_back([this] { ParseBlocks(); });
      } catch (const std::system_error&) {
        // Fewer have to do.
      }
      ParseBlock(first, rows_before);
      ParseBlocks();
    }
    if (failure_) std::rethrow_exception(failure_);
    for (auto& [name, array] : arrays_) array.KeepRows(rows_);
    return std::move(arrays_);
  }

 private:
  void ParseBlocks() {
    LineBlock block;
    std::int64_t rows_before = 0;
    while (TakeBlock(block, rows_before)) ParseBlock(block, rows_before);
  }

  void ParseBlock(const LineBlock& block, std::int64_t rows_before) {
    try {
      std::vector<Cursor> cursors = first_row_;
      for (Cursor& cursor : cursors) cursor.next += rows_before * cursor.step;
      RowParser(lines_.name(), header_, std::move(cursors)).Parse(block);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      KeepFailure(block.first_line);
    }
  }

  // The next block and the rows before it; false if there is none, or has been a mistake.
  bool TakeBlock(LineBlock& block, std::int64_t& rows_before) {
    const std::lock_guard lock(mutex_);
    if (failure_) return false;
    try {
      if (!lines_.Next(block)) return false;
      rows_before = TakeRows(block);
      return true;
    } catch (...) {
      KeepFailure(block.first_line);
      return false;
    }
  }

  // Of the mistakes in blocks that had been handed out, all of them before the one at which this ends, the first.
  void KeepFailure(std::int64_t first_line) {
    if (failure_ && failure_line_ < first_line) return;
    failure_ = std::current_exception();
    failure_line_ = first_line;
  }

  std::int64_t TakeRows(const LineBlock& block) {
    const std::int64_t before = rows_;
    // Only a file that grows while it is read has more.
    if (block.rows > most_rows_ - before) {
      FailAtLine(lines_.name(),
                 block.first_line,
                 "found more rows from here on than a moment ago; accepted: a file that stays as it is");
    }
    rows_ += block.rows;
    return before;
  }

  LineBlocks& lines_;
  const CsvHeader& header_;
  std::int64_t most_rows_;
  NamedArrays arrays_;
  std::vector<Cursor> first_row_;
  std::mutex mutex_;
  std::int64_t rows_ = 0;  // of all blocks that have been handed out
  std::exception_ptr failure_;
  std::int64_t failure_line_ = 0;
};

}  // namespace

NamedArrays ReadRows(
    LineBlocks& lines, LineBlock& first, const CsvHeader& header, std::int64_t most_rows, int threads) {
  return TableReader(lines, header, most_rows).Read(first, threads);
}

}  // namespace hyperwidth
