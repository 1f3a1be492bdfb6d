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
class ByteSource {
 public:
  // Throws: if the file cannot be opened or is a directory.
  explicit ByteSource(const std::filesystem::path& path);

  // The next bytes, fewer than `size` only at the end of the file. Memory grows with what the file really holds, so
  // an absurd size in a header costs nothing. Throws: on a read error or corrupt compressed data.
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
  std::unique_ptr<void, Closer> file_;
};

// The first of directory/name that exists, in the order given.
// Throws: std::runtime_error naming the directory and every name tried if none does.
std::filesystem::path FindDataFile(const std::filesystem::path& directory, const std::vector<std::string>& names);

// " (crc32 89abcdef)": a fingerprint of the data for provenance.
std::string ChecksumNote(const std::vector<std::uint8_t>& bytes);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_DATA_BYTE_SOURCE_H_
