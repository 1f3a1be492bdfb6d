// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/numeric_array.h"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace hyperwidth {
namespace {

struct TypeFacts {
  const char* name;
  std::size_t bytes;
};

constexpr std::array<TypeFacts, 12> kTypes = {{{"bool", 1},
                                               {"int8", 1},
                                               {"int16", 2},
                                               {"int32", 4},
                                               {"int64", 8},
                                               {"uint8", 1},
                                               {"uint16", 2},
                                               {"uint32", 4},
                                               {"uint64", 8},
                                               {"float16", 2},
                                               {"float32", 4},
                                               {"float64", 8}}};

const TypeFacts& FactsOf(NumberType type) { return kTypes.at(static_cast<std::size_t>(type)); }

template <typename Scalar>
constexpr NumberType kTypeOf = std::is_same_v<Scalar, float>          ? NumberType::kFloat32
                               : std::is_same_v<Scalar, double>       ? NumberType::kFloat64
                               : std::is_same_v<Scalar, std::int64_t> ? NumberType::kInt64
                                                                      : NumberType::kUint8;

// The number of entries. Throws unless they fit into less than 2^63 bytes.
std::int64_t SizeOf(NumberType type, const std::vector<std::int64_t>& shape) {
  if (std::any_of(shape.begin(), shape.end(), [](std::int64_t side) { return side < 0; })) {
    throw std::invalid_argument("shape: found " + ShapeText(shape) + ", accepted: sizes of at least 0");
  }
  if (std::find(shape.begin(), shape.end(), 0) != shape.end()) return 0;
  std::int64_t size = 1;
  const std::int64_t most = std::numeric_limits<std::int64_t>::max() / static_cast<std::int64_t>(BytesOf(type));
  for (const std::int64_t side : shape) {
    if (size > most / side) {
      throw std::invalid_argument("shape: found " + ShapeText(shape) + ", accepted: less than 2^63 bytes in all");
    }
    size *= side;
  }
  return size;
}

// A number as it is stored, whatever its alignment.
template <typename Stored>
Stored LoadNumber(const std::byte* bytes) {
  Stored stored;
  std::memcpy(&stored, bytes, sizeof stored);
  return stored;
}

struct Bool {
  std::uint8_t byte;
  template <typename Scalar>
  explicit operator Scalar() const {
    return static_cast<Scalar>(byte != 0 ? 1 : 0);
  }
};

struct Half {
  std::uint16_t bits;
  template <typename Scalar>
  explicit operator Scalar() const {
    return static_cast<Scalar>(Eigen::half_impl::half_to_float(Eigen::half_impl::raw_uint16_to_half(bits)));
  }
};

// Calls work(Stored{}) with the C++ type of what is stored.
template <typename Work>
auto WithStoredType(NumberType type, Work&& work) {
  switch (type) {
    case NumberType::kBool:
      return work(Bool{});
    case NumberType::kInt8:
      return work(std::int8_t{});
    case NumberType::kInt16:
      return work(std::int16_t{});
    case NumberType::kInt32:
      return work(std::int32_t{});
    case NumberType::kInt64:
      return work(std::int64_t{});
    case NumberType::kUint8:
      return work(std::uint8_t{});
    case NumberType::kUint16:
      return work(std::uint16_t{});
    case NumberType::kUint32:
      return work(std::uint32_t{});
    case NumberType::kUint64:
      return work(std::uint64_t{});
    case NumberType::kFloat16:
      return work(Half{});
    case NumberType::kFloat32:
      return work(float{});
    case NumberType::kFloat64:
      break;
  }
  return work(double{});
}

}  // namespace

std::string NumberTypeName(NumberType type) { return FactsOf(type).name; }

std::size_t BytesOf(NumberType type) { return FactsOf(type).bytes; }

std::string ShapeText(const std::vector<std::int64_t>& shape) {
  std::string text;
  for (const std::int64_t side : shape) text += (text.empty() ? "" : ", ") + std::to_string(side);
  return "[" + text + "]";
}

