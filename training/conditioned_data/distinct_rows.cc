// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/distinct_rows.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <span>

namespace hyperwidth {
namespace {

bool IsFloating(NumberType type) {
  return type == NumberType::kFloat16 || type == NumberType::kFloat32 || type == NumberType::kFloat64;
}

// The row's bytes, with those of -0 replaced by those of 0.
void CopyWithoutNegativeZeros(const NumericArray& array, std::int64_t row, std::vector<std::byte>& bytes) {
  const std::span<const std::byte> stored = array.row_bytes(row);
  bytes.assign(stored.begin(), stored.end());
  if (!IsFloating(array.type())) return;
  const std::size_t entry = BytesOf(array.type());
  for (std::size_t i = 0; i < bytes.size(); i += entry) {
    bool is_zero = (bytes[i + entry - 1] & ~std::byte{0x80}) == std::byte{0};  // the sign is the last byte's first bit
    for (std::size_t b = 0; b + 1 < entry; ++b) is_zero = is_zero && bytes[i + b] == std::byte{0};
    if (is_zero) bytes[i + entry - 1] = std::byte{0};
  }
}

// Multiplies and mixes eight bytes at a time (the finaliser of SplitMix64).
std::uint64_t Hash(const std::vector<std::byte>& bytes) {
  std::uint64_t hash = bytes.size();
  for (std::size_t i = 0; i < bytes.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, &bytes[i], std::min<std::size_t>(8, bytes.size() - i));
    hash = (hash ^ word) * 0xbf58476d1ce4e5b9;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
    hash ^= hash >> 31;
  }
  return hash;
}

}  // namespace

DistinctRows FindDistinctRows(const NumericArray& array) {
  const auto rows = static_cast<std::size_t>(array.rows());
  DistinctRows distinct;
  distinct.number_of.reserve(rows);
  // An open table of distinct rows, at most half full: number + 1, or 0 for a free place.
  std::vector<std::int64_t> table(std::bit_ceil(2 * rows + 1), 0);
  std::vector<std::byte> bytes, other;
  for (std::int64_t row = 0; row < array.rows(); ++row) {
    CopyWithoutNegativeZeros(array, row, bytes);
    std::size_t place = Hash(bytes) & (table.size() - 1);
    for (; table[place] != 0; place = (place + 1) & (table.size() - 1)) {
      CopyWithoutNegativeZeros(array, distinct.first[static_cast<std::size_t>(table[place]) - 1], other);
      if (other == bytes) break;
    }
    if (table[place] == 0) {
      distinct.first.push_back(row);
      table[place] = static_cast<std::int64_t>(distinct.first.size());
    }
    distinct.number_of.push_back(table[place] - 1);
  }
  return distinct;
}

}  // namespace hyperwidth
