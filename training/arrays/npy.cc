// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/npy.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "training/arrays/npy_header.h"
#include "training/run/atomic_file.h"

namespace hyperwidth {
namespace {

static_assert(std::endian::native == std::endian::little, "files are written in this machine's byte order");

constexpr std::size_t kMostHeader = std::size_t{1} << 20;  // numpy itself stops at 10,000 bytes
constexpr std::int64_t kTile = 32;                         // entries, so that both sides of a tile fit the first cache

std::vector<std::byte> ReadExactly(ByteStream& stream, std::size_t size) {
  std::vector<std::byte> bytes(size);
  if (stream.Read(bytes) != size) stream.Fail("ends within its header; accepted: a complete NPY array");
  return bytes;
}

// The length of the header's text, after magic and version. `used` is raised by what was read.
std::size_t HeaderLength(ByteStream& stream, std::uint64_t& used) {
  constexpr char kMagic[] = "\x93NUMPY";
  constexpr std::size_t kMagicSize = 6;
  if (stream.size() < kMagicSize + 2) {
    stream.Fail("has " + std::to_string(stream.size()) + " bytes; accepted: an NPY array");
  }
  const std::vector<std::byte> start = ReadExactly(stream, kMagicSize + 2);
  if (std::memcmp(start.data(), kMagic, kMagicSize) != 0)
    stream.Fail("does not begin as an NPY array does; accepted: an NPY array");
  const int version = std::to_integer<int>(start[kMagicSize]);
  if (version < 1 || version > 3) {
    stream.Fail("is NPY of version " + std::to_string(version) + "; accepted: 1, 2, 3");
  }
  const std::vector<std::byte> little_endian = ReadExactly(stream, version == 1 ? 2 : 4);
  std::size_t length = 0;
  for (std::size_t i = little_endian.size(); i-- > 0;)
    length = length << 8 | std::to_integer<std::size_t>(little_endian[i]);
  used = start.size() + little_endian.size();
  const std::uint64_t most = std::min<std::uint64_t>(kMostHeader, stream.size() - std::min(stream.size(), used));
  if (length > most) {
    stream.Fail("announces a header of " + std::to_string(length) + " bytes; accepted: at most " +
                std::to_string(most) + " here");
  }
  used += length;
  return length;
}

void SwapBytes(std::span<std::byte> bytes, std::size_t entry) {
  const auto swap_all = [&]<typename Bits>(Bits) {
    for (std::size_t i = 0; i < bytes.size(); i += sizeof(Bits)) {
      Bits bits;
      std::memcpy(&bits, &bytes[i], sizeof bits);
      if constexpr (sizeof bits == 2) bits = __builtin_bswap16(bits);
      if constexpr (sizeof bits == 4) bits = __builtin_bswap32(bits);
      if constexpr (sizeof bits == 8) bits = __builtin_bswap64(bits);
      std::memcpy(&bytes[i], &bits, sizeof bits);
    }
  };
  if (entry == 2) swap_all(std::uint16_t{});
  if (entry == 4) swap_all(std::uint32_t{});
  if (entry == 8) swap_all(std::uint64_t{});
}

// Writes the transpose of `from` [columns, rows] to every stride-th place of `to` [rows, stride], by tiles.
template <typename Bits>
void Transpose(const std::byte* from,
               std::byte* to,
               std::int64_t rows,
               std::int64_t columns,
               std::int64_t stride,
               std::int64_t column_step) {
  for (std::int64_t row = 0; row < rows; row += kTile) {
    for (std::int64_t column = 0; column < columns; column += kTile) {
      for (std::int64_t i = row; i < std::min(rows, row + kTile); ++i) {
        for (std::int64_t j = column; j < std::min(columns, column + kTile); ++j) {
          std::memcpy(to + static_cast<std::size_t>(i * stride + j) * sizeof(Bits),
                      from + static_cast<std::size_t>(j * column_step + i) * sizeof(Bits),
                      sizeof(Bits));
        }
      }
    }
  }
}

// Fortran order to row-major order. The first index is fastest in `from`, the last in `to`: for each choice of those
// between, these two make a matrix to be transposed.
template <typename Bits>
void ReverseOrder(const std::vector<std::int64_t>& shape, const std::byte* from, std::byte* to) {
  const std::int64_t first = shape.front(), last = shape.back();
  const std::vector<std::int64_t> between(shape.begin() + 1, shape.end() - 1);
  std::int64_t middle = 1;
  for (const std::int64_t side : between) middle *= side;
  std::vector<std::int64_t> index(between.size(), 0);  // counted up with the last one fastest, as in `to`
  for (std::int64_t m = 0; m < middle; ++m) {
    std::int64_t place = 0, step = 1;  // of `index` where the first one is fastest
    for (std::size_t axis = 0; axis < between.size(); ++axis) {
      place += index[axis] * step;
      step *= between[axis];
    }
    Transpose<Bits>(from + static_cast<std::size_t>(place * first) * sizeof(Bits),
                    to + static_cast<std::size_t>(m * last) * sizeof(Bits),
                    first,
                    last,
                    middle * last,
                    middle * first);
    for (std::size_t axis = between.size(); axis-- > 0 && ++index[axis] == between[axis];) index[axis] = 0;
  }
}

NumericArray RowMajor(NumericArray array) {
  if (array.shape().size() < 2 || array.size() == 0) return array;
  NumericArray ordered(array.type(), array.shape());
  const std::byte* const from = array.bytes().data();
  std::byte* const to = ordered.bytes().data();
  switch (BytesOf(array.type())) {
    case 1:
      ReverseOrder<std::uint8_t>(array.shape(), from, to);
      break;
    case 2:
      ReverseOrder<std::uint16_t>(array.shape(), from, to);
      break;
    case 4:
      ReverseOrder<std::uint32_t>(array.shape(), from, to);
      break;
    default:
      ReverseOrder<std::uint64_t>(array.shape(), from, to);
  }
  return ordered;
}

// Bytes of the numbers that the header announces, if the stream has exactly as many after the first `used`.
void RequireBytes(const NpyHeader& header, std::uint64_t used, const ByteStream& stream) {
  const std::uint64_t found = stream.size() - used;
  std::uint64_t announced = BytesOf(header.type);
  for (const std::int64_t side : header.shape) {
    // Beyond the bytes that are there it does not matter by how much.
    if (announced != 0 && static_cast<std::uint64_t>(side) > found / announced)
      announced = found + 1;
    else
      announced *= static_cast<std::uint64_t>(side);
  }
  if (announced == found) return;
  stream.Fail("has " + std::to_string(found) + " bytes after its header, which announces " +
              NumberTypeName(header.type) + " " + ShapeText(header.shape) +
              (announced > found ? "; accepted: a file that is not cut off" : "; accepted: a file of one array"));
}

}  // namespace

NumericArray ReadNpy(ByteStream& stream) {
  std::uint64_t used = 0;
  const std::vector<std::byte> text = ReadExactly(stream, HeaderLength(stream, used));
  NpyHeader header;
  try {
    header = ParseNpyHeader({reinterpret_cast<const char*>(text.data()), text.size()});
  } catch (const std::invalid_argument& refusal) {
    stream.Fail(refusal.what());
  }
  RequireBytes(header, used, stream);
  NumericArray array(header.type, std::move(header.shape));
  if (stream.Read(array.bytes()) != array.bytes().size()) {
    stream.Fail("ends before " + array.Text() + " does; accepted: a file that is not cut off");
  }
  std::byte more;
  if (stream.Read({&more, 1}) != 0) stream.Fail("goes on after " + array.Text() + "; accepted: a file of one array");
  if (header.big_endian) SwapBytes(array.bytes(), BytesOf(array.type()));
  return header.fortran_order ? RowMajor(std::move(array)) : std::move(array);
}

NumericArray ReadNpy(const std::filesystem::path& path) {
  FileStream stream(path);
  return ReadNpy(stream);
}

void WriteNpy(const std::filesystem::path& path, const NumericArray& array) {
  const std::string header = FormatNpyHeader(array.type(), array.shape());
  WriteFileAtomically(path, [&](const std::filesystem::path& temporary) {
    std::ofstream file(temporary, std::ios::binary);
    file.write(header.data(), static_cast<std::streamsize>(header.size()));
    file.write(reinterpret_cast<const char*>(array.bytes().data()), static_cast<std::streamsize>(array.bytes().size()));
    file.close();
    if (!file) throw std::runtime_error("file " + path.string() + " cannot be written: is the disk full?");
  });
}

}  // namespace hyperwidth