NumericArray::NumericArray(NumberType type, std::vector<std::int64_t> shape)
    : type_(type), shape_(std::move(shape)), size_(SizeOf(type_, shape_)) {
  bytes_ = std::make_unique_for_overwrite<std::byte[]>(byte_count());
}

template <typename Scalar>
NumericArray NumericArray::Of(std::vector<std::int64_t> shape, std::span<const Scalar> entries) {
  NumericArray array(kTypeOf<Scalar>, std::move(shape));
  if (static_cast<std::uint64_t>(array.size()) != entries.size()) {
    throw std::invalid_argument("array of shape " + ShapeText(array.shape()) + ": found " +
                                std::to_string(entries.size()) + " entries, accepted: " + std::to_string(array.size()));
  }
  if (!entries.empty()) std::memcpy(array.bytes_.get(), entries.data(), entries.size_bytes());
  return array;
}

NumericArray NumericArray::Clone() const {
  NumericArray copy(type_, shape_);
  std::copy(bytes().begin(), bytes().end(), copy.bytes().begin());
  return copy;
}

std::string NumericArray::Text() const { return NumberTypeName(type_) + " " + ShapeText(shape_); }

std::span<const std::byte> NumericArray::row_bytes(std::int64_t i) const {
  const std::size_t size = static_cast<std::size_t>(row_size()) * BytesOf(type_);
  return bytes().subspan(static_cast<std::size_t>(i) * size, size);
}

template <typename Scalar>
void NumericArray::CopyTo(std::int64_t first, std::span<Scalar> entries) const {
  const std::byte* const from = bytes_.get() + static_cast<std::size_t>(first) * BytesOf(type_);
  WithStoredType(type_, [&](auto stored) {
    using Stored = decltype(stored);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      entries[i] = static_cast<Scalar>(LoadNumber<Stored>(from + i * sizeof(Stored)));
    }
  });
}

std::optional<std::int64_t> NumericArray::IntegerAt(std::int64_t i) const {
  const std::byte* const from = bytes_.get() + static_cast<std::size_t>(i) * BytesOf(type_);
  return WithStoredType(type_, [&](auto stored) -> std::optional<std::int64_t> {
    using Stored = decltype(stored);
    const auto entry = LoadNumber<Stored>(from);
    if constexpr (std::is_integral_v<Stored>) {
      if (!std::in_range<std::int64_t>(entry)) return std::nullopt;
      return static_cast<std::int64_t>(entry);
    } else {
      const auto real = static_cast<double>(entry);
      // 2^63 is a double, 2^63 - 1 is none.
      if (!(real >= -0x1p63 && real < 0x1p63) || std::trunc(real) != real) return std::nullopt;
      return static_cast<std::int64_t>(real);
    }
  });
}

void NumericArray::Reshape(std::vector<std::int64_t> shape) {
  if (SizeOf(type_, shape) != size_) {
    throw std::invalid_argument("array of shape " + ShapeText(shape_) + ": cannot have shape " + ShapeText(shape) +
                                "; accepted: as many entries");
  }
  shape_ = std::move(shape);
}

void NumericArray::KeepRows(std::int64_t kept) {
  if (kept < 0 || kept > rows()) {
    throw std::invalid_argument("array of shape " + ShapeText(shape_) + ": cannot keep " + std::to_string(kept) +
                                " rows; accepted: 0 to " + std::to_string(rows()));
  }
  size_ = row_size() * kept;
  shape_.front() = kept;
}

template NumericArray NumericArray::Of(std::vector<std::int64_t>, std::span<const float>);
template NumericArray NumericArray::Of(std::vector<std::int64_t>, std::span<const double>);
template NumericArray NumericArray::Of(std::vector<std::int64_t>, std::span<const std::int64_t>);
template NumericArray NumericArray::Of(std::vector<std::int64_t>, std::span<const std::uint8_t>);
template void NumericArray::CopyTo(std::int64_t, std::span<float>) const;
template void NumericArray::CopyTo(std::int64_t, std::span<double>) const;

}  // namespace hyperwidth
