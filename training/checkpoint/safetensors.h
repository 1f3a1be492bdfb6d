// SPDX-License-Identifier: Apache-2.0
//
// Files of named tensors in the safetensors format, which PyTorch, JAX, TensorFlow and others read: eight bytes with
// the length of the header, least significant first; the header (safetensors_header.h); the entries of all tensors,
// least significant byte first.

#ifndef HYPERWIDTH_TRAINING_CHECKPOINT_SAFETENSORS_H_
#define HYPERWIDTH_TRAINING_CHECKPOINT_SAFETENSORS_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "training/checkpoint/safetensors_header.h"

namespace hyperwidth {

// A header longer than this is taken for damage, as by the format's other readers.
inline constexpr std::uint64_t kMaxHeaderBytes = 100'000'000;

// The contents of a file, in memory as they are on the disk.
class Safetensors {
 public:
  // Room for these tensors, whose entries are zero; `first` of each is set. Throws: std::invalid_argument as
  // PlaceTensors and FormatHeader, and for a header longer than kMaxHeaderBytes.
  explicit Safetensors(std::vector<StoredTensor> tensors, std::map<std::string, std::string> metadata = {});

  // Throws: std::runtime_error if the file cannot be read, std::invalid_argument if it is no safetensors file of F32
  // and F64; both with the path, what was found and what is accepted on one line.
  static Safetensors Read(const std::filesystem::path& path);

  // Writes the file whole or not at all. Throws: std::runtime_error naming the path.
  void Write(const std::filesystem::path& path) const;

  const std::vector<StoredTensor>& tensors() const { return header_.tensors; }
  const std::map<std::string, std::string>& metadata() const { return header_.metadata; }

  // nullptr if there is none of this name.
  const StoredTensor* Find(const std::string& name) const;

  // The entries of a tensor from number `first` on, row by row; as many as are given, so that a large tensor can be set
  // part by part. Scalar: float or double, the type of the tensor. Throws: std::invalid_argument, naming the tensor,
  // for more entries than it has, or of another type.
  template <typename Scalar>
  void Set(const std::string& name, std::span<const Scalar> entries, std::uint64_t first = 0);

  // All entries, row by row. Scalar: float or double, the type of the tensor or a wider one. Throws:
  // std::invalid_argument, naming the tensor, for a narrower one.
  template <typename Scalar>
  std::vector<Scalar> Get(const std::string& name) const;

 private:
  Safetensors() = default;
  const StoredTensor& Require(const std::string& name) const;
  void NameTensors();

  SafetensorsHeader header_;
  std::map<std::string, std::size_t> by_name_;
  std::size_t data_begin_ = 0;  // in contents_
  std::string contents_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CHECKPOINT_SAFETENSORS_H_
