// SPDX-License-Identifier: Apache-2.0
#include "training/data/byte_source.h"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>

namespace hyperwidth {
namespace {

constexpr std::size_t kFirstChunk = std::size_t{1} << 16;  // bytes taken in one read
constexpr std::size_t kChunk = std::size_t{1} << 24;       // as many as there are already, at most so many
constexpr unsigned kCompressedBuffer = unsigned{1} << 17;  // zlib's default of 8 KiB is slow on large files

gzFile AsGzip(void* file) { return static_cast<gzFile>(file); }

}  // namespace

void ByteSource::Closer::operator()(void* file) const { gzclose_r(AsGzip(file)); }

ByteSource::ByteSource(const std::filesystem::path& path) : path_(path.string()) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) Fail("is a directory; a data file is expected");
  const std::uintmax_t size = std::filesystem::file_size(path, ignored);
  most_ = ignored ? kMostExpanded : std::max<std::uint64_t>(kMostExpanded, kMostExpansion * size);
  errno = 0;
  file_.reset(gzopen(path_.c_str(), "rb"));
  if (!file_) Fail(std::string("cannot be opened: ") + (errno != 0 ? std::strerror(errno) : "out of memory"));
  gzbuffer(AsGzip(file_.get()), kCompressedBuffer);
}

std::vector<std::uint8_t> ByteSource::Read(std::size_t size) {
  std::vector<std::uint8_t> bytes;
  // One byte beyond what is allowed tells that there is more.
  const bool is_compressed = gzdirect(AsGzip(file_.get())) == 0;
  const std::size_t most = is_compressed ? std::min<std::uint64_t>(size, most_ - read_ + 1) : size;
  while (bytes.size() < most) {
    const std::size_t old_size = bytes.size();
    const std::size_t wanted = std::min(most - old_size, std::clamp(old_size, kFirstChunk, kChunk));
    // Twice as much at a time, as the vector would by itself, but never more than may come.
    if (old_size + wanted > bytes.capacity()) {
      bytes.reserve(std::min(most, std::max(old_size + wanted, 2 * bytes.capacity())));
    }
    bytes.resize(old_size + wanted);
    const int got = gzread(AsGzip(file_.get()), bytes.data() + old_size, static_cast<unsigned>(wanted));
    int status = Z_OK;
    const char* const message = gzerror(AsGzip(file_.get()), &status);
    if (status == Z_ERRNO) Fail(std::string("cannot be read: ") + std::strerror(errno));
    // Z_BUF_ERROR here means that a compressed file stops before its end.
    if (status == Z_BUF_ERROR) Fail("compressed file is truncated; a complete gzip or uncompressed file is expected");
    if (got < 0 || (status != Z_OK && status != Z_STREAM_END)) {
      // zlib puts the path before its message, which Fail does as well.
      std::string detail = message;
      if (detail.starts_with(path_ + ": ")) detail.erase(0, path_.size() + 2);
      Fail("compressed data is corrupt (" + detail + "); a complete gzip or uncompressed file is expected");
    }
    bytes.resize(old_size + static_cast<std::size_t>(got));
    read_ += static_cast<std::uint64_t>(got);
    if (is_compressed && read_ > most_) {
      Fail("compressed file expands to more than " + std::to_string(most_) + " bytes; accepted: at most " +
           std::to_string(kMostExpansion) + " times its own size, or the file without its compression");
    }
    if (static_cast<std::size_t>(got) < wanted) break;
  }
  return bytes;
}

bool ByteSource::AtEnd() { return Read(1).empty(); }

void ByteSource::Fail(const std::string& what) const { throw std::runtime_error(path_ + ": " + what); }

std::filesystem::path FindDataFile(const std::filesystem::path& directory, const std::vector<std::string>& names) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(directory, ignored)) {
    throw std::runtime_error(directory.string() + ": not a directory; a folder of data files is expected");
  }
  std::string tried;
  for (const std::string& name : names) {
    std::filesystem::path path = directory / name;
    if (std::filesystem::exists(path, ignored)) return path;
    tried += (tried.empty() ? "" : ", ") + name;
  }
  throw std::runtime_error(directory.string() + ": file not found; accepted names: " + tried);
}

std::string ChecksumNote(const std::vector<std::uint8_t>& bytes) {
  const uLong checksum = crc32_z(crc32(0, nullptr, 0), bytes.data(), bytes.size());
  char note[32];
  std::snprintf(note, sizeof note, " (crc32 %08lx)", checksum);
  return note;
}

}  // namespace hyperwidth
