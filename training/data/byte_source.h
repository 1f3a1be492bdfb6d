// SPDX-License-Identifier: Apache-2.0
//
// Bytes of a data file, gzip-compressed or not, read in order and checked to the end.

#ifndef HYPERWIDTH_TRAINING_DATA_BYTE_SOURCE_H_
#define HYPERWIDTH_TRAINING_DATA_BYTE_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace hyperwidth {

// A file opened for reading. Compression is recognised by content, not by name.
//
// Every failure is a std::runtime_error whose one-line message begins with the file's path. A compressed file's
// checksum is verified when the end is reached, so finish with AtEnd(). Bytes that follow a complete gzip stream and
// are no gzip stream themselves are ignored, as gunzip does.
//
// A few bytes can be compressed data of any length. Images are not like that: a compressed file that expands to more
// than kMostExpanded bytes and kMostExpansion times its own is refused when it does, before it has taken more memory
// than that. What is not compressed is read whatever it holds.
class ByteSource {
 public:
  static constexpr std::uint64_t kMostExpanded = std::uint64_t{64} << 20;
  static constexpr std::uint64_t kMostExpansion = 10;

  // Throws: if the file cannot be opened or is a directory.
  explicit ByteSource(const std::filesystem::path& path);

  // The next bytes, fewer than `size` only at the end of the file. Memory grows with what the file really holds, so
  // an absurd size in a header costs nothing. Throws: on a read error, corrupt compressed data, or too much of it.
  std::vector<std::uint8_t> Read(std::size_t size);

  // Whether nothing follows. Throws like Read; consumes a byte if there is one.
  bool AtEnd();

  // Throws std::runtime_error: "<path>: <what>".
  [[noreturn]] void Fail(const std::string& what) const;

 private:
  struct Closer {
    void operator()(void* file) const;
  };

  std::string path_;
  std::uint64_t most_ = 0;  // bytes that a compressed file may expand to
  std::uint64_t read_ = 0;  // bytes
  std::unique_ptr<void, Closer> file_;
};

// The first of directory/name that exists, in the order given.
// Throws: std::runtime_error naming the directory and every name tried if none does.
std::filesystem::path FindDataFile(const std::filesystem::path& directory, const std::vector<std::string>& names);

// " (crc32 89abcdef)": a fingerprint of the data for provenance.
std::string ChecksumNote(const std::vector<std::uint8_t>& bytes);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_DATA_BYTE_SOURCE_H_
