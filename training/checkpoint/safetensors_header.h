// SPDX-License-Identifier: Apache-2.0
//
// The header of a safetensors file: a JSON object with dtype, shape and data_offsets of each tensor, and strings under
// "__metadata__".

#ifndef HYPERWIDTH_TRAINING_CHECKPOINT_SAFETENSORS_HEADER_H_
#define HYPERWIDTH_TRAINING_CHECKPOINT_SAFETENSORS_HEADER_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hyperwidth {

enum class ElementType { kFloat32, kFloat64 };
std::string Name(ElementType type);       // "F32", "F64"
std::uint64_t BytesOf(ElementType type);  // of an element

// A tensor in a file: its entries lie row by row, the last index running fastest, from byte `first` of the data on.
struct StoredTensor {
  std::string name;
  ElementType type = ElementType::kFloat32;
  std::vector<std::int64_t> shape = {};  // empty for a single number
  std::uint64_t first = 0;

  std::uint64_t size() const;  // entries
  std::uint64_t bytes() const { return size() * BytesOf(type); }
};

// "F32 [2, 3]".
std::string Text(const StoredTensor& tensor);

struct SafetensorsHeader {
  std::vector<StoredTensor> tensors = {};  // in the order of their data
  std::map<std::string, std::string> metadata = {};
};

// A name as messages show it: in quotes, on one line, shortened if it is long.
std::string Quoted(const std::string& name);

// Places the tensors one after the other: sets `first` of each. Returns the bytes of the data.
// Throws: std::invalid_argument for a negative size, a repeated name, the name "__metadata__", or 2^63 bytes or more.
std::uint64_t PlaceTensors(std::vector<StoredTensor>& tensors);

// The header's text, with spaces at the end so that the data begins at a multiple of 8 bytes in the file.
// Throws: std::invalid_argument for names or metadata that are not UTF-8.
std::string FormatHeader(const SafetensorsHeader& header);

// The header in `text`, which describes `data_bytes` of data. Messages begin with `origin`, usually the file's path.
// Throws: std::invalid_argument "<origin>: <found>; <accepted>" for anything that is no JSON, has a name twice, an
// unknown dtype, or offsets that do not fit the shape, lie outside the data, overlap or leave gaps.
SafetensorsHeader ParseHeader(std::string_view text, std::uint64_t data_bytes, const std::string& origin);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CHECKPOINT_SAFETENSORS_HEADER_H_
