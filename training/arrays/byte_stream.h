// SPDX-License-Identifier: Apache-2.0
//
// Where the readers of this folder take their bytes from: a file, or a member of an archive.

#ifndef HYPERWIDTH_TRAINING_ARRAYS_BYTE_STREAM_H_
#define HYPERWIDTH_TRAINING_ARRAYS_BYTE_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace hyperwidth {

// Bytes in order, of a number known before they are read. Failures are std::runtime_error, "<name>: <what>".
class ByteStream {
 public:
  virtual ~ByteStream() = default;

  // What a message begins with: a path, with what is read in it.
  virtual const std::string& name() const = 0;

  // The number of bytes that the stream claims to have; at most what it can have, so that memory may be had for it.
  virtual std::uint64_t size() const = 0;

  // The next bytes; their number, fewer than asked for only at the end. Throws: if they cannot be read.
  virtual std::size_t Read(std::span<std::byte> bytes) = 0;

  // Throws std::runtime_error: "<name>: <what>".
  [[noreturn]] void Fail(const std::string& what) const;
};

// A regular file.
class FileStream final : public ByteStream {
 public:
  // Throws: if there is no such file, or it cannot be opened, or is a directory or a pipe.
  explicit FileStream(const std::filesystem::path& path);
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;
  ~FileStream() override;

  const std::string& name() const override { return name_; }
  std::uint64_t size() const override { return size_; }
  std::size_t Read(std::span<std::byte> bytes) override;

  // To the first byte again.
  void Rewind();

 private:
  std::string name_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_ARRAYS_BYTE_STREAM_H_
