// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/byte_stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace hyperwidth {
namespace {

constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;  // read() stops short of 2^31 bytes

}  // namespace

void ByteStream::Fail(const std::string& what) const { throw std::runtime_error(name() + ": " + what); }

FileStream::FileStream(const std::filesystem::path& path) : name_(path.string()) {
  descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) Fail(std::string("cannot be opened: ") + std::strerror(errno));
  struct stat status = {};
  if (::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor_);
    Fail(S_ISDIR(status.st_mode)
             ? "is a directory; accepted: a data file"
             : "is no regular file; accepted: a file on a disk, since it is read from several places");
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
}

FileStream::~FileStream() { ::close(descriptor_); }

std::size_t FileStream::Read(std::span<std::byte> bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ::ssize_t got = ::read(descriptor_, bytes.data() + done, std::min(bytes.size() - done, kMostAtOnce));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) Fail(std::string("cannot be read: ") + std::strerror(errno));
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

void FileStream::Rewind() {
  if (::lseek(descriptor_, 0, SEEK_SET) != 0) Fail(std::string("cannot be read again: ") + std::strerror(errno));
}

}  // namespace hyperwidth
