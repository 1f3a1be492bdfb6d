// SPDX-License-Identifier: Apache-2.0
#include "training/checkpoint/safetensors.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <utility>

#include "training/run/atomic_file.h"

namespace hyperwidth {
namespace {

static_assert(std::endian::native == std::endian::little, "entries are copied as they are in memory");

constexpr std::size_t kLengthBytes = 8;

template <typename Scalar>
constexpr ElementType kTypeOf = std::is_same_v<Scalar, float> ? ElementType::kFloat32 : ElementType::kFloat64;

std::string LengthBytes(std::uint64_t length) {
  std::string bytes(kLengthBytes, '\0');
  std::memcpy(bytes.data(), &length, kLengthBytes);
  return bytes;
}

std::string ReadWhole(const std::filesystem::path& path) {
  const auto fail = [&](const std::string& what) { throw std::runtime_error(path.string() + ": " + what); };
  std::error_code failure;
  if (std::filesystem::is_directory(path, failure)) fail("is a directory; accepted: a safetensors file");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) fail(std::string("cannot be opened: ") + std::strerror(errno));
  const std::uintmax_t size = std::filesystem::file_size(path, failure);
  if (failure) fail("cannot be read: " + failure.message());
  std::string contents(size, '\0');
  file.read(contents.data(), static_cast<std::streamsize>(size));
  if (static_cast<std::uintmax_t>(file.gcount()) != size) fail("cannot be read to its end");
  return contents;
}

// Others' files may not be aligned.
std::vector<double> Widened(const char* floats, std::size_t count) {
  std::vector<double> entries(count);
  for (std::size_t i = 0; i < count; ++i) {
    float entry = 0;
    std::memcpy(&entry, floats + i * sizeof(float), sizeof(float));
    entries[i] = entry;
  }
  return entries;
}

}  // namespace

Safetensors::Safetensors(std::vector<StoredTensor> tensors, std::map<std::string, std::string> metadata)
    : header_{.tensors = std::move(tensors), .metadata = std::move(metadata)} {
  const std::uint64_t data_bytes = PlaceTensors(header_.tensors);
  const std::string text = FormatHeader(header_);
  if (text.size() > kMaxHeaderBytes) {
    throw std::invalid_argument("names and metadata: found " + std::to_string(text.size()) +
                                " bytes of header, accepted: " + std::to_string(kMaxHeaderBytes));
  }
  data_begin_ = kLengthBytes + text.size();
  contents_.reserve(data_begin_ + data_bytes);
  contents_ = LengthBytes(text.size()) + text;
  contents_.resize(data_begin_ + data_bytes);
  NameTensors();
}

Safetensors Safetensors::Read(const std::filesystem::path& path) {
  Safetensors file;
  file.contents_ = ReadWhole(path);
  const std::string& contents = file.contents_;
  const auto complain = [&](const std::string& what) { throw std::invalid_argument(path.string() + ": " + what); };
  if (contents.size() < kLengthBytes) {
    complain("has " + std::to_string(contents.size()) +
             " bytes; accepted: a safetensors file, which begins with 8 bytes for the length of its header");
  }
  std::uint64_t length = 0;
  std::memcpy(&length, contents.data(), kLengthBytes);
  const std::uint64_t longest = std::min<std::uint64_t>(contents.size() - kLengthBytes, kMaxHeaderBytes);
  if (length > longest) {
    complain("announces a header of " + std::to_string(length) + " bytes; accepted: at most " +
             std::to_string(longest) + " for a safetensors file of " + std::to_string(contents.size()) + " bytes");
  }
  file.data_begin_ = kLengthBytes + static_cast<std::size_t>(length);
  file.header_ = ParseHeader(std::string_view(contents).substr(kLengthBytes, static_cast<std::size_t>(length)),
                             contents.size() - file.data_begin_,
                             path.string());
  file.NameTensors();
  return file;
}

void Safetensors::Write(const std::filesystem::path& path) const { WriteFileAtomically(path, contents_); }

void Safetensors::NameTensors() {
  for (std::size_t i = 0; i < header_.tensors.size(); ++i) by_name_[header_.tensors[i].name] = i;
}

const StoredTensor* Safetensors::Find(const std::string& name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &header_.tensors[found->second];
}

const StoredTensor& Safetensors::Require(const std::string& name) const {
  if (const StoredTensor* const tensor = Find(name)) return *tensor;
  throw std::invalid_argument("there is no tensor " + Quoted(name));
}

template <typename Scalar>
void Safetensors::Set(const std::string& name, std::span<const Scalar> entries, std::uint64_t first) {
  const StoredTensor& tensor = Require(name);
  if (tensor.type != kTypeOf<Scalar> || first > tensor.size() || entries.size() > tensor.size() - first) {
    throw std::invalid_argument("tensor " + Quoted(name) + ": found " + std::to_string(entries.size()) +
                                " entries of " + Name(kTypeOf<Scalar>) + " from number " + std::to_string(first) +
                                " on, accepted: " + Text(tensor));
  }
  if (entries.empty()) return;
  char* const bytes = contents_.data() + data_begin_ + tensor.first;
  std::memcpy(bytes + first * sizeof(Scalar), entries.data(), entries.size_bytes());
}

template <typename Scalar>
std::vector<Scalar> Safetensors::Get(const std::string& name) const {
  const StoredTensor& tensor = Require(name);
  const char* const bytes = contents_.data() + data_begin_ + tensor.first;
  const auto count = static_cast<std::size_t>(tensor.size());
  if (tensor.type != kTypeOf<Scalar>) {
    if constexpr (std::is_same_v<Scalar, double>) return Widened(bytes, count);
    throw std::invalid_argument("tensor " + Quoted(name) + ": found " + Text(tensor) +
                                ", accepted: F32, which float holds without rounding");
  }
  std::vector<Scalar> entries(count);
  if (count > 0) std::memcpy(entries.data(), bytes, count * sizeof(Scalar));
  return entries;
}

template void Safetensors::Set(const std::string&, std::span<const float>, std::uint64_t);
template void Safetensors::Set(const std::string&, std::span<const double>, std::uint64_t);
template std::vector<float> Safetensors::Get(const std::string&) const;
template std::vector<double> Safetensors::Get(const std::string&) const;

}  // namespace hyperwidth
