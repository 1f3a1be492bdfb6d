// SPDX-License-Identifier: Apache-2.0
#include "experiments/synthetic/normal_columns.h"

#include <algorithm>

#include "models/random_stream.h"
#include "models/standard_normal.h"

namespace hyperwidth {
namespace {

Matrix<float> Draw(Index rows, Index columns, std::uint64_t seed, std::uint64_t part) {
  Matrix<float> numbers(rows, columns);
  for (Index column = 0; column < columns; ++column) {
    RandomStream random(seed, {part, static_cast<std::uint64_t>(column)});
    for (Index row = 0; row < rows; row += 2) {
      const auto [first, second] = StandardNormalPair(random);
      numbers(row, column) = static_cast<float>(first);
      if (row + 1 < rows) numbers(row + 1, column) = static_cast<float>(second);
    }
  }
  return numbers;
}

std::size_t BytesOf(const Matrix<float>& numbers) { return static_cast<std::size_t>(numbers.size()) * sizeof(float); }

}  // namespace

std::shared_ptr<const Matrix<float>> NormalColumns::Get(Index rows,
                                                        Index columns,
                                                        std::uint64_t seed,
                                                        std::uint64_t part) {
  // Whoever asks while a matrix is drawn waits, as it is mostly the same one.
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) {
    return kept.rows == rows && kept.columns == columns && kept.seed == seed && kept.part == part;
  });
  if (found != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, found);
    return kept_.front().numbers;
  }
  const auto numbers = std::make_shared<const Matrix<float>>(Draw(rows, columns, seed, part));
  kept_.push_front({.rows = rows, .columns = columns, .seed = seed, .part = part, .numbers = numbers});
  bytes_ += BytesOf(*numbers);
  while (bytes_ > most_bytes_) {
    bytes_ -= BytesOf(*kept_.back().numbers);
    kept_.pop_back();
  }
  return numbers;
}

}  // namespace hyperwidth
