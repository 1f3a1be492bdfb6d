// SPDX-License-Identifier: Apache-2.0
//
// An array of numbers of any type that data files hold, kept as it was stored.

#ifndef HYPERWIDTH_TRAINING_ARRAYS_NUMERIC_ARRAY_H_
#define HYPERWIDTH_TRAINING_ARRAYS_NUMERIC_ARRAY_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hyperwidth {

enum class NumberType : std::uint8_t {
  kBool,
  kInt8,
  kInt16,
  kInt32,
  kInt64,
  kUint8,
  kUint16,
  kUint32,
  kUint64,
  kFloat16,
  kFloat32,
  kFloat64,
};

// numpy's name: "float32", "int8", "bool".
std::string NumberTypeName(NumberType type);

// Bytes of one entry: 1, 2, 4 or 8.
std::size_t BytesOf(NumberType type);

// "[3, 4]"; a single number has shape "[]".
std::string ShapeText(const std::vector<std::int64_t>& shape);

// Numbers in row-major order, in this machine's byte order. They keep the type of the file, so that images of bytes
// take a byte per pixel, and become float or double when they are copied out. Moved, never copied by accident.
class NumericArray {
 public:
  // No entries, shape [0].
  NumericArray() = default;

  // Space for entries whose values are undetermined until bytes() are written.
  // Throws: std::invalid_argument for a negative size or 2^63 bytes or more; std::bad_alloc.
  NumericArray(NumberType type, std::vector<std::int64_t> shape);

  // These numbers. Scalar: float, double, std::int64_t, std::uint8_t.
  // Throws: std::invalid_argument if there are not as many as the shape has.
  template <typename Scalar>
  static NumericArray Of(std::vector<std::int64_t> shape, std::span<const Scalar> entries);

  NumericArray Clone() const;

  NumberType type() const { return type_; }
  const std::vector<std::int64_t>& shape() const { return shape_; }
  std::int64_t size() const { return size_; }  // the product of the shape, 1 for shape []

  // The first size of the shape, and the number of entries for each of them. Requires a shape of at least one size.
  std::int64_t rows() const { return shape_.front(); }
  std::int64_t row_size() const { return rows() == 0 ? 0 : size_ / rows(); }

  // "float32 [3, 4]".
  std::string Text() const;

  std::span<const std::byte> bytes() const { return {bytes_.get(), byte_count()}; }
  std::span<std::byte> bytes() { return {bytes_.get(), byte_count()}; }

  // The bytes of row i. Requires 0 <= i < rows().
  std::span<const std::byte> row_bytes(std::int64_t i) const;

  // Entries first .. first + entries.size() - 1, converted: exact for what Scalar can represent, else rounded to the
  // nearest. Scalar: float, double. Requires 0 <= first and first + entries.size() <= size(). Cost: no allocation.
  template <typename Scalar>
  void CopyTo(std::int64_t first, std::span<Scalar> entries) const;

  // Entry i if it is an integer of 64 bits with sign, of whatever type. Requires 0 <= i < size().
  std::optional<std::int64_t> IntegerAt(std::int64_t i) const;

  // Another shape for the same entries. Throws: std::invalid_argument if it has another number of them.
  void Reshape(std::vector<std::int64_t> shape);

  // Forgets all rows but the first `rows`. Throws: std::invalid_argument unless 0 <= rows <= rows().
  void KeepRows(std::int64_t rows);

 private:
  std::size_t byte_count() const { return static_cast<std::size_t>(size_) * BytesOf(type_); }

  NumberType type_ = NumberType::kFloat64;
  std::vector<std::int64_t> shape_ = {0};
  std::int64_t size_ = 0;
  std::unique_ptr<std::byte[]> bytes_;
};

using NamedArrays = std::map<std::string, NumericArray>;

extern template NumericArray NumericArray::Of(std::vector<std::int64_t>, std::span<const float>);
extern template NumericArray NumericArray::Of(std::vector<std::int64_t>, std::span<const double>);
extern template NumericArray NumericArray::Of(std::vector<std::int64_t>, std::span<const std::int64_t>);
extern template NumericArray NumericArray::Of(std::vector<std::int64_t>, std::span<const std::uint8_t>);
extern template void NumericArray::CopyTo(std::int64_t, std::span<float>) const;
extern template void NumericArray::CopyTo(std::int64_t, std::span<double>) const;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_ARRAYS_NUMERIC_ARRAY_H_
